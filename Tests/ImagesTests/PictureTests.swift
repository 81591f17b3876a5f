import Samples
import Testing

@testable import Images

@Suite("Picture")
struct PictureTests {
  @Test("Grey is Pillow's luma")
  func luma() {
    let colour = TestPictures.colour(32, [.sawzone, .noise, .ramp])
    #expect(crc32(colour.converted(toChannels: 1).pixels) == 0x842C_1954)
  }

  @Test("Grey as RGB repeats the level, and back again is the same picture")
  func replication() {
    let grey = TestPictures.noise.picture(16)
    let colour = grey.converted(toChannels: 3)
    #expect(colour.pixels == grey.pixels.flatMap { [$0, $0, $0] })
    #expect(colour.converted(toChannels: 1) == grey)
  }

  @Test("The square in the middle is cut out, an odd rest stays right or below")
  func crop() {
    let wide = Picture(
      shape: PictureShape(width: 5, height: 2, channels: 1), pixels: Array(0..<10))
    #expect(wide.croppedToSquare().pixels == [1, 2, 6, 7])
    let tall = Picture(
      shape: PictureShape(width: 1, height: 4, channels: 3), pixels: Array(0..<12))
    #expect(tall.croppedToSquare().pixels == [3, 4, 5])
  }
}
