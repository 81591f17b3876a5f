import Samples
import Testing

@testable import Metrics

@Suite("Resampling by areas")
struct AreaResampleTests {
  private func resampled(
    _ levels: [Float], width: Int, height: Int, channels: Int = 1, to size: (Int, Int)
  ) -> [Double] {
    let shape = PictureShape(width: width, height: height, channels: channels)
    return AreaResample(from: shape, width: size.0, height: size.1).resampled(levels, from: 0)
  }

  @Test("A whole ratio gives the means of blocks, channel by channel")
  func wholeRatio() {
    let levels: [Float] = [0, 100, 4, 104, 8, 108, 12, 112, 16, 116, 20, 120, 24, 124, 28, 128]
    #expect(
      resampled(levels, width: 4, height: 2, channels: 2, to: (2, 1)) == [10, 110, 18, 118])
  }

  @Test("Three pixels to two weigh the middle one by half")
  func fractionalRatio() {
    #expect(resampled([3, 6, 30], width: 3, height: 1, to: (2, 1)) == [4, 22])
    #expect(resampled([3, 6, 30], width: 1, height: 3, to: (1, 2)) == [4, 22])
  }

  @Test("Two pixels to three mix in the middle one")
  func enlargement() {
    #expect(resampled([10, 20], width: 2, height: 1, to: (3, 1)) == [10, 15, 20])
  }

  @Test("The same size gives the same picture")
  func identity() {
    let picture = TestPictures.formula(width: 32, height: 32)
    let resample = AreaResample(
      from: PictureShape(width: 32, height: 32, channels: 3), width: 32, height: 32)
    #expect(resample.resampled(picture.values, from: 0) == picture.values.map(Double.init))
  }

  @Test(
    "The mean of a picture and a plain colour are kept at any size",
    arguments: [(8, 8), (17, 9), (31, 33), (64, 64), (100, 3)])
  func keepsMeans(width: Int, height: Int) {
    let picture = TestPictures.formula(width: width, height: height).values
    let small = resampled(picture, width: width, height: height, channels: 3, to: (32, 32))
    let mean = picture.reduce(0) { $0 + Double($1) } / Double(picture.count)
    #expect(abs(small.reduce(0, +) / Double(small.count) - mean) < 1e-10)
    let plain = [Float](repeating: 77, count: width * height)
    let plainSmall = resampled(plain, width: width, height: height, to: (32, 32))
    #expect(plainSmall.allSatisfy { $0 == 77 })
  }
}
