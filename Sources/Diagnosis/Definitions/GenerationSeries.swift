import Metrics

/// The measurements of a loop by generation.
struct GenerationSeries: Sendable {
  private let generations: [[String: MetricValue]]

  /// The space whose numbers lead: `conv` for pictures, `vector` for vectors.
  let leadingSpace: String

  init(_ generations: [[MetricValue]]) {
    self.generations = generations.map { measurements in
      Dictionary(measurements.map { ("\($0.space) \($0.metric)", $0) }) { first, _ in first }
    }
    let names = (generations.first ?? []).compactMap { SpaceName(rawValue: $0.space) }
    leadingSpace = (SpaceName.leading(among: names) ?? .vector).rawValue
  }

  /// The number of generations, 0 included.
  var count: Int { generations.count }

  /// A number about the model.
  func model(_ metric: ModelMetric, _ generation: Int) -> MetricValue? {
    generations[generation]["\(ModelMetric.space) \(metric.rawValue)"]
  }

  /// A number of the leading space.
  func leading(_ metric: String, _ generation: Int) -> MetricValue? {
    generations[generation]["\(leadingSpace) \(metric)"]
  }
}
