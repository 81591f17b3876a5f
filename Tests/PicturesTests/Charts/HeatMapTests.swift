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
