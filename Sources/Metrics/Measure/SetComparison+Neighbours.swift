import LinearAlgebra

extension SetComparison {
  /// The neighbours of improved precision and recall as they were published.
  private static let improvedNeighbours = 3

  /// What neighbours say, from one pass over the pairs of each two sets.
  func neighbours() -> Outcomes {
    let ks = Set(settings.neighbours + [Self.improvedNeighbours]).sorted()
    let pass = NeighbourMetrics(real: real, generated: generated, ks: ks)
    // Sets that share samples are nearer to each other than any two draws of one law.
    let copies = pass.nearestDistances.count { $0 == 0 }
    var outcomes: Outcomes = [
      MeasuredKey(.distinctNearest): MetricOutcome(
        Estimate(
          value: Double(pass.distinctNearest),
          standardError: Comparison.standardErrorOfDistinct(pass.nearestReal)),
        note: copies == 0
          ? "" : "\(copies) generated samples equal a real one in every feature.")
    ]
    outcomes[MeasuredKey(.sparseMass)] = sparseMass(pass)
    for result in pass.results {
      switch result.outcome {
      case .tooFewSamples(let reason):
        for metric in MeasuredMetric.allCases
        where metric.hasNeighbours && metric.group == .neighbours {
          outcomes[MeasuredKey(metric, k: result.k)] = MetricOutcome(unavailable: reason)
        }
        guard result.k == Self.improvedNeighbours else { continue }
        outcomes[MeasuredKey(.improvedPrecision)] = MetricOutcome(unavailable: reason)
        outcomes[MeasuredKey(.improvedRecall)] = MetricOutcome(unavailable: reason)
      case .scores(let scores):
        take(scores, into: &outcomes)
      }
    }
    return outcomes
  }

  private func sparseMass(_ pass: NeighbourMetrics) -> MetricOutcome {
    guard let tail = SupportTail(of: real.radii, neighbour: 1) else {
      return MetricOutcome(unavailable: Self.noTail)
    }
    let total = real.paired.rowCount
    return tail.mass(nearestDistances: pass.nearestDistances, total: total)
      .map { MetricOutcome($0) }
      ?? MetricOutcome(
        unavailable: "There are fewer than 20 real samples, too few for a tail with two ends.")
  }

  private static let noTail =
    "Nine of ten real samples have as many exact copies as neighbours are asked for: there is no tail."

  private func take(_ scores: NeighbourScores, into outcomes: inout Outcomes) {
    let k = scores.k
    // Open balls of radius 0 hold nothing: a 0 that says so.
    let isEmpty = { (radius: Double, set: String) in
      radius > 0 ? "" : "All balls of the \(set) set have the radius 0: its samples are copies."
    }
    let realNote = isEmpty(scores.meanRealRadius, "real")
    let generatedNote = isEmpty(scores.meanGeneratedRadius, "generated")
    func set(_ metric: MeasuredMetric, _ estimate: Estimate, _ note: String) {
      outcomes[MeasuredKey(metric, k: k)] = MetricOutcome(estimate, note: note)
    }
    set(.precision, scores.precision.estimate, realNote)
    set(.recall, scores.recall.estimate, generatedNote)
    set(.density, scores.density, realNote)
    set(.coverage, scores.coverage.estimate, realNote)
    set(.symmetricPrecision, scores.symmetricPrecision.estimate, realNote)
    set(.symmetricRecall, scores.symmetricRecall.estimate, generatedNote)
    outcomes[MeasuredKey(.sparseRecall, k: k)] =
      scores.tailRecall.map { MetricOutcome($0.estimate, note: generatedNote) }
      ?? MetricOutcome(unavailable: Self.noTail)
    if settings.metrics.contains(.clippedDensity) {
      let scale = ClippedScores.densityScale(radii: real.radii, k: k)
      set(
        .clippedDensity, ClippedScores.density(scores.clippedDensity, scale: scale), realNote)
    }
    let (n, m) = (real.paired.rowCount, generated.paired.rowCount)
    let raw = scores.clippedCoverage
    func honestShare(_ raw: Double) -> Double { ClippedScores.coverage(raw, n: n, m: m, k: k) }
    set(
      .clippedCoverage,
      Estimate(
        value: honestShare(raw.value),
        // The error of the raw coverage, brought through the same curve.
        standardError: raw.standardError.map {
          (honestShare(min(1, raw.value + $0)) - honestShare(max(0, raw.value - $0))) / 2
        }),
      realNote)
    guard k == Self.improvedNeighbours else { return }
    outcomes[MeasuredKey(.improvedPrecision)] = MetricOutcome(scores.precisionClosed.estimate)
    outcomes[MeasuredKey(.improvedRecall)] = MetricOutcome(scores.recallClosed.estimate)
  }
}
