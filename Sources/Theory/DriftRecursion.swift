/// The variance of the fitted mean about the real mean, generation by generation, for any plan that is
/// linear in the samples.
///
/// A generation's mean is the weighted average of its training samples, so its covariance with
/// anything before it is the average of theirs. Samples of a model have its mean and independent
/// errors of its covariance, and by the conservation law (theory 0.1) that covariance is the second
/// moment of the training set less the variance `V` of its mean. Samples are exchangeable within
/// segments, see ``SegmentCovariances``, and what a random choice adds to the variance of a mean is the
/// error of a subsample. So `V` is exact for every mixture of pools and every sequence of sizes. With the
/// sampling noise held at that of the real law instead, the recursion gives the first-order error
/// `1 / n_e` (theory 0.3).
struct DriftRecursion {
  /// What a sample of a model is taken to vary by about the model's mean.
  enum Noise {
    /// By the model's variance times this factor: exact.
    case model(bias: Double)
    /// By the real variance: first order.
    case real
  }

  /// The moments of one model.
  struct Model {
    /// The variance of its mean.
    var drift: Double
    /// The expectation of its variance.
    var variance: Double
    /// The covariance of its mean with that of the first model.
    var covarianceWithFirst: Double
  }

  private let noise: Noise
  private let isUnbiased: Bool
  private var segments = SegmentCovariances()

  /// The segments of the one real set, in the order of its samples.
  private var real: [Int] = []

  /// The real samples that the first generation is trained on.
  private var firstCount = 0.0

  /// The segments of what each generation drew.
  private var generations: [[Int]] = []

  /// For each part that pools without choosing by place: the segments whose sums are known.
  private var pooled: [Int: PooledSums] = [:]

  private struct PooledSums {
    var segments: [Int]
    var sums: [Double]
    var cuts: Int
  }

  /// Creates a recursion.
  ///
  /// - Parameter isUnbiased: Whether a fit divides by `n − 1`, not by `n`.
  init(_ noise: Noise, isUnbiased: Bool = false) {
    self.noise = noise
    self.isUnbiased = isUnbiased
  }

  /// The moments of the models of all generations.
  static func models(
    _ plans: [GenerationPlan], _ noise: Noise, isUnbiased: Bool = false
  ) -> [Model] {
    var recursion = DriftRecursion(noise, isUnbiased: isUnbiased)
    return plans.map { recursion.step($0) }
  }

  /// Fits the next generation and draws its samples.
  private mutating func step(_ plan: GenerationPlan) -> Model {
    for part in plan.parts { cut(part) }
    let kept = segments.indices.upperBound
    let parts = plan.parts.enumerated().map { index, part in
      share(part, at: index)
    }.filter { $0.count > 0 }
    precondition(!parts.isEmpty, "a generation needs samples to train on")
    let total = parts.reduce(0) { $0 + $1.count }
    let weights = parts.map { part in part.weight ?? part.count / total }
    let sum = weights.reduce(0, +)
    var drift = 0.0
    var second = 0.0
    var covariances = [Double](repeating: 0, count: segments.indices.count)
    for (part, weight) in zip(parts, weights) {
      let weight = weight / sum
      second += weight * part.second
      drift += weight * weight * part.excess
      for index in part.covariances.indices {
        covariances[index] += weight * part.covariances[index]
      }
    }
    for (part, weight) in zip(parts, weights) {
      for (segment, share) in part.shares {
        drift += weight / sum * share * covariances[segment]
      }
    }
    segments.removeLast(from: kept)
    covariances.removeLast(covariances.count - kept)
    if generations.isEmpty { firstCount = real.reduce(0) { $0 + segments.counts[$1] } }
    let first = prefix(of: real, firstCount)
    let model = Model(
      drift: drift, variance: (second - drift) * (isUnbiased ? total / (total - 1) : 1),
      covarianceWithFirst: firstCount > 0
        ? first.reduce(0) { $0 + segments.counts[$1] * covariances[$1] } / firstCount : 0)
    generations.append(plan.drawn > 0 ? [segments.indices.upperBound] : [])
    if plan.drawn > 0 {
      segments.append(
        count: plan.drawn, second: drift + noise.variance(model), within: drift,
        others: covariances)
    }
    return model
  }

  /// Cuts the segments of which a part takes some samples by their place.
  private mutating func cut(_ part: PlannedPart) {
    for pool in part.pools {
      if case .original(let count) = pool { cutReal(at: count) }
    }
    guard case .leading(var left) = part.choice else { return }
    for pool in part.pools {
      guard left > 0 else { return }
      switch pool {
      case .original(let count):
        if left < count { cutReal(at: left) }
        left -= count
      case .fresh(let count): left -= count
      case .generation(let generation):
        left = segments.cut(&generations[generation], at: left)
      }
    }
  }

  private mutating func cutReal(at count: Int) {
    let missing = segments.cut(&real, at: count)
    guard missing > 0 else { return }
    real.append(segments.indices.upperBound)
    segments.appendReal(missing)
  }

  /// The segments of a pool; fresh ones are made, to be removed after the fit.
  private mutating func resolved(_ pool: PlannedPool) -> [Int] {
    switch pool {
    case .original(let count): return prefix(of: real, Double(count))
    case .generation(let generation): return generations[generation]
    case .fresh(let count):
      guard count > 0 else { return [] }
      segments.appendReal(count)
      return [segments.indices.upperBound - 1]
    }
  }

