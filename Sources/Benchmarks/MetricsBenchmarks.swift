import Images
import LinearAlgebra
import Metrics
import Pictures
import Samples

/// What measuring and illustrating a generation is made of.
struct MetricsBenchmarks {
  let train: SampleSet
  let heldOut: SampleSet

  /// What the feature spaces are fitted to.
  let features: SampleSet

  /// The generation.
  let drawn: SampleSet

  /// Times the metrics of a generation after another, their parts in every space, and its pictures.
  func run(_ stopwatch: Stopwatch, title: String) throws {
    let evaluator = try Evaluator(
      train: train, heldOut: heldOut, features: features, generatedCount: drawn.count, seed: 1,
      nullDraws: 0)
    let previous = try evaluator.features(of: drawn)
    try stopwatch.time(title + "metrics") { try evaluator.evaluate(drawn, previous: previous) }
    for name in evaluator.spaceNames {
      try parts(in: name, stopwatch, title: title + name.rawValue + ", ")
    }
    try pictures(evaluator.evaluate(drawn, previous: previous), stopwatch, title: title)
  }

  private func parts(in name: SpaceName, _ stopwatch: Stopwatch, title: String) throws {
    let fitted = try name.fitted(to: features)
    let generated = fitted.space.features(of: drawn)
    let real = fitted.space.features(of: heldOut)
    let trained = fitted.space.features(of: train)
    stopwatch.time(title + "features") { fitted.space.features(of: drawn) }
    try stopwatch.time(title + "moments") { try SampleStatistics(of: generated) }
    let moments = try [real, generated].map { try SampleStatistics(of: $0) }
    try stopwatch.time(title + "Fréchet distance") {
      try frechetDistance(real: moments[0], generated: moments[1])
    }
    try stopwatch.time(title + "standard error of it") {
      try frechetDistanceStandardError(real: real, generated: generated)
    }
    try stopwatch.time(title + "spectrum") { try CovarianceSpectrum(of: generated) }
    try stopwatch.time(title + "kernel distance") {
      try kernelDistance(real: real, generated: generated)
    }
    try stopwatch.time(title + "energy distance") {
      try energyDistance(real: real, generated: generated)
    }
    for (reference, samples) in [("held-out", real), ("training", trained)] {
      try stopwatch.time(title + "neighbours, \(reference)") {
        try NeighbourMetrics.compute(real: samples, generated: generated, ks: [5])
      }
    }
    try stopwatch.time(title + "memorisation") {
      try memorisationRatio(train: trained, test: real, generated: generated)
    }
    guard let bandwidth = fitted.bandwidth else { return }
    let some = generated.rows(0..<min(1000, generated.rowCount))
    try stopwatch.time(title + "Vendi") { try vendiScore(.rbf(sigma: bandwidth), of: some) }
  }

  private func pictures(
    _ evaluation: Evaluation, _ stopwatch: Stopwatch, title: String
  ) throws {
    let cells = (0..<min(100, drawn.count)).compactMap { index in
      drawn.shape.map {
        Picture(shape: $0, pixels: drawn.values(index..<index + 1).map { UInt8($0) })
      }
    }
    try stopwatch.time(title + "grid.png, \(cells.count) cells") {
      try GenerationGrid.render(
        cells: cells, columns: 10, title: "sprites, replace, generation 3",
        subtitle: "FD 12.5 (real-real 9.10-16.0)   recall 0.904   variance 383")
    }
    let columns = evaluation.measurements.prefix(11).map(\.metric)
    let table = evaluation.spaces.map { space in
      columns.map { metric in
        evaluation.measurements.first {
          $0.metric == metric && $0.space == space.space.rawValue && $0.value != nil
        }.map { _ in DistanceCell(value: "12.5", error: "0.351", z: 1.25) }
      }
    }
    let histograms = evaluation.spaces.flatMap { space in
      space.marginals.enumerated().map { index, marginal in
        (
          space: space.space.rawValue, direction: "direction \(index + 1)", real: marginal.real,
          generated: marginal.generated,
          range: (marginal.edges.first ?? 0)...(marginal.edges.last ?? 1)
        )
      }
    }
    try stopwatch.time(title + "distances.png") {
      try DistanceGrid.render(
        spaces: evaluation.spaces.map(\.space.rawValue), metrics: columns, cells: table,
        histograms: histograms, title: "sprites, replace, generation 3",
        subtitle: "Against held-out real data.")
    }
  }
}
