import LinearAlgebra
import Samples
import Testing

@testable import Generators

@Suite("Detail grid")
struct DetailGridTests {
  @Test("Blocks of 8 pixels of a colour picture have 144 details and a context of 201 numbers")
  func counts() {
    let grid = DetailGrid(shape: PictureShape(width: 32, height: 32, channels: 3), side: 4)
    #expect(grid.targetCount == 144)
    #expect(grid.contextCount == 201)
    #expect(grid.waves.joined().count == 64)
  }

  @Test(
    "Waves hold every block once, after all blocks that its context sees",
    arguments: [(8, 8), (5, 9), (4, 4), (3, 13)])
  func waves(width: Int, height: Int) {
    let grid = DetailGrid(shape: PictureShape(width: width, height: height, channels: 1), side: 4)
    var wave: [DetailGrid.Block: Int] = [:]
    for (index, blocks) in grid.waves.enumerated() {
      for block in blocks { wave[block] = index }
    }
    #expect(wave.count == grid.rowCount * grid.columnCount)
    for (block, index) in wave {
      for (row, column) in [(0, -1), (-1, -1), (-1, 0), (-1, 1)] {
        let seen = DetailGrid.Block(row: block.row + row, column: block.column + column)
        if let earlier = wave[seen] { #expect(earlier < index) }
      }
    }
  }

  @Test("Blocks with the same part inside the picture come together, in the order of drawing")
  func blocksByInside() {
    // Cells of 9 by 9: the right and the lower border cut off equally many details.
    let grid = DetailGrid(shape: PictureShape(width: 9, height: 9, channels: 1), side: 4)
    let places = grid.blocksByInside.map { $0.blocks.map { [$0.row, $0.column] } }
    #expect(
      places == [
        [[0, 0], [0, 1], [1, 0], [1, 1]], [[0, 2], [1, 2]], [[2, 0], [2, 1]], [[2, 2]],
      ])
    #expect(grid.blocksByInside.map(\.inside.count) == [48, 12, 12, 3])
  }

  @Test(
    "A context holds the cells around the block, their mean and the details above and to the left")
  func context() {
    let grid = DetailGrid(shape: PictureShape(width: 4, height: 4, channels: 1), side: 2)
    let coarse = (0..<16).map(Double.init)
    let details = (0..<48).map { 100 + Double($0) }
    let context = Matrix(rowCount: 1, columnCount: grid.contextCount, tileRows: 1) { _, out in
      grid.writeContext(
        DetailGrid.Block(row: 1, column: 1), coarse: coarse, from: 0, details: details, from: 0,
        into: &out, at: 0)
    }.elements
    let cells: [Double] = [5, 6, 7, 7, 9, 10, 11, 11, 13, 14, 15, 15, 13, 14, 15, 15]
    let mean = cells.reduce(0, +) / 16
    #expect(largestDifference(Array(context[0..<16]), cells.map { $0 - mean }) < 1e-14)
    #expect(context[16] == mean / 2)
    // Cells 5, 6, 7 of the row above and one outside; cells 9 and 13 to the left.
    let above = (15..<24).map { 100 + Double($0) } + [0, 0, 0]
    let left = (27..<30).map { 100 + Double($0) } + (39..<42).map { 100 + Double($0) }
    #expect(Array(context[17...]) == above + left)
  }
}
