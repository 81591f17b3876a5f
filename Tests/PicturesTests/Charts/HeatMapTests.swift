import Foundation
import Images
import Samples
import Testing

@testable import Pictures

@Suite("Heat map")
struct HeatMapTests {
  private static func page(_ count: Int, _ value: (Int, Int) -> Double?) -> Page {
    HeatMap.page(
      labels: (0..<count).map { $0 == 0 ? "real" : "gen \($0 - 1)" },
      values: (0..<count).map { row in (0..<count).map { value(row, $0) } },
      title: "Fréchet distance between generations", subtitle: "replace",
      colourLabel: "Fréchet distance")
  }

  @Test("No text is cut or covered, from no generation to sixty", arguments: [0, 1, 2, 12, 21, 62])
  func layouts(count: Int) throws {
    let page = Self.page(count) { 3.1 * abs(Double($0 - $1)) }
    try expectCleanLayout(page)
    #expect((700...1400).contains(page.width))
  }

  @Test("Values are printed where they fit, what is missing as a dash")
  func values() throws {
    let few = try texts(Self.page(3) { $0 == $1 ? nil : 12.34 })
    #expect(few.count { $0 == "12.3" } == 6)
    #expect(few.count { $0 == "–" } == 3)
    #expect(try !texts(Self.page(50) { _, _ in 12.34 }).contains("12.3"))
  }

  @Test("The darkest cell is the largest value, the lightest the smallest")
  func shades() throws {
    let picture = try PictureDecoder.decode(Self.page(2) { $0 == $1 ? 0 : 8 }.png())
    let light = picture.pixels.indices.contains { start in
      start % 3 == 0 && Array(picture.pixels[start..<start + 3]) == [0xFD, 0xE7, 0x25]
    }
    let dark = picture.pixels.indices.contains { start in
      start % 3 == 0 && Array(picture.pixels[start..<start + 3]) == [0x44, 0x01, 0x54]
    }
    #expect(light && dark)
  }

  @Test("Equal, enormous, tiny, negative and missing values give a picture")
  func degenerate() throws {
    for value in [0.0, 5, -5, 1e9, 1e-6, .nan, .infinity] {
      try expectCleanLayout(Self.page(4) { _, _ in value })
    }
    try expectCleanLayout(Self.page(4) { _, _ in nil })
    try expectCleanLayout(Self.page(4) { pow(10, Double(3 * $0 - 5 * $1)) })
  }
}

@Suite("Heat map of shares")
struct ShareMapTests {
  private func page(rows: Int, columns: Int) -> Page {
    HeatMap.page(
      rows: (0..<rows).map { "symmetric_precision_k\($0), patches" },
      columns: (0..<columns).map { $0 == 0 ? "false alarms" : "damage \($0)" },
      values: (0..<rows).map { row in (0..<columns).map { row == $0 ? nil : 0.25 } },
      scale: ColorScale(ColorMap.viridis.reversed, from: 0, to: 1, scale: .linear),
      title: "Which metric finds which damage", subtitle: "With 540 real samples",
      colourLabel: "share of repetitions", text: { NumberText.fixed($0, decimals: 2) })
  }

  @Test("No text is cut or covered, whatever the rows and columns", arguments: [0, 1, 8, 32, 120])
  func layouts(rows: Int) throws {
    for columns in [1, 3, 8] { try expectCleanLayout(page(rows: rows, columns: columns)) }
  }

  @Test("Shares are written with two decimals, what is missing as a dash")
  func values() throws {
    let words = try texts(page(rows: 3, columns: 8))
    #expect(words.count { $0 == "0.25" } == 21)
    #expect(words.count { $0 == "–" } == 3)
  }
}
