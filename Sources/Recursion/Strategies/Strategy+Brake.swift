import Theory

extension Strategy {
  /// The share of the variance that a braked loop may lose.
  private static let allowedLoss = 0.05

  /// The effective sample size that a braked loop keeps, as a share of the samples it is trained on: its
  /// error is at most twice that of one fit to real data.
  private static let keptSampleSize = 0.5

  /// The mixing as a share of real samples, which can be raised, and the synthetic samples that make
  /// room, all weighing the same; `nil` where it is none.
  ///
  /// The synthetic samples of the last generation alone are beside a share of 0 of the original ones.
  private var mixture: (real: MixingPart, share: Schedule, synthetic: MixingPart)? {
    let parts = recipe.mixing.parts
    guard let synthetic = parts.last, synthetic.sources == [.generations(last: 1)],
      parts.allSatisfy({ $0.weight == nil })
    else { return nil }
    if parts.count == 1, synthetic.size == .share(Schedule(1)), recipe.population.models == 1 {
      return (MixingPart([.original], .share(Schedule(0))), Schedule(0), synthetic)
    }
    guard parts.count == 2, synthetic.size == .rest, case .share(let share) = parts[0].size,
      [[.fresh], [.original]].contains(parts[0].sources)
    else { return nil }
    return (parts[0], share, synthetic)
  }

  /// The real share of a generation's training set; `nil` where the strategy has none that can be raised.
  func realShare(at generation: Int) -> Double? {
    mixture?.share.value(at: generation)
  }

  /// The real share that theory asks for: the larger of what anchors the variance (D9) and of what keeps
  /// the effective sample size, `n_e = p N (1 + q)` with new real samples and `p N (1 + q)/(1 + 2q)` with
  /// the same ones (theory 0.3).
  func neededRealShare(budget: Int) -> Double {
    let isFresh = mixture?.real.sources == [.fresh]
    func sampleSize(_ p: Double) -> Double {
      let q = 1 - p
      return p * (1 + q) / (isFresh ? 1 : 1 + 2 * q)
    }
    // The sample size rises with the share: halve the interval until both ends are one number.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if sampleSize(middle) < Self.keptSampleSize { low = middle } else { high = middle }
    }
    // So few samples lose more than that at any share.
    let isAnchored = Self.allowedLoss * Double(budget) > 1
    return max(high, isAnchored ? anchoringShare(loss: Self.allowedLoss, total: budget) : 1)
  }

  /// The same strategy with at least the needed real share from a generation on.
  ///
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)`` if it has no share of real samples
  ///   that could be raised.
  package func braked(from generation: Int, budget: Int) throws(RecursionError) -> Strategy {
    guard let (part, schedule, rest) = mixture else {
      throw .invalidStrategy(
        text: label, place: [],
        reason:
          "--brake real raises the share of real samples, and this strategy has none that can "
          + "be raised. Use --brake stop, or replace, synthetic-augmentation, fresh-data, ramp, drying, "
          + "onset or recovery.")
    }
    let share = neededRealShare(budget: budget)
    let end = max(generation, schedule.points.last?.generation ?? 1)
    let points = (1...end).map { time in
      let value = schedule.value(at: time)
      return Schedule.Point(time, time < generation ? value : max(value, share))
    }
    var (recipe, real, synthetic) = (recipe, part, rest)
    real.size = .share(Schedule(points))
    synthetic.size = .rest
    recipe.mixing = Mixing([real, synthetic])
    return Strategy(
      name: name, label: "\(label) with --brake real", json: json, recipe: recipe,
      realShare: realShare, turningPoint: turningPoint)
  }
}
