@testable import Generators
import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@Suite("Speed") struct Speed {
  @Test func speed() throws {
    let shape = PictureShape(width: 32, height: 32, channels: 3)
    let n = 1000
    var rows = Matrix(rowCount: n, columnCount: 4 * shape.count)
    for i in 0..<n {
      var s = RandomStream(seed: 1, purpose: "speed", generation: 0, sample: i)
      let (a, b, c, d) = (s.normal(), s.normal(), s.normal(), s.normal())
      for y in 0..<64 { for x in 0..<64 { for ch in 0..<3 {
        rows[i, (y * 64 + x) * 3 + ch] = a + b * sin(Double(x) * 0.2 * (1 + 0.2 * d) + c) * cos(Double(y + ch) * 0.15) + (d * Double(x - 32) > 3 * Double(y - 32) ? 1 : 0) + 0.05 * s.normal()
      }}}
    }
    let (coarse, small) = ThumbnailPyramid.reduce(rows: rows, shape: PictureShape(width: 64, height: 64, channels: 3))
    for _ in 0..<2 {
      let t0 = ContinuousClock.now
      let level = try DetailLevel.fit(coarse: coarse, fine: rows, coarseShape: small, settings: DetailSettings(), level: 0)
      let t1 = ContinuousClock.now
      let fine = level.draw(coarse: coarse, samples: 0..<n, latents: Latents(seed: 1, purpose: "draw", generation: 0), bias: 1)
      let t2 = ContinuousClock.now
      let ll = try level.logDensity(coarse: coarse, fine: rows, bias: 1, noiseFloor: 0)
      let t3 = ContinuousClock.now
      let ll2 = try level.logDensity(coarse: coarse, fine: fine, bias: 1, noiseFloor: 0)
      print("fit", t1 - t0, "draw", t2 - t1, "density", t3 - t2, ll.reduce(0, +) / 1000, ll2.reduce(0,+)/1000)
    }
  }
}
