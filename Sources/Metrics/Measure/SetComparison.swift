import LinearAlgebra

/// A real and a generated set in one space, and all metrics between them.
///
/// Halves of the real set go through the same code as the generated set itself.
struct SetComparison: Sendable {
  let sets: SetPair

  /// What is known of the training set; `nil` without one.
  let train: TrainingReference?

  /// What is frozen for all comparisons of a space.
  let frozen: FrozenScales

  let settings: MeasureSettings
  let withStandardErrors: Bool

  var real: FeatureSet { sets.real }
  var generated: FeatureSet { sets.generated }

  typealias Outcomes = [MeasuredKey: MetricOutcome]

  /// Returns the outcomes of the groups that are asked for, side by side.
  func outcomes(of keys: [MeasuredKey]) -> Outcomes {
    let groups = MeasuredMetric.Group.allCases.filter { group in
      keys.contains { $0.metric.group == group }
    }
    var merged: Outcomes = [:]
    for part in Parallelism.map(groups.count, { outcomes(of: groups[$0]) }) {
      merged.merge(part) { first, _ in first }
    }
    return merged
  }

  private func outcomes(of group: MeasuredMetric.Group) -> Outcomes {
    switch group {
    case .pairs: pairs().merging(support()) { first, _ in first }
    case .sliced: sliced()
    case .frechet: frechet()
    case .extrapolated: extrapolated()
    case .subsets: subsets()
    case .neighbours: neighbours()
    case .spread: spread()
    case .vendiRBF: vendiRBF()
    case .vendiCosine: vendiCosine()
    case .bins: bins()
    case .spectrum: spectrum()
    case .memorisation: memorisation()
    case .memorisationCells: memorisationCells()
    }
  }

  /// The outcome of metrics that are computed together, or why there is none.
  func trying(
    _ metrics: [MeasuredMetric], _ body: () throws(MetricsError) -> [MeasuredMetric: MetricOutcome]
  ) -> Outcomes {
    var outcomes: Outcomes = [:]
    do throws(MetricsError) {
      for (metric, outcome) in try body() { outcomes[MeasuredKey(metric)] = outcome }
    } catch {
      for metric in metrics {
        outcomes[MeasuredKey(metric)] = MetricOutcome(unavailable: error.description)
      }
    }
    return outcomes
  }

  private func bare(_ value: Double) -> MetricOutcome {
    MetricOutcome(Estimate(value: value, standardError: nil))
  }
}

extension SetComparison {
  /// What sums over all pairs say: all kernels from one pass.
  private func pairs() -> Outcomes {
    var outcomes: Outcomes = [:]
    func set(_ metric: MeasuredMetric, _ value: Double, _ error: Double?) {
      outcomes[MeasuredKey(metric)] = MetricOutcome(Estimate(value: value, standardError: error))
    }
    for (kernel, sums) in sets.sums {
      switch kernel {
      case .cubicPolynomial(let centre):
        set(.kernelDistance, sums.unbiased, sums.standardError)
        let biased = sums.biasedCubic(
          real: real.paired, generated: generated.paired, about: centre)
        set(.kernelDistanceBiased, biased, sums.standardError)
      case .distance:
        let distance = EnergyDistance(sums)
        set(.energyDistance, distance.v, distance.standardError)
        set(.energyDistanceUnbiased, distance.u, distance.standardError)
        outcomes[MeasuredKey(.energyDistanceNormalised)] =
          sums.normalised.map { MetricOutcome($0) }
          ?? MetricOutcome(unavailable: "All samples of both sets are the same.")
      case .gaussian:
        set(.rbfDiscrepancy, sums.unbiased, sums.standardError)
        set(.rbfDiscrepancyBiased, sums.biasedGaussian, sums.standardError)
      case .wideGaussianOfDirections:
        outcomes[MeasuredKey(.unitRowDiscrepancy)] = MetricOutcome(
          sums.discrepancyOfDirections, note: Self.noteOnZeros(real.paired, generated.paired))
      }
    }
    guard frozen.bandwidth == nil else { return outcomes }
    for metric in [MeasuredMetric.rbfDiscrepancy, .rbfDiscrepancyBiased] {
      outcomes[MeasuredKey(metric)] = MetricOutcome(unavailable: FrozenScales.noBandwidth)
    }
    return outcomes
  }

  private func sliced() -> Outcomes {
    trying([.slicedWasserstein, .mind]) { () throws(MetricsError) in
      let sliced = try slicedWasserstein(
        real: real.features, generated: generated.features, directions: frozen.directions)
      let errors = withStandardErrors ? try slicedErrors() : nil
      return [
        .slicedWasserstein: MetricOutcome(sliced.w2.adding(errors?.w2)),
        .mind: MetricOutcome(sliced.mind.adding(errors?.mind)),
      ]
    }
  }

