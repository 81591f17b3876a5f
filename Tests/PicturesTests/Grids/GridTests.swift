import Images
import Samples
import Testing

@testable import Pictures

@Suite("Grids of pictures")
struct GridTests {
  private static let cells: [Picture] = (0..<12).map { .plain([UInt8(20 * $0), 7, 9], side: 32) }
  private static let long = String(repeating: "a long name of a run, ", count: 30)

  @Test("Each cell of a generation lies at its place in exact pixels, with a gutter round it")
  func places() throws {
    let png = try GenerationGrid.render(
      cells: Self.cells, columns: 4, title: "run, generation 3", subtitle: "replace")
    let picture = try PictureDecoder.decode(png)
    // 4 cells of 32 pixels come nearest to 1000 at zoom 8.
    let side = 32 * 8
    #expect(picture.shape.width == 4 * side + 5 * 2 + 2 * 24)
    let top = picture.shape.height - 24 - (3 * side + 4 * 2)
    for (index, cell) in Self.cells.enumerated() {
      let x = 24 + 2 + index % 4 * (side + 2)
      let y = top + 2 + index / 4 * (side + 2)
      for (dx, dy) in [(0, 0), (side - 1, 0), (0, side - 1), (side - 1, side - 1)] {
        #expect(picture.pixel(x + dx, y + dy) == cell.pixel(0, 0))
      }
      for (dx, dy) in [(-1, 5), (side, 5), (5, -1), (5, side)] {
        #expect(picture.pixel(x + dx, y + dy) == [0xD0, 0xD0, 0xD0])
      }
    }
  }

  @Test(
    "The zoom fits a screen for the usual sizes", arguments: [(16, 12), (28, 10), (32, 8), (64, 8)])
  func zoom(side: Int, columns: Int) {
    let size = CellSize(for: [.plain([0], side: side)], columns: columns, nearest: 1000)
    #expect(size.width == side * size.zoom)
    #expect((850...1150).contains(size.width(of: columns)))
  }

  @Test("The same cells give the same bytes")
  func bytes() throws {
    func render() throws -> [UInt8] {
      try GenerationGrid.render(cells: Self.cells, columns: 5, title: "a", subtitle: "b")
    }
    #expect(try render() == render())
  }

  @Test("No text is cut or covered, however long the names and however few the cells")
  func layouts() throws {
    for count in [0, 1, 12] {
      let cells = Array(Self.cells[..<count])
      try expectCleanLayout(
        GenerationGrid.page(cells: cells, columns: 3, title: Self.long, subtitle: Self.long))
      try expectCleanLayout(
        Filmstrip.page(
          rows: (0..<count).map { (label: $0 == 0 ? "nearest real" : Self.long, cells: cells) },
          title: Self.long, subtitle: Self.long))
      try expectCleanLayout(
        NeighbourSheet.page(
          pairs: cells.map { (sample: $0, nearest: $0, distance: Self.long) },
          title: Self.long, subtitle: ""))
    }
  }

  @Test("A strip of tiny pictures still gives each label its line")
  func tinyRows() throws {
    let row = [Picture](repeating: .plain([9], side: 4), count: 400)
    let page = Filmstrip.page(
      rows: (0...60).map { (label: "gen \($0)", cells: row) }, title: "t", subtitle: "")
    try expectCleanLayout(page)
  }

  @Test("A strip has one labelled row for each generation, the first one set off")
  func strip() throws {
    let rows = (0..<3).map { row in
      (
        label: "row \(row)",
        cells: [Picture](repeating: .plain([UInt8(row * 50)], side: 64), count: 16)
      )
    }
    let page = Filmstrip.page(rows: rows, title: "run", subtitle: "")
    #expect(try texts(page).suffix(3) == ["row 0", "row 1", "row 2"])
    let picture = try PictureDecoder.decode(page.png())
    let bottom = picture.shape.height - 24 - 2 - 64
    let x = picture.shape.width - 24 - 2 - 1
    #expect(picture.pixel(x, bottom) == [100, 100, 100])
    #expect(picture.pixel(x, bottom - 66) == [50, 50, 50])
    #expect(picture.pixel(x, bottom - 66 - 7) == [255, 255, 255])
    #expect(picture.pixel(x, bottom - 2 * 66 - 12) == [0, 0, 0])
  }

  @Test("A pair shows the sample on the left and its neighbour on the right, the distance beneath")
  func pair() throws {
    let pairs: [(sample: Picture, nearest: Picture, distance: String?)] = [
      (.plain([10], side: 50), .plain([200], side: 50), "d = 0.25")
    ]
    let page = NeighbourSheet.page(pairs: pairs, title: "", subtitle: "")
    #expect(try texts(page).last == "d = 0.25")
    let picture = try PictureDecoder.decode(page.png())
    let mark = try #require(try page.canvas(.png).textLog.last)
    let y = Int(mark.bounds.y) - 30
    #expect(picture.pixel(26, y) == [10, 10, 10])
    #expect(picture.pixel(26 + 99, y) == [10, 10, 10])
    #expect(picture.pixel(26 + 100, y) == [0xD0, 0xD0, 0xD0])
    #expect(picture.pixel(26 + 102, y) == [200, 200, 200])
  }
}
