import LinearAlgebra

extension SetComparison {
  /// The discrepancy between directions of rows.
  func unitRows() -> Outcomes {
    trying([.unitRowDiscrepancy]) { () throws(MetricsError) in
      [
        .unitRowDiscrepancy: MetricOutcome(
          try unitRowDiscrepancy(real: real.paired, generated: generated.paired),
          note: Self.noteOnZeros(real.paired, generated.paired))
      ]
    }
  }

  /// What to say of rows that have no direction; empty where all have one.
  static func noteOnZeros(_ sets: Matrix...) -> String {
    let count = sets.reduce(0) { sum, set in
      sum + (0..<set.rowCount).count { set.row($0).allSatisfy { $0 == 0 } }
    }
    return count == 0 ? "" : "\(count) rows are all zeros and have no direction."
  }

  /// The probabilities of lying in the other set's support.
  func probabilistic() -> Outcomes {
    trying([.probabilisticPrecision, .probabilisticRecall]) { () throws(MetricsError) in
      let count = ProbabilisticSupport.neighbours
      let support = ProbabilisticSupport(
        real.paired, try radii(of: real, as: .real, count: count), generated.paired,
        try radii(of: generated, as: .generated, count: count))
      func none(_ set: String) -> MetricOutcome {
        MetricOutcome(
          unavailable: "The balls of the \(set) set have the radius 0: its samples are copies.")
      }
      return [
        .probabilisticPrecision: support.precision.map { MetricOutcome($0) } ?? none("real"),
        .probabilisticRecall: support.recall.map { MetricOutcome($0) } ?? none("generated"),
      ]
    }
  }

  /// The balls of a set's pairwise samples, for so many neighbours.
  private func radii(
    of set: FeatureSet, as role: SampleRole, count: Int
  ) throws(MetricsError) -> NeighbourRadii {
    guard set.paired.rowCount > count else {
      throw .tooFewSamples(set: role, count: set.paired.rowCount, required: count + 1)
    }
    return set.radii.count >= count ? set.radii : NeighbourRadii(of: set.paired, count: count)
  }

  /// The mean realism for each number of neighbours.
  func realism() -> Outcomes {
    let count = real.paired.rowCount
    let usable = settings.neighbours.filter { $0 < count }
    var outcomes: Outcomes = [:]
    for k in settings.neighbours where k >= count {
      let reason = MetricsError.tooFewSamples(set: .real, count: count, required: k + 1)
      outcomes[MeasuredKey(.realism, k: k)] = MetricOutcome(unavailable: reason.description)
    }
    guard !usable.isEmpty else { return outcomes }
    let scores = RealismScores.compute(real.paired, real.radii, generated.paired, ks: usable)
    for (k, scores) in zip(usable, scores) {
      guard scores.contains(where: { $0 > 0 }) else {
        outcomes[MeasuredKey(.realism, k: k)] = MetricOutcome(
          unavailable: "All balls of the real set have the radius 0: its samples are copies.")
        continue
      }
      outcomes[MeasuredKey(.realism, k: k)] = MetricOutcome(
        Estimate(
          value: scores.reduce(0, +) / Double(scores.count),
          standardError: standardErrorOfMean(scores)))
    }
    return outcomes
  }

  /// What cells of the training set say about copies.
  func memorisationCells() -> Outcomes {
    guard let train else { return [:] }
    return trying([.memorisationCellScore]) { () throws(MetricsError) in
      guard let cells = train.cells.value else {
        return [
          .memorisationCellScore: MetricOutcome(
            unavailable:
              "There are fewer than \(2 * TrainingCells.samplesInCell) training samples to "
              + "make cells of.")
        ]
      }
      let found = try cells.get()
      let test = try ThreeSampleTest(
        train: train.set.paired, members: found.members, test: real.paired,
        generated: generated.paired, cells: found.cells)
      guard let score = test.score else {
        return [
          .memorisationCellScore: MetricOutcome(
            unavailable: "No cell of the training set holds "
              + "\(ThreeSampleTest.smallestCell) real and as many generated samples.")
        ]
      }
      return [
        .memorisationCellScore: MetricOutcome(
          Estimate(value: score, standardError: nil),
          note: "Over \(test.cellsUsed) of \(found.members.count) cells.")
      ]
    }
  }
}
