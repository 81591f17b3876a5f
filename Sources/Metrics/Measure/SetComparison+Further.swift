import LinearAlgebra

extension SetComparison {
  /// What to say of rows that have no direction; empty where all have one.
  static func noteOnZeros(_ sets: Matrix...) -> String {
    let count = sets.reduce(0) { sum, set in
      sum + (0..<set.rowCount).count { set.row($0).allSatisfy { $0 == 0 } }
    }
    return count == 0 ? "" : "\(count) rows are all zeros and have no direction."
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
