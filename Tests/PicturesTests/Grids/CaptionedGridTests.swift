import Images
import Samples
import Testing

@testable import Pictures

@Suite("Pictures with captions")
struct CaptionedGridTests {
  private func cells(_ count: Int, side: Int = 32) -> [CaptionedGrid.Cell] {
    (0..<count).map {
      CaptionedGrid.Cell(
        .plain([UInt8($0 * 20), 5, 9], side: side),
        caption: ["faces/00\($0).png", "\($0).5 (2.0×)"])
    }
  }

  private func page(_ parts: [CaptionedGrid.Part], columns: Int = 4) -> Page {
    CaptionedGrid.page(
      parts: parts, columns: columns, title: "Lost", subtitle: "in conv", empty: "None is lost.")
  }

  @Test("Each picture stands above its own lines")
  func captions() throws {
    let page = page([CaptionedGrid.Part(cells: cells(6))])
    try expectCleanLayout(page)
    let words = try texts(page)
    #expect(words.contains("faces/003.png") && words.contains("3.5 (2.0×)"))
    #expect(!words.contains("None is lost."))
    let picture = try PictureDecoder.decode(page.png())
    let colours = (0..<6).map { UInt8($0 * 20) }
    for colour in colours {
      let isThere = stride(from: 0, to: picture.pixels.count, by: 3).contains {
        picture.pixels[$0] == colour && picture.pixels[$0 + 1] == 5 && picture.pixels[$0 + 2] == 9
      }
      #expect(isThere)
    }
  }

  @Test("A long path keeps its end, which tells files apart")
  func longNames() throws {
    let cell = CaptionedGrid.Cell(
      .plain([9], side: 16), caption: [String(repeating: "folder/", count: 30) + "00042.png"])
    let page = page([CaptionedGrid.Part(cells: [cell, cell])], columns: 8)
    try expectCleanLayout(page)
    #expect(try texts(page).contains { $0.hasPrefix("…") && $0.hasSuffix("00042.png") })
  }

  @Test("Parts have headings; without pictures the page says so")
  func parts() throws {
    let page = page([
      CaptionedGrid.Part(heading: "direction 1", cells: []),
      CaptionedGrid.Part(heading: "real", cells: cells(4)),
      CaptionedGrid.Part(heading: "generated", cells: cells(3)),
    ])
    try expectCleanLayout(page)
    #expect(
      try texts(page).filter { ["direction 1", "real", "generated"].contains($0) }.count == 3)
    let none = self.page([CaptionedGrid.Part(cells: [])])
    try expectCleanLayout(none)
    #expect(try texts(none).contains("None is lost."))
  }

  @Test("No text is cut or covered", arguments: [8, 28, 64, 200])
  func layouts(side: Int) throws {
    for count in [1, 7, 17] {
      try expectCleanLayout(
        page([CaptionedGrid.Part(cells: cells(min(count, 12), side: side))], columns: 8))
    }
  }
}
