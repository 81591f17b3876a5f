import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Error bars of measure")
struct StandardErrorsTests {
  private static let metrics: [MeasuredMetric] = [
    .frechetDistanceMean, .frechetDistanceTraceReal, .frechetDistanceTraceGenerated,
    .frechetDistanceCross, .vendiRBFOrder2, .vendiRBFOrderInfinity, .vendiCosineOrder2,
    .binDivergence, .clippedCoverage, .slicedWasserstein, .mind,
  ]

  private func measure(
    _ real: Matrix, _ generated: Matrix, metrics: Set<MeasuredMetric>, isSpectrum: Bool = false
  ) throws -> [MeasuredValue] {
    var settings = MeasureSettings(metrics: metrics)
    settings.splits = 0
    return try MeasuredReference(
      real: RowSource(real), space: "vector", spaceFingerprint: "", isSpectrum: isSpectrum,
      settings: settings
    ).measure(RowSource(generated))
  }

  @Test("An error bar is the spread of its metric over new samples")
  func spread() throws {
    var values: [MeasuredMetric: [Double]] = [:]
    var errors: [MeasuredMetric: [Double]] = [:]
    for seed in 0..<60 {
      let generated = normalSamples(160, 3, seed: 2 * seed + 1, scale: 0.7)
        .subtractingFromRows([0.5, 0.2, 0])
      for value in try measure(
        normalSamples(200, 3, seed: 2 * seed), generated, metrics: Set(Self.metrics))
      {
        let estimate = try #require(value.estimate, "\(value.id)")
        values[value.metric, default: []].append(estimate.value)
        errors[value.metric, default: []].append(
          try #require(estimate.standardError, "\(value.id)"))
      }
    }
    for metric in Self.metrics {
      let spread = moments(try #require(values[metric])).deviation
      let claimed = moments(try #require(errors[metric])).mean
      // A deviation of 60 values is off by a tenth. That of bins leaves out that the bins move with the
      // real set.
      #expect((0.6...1.6).contains(claimed / spread), "\(metric): \(claimed) and \(spread)")
    }
  }

  /// Counts among independent samples, whose error is known for any number of them, and means over the real set.
  private static let shares: Set<MeasuredMetric> = [
    .precision, .recall, .coverage, .symmetricPrecision, .symmetricRecall, .improvedPrecision,
    .improvedRecall, .sparseRecall, .sparseMass, .clippedCoverage, .probabilisticRecall,
  ]

  @Test(
    "Of fewer than six samples only shares and means over the other set claim an error",
    arguments: 2...7)
  func tinySets(count: Int) throws {
    let real = normalSamples(60, 3, seed: 1)
    let found = try measure(
      real, normalSamples(count, 3, seed: 2), metrics: Set(MeasuredMetric.allCases))
    let ofRealAlone: Set<MeasuredMetric> = [.frechetDistanceTraceReal]
    for value in found {
      guard let estimate = value.estimate, value.metric.reasonForNoError == nil,
        value.metric != .kernelDistanceSubsets, !ofRealAlone.contains(value.metric)
      else { continue }
      let hasError = count >= 6 || Self.shares.contains(value.metric)
      #expect((estimate.standardError != nil) == hasError, "\(count), \(value.id)")
      #expect(estimate.standardError != 0, "\(count), \(value.id)")
    }
    for few in [2, 5] {
      let swapped = try measure(
        normalSamples(few, 3, seed: 2), real, metrics: [.frechetDistance, .kernelDistance])
      #expect(swapped.allSatisfy { $0.estimate != nil && $0.estimate?.standardError == nil })
    }
  }

  @Test("The error of one set's trace does not know the other set")
  func traces() throws {
    let real = normalSamples(60, 3, seed: 1)
    let expected = try #require(try CovarianceSpectrum(of: real).totalVariance.standardError)
    for count in [2, 4, 7, 50, 400] {
      let other = normalSamples(count, 3, seed: 2, scale: 0.5)
      let metrics: Set<MeasuredMetric> = [
        .frechetDistanceTraceReal, .frechetDistanceTraceGenerated,
      ]
      let found =
        try measure(real, other, metrics: metrics)
        + measure(other, real, metrics: metrics)
      for index in [0, 3] {
        let error = try #require(found[index].estimate?.standardError, "\(count)")
        #expect(abs(error - expected) < 1e-12 * expected, "\(count), \(index)")
      }
    }
  }

  @Test("The distance of spectra has one, too")
  func spectra() throws {
    let found = try measure(
      normalSamples(80, 4, seed: 1),
      normalSamples(90, 4, seed: 2).subtractingFromRows([1, 1, 1, 1]),
      metrics: [.spectrumDistance], isSpectrum: true)
    let estimate = try #require(found.first?.estimate)
    // Four means, each off by the root of 1/80 + 1/90, of which the root mean square is taken.
    let expected = ((1.0 / 80 + 1.0 / 90) / 4).squareRoot()
    #expect((0.4...2).contains(try #require(estimate.standardError) / expected))
  }

  @Test("Every metric has an error bar or a reason why not")
  func reasons() throws {
    let found = try measure(
      normalSamples(300, 3, seed: 1), normalSamples(300, 3, seed: 2),
      metrics: Set(MeasuredMetric.allCases))
    for value in found {
      let hasError = value.estimate?.standardError != nil
      let isSubset = value.metric == .kernelDistanceSubsets
      #expect(hasError || isSubset || value.metric.reasonForNoError != nil, "\(value.id)")
      #expect(!(hasError && value.metric.reasonForNoError != nil), "\(value.id)")
    }
  }
}
