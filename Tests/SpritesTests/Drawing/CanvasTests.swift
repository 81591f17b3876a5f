import Testing

@testable import Sprites

@Suite("Canvas")
struct CanvasTests {
  private let black = Color(0x000000)
  private let white = Color(0xFFFFFF)

  @Test(
    "An empty canvas has its background everywhere, red first", arguments: [16, 33, 64, 200, 256])
  func background(size: Int) throws {
    let pixels = try Canvas(size: size, background: Color(0x123456)).pixels()
    #expect(pixels == (0..<size * size).flatMap { _ -> [UInt8] in [0x12, 0x34, 0x56] })
  }

  @Test("Coordinates run from -50 to 50, y down, whatever the size", arguments: [20, 100])
  func coordinates(size: Int) throws {
    let canvas = try Canvas(size: size, background: white)
    canvas.fill(.rectangle(x: 0...50, y: -50...0), black)
    let pixels = try canvas.pixels()
    for y in 0..<size {
      for x in 0..<size {
        let inside = x >= size / 2 && y < size / 2
        #expect(pixels[3 * (y * size + x)] == (inside ? 0 : 255))
      }
    }
  }

  @Test("A pixel half covered is half way between the colours")
  func coverage() throws {
    let canvas = try Canvas(size: 100, background: white)
    canvas.fill(.rectangle(x: -50...0.5, y: -50...50), black)
    let pixels = try canvas.pixels()
    #expect(pixels[3 * 49] == 0)
    #expect(abs(Int(pixels[3 * 50]) - 128) <= 1)
    #expect(pixels[3 * 51] == 255)
  }

  @Test("A circle covers the area of a circle")
  func circle() throws {
    let canvas = try Canvas(size: 128, background: black)
    canvas.fill(.circle((0, 0), 40), white)
    let area = try canvas.pixels().reduce(0.0) { $0 + Double($1) } / 255 / 3 * 10_000 / 16_384
    #expect(abs(area / (Double.pi * 1600) - 1) < 0.002)
  }

  @Test("What is placed, clipped or drawn on both sides lands where it should")
  func transforms() throws {
    let canvas = try Canvas(size: 100, background: white)
    canvas.clipped(to: .rectangle(x: -50...50, y: -50...0)) {
      canvas.bothSides {
        canvas.placed(at: (20, 0), turned: 90, scaled: (2, 1)) {
          // 10 wide and 20 high after scaling, then turned: 20 wide and 10 high … half of it
          // clipped.
          canvas.fill(.rectangle(x: -2.5...2.5, y: -10...10), black)
        }
      }
    }
    let pixels = try canvas.pixels()
    func isBlack(_ x: Int, _ y: Int) -> Bool { pixels[3 * ((y + 50) * 100 + x + 50)] == 0 }
    #expect(isBlack(20, -3) && isBlack(-20, -3) && isBlack(11, -1) && isBlack(28, -4))
    #expect(!isBlack(20, 2) && !isBlack(20, -7) && !isBlack(5, -3) && !isBlack(32, -3))
  }

  @Test("A gradient runs from its first colour to its last")
  func gradient() throws {
    let canvas = try Canvas(size: 100, background: white)
    canvas.fill(
      .rectangle(x: -50...50, y: -50...50), .linear(from: (-50, 0), to: (50, 0), [black, white]))
    let row = try canvas.pixels().prefix(300)
    #expect(row.prefix(3).allSatisfy { $0 < 4 })
    #expect(row.suffix(3).allSatisfy { $0 > 251 })
    #expect(abs(Int(row[150]) - 128) < 3)
  }

  @Test("A sheet that Cairo refuses is an error, not a crash")
  func refused() {
    #expect(throws: SpriteError.self) { try Canvas(size: 40_000, background: white) }
  }
}
