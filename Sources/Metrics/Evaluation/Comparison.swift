import LinearAlgebra

/// The sets that the metrics of one space compare, and how.
///
/// A generation and each draw of the null go through the same code: a generation takes the part of
/// `generated` everywhere; in the null, real samples do, in as many as there are for each comparison.
struct Comparison: Sendable {
  /// The number of neighbours of precision, recall, density and coverage.
  static let neighbours = 5

  /// The most samples of which the Vendi score is taken: its cost is cubic in them.
  static let largestVendiSet = 500

  /// The bandwidth of Gaussian kernels; `nil` where the space has none.
  let bandwidth: Double?

  /// Whether error bars are wanted.
  let withStandardErrors: Bool

  /// For the headline numbers: held-out against generated.
  let heldOut: SetPair

  /// For the numbers with the suffix `_train`.
  let train: SetPair

  /// For the memorisation ratio: the distances of unseen real samples to the nearest training sample.
  let unseenToTrain: [Double]

  /// The same of generated samples; `nil` if it is those of ``train``.
  let generatedToTrain: [Double]?

  /// For the number with the suffix `_previous`; `nil` where there is no generation before.
  let previous: SetMoments?

  /// The metrics asked for; others may be given as well.
  let metrics: Set<Metric>

  /// What is computed beside them; `nil` if nothing.
  let further: FurtherMetrics?

  /// Whether to find out which samples carry the headline numbers.
  var explains = false

  /// What a comparison gives.
  struct Outcomes: Sendable {
    /// By metric; those without a value hold the reason.
    var metrics: [Metric: MetricOutcome] = [:]

    /// Those that are computed as `genloss measure` does.
    var further: [MeasuredMetric: MetricOutcome] = [:]

    /// The eigenvalues of the covariance of the generated samples, descending.
    var spectrum: [Double] = []

    /// For each held-out sample, whether it lies in the ball of a generated one; empty where there are
    /// too few samples.
    var recalled: [Bool] = []

    /// The samples that the other set does not reach; `nil` where nobody asked, or there are too few.
    var attribution: Attribution?

    mutating func merge(_ other: Outcomes) {
      metrics.merge(other.metrics) { first, _ in first }
      further.merge(other.further) { first, _ in first }
      spectrum += other.spectrum
      recalled += other.recalled
      attribution = attribution ?? other.attribution
    }
  }

  /// Parts that can be computed side by side, of roughly equal cost.
  static let parts: [@Sendable (Comparison) -> Outcomes] = [
    { $0.vendi() }, { $0.neighbours() }, { $0.distances() }, { $0.furtherOutcomes() },
    { $0.spread() },
  ]

  /// Returns the outcomes of several comparisons, all parts side by side.
  static func outcomes(of comparisons: [Comparison]) -> [Outcomes] {
    let count = comparisons.count
    let results = Parallelism.map(count * parts.count) { task in
      parts[task / count](comparisons[task % count])
    }
    return (0..<count).map { index in
      var merged = Outcomes()
      for part in parts.indices { merged.merge(results[part * count + index]) }
      return merged
    }
  }
}

extension Comparison {
  private func distances() -> Outcomes {
    let (real, generated) = (heldOut.real, heldOut.generated)
    var metrics: [Metric: MetricOutcome] = [:]
    do throws(MetricsError) {
      let transport = try GaussianTransport(
        real: real.statistics, generated: generated.statistics)
      metrics[.frechetDistance] = frechet(real.moments, generated.moments, transport)
      let parts = transport.distance
      for (metric, value) in [
        (Metric.frechetDistanceMean, parts.meanTerm),
        (.frechetDistanceTraceReal, parts.traceReal),
        (.frechetDistanceTraceGenerated, parts.traceGenerated),
        (.frechetDistanceCross, parts.cross),
      ] {
        metrics[metric] = MetricOutcome(Estimate(value: value, standardError: nil))
      }
    } catch {
      for metric in [
        Metric.frechetDistance, .frechetDistanceMean, .frechetDistanceTraceReal,
        .frechetDistanceTraceGenerated, .frechetDistanceCross,
      ] {
        metrics[metric] = MetricOutcome(unavailable: error.description)
      }
    }
    if let kernel = heldOut.cubicSums {
      metrics[.kernelDistance] = MetricOutcome(
        Estimate(value: kernel.unbiased, standardError: kernel.standardError))
    }
    if let energy = heldOut.sums[.distance].map(EnergyDistance.init) {
      metrics[.energyDistance] = MetricOutcome(
        Estimate(value: energy.v, standardError: energy.standardError))
    }
    if let previous {
      metrics[.frechetDistancePrevious] = frechet(previous, train.generated.moments)
    }
    return Outcomes(metrics: metrics)
  }

  private func frechet(_ real: SetMoments, _ generated: SetMoments) -> MetricOutcome {
    do throws(MetricsError) {
      return frechet(
        real, generated,
        try GaussianTransport(real: real.statistics, generated: generated.statistics))
    } catch {
      return MetricOutcome(unavailable: error.description)
    }
  }

  private func frechet(
    _ real: SetMoments, _ generated: SetMoments, _ transport: GaussianTransport
  ) -> MetricOutcome {
    let smallest = min(real.count, generated.count)
    let dimension = real.statistics.dimension
    let note =
      smallest <= dimension
      ? "The covariance of \(smallest) samples has rank \(smallest - 1), below d = \(dimension)."
      : ""
    return MetricOutcome(note: note) { () throws(MetricsError) in
      Estimate(
        value: transport.distance.value,
        standardError: withStandardErrors
          ? try transport.standardError(real: real, generated: generated) : nil)
    }
  }

