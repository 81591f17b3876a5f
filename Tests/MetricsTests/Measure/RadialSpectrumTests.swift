import Foundation
import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("Radial spectrum")
struct RadialSpectrumTests {
  private func picture(_ width: Int, _ height: Int, _ level: (Int, Int) -> Double) -> SampleSet {
    SampleSet(
      count: 1, dimension: width * height,
      shape: PictureShape(width: width, height: height, channels: 1),
      storage: .floats(
        (0..<height).flatMap { y in (0..<width).map { Float(level($0, y)) } }))
  }

  @Test("A wave of four cycles has its power at radius 4, and its mean at radius 0")
  func wave() throws {
    let side = 16
    let samples = picture(side, side) { x, _ in
      100 + 50 * cos(2 * Double.pi * Double(4 * x) / Double(side))
    }
    let spectrum = RadialSpectrum(shape: try #require(samples.shape))
    let curve = spectrum.spectra(of: samples)
    #expect(spectrum.count == 9)
    #expect(abs(curve[0, 0] - 20 * log(25600)) < 1e-4)
    let powers = (1..<9).map { curve[0, $0] }
    #expect(powers.firstIndex(of: powers.max() ?? 0) == 3)
  }

  @Test("It agrees with the transform written out, for sides of odd and unequal length")
  func direct() throws {
    let (width, height) = (9, 12)
    let level = { (x: Int, y: Int) in Double((x * 37 + y * 91 + x * y * 13) % 256) }
    let samples = picture(width, height, level)
    let spectrum = RadialSpectrum(shape: try #require(samples.shape))
    var sums = [Double](repeating: 0, count: spectrum.count)
    var counts = [Double](repeating: 0, count: spectrum.count)
    for v in 0..<height {
      for u in 0..<width {
        var (real, imaginary) = (1e-8, 0.0)
        for y in 0..<height {
          for x in 0..<width {
            let turns = Double(u * x) / Double(width) + Double(v * y) / Double(height)
            real += level(x, y) * cos(2 * Double.pi * turns)
            imaginary -= level(x, y) * sin(2 * Double.pi * turns)
          }
        }
        let (fx, fy) = (u <= width / 2 ? u : u - width, v <= height / 2 ? v : v - height)
        let radius = Int(Double(fx * fx + fy * fy).squareRoot())
        guard radius < spectrum.count else { continue }
        sums[radius] += 20 * log((real * real + imaginary * imaginary).squareRoot())
        counts[radius] += 1
      }
    }
    let curve = spectrum.spectra(of: samples)
    for radius in 0..<spectrum.count {
      #expect(abs(curve[0, radius] - sums[radius] / counts[radius]) < 1e-6)
    }
  }
}
