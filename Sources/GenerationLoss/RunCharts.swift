import Metrics
import Pictures
import Recursion

/// The charts of a whole run, as PNG and SVG.
struct RunCharts {
  private let run: RunView
  private let space: String

  init(_ run: RunView) {
    self.run = run
    space = Headline.leadingSpace(of: run.generations.first ?? [])
  }

  func files() throws -> [NamedFile] {
    var files = chart("timeline", try timeline())
    if let path = try precisionRecall() { files += chart("precision_recall", path) }
    files += chart("generation_distances", try distances())
    if !run.spectra.isEmpty { files += chart("spectrum", try spectrum()) }
    if let budget = try errorBudget() { files += chart("error_budget", budget) }
    if let shares = try classShares() { files += chart("class_shares", shares) }
    return files
  }

  private func chart(_ name: String, _ picture: RenderedPicture) -> [NamedFile] {
    [(name: "\(name).png", bytes: picture.png)]
      + (picture.svg.map { [(name: "\(name).svg", bytes: $0)] } ?? [])
  }

  /// A panel of the timeline: the metric, its title, how to read it, and whether its axis is
  /// logarithmic.
  private static let panels: [(metric: String, title: String, hint: String, log: Bool)] = [
    ("frechet_distance", "Fréchet distance", "lower is better", false),
    ("energy_distance", "energy distance", "lower is better", false),
    ("recall", "recall", "share of real samples still covered", false),
    ("precision", "precision", "flatters a collapsed model", false),
    ("distinct_nearest", "distinct nearest real", "real samples still echoed", false),
    ("vendi_rbf", "Vendi score (RBF)", "effective number of samples", false),
    ("total_variance", "total variance", "of features", false),
    ("effective_rank", "effective rank", "of features", false),
    ("participation_ratio", "participation ratio", "of features", false),
    ("frechet_distance_mean", "mean drift", "squared, in units of the features", false),
    ("bits_per_dim", "bits per dimension", "held-out data, lower is better", true),
  ]

  private func timeline() throws -> RenderedPicture {
    let panels = Self.panels.compactMap { panel -> TimelinePanel? in
      let space = ModelMetric(rawValue: panel.metric) == nil ? self.space : ModelMetric.space
      let line = points(panel.metric, space, of: run.generations)
      guard line.contains(where: { $0.value != nil }) else { return nil }
      var series = [TimelineSeries(label: run.title.strategy, points: line, role: .run)]
      if !run.control.isEmpty {
        series.append(
          TimelineSeries(
            label: "control", points: points(panel.metric, space, of: run.control), role: .control)
        )
      }
      if panel.metric == "frechet_distance" {
        let previous = points("frechet_distance_previous", space, of: run.generations)
        if previous.contains(where: { $0.value != nil }) {
          series.append(
            TimelineSeries(label: "to previous", points: previous, role: .previous))
        }
      }
      let predicted = points(panel.metric, PredictedMetric.space, of: run.generations)
      if predicted.contains(where: { $0.value != nil }) {
        series.append(TimelineSeries(label: "theory", points: predicted, role: .theory))
      }
      return TimelinePanel(
        title: panel.title, hint: panel.hint, series: series,
        nullBands: [run.generations.first.flatMap { find(panel.metric, space, in: $0)?.shownNull }]
          .compactMap { $0.map { NullBand($0) } },
        logarithmic: panel.log, mark: run.braking.map { Double($0.generation) + 0.5 })
    }
    return try Timeline.render(
      panels: panels, title: run.title.text,
      subtitle:
        "\(run.title.mixture). Space \(space); shaded: real against real; bars: 95 %"
        + (run.control.isEmpty ? "" : "; control: refit on the same real data") + theoryText
        + (run.braking.map { ". Dashed upright line: \($0.reason)" } ?? ""))
  }

  /// What the dashed line is; empty without one.
  private var theoryText: String {
    let predictions = (run.generations.first ?? []).filter { $0.space == PredictedMetric.space }
    guard let first = predictions.first else { return "" }
    return first.note.contains("statistical part")
      ? "; theory: the statistical part alone" : "; theory: expectation and 95 % of runs"
  }

