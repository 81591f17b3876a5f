import Images
import Samples
import Testing

@testable import Pictures

@Suite("Canvas")
struct CanvasTests {
  @Test("A file has the size of the canvas and is white where nothing is drawn")
  func whitePaper() throws {
    let picture = try PictureDecoder.decode(Canvas(width: 31, height: 17, format: .png).finish())
    #expect(picture.shape == PictureShape(width: 31, height: 17, channels: 3))
    #expect(picture.pixels.allSatisfy { $0 == 255 })
  }

  @Test("A rectangle at whole pixels fills exactly those pixels")
  func rectangle() throws {
    let canvas = try Canvas(width: 6, height: 5, format: .png)
    canvas.fill(Rectangle(x: 2, y: 1, width: 3, height: 2), Color(0x123456))
    let picture = try PictureDecoder.decode(canvas.finish())
    for y in 0..<5 {
      for x in 0..<6 {
        let isInside = (2..<5).contains(x) && (1..<3).contains(y)
        #expect(picture.pixel(x, y) == (isInside ? [0x12, 0x34, 0x56] : [255, 255, 255]))
      }
    }
  }

  @Test("Half opaque black on white is mid grey")
  func opacity() throws {
    let canvas = try Canvas(width: 4, height: 4, format: .png)
    let corners = [Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4)]
    canvas.polygon(corners, fill: Color(0x000000, alpha: 0.5))
    let level = try PictureDecoder.decode(canvas.finish()).pixel(2, 2)[0]
    #expect((127...128).contains(level))
  }

  @Test("What is drawn under a clip stays within it")
  func clip() throws {
    let canvas = try Canvas(width: 8, height: 8, format: .png)
    let area = Rectangle(x: 2, y: 2, width: 3, height: 3)
    canvas.clipped(to: area) {
      canvas.circle(Point(4, 4), radius: 20, fill: .blue)
    }
    canvas.fill(Rectangle(x: 7, y: 7, width: 1, height: 1), .ink)
    let picture = try PictureDecoder.decode(canvas.finish())
    #expect(picture.pixel(1, 2) == [255, 255, 255])
    #expect(picture.pixel(2, 2) == [0x00, 0x72, 0xB2])
    #expect(picture.pixel(5, 4) == [255, 255, 255])
    #expect(picture.pixel(7, 7) == [0x1A, 0x1A, 0x1A])
  }

  @Test("Each pixel of a picture becomes a square of zoom pixels of its own colour")
  func zoomedPicture() throws {
    let shape = PictureShape(width: 2, height: 2, channels: 3)
    let colors: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [10, 20, 30]]
    let canvas = try Canvas(width: 10, height: 9, format: .png)
    canvas.picture(
      Picture(shape: shape, pixels: Array(colors.joined())), x: 1, y: 2, zoom: 3)
    let drawn = try PictureDecoder.decode(canvas.finish())
    for y in 0..<9 {
      for x in 0..<10 {
        let isInside = (1..<7).contains(x) && (2..<8).contains(y)
        let expected = isInside ? colors[(y - 2) / 3 * 2 + (x - 1) / 3] : [255, 255, 255]
        #expect(drawn.pixel(x, y) == expected)
      }
    }
  }

  @Test("A grey picture is drawn in grey")
  func greyPicture() throws {
    let canvas = try Canvas(width: 4, height: 4, format: .png)
    canvas.picture(.plain([77]), x: 0, y: 0, zoom: 1)
    #expect(try PictureDecoder.decode(canvas.finish()).pixel(3, 3) == [77, 77, 77])
  }

  @Test("An SVG file holds its pictures and is the same whatever was drawn before")
  func svg() throws {
    func draw() throws -> [UInt8] {
      let canvas = try Canvas(width: 40, height: 30, format: .svg)
      canvas.picture(.plain([200, 100, 50]), x: 3, y: 4, zoom: 2)
      canvas.text("Fréchet & < \" >", at: Point(2, 20), .tick, halo: true)
      canvas.line([Point(1, 1), Point(9, 9)], Canvas.Stroke(color: .blue, dashes: [2, 2]))
      return try canvas.finish()
    }
    let first = try draw()
    #expect(isWellFormed(first))
    #expect(try draw() == first)
    let text = String(decoding: first, as: UTF8.self)
    #expect(text.contains("data:image/png;base64,"))
    #expect(text.contains("width=\"40px\" height=\"30px\""))
  }

  @Test("Text is logged where its ink is, also when it runs upwards")
  func textLog() throws {
    for upwards in [false, true] {
      let canvas = try Canvas(width: 90, height: 90, format: .png)
      canvas.text("Hplq", at: Point(45, 45), .label, anchor: .middle, upwards: upwards)
      let bounds = try #require(canvas.textLog.first).bounds
      let picture = try PictureDecoder.decode(canvas.finish())
      var inked = 0
      for y in 0..<90 {
        for x in 0..<90 where picture.pixel(x, y)[0] < 200 {
          inked += 1
          #expect(
            bounds.inset(by: -1).contains(
              Rectangle(x: Double(x), y: Double(y), width: 1, height: 1)))
        }
      }
      #expect(inked > 50)
    }
  }

  @Test("Control characters in a name cannot cut or break a text")
  func controlCharacters() throws {
    let canvas = try Canvas(width: 90, height: 30, format: .svg)
    canvas.text("a\u{0}b\nc", at: Point(5, 20), .tick)
    #expect(canvas.textLog.map(\.text) == ["a b c"])
    #expect(isWellFormed(try canvas.finish()))
  }

  @Test("A canvas beyond Cairo's limit is refused with its size")
  func tooLarge() {
    let error = PicturesError.tooLarge(width: 40000, height: 10, limit: 32767)
    #expect(throws: error) { try Canvas(width: 40000, height: 10, format: .png) }
    #expect(
      error.description
        == "A picture of 40000 x 10 pixels is beyond Cairo's limit of 32767. "
        + "Show fewer or smaller cells.")
  }
}