  /// The segments of the first so many samples, where a border is.
  private func prefix(of list: [Int], _ count: Double) -> [Int] {
    var left = count
    return Array(
      list.prefix { segment in
        left -= segments.counts[segment]
        return left >= 0
      })
  }

  private mutating func share(_ part: PlannedPart, at index: Int) -> PartShare {
    let pools = part.pools.map { resolved($0) }
    let all = pools.flatMap { $0 }
    // The sums over samples that are there for one generation are of no use to the next.
    let hasFresh = part.pools.contains { if case .fresh = $0 { true } else { false } }
    let index = hasFresh ? nil : index
    var share: PartShare
    switch part.choice {
    case .all: share = pooledShare(all, at: index)
    case .leading(let count): share = pooledShare(prefix(of: all, Double(count)), at: nil)
    case .random(let count): share = pooledShare(all, at: index).subsampled(Double(count))
    case .replacement(let count): share = pooledShare(all, at: index).resampled(Double(count))
    case .equal(let count):
      let strata = pools.enumerated().map { position, pool in
        let stratum = pooledShare(pool, at: nil)
        let wanted = Double((count + position) / pools.count)
        return stratum.subsampled(min(wanted, stratum.count))
      }
      share = PartShare(strata: strata.filter { $0.count > 0 })
    }
    share.weight = part.weight
    return share
  }

  /// All samples of some segments.
  ///
  /// - Parameter index: The part whose segments they are, if their sums are worth keeping.
  private mutating func pooledShare(_ list: [Int], at index: Int?) -> PartShare {
    let known = index.flatMap { pooled[$0] }
    var sums: [Double]
    if let known, known.cuts == segments.cuts, list.starts(with: known.segments) {
      let old = 0..<known.sums.count
      sums = known.sums
      let added = segments.sums(over: list[known.segments.count...], with: old)
      for index in old { sums[index] += added[index] }
      sums += segments.sums(over: list, with: old.upperBound..<segments.indices.upperBound)
    } else {
      sums = segments.sums(over: list, with: segments.indices)
    }
    if let index { pooled[index] = PooledSums(segments: list, sums: sums, cuts: segments.cuts) }
    let count = list.reduce(0) { $0 + segments.counts[$1] }
    guard count > 0 else { return PartShare() }
    return PartShare(
      count: count, shares: list.map { (segment: $0, share: segments.counts[$0] / count) },
      covariances: sums.map { $0 / count },
      second: list.reduce(0) { $0 + segments.counts[$1] * segments.seconds[$1] } / count)
  }
}

/// A part of a training set, as its mean is seen: an average of segments, and the error of a subsample.
private struct PartShare {
  /// The samples.
  var count = 0.0

  /// The share of the part in the weight of the whole; `nil` where every sample weighs the same.
  var weight: Double?

  /// The expected share of each segment in the mean; a segment may stand there more than once.
  var shares: [(segment: Int, share: Double)] = []

  /// The covariances of the mean with a sample of each segment.
  var covariances: [Double] = []

  /// The second moment of a sample.
  var second = 0.0

  /// What the choice of samples adds to the variance of the mean.
  var excess = 0.0

  /// The expected variance of the samples about their mean.
  private var spread: Double {
    second - shares.reduce(0) { $0 + $1.share * covariances[$1.segment] }
  }

  /// So many of the samples at random, none more often than the others.
  func subsampled(_ wanted: Double) -> PartShare {
    guard count > 0, wanted > 0 else { return PartShare() }
    var part = self
    part.count = wanted
    let rest = wanted - (wanted / count).rounded(.down) * count
    if rest > 0, rest < count {
      let share = rest / wanted
      part.excess = share * share * (count - rest) / (rest * (count - 1)) * spread
    }
    return part
  }

  /// So many of the samples at random, with replacement.
  func resampled(_ wanted: Double) -> PartShare {
    guard count > 0, wanted > 0 else { return PartShare() }
    var part = self
    part.count = wanted
    part.excess = spread / wanted
    return part
  }

  init() {}

  init(
    count: Double, shares: [(segment: Int, share: Double)], covariances: [Double], second: Double
  ) {
    self.count = count
    self.shares = shares
    self.covariances = covariances
    self.second = second
  }

  /// Samples of several pools, each chosen on its own.
  init(strata: [PartShare]) {
    count = strata.reduce(0) { $0 + $1.count }
    covariances = Array(repeating: 0, count: strata.map(\.covariances.count).max() ?? 0)
    for stratum in strata {
      let weight = stratum.count / count
      shares += stratum.shares.map { (segment: $0.segment, share: weight * $0.share) }
      for index in stratum.covariances.indices {
        covariances[index] += weight * stratum.covariances[index]
      }
      second += weight * stratum.second
      excess += weight * weight * stratum.excess
    }
  }
}

extension DriftRecursion.Noise {
  fileprivate func variance(_ model: DriftRecursion.Model) -> Double {
    switch self {
    case .model(let bias): bias * model.variance
    case .real: 1
    }
  }
}
