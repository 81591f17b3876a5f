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
  ///   - explains: Whether to find out which samples carry the distance, in the leading space.
  /// - Returns: Every metric in every space, in a fixed order; those without a value say why.
  /// - Throws: ``MetricsError`` as above.
  public func evaluate(
    _ generated: SampleSet, previous: GenerationFeatures? = nil, explains: Bool = false
  ) throws(MetricsError) -> Evaluation {
    let features = try featureSets(of: generated)
    let sets = spaces.compactMap { space in
      features[space.name].map { (space: space, generated: $0) }
    }
    let leading = SpaceName.leading(among: spaceNames)
    let comparisons = sets.map { space, generated in
      comparison(
        of: generated, previous: previous?.sets[space.name],
        explains: explains && space.name == leading, in: space)
    }
    let outcomes = Comparison.outcomes(of: comparisons)
    var measurements: [MetricValue] = []
    var evaluations: [SpaceEvaluation] = []
    for name in spaceNames {
      guard let index = sets.firstIndex(where: { $0.space.name == name }) else {
        let ids = metrics.map(\.rawValue) + choice.further.map(\.rawValue)
        measurements += ids.map { id in
          MetricValue(
            metric: id, space: name.rawValue, value: nil, m: generated.count,
            note: unavailable[name] ?? "")
        }
        continue
      }
      let (space, set) = sets[index]
      measurements += metrics.map { metric in
        measurement(
          metric, outcomes[index].metrics[metric], of: set,
          previous: previous?.sets[name], in: space)
      }
      measurements += choice.further.map { metric in
        measurement(metric, outcomes[index].further[metric], of: set, in: space)
      }
      measurements += shares(of: set, in: space)
      measurements += modes(of: set, in: space)
      evaluations.append(
        SpaceEvaluation(
          space: name, fingerprint: space.fitted.space.fingerprint,
          spectrum: outcomes[index].spectrum, realSpectrum: space.spectrum,
          marginals: space.marginals.map { $0.histogram(of: set.features) },
          recalled: outcomes[index].recalled.count == space.heldOut.count
            ? outcomes[index].recalled : [], attribution: outcomes[index].attribution))
    }
    return Evaluation(
      measurements: measurements, spaces: evaluations, features: GenerationFeatures(features))
  }

  /// The metrics that every comparison gives, in the order of the output.
  private var metrics: [Metric] { Metric.allCases.filter(choice.metrics.contains) }

  private func comparison(
    of generated: FeatureSet, previous: SetMoments?, explains: Bool, in space: EvaluationSpace
  ) -> Comparison {
    Comparison(
      bandwidth: space.fitted.bandwidth, withStandardErrors: true,
      heldOut: SetPair(real: space.heldOut, generated: generated),
      train: SetPair(real: space.train, generated: generated),
      unseenToTrain: space.heldOutToTrain.value, generatedToTrain: nil, previous: previous,
      metrics: space.metrics, further: space.further, explains: explains)
  }

  private func measurement(
    _ metric: Metric, _ outcome: MetricOutcome?, of generated: FeatureSet,
    previous: SetMoments?, in space: EvaluationSpace
  ) -> MetricValue {
    let n: Int? =
      switch metric {
      case .totalVariance, .effectiveRank, .participationRatio, .meanLogEigenvalue, .vendiRBF: nil
      case .distinctNearest, .frechetDistanceTrain, .precisionTrain, .recallTrain,
        .memorisationRatio:
        space.train.count
      case .frechetDistancePrevious: previous?.count
      default: space.heldOut.count
      }
    let reason = metric == .frechetDistancePrevious ? "There is no previous generation." : ""
    let limit = metric.visitsPairs ? FeatureSet.largestPairedSet : Int.max
    let isThinned = max(n ?? 0, generated.count) > limit
    return measurement(
      metric.rawValue, outcome ?? MetricOutcome(unavailable: reason), n: n.map { min($0, limit) },
      m: min(generated.count, limit), of: generated, isScaled: metric.hasScaledBand, in: space,
      note: isThinned ? "Of at most \(limit) samples of each set, drawn at random." : "")
  }

  private func measurement(
    _ metric: MeasuredMetric, _ outcome: MetricOutcome?, of generated: FeatureSet,
    in space: EvaluationSpace
  ) -> MetricValue {
    let (n, m) = metric.comparedCounts(space.heldOut, generated)
    return measurement(
      metric.rawValue, outcome ?? MetricOutcome(unavailable: "It does not apply here."), n: n,
      m: m, of: generated, isScaled: false, in: space)
  }

  private func shares(of generated: FeatureSet, in space: EvaluationSpace) -> [MetricValue] {
    guard let classes = space.classes else { return [] }
    return zip(classes.names, classes.outcomes(of: generated.features)).map { name, outcome in
      measurement(
        Metric.share(of: name), outcome, n: space.train.count, m: generated.count, of: generated,
        isScaled: false, in: space)
    }
  }

  /// What became of the real modes, in the space that has them.
  private func modes(of generated: FeatureSet, in space: EvaluationSpace) -> [MetricValue] {
    guard let modes = space.modes else { return [] }
    return ModeMetric.allCases.map { metric in
      let (outcome, null) = modes.outcome(of: metric, in: generated.features)
      return MetricValue(
        metric: metric.rawValue, space: space.name.rawValue, value: outcome.estimate?.value,
        standardError: outcome.estimate?.standardError, null: null,
        n: metric == .modeEntanglement ? space.heldOut.count : modes.realCount, m: generated.count,
        note: outcome.note)
    }
  }

  private func measurement(
    _ id: String, _ outcome: MetricOutcome, n: Int?, m: Int, of generated: FeatureSet,
    isScaled: Bool, in space: EvaluationSpace, note: String = ""
  ) -> MetricValue {
    let band = outcome.estimate == nil ? nil : nulls.band(of: id, in: space.name.rawValue)
    var notes = [outcome.note, note].filter { !$0.isEmpty }
    // Of thinned sets, those of the band were thinned alike.
    let isThinned = m < generated.count
    if let band, !isScaled,
      (isThinned ? min(m, band.generatedCount) : band.generatedCount) != m
    {
      notes.append("The null band is for m = \(band.generatedCount).")
    }
    return MetricValue(
      metric: id, space: space.name.rawValue, value: outcome.estimate?.value,
      standardError: outcome.estimate?.standardError, null: band?.range, n: n, m: m,
      note: notes.joined(separator: " "))
  }
}

extension Metric {
  /// Whether it compares samples pair by pair.
  fileprivate var visitsPairs: Bool {
    switch self {
    case .kernelDistance, .energyDistance, .precision, .recall, .density, .coverage,
      .distinctNearest, .precisionTrain, .recallTrain, .memorisationRatio:
      true
    default: false
    }
  }

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
