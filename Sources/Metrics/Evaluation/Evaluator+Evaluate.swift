import LinearAlgebra
public import Samples

extension Evaluator {
  /// Measures a generation.
  ///
  /// - Parameters:
  ///   - generated: The samples as the next generation will see them, after the carry.
  ///   - previous: The generation before, for the metrics with the suffix `_previous`.
  /// - Returns: Every metric in every space, in a fixed order; those without a value say why.
  /// - Throws: ``MetricsError`` for fewer than two samples, another dimension or a value that is not
  ///   finite, with the set, row and column.
  public func evaluate(
    _ generated: SampleSet, previous: SampleSet
  ) throws(MetricsError) -> Evaluation {
    try evaluate(generated, previous: features(of: previous))
  }

  /// Measures a generation against one whose features are known: ``Evaluation/features``.
  ///
  /// - Parameters:
  ///   - generated: The samples as the next generation will see them, after the carry.
  ///   - previous: The features of the generation before.
  /// - Returns: Every metric in every space, in a fixed order; those without a value say why.
  /// - Throws: ``MetricsError`` as above.
  public func evaluate(
    _ generated: SampleSet, previous: GenerationFeatures? = nil
  ) throws(MetricsError) -> Evaluation {
    let features = try features(of: generated)
    let sets = spaces.compactMap { space in
      features.sets[space.name].map { (space: space, generated: $0) }
    }
    let comparisons = sets.map { space, generated in
      comparison(of: generated, previous: previous?.sets[space.name], in: space)
    }
    let outcomes = Comparison.outcomes(of: comparisons)
    var measurements: [MetricValue] = []
    var evaluations: [SpaceEvaluation] = []
    for name in spaceNames {
      guard let index = sets.firstIndex(where: { $0.space.name == name }) else {
        measurements += Metric.allCases.map { metric in
          MetricValue(
            metric: metric.rawValue, space: name.rawValue, value: nil, m: generated.count,
            note: unavailable[name] ?? "")
        }
        continue
      }
      let (space, set) = sets[index]
      measurements += Metric.allCases.map { metric in
        measurement(
          metric, outcomes[index].metrics[metric], of: set,
          previous: previous?.sets[name], in: space)
      }
      measurements += shares(of: set, in: space)
      evaluations.append(
        SpaceEvaluation(
          space: name, fingerprint: space.fitted.space.fingerprint,
          spectrum: outcomes[index].spectrum, realSpectrum: space.spectrum,
          marginals: space.marginals.map { $0.histogram(of: set.features) }))
    }
    return Evaluation(measurements: measurements, spaces: evaluations, features: features)
  }

  private func comparison(
    of generated: FeatureSet, previous: FeatureSet?, in space: EvaluationSpace
  ) -> Comparison {
    Comparison(
      bandwidth: space.fitted.bandwidth, withStandardErrors: true,
      heldOut: Comparison.Pair(real: space.heldOut, generated: generated),
      train: Comparison.Pair(real: space.train, generated: generated),
      memorisation: (
        train: space.train.features, test: space.heldOut.features, generated: generated.features
      ),
      previous: previous.map { Comparison.Pair(real: $0, generated: generated) })
  }

  private func measurement(
    _ metric: Metric, _ outcome: MetricOutcome?, of generated: FeatureSet,
    previous: FeatureSet?, in space: EvaluationSpace
  ) -> MetricValue {
    let n: Int? =
      switch metric {
      case .totalVariance, .effectiveRank, .vendiRBF: nil
      case .distinctNearest, .frechetDistanceTrain, .precisionTrain, .recallTrain,
        .memorisationRatio:
        space.train.count
      case .frechetDistancePrevious: previous?.count
      default: space.heldOut.count
      }
    let reason = metric == .frechetDistancePrevious ? "There is no previous generation." : ""
    return measurement(
      metric.rawValue, outcome ?? MetricOutcome(unavailable: reason), n: n, of: generated,
      isScaled: metric.hasScaledBand, in: space)
  }

  private func shares(of generated: FeatureSet, in space: EvaluationSpace) -> [MetricValue] {
    guard let classes = space.classes else { return [] }
    return zip(classes.names, classes.outcomes(of: generated.features)).map { name, outcome in
      measurement(
        Metric.share(of: name), outcome, n: space.train.count, of: generated, isScaled: false,
        in: space)
    }
  }

  private func measurement(
    _ id: String, _ outcome: MetricOutcome, n: Int?, of generated: FeatureSet, isScaled: Bool,
    in space: EvaluationSpace
  ) -> MetricValue {
    let band = outcome.estimate == nil ? nil : nulls.band(of: id, in: space.name.rawValue)
    var notes = outcome.note.isEmpty ? [] : [outcome.note]
    if let band, !isScaled, band.generatedCount != generated.count {
      notes.append("The null band is for m = \(band.generatedCount).")
    }
    return MetricValue(
      metric: id, space: space.name.rawValue, value: outcome.estimate?.value,
      standardError: outcome.estimate?.standardError, null: band?.range, n: n,
      m: generated.count, note: notes.joined(separator: " "))
  }
}

extension Metric {
  /// Whether the null band is brought from other sizes to those of the comparison.
  fileprivate var hasScaledBand: Bool {
    switch self {
    case .distinctNearest, .frechetDistanceTrain, .precisionTrain, .recallTrain,
      .frechetDistancePrevious, .memorisationRatio:
      true
    default: false
    }
  }
}
