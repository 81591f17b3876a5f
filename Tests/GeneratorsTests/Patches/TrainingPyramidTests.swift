import LinearAlgebra
import Samples
import Testing

@testable import Generators

@Suite("The pictures of a training set, halved")
struct TrainingPyramidTests {
  private let shape = PictureShape(width: 21, height: 30, channels: 1)

  @Test("Thumbnails are the same whether they are kept or halved again at each reading")
  func thumbnails() throws {
    // More pictures than numbers in a thumbnail are not kept.
    let pictures = 90
    let rows = normalRows(pictures, shape.count, seed: 1)
    let pyramid = TrainingPyramid(TrainingSet(rows: rows, shape: shape), patchSize: 8)
    #expect(pyramid.shapes.map(\.width) == [6, 11, 21])
    #expect(pyramid.shapes.map(\.height) == [8, 15, 30])
    func blocks(of pictures: Int) throws -> [TrainingBlocks] {
      try pyramid.levels.map {
        try TrainingBlocks(
          coarseShape: $0, pictures: pictures, settings: DetailSettings(block: 4))
      }
    }
    var blocksOfMany = try blocks(of: pictures)
    let lazy = try pyramid.read(RowSource(rows), into: &blocksOfMany)
    var expected = rows
    for shape in pyramid.levels.indices.map({ pyramid.shapes[pyramid.shapes.count - 1 - $0] }) {
      expected = ThumbnailPyramid.reduce(rows: expected, shape: shape).rows
    }
    #expect(lazy.rowCount == pictures && lazy.columnCount == 48)
    #expect(lazy.matrix() == expected)
    #expect(lazy.rows(13..<57) == expected.rows(13..<57))
    let few = RowSource(rows.rows(0..<20))
    var blocksOfFew = try blocks(of: 20)
    let kept = try pyramid.read(few, into: &blocksOfFew)
    #expect(kept.matrix() == expected.rows(0..<20))
  }

  @Test("A value that is not finite is told with its row and column")
  func notFinite() throws {
    var rows = normalRows(5, shape.count, seed: 2)
    rows[3, 17] = .nan
    #expect(throws: GeneratorError.notFinite(row: 3, column: 17)) {
      try PatchesGenerator(patch: 16).fit(TrainingSet(rows: rows, shape: shape))
    }
  }
}