  private func frechet() -> Outcomes {
    let metrics: [MeasuredMetric] = [
      .frechetDistance, .frechetDistanceMean, .frechetDistanceTraceReal,
      .frechetDistanceTraceGenerated, .frechetDistanceCross,
    ]
    return trying(metrics) { () throws(MetricsError) in
      let transport = try GaussianTransport(
        real: real.statistics, generated: generated.statistics)
      let errors =
        withStandardErrors
        ? try transport.standardErrors(real: real.moments, generated: generated.moments) : nil
      let distance = transport.distance
      func outcome(_ value: Double, _ error: Double?, note: String = "") -> MetricOutcome {
        MetricOutcome(Estimate(value: value, standardError: error), note: note)
      }
      func trace(_ value: Double, of set: FeatureSet) -> MetricOutcome {
        outcome(value, withStandardErrors ? set.moments.standardErrorOfTrace : nil)
      }
      return [
        .frechetDistance: outcome(distance.value, errors?.value, note: rankNote),
        .frechetDistanceMean: outcome(distance.meanTerm, errors?.meanTerm),
        .frechetDistanceTraceReal: trace(distance.traceReal, of: real),
        .frechetDistanceTraceGenerated: trace(distance.traceGenerated, of: generated),
        .frechetDistanceCross: outcome(distance.cross, errors?.cross),
      ]
    }
  }

  /// What to say of a covariance that is singular for want of samples.
  private var rankNote: String {
    let smallest = min(real.count, generated.count)
    let dimension = real.statistics.dimension
    return smallest <= dimension
      ? "The covariance of \(smallest) samples has rank \(smallest - 1), below d = \(dimension)."
      : ""
  }

  private func estimate(
    _ transport: GaussianTransport, against other: FeatureSet
  ) throws(MetricsError) -> Estimate {
    Estimate(
      value: transport.distance.value,
      standardError: withStandardErrors
        ? try transport.standardError(real: other.moments, generated: generated.moments) : nil)
  }

  private func extrapolated() -> Outcomes {
    trying([.frechetDistanceInfinite]) { () throws(MetricsError) in
      [
        .frechetDistanceInfinite: bare(
          try frechetDistanceAtInfiniteSize(
            real: real.statistics, generated: generated.features
          ).value)
      ]
    }
  }

  private func subsets() -> Outcomes {
    trying([.kernelDistanceSubsets]) { () throws(MetricsError) in
      let (n, m) = (real.paired.rowCount, generated.paired.rowCount)
      // Subsets of all samples are one and the same.
      let isWhole = settings.subset.size >= max(n, m)
      let subsets =
        isWhole
        ? [(Array(0..<n), Array(0..<m))]
        : randomSubsets(
          real: n, generated: m, size: settings.subset.size, count: settings.subset.count,
          seed: settings.seed)
      let (mean, deviation) = try kernelDistance(
        real: real.paired, generated: generated.paired, subsets: subsets)
      return [
        .kernelDistanceSubsets: MetricOutcome(
          Estimate(value: mean, standardError: isWhole ? nil : deviation),
          note: isWhole
            ? "One subset: of all samples."
            : "The error is the standard deviation over the subsets, which overlap.")
      ]
    }
  }

  private func spread() -> Outcomes {
    let metrics: [MeasuredMetric] = [.totalVariance, .effectiveRank, .participationRatio]
    return trying(metrics) { () throws(MetricsError) in
      let spectrum = try CovarianceSpectrum(of: generated.features)
      let none = MetricOutcome(unavailable: "All generated samples are the same in this space.")
      return [
        .totalVariance: MetricOutcome(spectrum.totalVariance),
        .effectiveRank: spectrum.effectiveRank.map { MetricOutcome($0) } ?? none,
        .participationRatio: spectrum.participationRatio.map { MetricOutcome($0) } ?? none,
      ]
    }
  }

  private func vendiRBF() -> Outcomes {
    let metrics: [MeasuredMetric] = [.vendiRBF, .vendiRBFOrder2, .vendiRBFOrderInfinity]
    guard let bandwidth = frozen.bandwidth else {
      return trying(metrics) { () throws(MetricsError) in
        Dictionary(
          uniqueKeysWithValues: metrics.map {
            ($0, MetricOutcome(unavailable: FrozenScales.noBandwidth))
          })
      }
    }
    let limit =
      withStandardErrors
      ? settings.largestVendiSet : min(MeasureSettings.usualVendiSet, settings.largestVendiSet)
    let samples = generated.paired.thinnedForPairs(to: limit)
    let note = generated.count > samples.rowCount ? "Of \(limit) samples." : ""
    return vendi(.rbf(sigma: bandwidth), of: samples, metrics, note: note)
  }

