import Metrics

/// A quantity that is watched, at every generation of a loop.
struct WatchedSeries: Sendable {
  /// The metric's id.
  let metric: String

  /// The name in words.
  let name: String

  /// One value a generation from 0 on.
  let values: [Double]

  /// Variance, recall and the mass of the tail, as far as each was measured in every generation.
  ///
  /// A model of many parameters finds its own samples likelier than any it has not seen, and then has no
  /// mass in the tail to begin with: the recall of the tail stands in.
  static func all(of generations: [[MetricValue]]) -> [WatchedSeries] {
    let series = GenerationSeries(generations)
    func watched(
      _ metric: String, _ name: String, _ value: (Int) -> MetricValue?
    ) -> WatchedSeries? {
      let values = (0..<series.count).compactMap { value($0)?.value }
      guard values.count == series.count, !values.isEmpty else { return nil }
      return WatchedSeries(metric: metric, name: name, values: values)
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
