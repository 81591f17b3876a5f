import Testing

@testable import Sprites

@Suite("Colour")
struct ColorTests {
  private let palette: [Swatch] = [
    .coral, .orange, .yellow, .leaf, .teal, .blue, .navy, .violet, .pink, .brown, .cream, .grey,
  ]

  private func distance(_ first: Color, _ second: Color) -> Double {
    abs(first.red - second.red) + abs(first.green - second.green) + abs(first.blue - second.blue)
  }

  @Test("No shift, a full turn, or there and back again leave a colour as it is")
  func shifts() {
    for color in palette.map(\.color) {
      #expect(distance(color.shifted(hue: 0, lightness: 0), color) < 1e-5)
      #expect(distance(color.shifted(hue: 360, lightness: 0), color) < 1e-5)
      let there = color.shifted(hue: 5, lightness: -0.02)
      #expect(distance(there.shifted(hue: -5, lightness: 0.02), color) < 0.02)
    }
  }

  @Test("A third of a turn from red is green")
  func hue() {
    let turned = Color(0xEE6C5E).shifted(hue: 120, lightness: 0)
    #expect(turned.green > turned.red && turned.green > turned.blue)
  }

  @Test("Lighter is lighter, darker is darker, and the opacity stays")
  func tones() {
    func luminance(_ color: Color) -> Double {
      0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue
    }
    for color in palette.map(\.color) {
      #expect(luminance(color.lighter(0.2)) > luminance(color))
      #expect(luminance(color.darker(0.2)) < luminance(color))
      #expect(color.opacity(0.5).darker(0.3).opacity == 0.5)
      #expect(color.opacity(0.5).lighter(0.3).opacity == 0.5)
    }
  }

  @Test("A shape that would be lost on its ground becomes milk white")
  func distinct() {
    let coral = Swatch.coral.color
    #expect(coral.distinct(from: Swatch.coral.color.shifted(hue: 6, lightness: 0.02)) == .milk)
    #expect(coral.distinct(from: Swatch.blue.color) == coral)
  }
}
