import Randomness
import Samples

@testable import Metrics

/// Vectors for tests.
enum TestVectors {
  /// Samples of a normal law with a common deviation; sample `i` of a seed is always the same.
  static func normal(
    _ range: Range<Int>, dimension: Int = 4, seed: UInt64, deviation: Double = 1
  ) -> SampleSet {
    var values: [Float] = []
    for sample in range {
      var stream = RandomStream(seed: seed, purpose: "test/normal", sample: sample)
      values += stream.normals(dimension).map { Float($0 * deviation) }
    }
    return SampleSet(count: range.count, dimension: dimension, storage: .floats(values))
  }

  /// An evaluator of that law with 70 held-out, `m` training and 100 feature samples.
  static func evaluator(
    seed: UInt64, generatedCount m: Int = 200, isEndless: Bool = false, draws: Int = 20
  ) throws -> Evaluator {
    let fresh: @Sendable (Range<Int>) -> SampleSet = { range in
      normal(100_000 + range.lowerBound..<100_000 + range.upperBound, seed: seed)
    }
    return try Evaluator(
      train: normal(0..<m, seed: seed), heldOut: normal(5000..<5070, seed: seed),
      features: normal(6000..<6100, seed: seed), generatedCount: m, seed: seed, nullDraws: draws,
      freshSamples: isEndless ? fresh : nil)
  }
}

extension [MetricValue] {
  /// The measurement of a metric, in a space or the only one.
  func first(_ metric: Metric, in space: SpaceName? = nil) -> MetricValue? {
    first { $0.metric == metric.rawValue && (space == nil || $0.space == space?.rawValue) }
  }
}

extension MetricValue {
  /// How many deviations of the null the value lies above its middle.
  var zScore: Double? {
    guard let value, let null else { return nil }
    let middle = (null.lowerBound + null.upperBound) / 2
    return (value - middle) / ((null.upperBound - null.lowerBound) / 3.92)
  }
}