  /// What neighbours say, and the distances to the training set.
  private func neighbours() -> Outcomes {
    var outcomes = Outcomes()
    let unseen = NeighbourMetrics(real: heldOut.real, generated: heldOut.generated)
    outcomes.recalled = unseen.recalled
    if explains {
      outcomes.attribution = Attribution(
        unseen, real: heldOut.real, generated: heldOut.generated, k: Self.neighbours)
    }
    let scores = unseen.scores(k: Self.neighbours)
    outcomes.metrics[.precision] = scores.map(\.precision.estimate).outcome
    outcomes.metrics[.recall] = scores.map(\.recall.estimate).outcome
    outcomes.metrics[.density] = scores.map(\.density).outcome
    outcomes.metrics[.coverage] = scores.map(\.coverage.estimate).outcome

    let trained = NeighbourMetrics(real: train.real, generated: train.generated)
    let trainedScores = trained.scores(k: Self.neighbours)
    outcomes.metrics[.precisionTrain] = trainedScores.map(\.precision.estimate).outcome
    outcomes.metrics[.recallTrain] = trainedScores.map(\.recall.estimate).outcome
    outcomes.metrics[.distinctNearest] = MetricOutcome(
      Estimate(
        value: Double(trained.distinctNearest),
        standardError: Self.standardErrorOfDistinct(trained.nearestReal)))
    outcomes.metrics[.frechetDistanceTrain] = frechet(
      train.real.moments, train.generated.moments)
    outcomes.metrics[.memorisationRatio] = MetricOutcome { () throws(MetricsError) in
      try Memorisation(
        generatedToTrain: generatedToTrain ?? trained.nearestDistances,
        testToTrain: unseenToTrain
      ).ratio
    }
    return outcomes
  }

  private func furtherOutcomes() -> Outcomes {
    Outcomes(
      further: further?.outcomes(of: heldOut, withStandardErrors: withStandardErrors) ?? [:])
  }

  private func spread() -> Outcomes {
    var outcomes = Outcomes()
    do throws(MetricsError) {
      let spectrum = try CovarianceSpectrum(of: heldOut.generated.features)
      outcomes.spectrum = spectrum.eigenvalues
      outcomes.metrics[.totalVariance] = MetricOutcome(spectrum.totalVariance)
      for (metric, estimate) in [
        (Metric.effectiveRank, spectrum.effectiveRank),
        (.participationRatio, spectrum.participationRatio),
      ] {
        outcomes.metrics[metric] =
          estimate.map { MetricOutcome($0) }
          ?? MetricOutcome(unavailable: "All generated samples are the same in this space.")
      }
      outcomes.metrics[.meanLogEigenvalue] =
        spectrum.meanLogEigenvalue.map { MetricOutcome($0) }
        ?? MetricOutcome(
          unavailable: "The covariance of \(heldOut.generated.count) samples has rank "
            + "\(spectrum.rank), below d = \(heldOut.generated.features.columnCount).")
    } catch {
      for metric in [
        Metric.totalVariance, .effectiveRank, .participationRatio, .meanLogEigenvalue,
      ] {
        outcomes.metrics[metric] = MetricOutcome(unavailable: error.description)
      }
    }
    return outcomes
  }

  private func vendi() -> Outcomes {
    let features = heldOut.generated.features
    guard let bandwidth else {
      return Outcomes(metrics: [
        .vendiRBF: MetricOutcome(
          unavailable: "More than half of the samples of the feature part are the same.")
      ])
    }
    let limit = Self.largestVendiSet
    let isLarge = features.rowCount > limit
    let samples = features.rows(0..<min(limit, features.rowCount))
    return Outcomes(metrics: [
      .vendiRBF: MetricOutcome(note: isLarge ? "Of the first \(limit) samples." : "") {
        () throws(MetricsError) in
        try vendiScore(
          .rbf(sigma: bandwidth), of: samples, withStandardError: withStandardErrors)
      }
    ])
  }

  /// The error of a count of distinct neighbours over the sampling of the generated set, to first
  /// order: leaving out a sample loses a neighbour if it was the only one to point there, so that the
  /// jackknife's deviations are those of a share `s / m` of such samples; `nil` for too few samples.
  static func standardErrorOfDistinct(_ nearest: [Int]) -> Double? {
    guard nearest.count >= Jackknife.fewestSamples else { return nil }
    var visits: [Int: Int] = [:]
    for index in nearest { visits[index, default: 0] += 1 }
    let single = NeighbourScores.Share(
      count: visits.values.count { $0 == 1 }, total: nearest.count)
    return (Double(nearest.count) * Double(nearest.count - 1)).squareRoot() * single.standardError
  }
}

/// Why there is no value.
private struct Unavailable: Error {
  let reason: String
}

extension NeighbourMetrics {
  fileprivate func scores(k: Int) -> Result<NeighbourScores, Unavailable> {
    switch results.first(where: { $0.k == k })?.outcome {
    case .scores(let scores): .success(scores)
    case .tooFewSamples(let reason): .failure(Unavailable(reason: reason))
    case nil: preconditionFailure("no metrics were asked for \(k) neighbours")
    }
  }
}

extension Result where Success == Estimate, Failure == Unavailable {
  fileprivate var outcome: MetricOutcome {
    switch self {
    case .success(let estimate): MetricOutcome(estimate)
    case .failure(let missing): MetricOutcome(unavailable: missing.reason)
    }
  }
}
