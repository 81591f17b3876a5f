import Randomness
import Samples
import Testing

@testable import Metrics

@Suite("Filters fitted to patches")
struct PatchFilterBankTests {
  /// Grey pictures of noise that are white where they are told to be.
  private func noise(
    _ count: Int, side: Int, whiteWhere isWhite: (_ x: Int, _ y: Int) -> Bool
  ) -> SampleSet {
    let shape = PictureShape(width: side, height: side, channels: 1)
    var stream = RandomStream(seed: 1, purpose: "test/noise")
    var levels: [UInt8] = []
    for _ in 0..<count {
      for y in 0..<side {
        for x in 0..<side {
          levels.append(isWhite(x, y) ? 255 : UInt8(stream.integer(below: 256)))
        }
      }
    }
    return SampleSet(count: count, dimension: shape.count, shape: shape, storage: .bytes(levels))
  }

  @Test("Pictures that are white at one side have usable patches")
  func whiteSide() throws {
    let pictures = noise(1300, side: 64) { x, _ in x < 8 }
    #expect(try PatchSpace(fittedTo: pictures).dimension == 64)
  }

  @Test("What varies in the last columns or rows alone is seen, whatever the size")
  func lastPixels() throws {
    for side in [9, 10, 11, 13, 16] {
      let columns = noise(20, side: side) { x, _ in x < side - 1 }
      #expect(try PatchSpace(fittedTo: columns).dimension > 1)
      let rows = noise(20, side: side) { _, y in y < side - 1 }
      #expect(try PatchSpace(fittedTo: rows).dimension > 1)
    }
  }
}