  private func vendiCosine() -> Outcomes {
    let metrics: [MeasuredMetric] = [.vendiCosine, .vendiCosineOrder2, .vendiCosineOrderInfinity]
    let samples = generated.paired
    guard samples.elements.contains(where: { $0 != 0 }) else {
      return trying(metrics) { () throws(MetricsError) in
        Dictionary(
          uniqueKeysWithValues: metrics.map {
            ($0, MetricOutcome(unavailable: "All generated samples are 0 and have no direction."))
          })
      }
    }
    return vendi(.cosine, of: samples, metrics, note: Self.noteOnZeros(samples))
  }

  private func vendi(
    _ kernel: VendiKernel, of samples: Matrix, _ metrics: [MeasuredMetric], note: String
  ) -> Outcomes {
    trying(metrics) { () throws(MetricsError) in
      let orders = try vendiScores(kernel, of: samples, orders: [1, 2, .infinity])
      let error =
        withStandardErrors ? try vendiScore(kernel, of: samples).standardError : nil
      let isOrderWanted = metrics.dropFirst().contains(where: settings.metrics.contains)
      let errors =
        withStandardErrors && isOrderWanted ? try VendiOrderErrors(kernel, of: samples) : nil
      return [
        metrics[0]: MetricOutcome(
          Estimate(value: orders[0], standardError: error), note: note),
        metrics[1]: MetricOutcome(
          Estimate(value: orders[1], standardError: errors?.second), note: note),
        metrics[2]: MetricOutcome(
          Estimate(value: orders[2], standardError: errors?.infinity), note: note),
      ]
    }
  }

  private func bins() -> Outcomes {
    trying([.differentBins, .binDivergence]) { () throws(MetricsError) in
      guard let bins = frozen.bins else {
        let reason = MetricOutcome(
          unavailable: "There are fewer than \(2 * FrozenScales.samplesInBin) real samples to make "
            + "bins of, or they are all the same.")
        return [.differentBins: reason, .binDivergence: reason]
      }
      let comparison = try BinComparison(
        real: real.features, generated: generated.features, cells: bins.cells)
      return [
        .differentBins: bare(Double(comparison.different)),
        .binDivergence: MetricOutcome(
          Estimate(
            value: comparison.divergence,
            standardError: withStandardErrors
              ? try BinComparison.standardErrorOfDivergence(
                real: real.features, generated: generated.features, cells: bins.cells) : nil)),
      ]
    }
  }

  private func spectrum() -> Outcomes {
    // The rows are the pictures' spectra.
    trying([.spectrumDistance]) { () throws(MetricsError) in
      [.spectrumDistance: MetricOutcome(try spectrumDistance())]
    }
  }

  private func memorisation() -> Outcomes {
    guard let train else { return [:] }
    let metrics = MeasuredMetric.allCases.filter { $0.group == .memorisation }
    return trying(metrics) { () throws(MetricsError) in
      let toTrain = NearestNeighbours(of: real.paired, in: train.set.paired)
      let evidence = MemorisationEvidence(
        train: train.set.paired, ownRadii: train.ownRadii.value, testToTrain: toTrain,
        generated: generated.paired)
      return [
        .frechetDistanceTrain: MetricOutcome(note: rankNote) { () throws(MetricsError) in
          try estimate(
            GaussianTransport(
              real: train.set.statistics, generated: generated.statistics),
            against: train.set)
        },
        .memorisationRatio: MetricOutcome { () throws(MetricsError) in
          try Memorisation(
            generatedToTrain: NearestNeighbours(of: generated.paired, in: train.set.paired)
              .distances,
            testToTrain: toTrain.distances
          ).ratio
        },
        .memorisationRankScore: bare(evidence.rankScore),
        .authenticShare: MetricOutcome(evidence.authentic.estimate),
        .neighbourRatio: evidence.neighbourRatio.map { MetricOutcome($0) }
          ?? MetricOutcome(
            unavailable: "Every second neighbour in the training set is an exact copy."),
        .exactCopies: MetricOutcome(
          Estimate(
            value: Double(evidence.exactCopies.count),
            standardError: evidence.exactCopies.standardError * Double(evidence.exactCopies.total))
        ),
      ]
    }
  }
}
