import Testing

@testable import Pictures

@Suite("Colours")
struct ColorTests {
  private static let positions = (0...256).map { Double($0) / 256 }

  @Test("The luminance of viridis and cividis rises from end to end")
  func rises() {
    for map in [ColorMap.viridis, .cividis] {
      let luminances = Self.positions.map { map.color(at: $0).luminance }
      #expect(zip(luminances, luminances.dropFirst()).allSatisfy { $0 < $1 })
      #expect(luminances[0] < 0.03)
      #expect(luminances[256] > 0.7)
    }
  }

  @Test("A reversed scale holds the same colours backwards, and positions beyond are clamped")
  func reversed() {
    #expect(ColorMap.viridis.reversed.color(at: 0) == ColorMap.viridis.color(at: 1))
    #expect(ColorMap.viridis.color(at: -3) == Color(0x440154))
    #expect(ColorMap.viridis.color(at: 7) == Color(0xFDE725))
  }

  @Test("Text is readable on every colour of the scales: a contrast of 4.5")
  func readable() {
    for map in [ColorMap.viridis, .cividis] {
      for position in Self.positions {
        let paper = map.color(at: position)
        #expect(contrast(paper, paper.readableInk) >= 4.5)
      }
    }
  }

  @Test("A colour as ink has a contrast of 4.5 on white and stays what it is if it had it")
  func ink() {
    for color in [Color.orange, .skyBlue, .reddishPurple, .vermillion, Color(0xFDE725)] {
      #expect(contrast(color.asInk, .white) >= 4.5)
    }
    #expect(Color.blue.asInk == Color.blue)
  }

  private func contrast(_ a: Color, _ b: Color) -> Double {
    let luminances = [a.luminance, b.luminance].sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }
}
