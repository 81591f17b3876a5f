import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("The patches of a picture")
struct PatchGridTests {
  @Test("Every pixel of a picture of any size lies in a patch")
  func cover() {
    for width in [1, 5, 7, 8, 9, 11, 12, 13, 64] {
      for height in [1, 6, 8, 10, 15, 31] {
        let shape = PictureShape(width: width, height: height, channels: 1)
        let grid = PatchGrid(shape: shape, side: 8, stride: 4)
        #expect(grid.dimension == min(8, width) * min(8, height))
        // Each level is its pixel's number, which the patches scale.
        let levels = (0..<shape.count).map { Float($0) }
        let patches = grid.patches(of: levels[...], at: 0..<grid.count)
        let seen = Set(patches.elements.map { Int((($0 + 1) * 127.5).rounded()) })
        #expect(seen == Set(0..<shape.count))
      }
    }
  }

  @Test("Patches start every four pixels, and one more where these do not reach the end")
  func starts() {
    func starts(_ size: Int) -> [Int] {
      PatchGrid.starts(size: size, side: min(8, size), stride: 4)
    }
    #expect(starts(64) == Array(stride(from: 0, through: 56, by: 4)))
    #expect(starts(8) == [0])
    #expect(starts(5) == [0])
    #expect(starts(11) == [0, 3])
    #expect(starts(13) == [0, 4, 5])
  }
}
