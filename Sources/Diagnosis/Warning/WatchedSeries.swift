import Metrics

/// A quantity that is watched, at every generation of a loop.
struct WatchedSeries: Sendable {
  /// The metric's id.
  let metric: String

  /// The name in words.
  let name: String

  /// One value a generation from 0 on.
  let values: [Double]

  /// For each of them, whether it lies below what real sets have; true where nobody knows.
  let isBelowReal: [Bool]

  /// When it will cross a share of generation 0's value, known up to a generation.
  func forecast(share: Double, upTo generation: Int? = nil) -> CrossingForecast {
    let last = generation ?? values.count - 1
    return CrossingForecast(
      values: Array(values[...last]), share: share, isBelowReal: Array(isBelowReal[...last]))
  }

  /// Variance, recall and the mass of the tail, as far as each was measured in every generation.
  ///
  /// A model of many parameters finds its own samples likelier than any it has not seen, and then has no
  /// mass in the tail to begin with: the recall of the tail stands in.
  static func all(of generations: [[MetricValue]]) -> [WatchedSeries] {
    let series = GenerationSeries(generations)
    func watched(
      _ metric: String, _ name: String, _ value: (Int) -> MetricValue?
    ) -> WatchedSeries? {
      let measured = (0..<series.count).compactMap { value($0) }
      let values = measured.compactMap(\.value)
      guard values.count == series.count, !values.isEmpty else { return nil }
      return WatchedSeries(
        metric: metric, name: name, values: values,
        isBelowReal: zip(values, measured).map { value, number in
          number.null.map { value < $0.lowerBound } ?? true
        })
    }
    func leading(_ metric: String, _ name: String) -> WatchedSeries? {
      watched(metric, name) { series.leading(metric, $0) }
    }
    let mass = watched(ModelMetric.tailMassRatio.rawValue, "mass of the tail") {
      series.model(.tailMassRatio, $0)
    }
    let hasMass = mass.map { ($0.values.first ?? 0) > 0 } ?? false
    return [
      leading(Metric.totalVariance.rawValue, "variance"),
      leading(Metric.recall.rawValue, "recall"),
      hasMass ? mass : leading(Metric.recallOfTail, "recall of the tail") ?? mass,
    ].compactMap { $0 }
  }
}
