import Foundation
import Randomness
import Testing
import Theory

@testable import Diagnosis

@Suite("Early warning")
struct CrossingForecastTests {
  /// The variance of a one-dimensional Gaussian refitted to `n` of its own samples, with relative noise
  /// of measurement.
  private func variances(
    n: Int, generations: Int, noise: Double, seed: Int
  ) -> [Double] {
    var stream = RandomStream(seed: UInt64(seed), purpose: "test/forecast")
    // To first order the logarithm walks with the drift and the variance of theory A4 and A5.
    let drift = expectedLogVarianceStep(sampleCount: n)
    let step = logVarianceStepVariance(sampleCount: n).squareRoot()
    var logarithm = 0.0
    return (0...generations).map { generation in
      if generation > 0 { logarithm += drift + step * stream.normal() }
      return exp(logarithm + noise * stream.normal())
    }
  }

  @Test("A quantity that fell is reported as crossed at its first generation below")
  func crossed() {
    let forecast = CrossingForecast(values: [8, 7, 4, 5, 3], share: 0.5)
    #expect(forecast.outcome == .crossed(at: 2))
  }

  @Test("A single value below the threshold may be noise and is no alarm; two in a row are one")
  func confirmed() {
    let single = CrossingForecast(values: [8, 7, 4, 5, 6], share: 0.5)
    #expect(single.outcome == .crossed(at: 2) && !single.isAlarm)
    let double = CrossingForecast(values: [8, 7, 4, 3, 6], share: 0.5)
    #expect(double.outcome == .crossed(at: 2) && double.isAlarm)
  }

  @Test("What cannot be told from real data has not fallen, however high generation 0's value was")
  func withinReal() {
    let values = [2.19, 0.63, 1.46, 1.04, 1.98, 0.73, 0.83]
    let inside = CrossingForecast(
      values: values, share: 0.5, isBelowReal: values.map { $0 < 0.32 })
    #expect(inside.outcome == .crossed(at: 1) && !inside.isAlarm)
    #expect(
      CrossingForecast(values: values, share: 0.5, isBelowReal: values.map { $0 < 0.9 }).isAlarm)
    let falling = (0..<8).map { exp(-0.08 * Double($0)) }
    let bands = [true, false].map { isBelow in
      CrossingForecast(
        values: falling, share: 0.5, isBelowReal: falling.map { _ in isBelow })
    }
    #expect(bands[0].isAlarm && !bands[1].isAlarm)
  }

  @Test("Three generations are too few, and a value of 0 has no half")
  func unknown() {
    for values in [[8.0, 7, 6], [0, 0, 0, 0, 0]] {
      let forecast = CrossingForecast(values: values, share: 0.5)
      guard case .unknown(let reason) = forecast.outcome else {
        Issue.record("\(forecast.outcome)")
        return
      }
      #expect(!reason.isEmpty)
    }
  }

  @Test("An exact exponential is forecast to the generation")
  func exponential() throws {
    let values = (0...5).map { pow(0.93, Double($0)) }
    let forecast = CrossingForecast(values: values, share: 0.5)
    guard case .ahead(let expected?, let earliest, let latest?) = forecast.outcome else {
      Issue.record("\(forecast.outcome)")
      return
    }
    let crossing = log(0.5) / log(0.93)
    #expect(forecast.isFalling)
    #expect(abs(expected - crossing) < 0.2)
    #expect(earliest <= expected && expected <= latest)
  }

  @Test("A quantity that settles above the threshold is not said to cross it")
  func settling() throws {
    var stream = RandomStream(seed: 4, purpose: "test/forecast")
    let values = (0...14).map { 1 - 0.3 * (1 - exp(-Double($0) / 2)) + 0.002 * stream.normal() }
    let forecast = CrossingForecast(values: values, share: 0.5)
    guard case .ahead(let expected, _, let latest) = forecast.outcome else {
      Issue.record("\(forecast.outcome)")
      return
    }
    #expect(expected == nil)
    #expect(latest == nil)
  }

  @Test(
    "Intervals made in the first half of the way hold the crossing in at least 80 of 100 loops",
    arguments: [(30, 0.02), (30, 0.1), (60, 0.05)])
  func coverage(n: Int, noise: Double) {
    var (made, held) = (0, 0)
    for seed in 1...150 {
      let values = variances(n: n, generations: 6 * n, noise: noise, seed: seed)
      guard let crossing = values.firstIndex(where: { $0 <= values[0] * 0.5 }), crossing >= 8
      else { continue }
      let generation = max(4, crossing / 2)
      let forecast = CrossingForecast(values: Array(values[0...generation]), share: 0.5)
      guard case .ahead(_, let earliest, let latest) = forecast.outcome else { continue }
      made += 1
      let isHeld =
        Double(crossing) >= earliest.rounded(.down)
        && latest.map { Double(crossing) <= $0.rounded(.up) } ?? true
      held += isHeld ? 1 : 0
    }
    #expect(made > 60)
    #expect(Double(held) / Double(made) >= 0.8, "\(held) of \(made)")
  }
}
