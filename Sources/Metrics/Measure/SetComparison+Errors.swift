import LinearAlgebra

extension SetComparison {
  /// The moments of both sets without each jackknife block; `nil` where there can be no jackknife.
  func momentsLeavingOut(
    _ other: FeatureSet
  ) throws(MetricsError) -> [(real: SampleStatistics, generated: SampleStatistics)]? {
    let smallest = min(other.count, generated.count)
    guard let first = try other.moments.leavingOut(smallestSet: smallest),
      let second = try generated.moments.leavingOut(smallestSet: smallest)
    else { return nil }
    return zip(first.leavingOut, second.leavingOut).map { (real: $0, generated: $1) }
  }

  /// The distance between two mean spectra, with its jackknife error.
  func spectrumDistance() throws(MetricsError) -> Estimate {
    func distance(_ real: SampleStatistics, _ generated: SampleStatistics) -> Double {
      let squares = zip(real.mean, generated.mean).map { ($0 - $1) * ($0 - $1) }
      return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }
    let pairs = withStandardErrors ? try momentsLeavingOut(real) : nil
    return Estimate(
      value: distance(real.statistics, generated.statistics),
      standardError: pairs.map { pairs in
        Jackknife.standardError(leavingOut: pairs.map { distance($0.real, $0.generated) })
      })
  }
}

extension SetComparison {
  /// The samples of a set, and the directions, from which the sampling error of sliced distances is taken.
  private static let slicedErrorLimits = (samples: 5000, directions: 100)

  /// The errors of sliced distances over the sampling of the sets, by the jackknife of some of their samples, along
  /// some of the directions; `nil` where there can be no jackknife.
  func slicedErrors() throws(MetricsError) -> (w2: Double, mind: Double)? {
    let limits = Self.slicedErrorLimits
    let (first, second) = (
      real.features.thinnedForPairs(to: limits.samples),
      generated.features.thinnedForPairs(to: limits.samples)
    )
    let smallest = min(first.rowCount, second.rowCount)
    guard let ofFirst = Jackknife(rowCount: first.rowCount, smallestSet: smallest),
      let ofSecond = Jackknife(rowCount: second.rowCount, smallestSet: smallest)
    else { return nil }
    let directions = frozen.directions.rows(
      0..<min(limits.directions, frozen.directions.rowCount))
    var without: [SlicedWasserstein] = []
    for block in ofFirst.blocks.indices {
      without.append(
        try slicedWasserstein(
          real: first.gatheringRows(ofFirst.rows(leavingOut: block)),
          generated: second.gatheringRows(ofSecond.rows(leavingOut: block)),
          directions: directions))
    }
    // Of those samples that were taken, to all.
    let share = max(
      Double(first.rowCount) / Double(real.count),
      Double(second.rowCount) / Double(generated.count))
    let scale = share.squareRoot()
    return (
      scale * Jackknife.standardError(leavingOut: without.map(\.w2.value)),
      scale * Jackknife.standardError(leavingOut: without.map(\.mind.value))
    )
  }
}

extension Estimate {
  /// With an independent further error; without any where either is unknown.
  func adding(_ error: Double?) -> Estimate {
    var sum: Double?
    if let error, let own = standardError { sum = (own * own + error * error).squareRoot() }
    return Estimate(value: value, standardError: sum)
  }
}

extension Jackknife {
  /// The rows of a set without those of a block.
  fileprivate func rows(leavingOut block: Int) -> [Int] {
    blocks.indices.filter { $0 != block }.flatMap { order[blocks[$0]] }
  }
}

extension BinComparison {
  /// The jackknife error of the divergence: the samples of each bin are counted without each block.
  ///
  /// - Throws: ``MetricsError`` for entries that are not finite.
  static func standardErrorOfDivergence(
    real: some DesignMatrix, generated: some DesignMatrix, cells: NearestClassMean
  ) throws(MetricsError) -> Double? {
    let smallest = min(real.rowCount, generated.rowCount)
    guard let first = Jackknife(rowCount: real.rowCount, smallestSet: smallest),
      let second = Jackknife(rowCount: generated.rowCount, smallestSet: smallest)
    else { return nil }
    let labels = (
      real: try cells.labels(of: real, as: .real),
      generated: try cells.labels(of: generated, as: .generated)
    )
    func counts(_ labels: [Int], _ jackknife: Jackknife, without block: Int) -> [Int] {
      var counts = [Int](repeating: 0, count: cells.classCount)
      for label in labels { counts[label] += 1 }
      for place in jackknife.blocks[block] { counts[labels[jackknife.order[place]]] -= 1 }
      return counts
    }
    return Jackknife.standardError(
      leavingOut: first.blocks.indices.map { block in
        BinComparison(
          realCounts: counts(labels.real, first, without: block),
          generatedCounts: counts(labels.generated, second, without: block)
        ).divergence
      })
  }
}