  private func precisionRecall() throws -> RenderedPicture? {
    func path(
      _ generations: [[MetricValue]]
    ) -> [(generation: Int, precision: Double, recall: Double)] {
      generations.enumerated().compactMap { generation, measurements in
        guard let precision = find("precision", space, in: measurements)?.value,
          let recall = find("recall", space, in: measurements)?.value
        else { return nil }
        return (generation, precision, recall)
      }
    }
    let points = path(run.generations)
    guard let first = run.generations.first, !points.isEmpty else { return nil }
    let null = find("precision", space, in: first)?.shownNull.flatMap { precision in
      find("recall", space, in: first)?.shownNull.map { (precision: precision, recall: $0) }
    }
    return try PrecisionRecallPath.render(
      points: points, control: path(run.control), null: null, title: run.title.text,
      subtitle: "k = 5, space \(space), against held-out real data")
  }

  private func distances() throws -> RenderedPicture {
    try HeatMap.render(
      labels: ["real"] + run.generations.indices.map { "\($0)" }, values: run.distances,
      title: "Fréchet distance between generations",
      subtitle: "\(run.title.text), space \(space)", colourLabel: "Fréchet distance")
  }

  private func spectrum() throws -> RenderedPicture {
    let series = zip(run.generations.indices, run.spectra.dropFirst()).map {
      (label: "generation \($0)", eigenvalues: $1)
    }
    return try SpectrumChart.render(
      series: series, reference: run.spectra.first.map { (label: "real", eigenvalues: $0) },
      title: "Covariance spectrum of features", subtitle: "\(run.title.text), space \(space)")
  }

  /// The parts of the Fréchet distance, where they are known.
  private func errorBudget() throws -> RenderedPicture? {
    let parts = [
      (ErrorPart.floor, "evaluation floor"), (.statistical, "statistical"), (.carry, "carry"),
      (.functional, "functional"),
    ].map { part, label in
      let line = points(part.rawValue, space, of: run.generations)
      return ErrorBudgetChart.Part(
        label: label, values: line.map(\.value),
        lastError: line.last.flatMap { point in
          point.high.flatMap { high in point.low.map { (high - $0) / 2 } }
        })
    }
    guard parts[3].values.contains(where: { $0 != nil }) else { return nil }
    return try ErrorBudgetChart.render(
      parts: parts,
      totals: points("frechet_distance", space, of: run.generations).map(\.value),
      title: "Error budget",
      subtitle:
        "\(run.title.text), space \(space). Statistical and carry from the realisable twin; functional: "
        + "what the data add to it. ± 95 % of the samples measured, not of other seeds.",
      valueLabel: "squared Fréchet distance")
  }

  private func classShares() throws -> RenderedPicture? {
    guard run.classNames.count > 1, let first = run.generations.first else { return nil }
    let metrics = run.classNames.map { "share:\($0)" }
    let real = metrics.map { metric in
      find(metric, space, in: first)?.null.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0
    }
    let shares = run.generations.map { measurements in
      metrics.map { find($0, space, in: measurements)?.value }
    }
    guard shares.contains(where: { $0.contains { $0 != nil } }) else { return nil }
    return try ClassShares.render(
      classes: run.classNames, shares: shares, real: real, title: "Class shares",
      subtitle:
        "\(run.title.text). A sample counts for the nearest class mean in \(space), real ones too: "
        + "compare with the dashed line, not with true shares.")
  }

  private func points(
    _ metric: String, _ space: String, of generations: [[MetricValue]]
  ) -> [TimelinePoint] {
    generations.enumerated().map { generation, measurements in
      let found = find(metric, space, in: measurements)
      return TimelinePoint(
        x: Double(generation), value: found?.value, low: found?.low, high: found?.high)
    }
  }

  private func find(
    _ metric: String, _ space: String, in measurements: [MetricValue]
  ) -> MetricValue? {
    measurements.first { $0.metric == metric && $0.space == space }
  }
}
