import Foundation
import Randomness
import Testing
import Theory

@testable import Diagnosis

@Suite("Divergence of risk, against theory")
struct DivergenceTests {
  /// `E KL(real ‖ model_t)` of a one-dimensional Gaussian under replace, in nats (theory A10).
  private func replaceRisk(n: Int, fits t: Int) -> Double {
    let size = Double(n)
    var drift = 0.0
    for _ in 0..<t { drift = (drift + 1 / size) * size / (size - 3) }
    let growth = pow(size / (size - 3), Double(t))
    return 0.5 * (Double(t) * expectedLogVarianceStep(sampleCount: n) + growth + drift - 1)
  }

  private func noisy(_ risks: [Double], _ deviation: Double, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: "test/divergence")
    return risks.map { $0 + deviation * stream.normal() }
  }

  @Test("The risk of replace (A10) rises without bound", arguments: [20, 50, 200])
  func replace(n: Int) throws {
    let risks = (1...21).map { replaceRisk(n: n, fits: $0) }
    let span = risks[20] - risks[0]
    let divergence = try #require(Divergence(risks: noisy(risks, 0.01 * span, seed: 1)))
    #expect(divergence.slope > 3 * divergence.standardError)
    #expect(divergence.advantage > 0)
  }

  @Test("The risk of accumulate, C / n_e, settles", arguments: [50, 200])
  func accumulate(n: Int) throws {
    let sizes = (0...20).map {
      GenerationSizes(real: n, synthetic: n * $0)
    }
    let risks = effectiveSampleSizes(.accumulate, sizes).map { 2.5 / $0 }
    let span = risks[20] - risks[0]
    for seed in 1...10 {
      let divergence = try #require(
        Divergence(risks: noisy(risks, 0.02 * span, seed: UInt64(seed))))
      // Both must hold for the definition to fire.
      #expect(
        divergence.advantage < 0 || divergence.slope < 3 * divergence.standardError, "\(seed)")
    }
  }

  @Test("Fewer than eight generations after 0 decide nothing")
  func tooFew() {
    #expect(Divergence(risks: Array(repeating: 1, count: 8)) == nil)
  }

  @Test("A fitted law gives back the constants that it was made with")
  func constants() throws {
    let x = (0...20).map(Double.init)
    let settling = try #require(
      CurveFit(.exponentialApproach, x: x, y: x.map { 3 - 2 * (1 - exp(-$0 / 4)) }))
    #expect(abs(settling.parameter - 4) < 1e-3)
    #expect(abs(try #require(settling.asymptote) - 1) < 1e-3)
    let sizes = [100.0, 200, 400, 800]
    let scaling = try #require(
      CurveFit(.inversePower, x: sizes, y: sizes.map { 1 + 5 * pow($0, -0.7) }))
    #expect(abs(scaling.parameter - 0.7) < 1e-3)
    #expect(abs(scaling.intercept - 1) < 1e-3)
    let line = try #require(CurveFit(.line, x: x, y: x.map { 2 - 0.5 * $0 }))
    #expect(abs(line.coefficient + 0.5) < 1e-12)
  }
}
