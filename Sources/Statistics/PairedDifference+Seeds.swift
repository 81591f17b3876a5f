extension PairedDifference {
  /// Compares pairs of the same seeds on several data sets: for each seed the mean over data sets of the
  /// differences, or of their signed ranks, in units of their own root mean square on each; `nil` if a data
  /// set has no difference.
  ///
  /// Loops of one seed draw the same random numbers on all data sets, and may err alike: a seed counts once,
  /// however many data sets there are. The unit does not depend on the signs, so that the test by changing
  /// signs stays exact.
  public init?(
    onSets sets: [[(seed: String, values: (Double, Double))]], scale: AveragingScale
  ) {
    var bySeed: [String: [Double]] = [:]
    for pairs in sets where !pairs.isEmpty {
      guard let differences = PairedDifference(pairs.map(\.values), scale: scale)?.tested
      else { return nil }
      let square = differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)
      let unit = square > 0 ? square.squareRoot() : 1
      for (pair, difference) in zip(pairs, differences) {
        bySeed[pair.seed, default: []].append(difference / unit)
      }
    }
    self.init(bySeed.sorted { $0.key < $1.key }.map { ($0.value.mean, 0) })
  }
}
