import LinearAlgebra
import Randomness
import Samples

/// Real samples in the order of a draw.
struct DrawnRows: Sendable {
  /// The samples, in an order that no draw changes.
  let pool: RowSource

  /// The row in the pool of each sample of the draw.
  let order: [Int]

  /// Consecutive samples of the draw.
  func rows(_ range: Range<Int>) -> RowSource {
    pool.selecting(order[range], leastFileBytes: keptFeatureBytes)
  }
}

/// The draws of real against real samples from which null bands are made.
struct NullDraws {
  let design: NullDesign
  let count: Int
  let seed: UInt64

  /// The real samples with these numbers of an endless law; `nil` to draw again from the pool.
  let freshSamples: (@Sendable (Range<Int>) -> SampleSet)?

  /// The samples of the pool that stay together in a re-split; `nil` if each goes its own way.
  let folders: [[Int]]?

  /// Returns the bands of all metrics and class shares in all spaces, in order.
  func bands(in spaces: [EvaluationSpace]) throws(MetricsError) -> [NullBands.Band] {
    var metrics = spaces.map { _ in [Metric: [Double]]() }
    var further = spaces.map { _ in [MeasuredMetric: [Double]]() }
    let pools = freshSamples == nil ? spaces.map(\.pooled) : []
    var shares = spaces.map { space in space.classes?.names.map { _ in [Double]() } ?? [] }
    for draw in 0..<count {
      let rows = rows(of: draw, in: spaces, pools)
      var comparisons: [Comparison] = []
      for (space, features) in zip(spaces, rows) {
        comparisons.append(
          try design.comparison(
            of: features, mixed: mixed(features, draw: draw), in: space))
      }
      for (index, outcomes) in Comparison.outcomes(of: comparisons).enumerated() {
        for (metric, outcome) in outcomes.metrics {
          guard let value = outcome.estimate?.value else { continue }
          metrics[index][metric, default: []].append(value)
        }
        for (metric, outcome) in outcomes.further {
          guard let value = outcome.estimate?.value else { continue }
          further[index][metric, default: []].append(value)
        }
        guard let classes = spaces[index].classes else { continue }
        for (label, outcome) in classes.outcomes(of: design.standIns(of: rows[index])).enumerated()
        {
          guard let value = outcome.estimate?.value else { continue }
          shares[index][label].append(value)
        }
      }
    }
    return spaces.indices.flatMap { index in
      metricBands(metrics[index], in: spaces[index])
        + furtherBands(further[index], in: spaces[index])
        + shareBands(shares[index], in: spaces[index])
    }
  }

  /// The features of a draw in every space, in random order, the members of a folder side by side.
  private func rows(
    of draw: Int, in spaces: [EvaluationSpace], _ pools: [RowSource]
  ) -> [DrawnRows] {
    if let freshSamples {
      let size = design.rowCount
      let samples = freshSamples(draw * size..<(draw + 1) * size)
      precondition(samples.count == size, "\(samples.count) fresh samples instead of \(size)")
      return spaces.map {
        DrawnRows(
          pool: $0.fitted.space.keptFeatures(of: samples), order: Array(0..<samples.count))
      }
    }
    var stream = RandomStream(seed: seed, purpose: "null-bands/draw", sample: draw)
    let order =
      if let folders {
        stream.permutation(folders.count).flatMap { folder in
          stream.permutation(folders[folder].count).map { folders[folder][$0] }
        }
      } else {
        stream.permutation(design.rowCount)
      }
    return pools.map { DrawnRows(pool: $0, order: order) }
  }

  /// The features of a draw in an order that tears folders apart.
  private func mixed(_ rows: DrawnRows, draw: Int) -> DrawnRows {
    guard folders != nil else { return rows }
    var stream = RandomStream(seed: seed, purpose: "null-bands/mixed", sample: draw)
    return DrawnRows(
      pool: rows.pool, order: stream.permutation(rows.order.count).map { rows.order[$0] })
  }

  private func metricBands(
    _ values: [Metric: [Double]], in space: EvaluationSpace
  ) -> [NullBands.Band] {
    var bands = Metric.allCases.filter(space.metrics.contains).compactMap { metric in
      values[metric].flatMap {
        band(
          $0, metric.rawValue, in: space, design.scaling(of: metric),
          step: design.step(of: metric))
      }
    }
    // Within a pool the two traces are tied to each other: what one set lacks the other has, so that
    // their geometric mean, the cross term, would seem fixed. To first order it is half their sum.
    let traces = [Metric.frechetDistanceTraceReal, .frechetDistanceTraceGenerated].compactMap {
      trace in bands.first { $0.metric == trace.rawValue }?.standardDeviation
    }
    let cross = Metric.frechetDistanceCross.rawValue
    if !design.isFresh, traces.count == 2,
      let index = bands.firstIndex(where: { $0.metric == cross })
    {
      let deviation = (traces[0] * traces[0] + traces[1] * traces[1]).squareRoot() / 2
      bands[index] = bands[index].withStandardDeviation(deviation)
    }
    return bands
  }

  private func furtherBands(
    _ values: [MeasuredMetric: [Double]], in space: EvaluationSpace
  ) -> [NullBands.Band] {
    MeasuredMetric.allCases.compactMap { metric in
      values[metric].flatMap {
        band(
          $0, metric.rawValue, in: space, design.scaling(of: metric),
          step: design.step(of: metric))
      }
    }
  }

  private func shareBands(_ values: [[Double]], in space: EvaluationSpace) -> [NullBands.Band] {
    zip(space.classes?.names ?? [], values).compactMap { name, values in
      band(
        values, Metric.share(of: name), in: space, design.onePopulation(design.standInCount),
        step: 1 / Double(design.standInCount))
    }
  }

  /// The band of the values of a metric that moves in steps.
  ///
  /// Its deviation is at least that of a number rounded to the step: all draws may agree, as they do
  /// where the coverage is full, and a collapse must show against such a band too.
  private func band(
    _ values: [Double], _ metric: String, in space: EvaluationSpace,
    _ scaling: NullDesign.Scaling, step: Double
  ) -> NullBands.Band? {
    guard values.count >= 2 else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = max(
      (squares / (n - 1)).squareRoot() * scaling.deviation, step / 12.0.squareRoot())
    // Huge features may overflow here although every value is finite.
    guard mean.isFinite, deviation.isFinite else { return nil }
    return NullBands.Band(
      space: space.name.rawValue, metric: metric, mean: mean * scaling.mean,
      standardDeviation: deviation,
      generatedCount: design.standInCount, drawCount: values.count)
  }
}

extension NullBands.Band {
  fileprivate func withStandardDeviation(_ deviation: Double) -> NullBands.Band {
    NullBands.Band(
      space: space, metric: metric, mean: mean, standardDeviation: deviation,
      generatedCount: generatedCount, drawCount: drawCount)
  }
}
