import LinearAlgebra
import Randomness
import Testing

@testable import Metrics

@Suite("Power and false alarms")
struct MetricPowerTests {
  /// Student's quantile at 2.5 % with 18 and 38 degrees of freedom (Abramowitz and Stegun, 26.10).
  private static let quantiles = [20: 2.100922, 40: 2.024394]

  private func threshold(_ repeats: Int) throws -> Double {
    MetricPower.threshold(repeats: repeats, quantile: try #require(Self.quantiles[repeats]))
  }

  private func power(
    _ honest: [Double], _ damaged: [Double], least: Double = 0
  ) throws -> MetricPower? {
    MetricPower(
      SpaceCalibration.Values(
        metric: .energyDistance, id: "energy_distance", honest: honest,
        damaged: [.shrink: damaged], leastDeviation: least),
      threshold: try threshold(honest.count))
  }

  @Test("Normal values give false alarms at the level", arguments: [20, 40])
  func level(repeats: Int) throws {
    var stream = RandomStream(seed: 1, purpose: "test/power")
    var (alarms, found, total) = (0, 0, 0)
    for _ in 0..<1000 {
      let values = stream.normals(repeats)
      let power = try #require(try power(values, values.map { $0 + 10 }))
      alarms += power.falseAlarms.count
      found += power.power[.shrink]?.count ?? 0
      total += repeats
    }
    // Within a thousand sets of values shares are correlated, at most as much as whole sets are.
    let error = (0.05 * 0.95 / 1000).squareRoot()
    #expect(abs(Double(alarms) / Double(total) - 0.05) < 3 * error)
    #expect(Double(found) / Double(total) > 0.999)
  }

  @Test("Wilson's interval is that of the textbook")
  func interval() {
    let none = MetricPower.Share(count: 0, total: 20, meanScore: nil)
    #expect(none.interval.lowerBound == 0)
    #expect(abs(none.interval.upperBound - 0.16113) < 1e-4)
    let some = MetricPower.Share(count: 15, total: 20, meanScore: nil)
    #expect(abs(some.interval.lowerBound - 0.53130) < 1e-4)
    #expect(abs(some.interval.upperBound - 0.88814) < 1e-4)
  }

  @Test("The sign says which way a metric moves; where nothing varies any difference is found")
  func directions() throws {
    var stream = RandomStream(seed: 2, purpose: "test/power")
    let values = stream.normals(20)
    let falling = try #require(try power(values, values.map { $0 - 5 }))
    #expect(try #require(falling.power[.shrink]?.meanScore) < -3)
    let same = Array(repeating: 1.0, count: 20)
    let constant = try #require(try power(same, same))
    #expect(constant.falseAlarms.count == 0 && constant.power[.shrink]?.count == 0)
    let other = try #require(try power(same, same.map { $0 - 0.1 }))
    #expect(other.power[.shrink]?.count == 20)
    #expect(other.power[.shrink]?.meanScore == nil)
    // A count that always is the same still moves in steps.
    #expect(try power(same, same.map { $0 - 0.1 }, least: 0.3)?.power[.shrink]?.count == 0)
  }

  @Test(
    "Between honest halves alarms are rare in every metric, and shrinking is found by the leading")
  func samples() throws {
    let samples = normalSamples(300, 3, seed: 4)
    var settings = MeasureSettings(metrics: Set(MeasuredMetric.allCases.filter(\.isDefault)))
    settings.directions = 40
    let design = CalibrationDesign(
      modes: try SpaceCalibration.modes(of: RowSource(samples)),
      isolation: SpaceCalibration.isolation(of: RowSource(samples)), strength: 0.3, seed: 1)
    var shrunken = samples
    for index in shrunken.elements.indices { shrunken.elements[index] *= 0.7 }
    let values = try withOneAndThreeThreads {
      try SpaceCalibration(
        features: RowSource(samples), changed: [.shrink: RowSource(shrunken)], design: design,
        repeats: 20, settings: settings
      ) { _ in }.values
    }
    var (alarms, total) = (0, 0)
    for (first, second) in zip(values.0, values.1) {
      #expect(first.honest == second.honest && first.damaged == second.damaged)
      let power = try #require(MetricPower(first, threshold: try threshold(20)))
      alarms += power.falseAlarms.count
      total += power.falseAlarms.total
      #expect(power.falseAlarms.count <= 4, "\(power.id)")
      if power.metric.isLeading, power.metric != .effectiveRank {
        #expect(try #require(power.power[.shrink]).value > 0.8, "\(power.id)")
      }
      if power.metric == .totalVariance {
        #expect(try #require(power.power[.shrink]?.meanScore) < 0)
        #expect(try #require(power.power[.duplicates]).value < 0.4)
      }
    }
    #expect(Double(alarms) / Double(total) < 0.12)
  }
}
