import Statistics

/// The variants of a study on one data set.
public struct DataSetComparison: Sendable {
  /// The data as they were named.
  public let data: String

  /// The generation that is compared.
  public let generation: Int

  /// The variants: by budget, and of the same budget the best first.
  public let variants: [RankedVariant]

  /// How the variants of each budget differ on the same seeds.
  public let differences: [VariantDifference]

  /// Budgets within this factor are one: a share of a number of samples is rounded.
  private static let tolerance = 1.05

  /// Compares variants.
  ///
  /// - Throws: ``ComparisonError``.
  init(
    _ data: String, _ variants: [Variant], metric: ComparedMetric, companion: ComparedMetric,
    settings: ComparisonSettings
  ) throws(ComparisonError) {
    let last = variants.flatMap(\.runs).map(\.last).min() ?? 0
    let generation = settings.generation ?? last
    guard generation <= last else { throw .noGeneration(generation, last: last) }
    let measured = variants.map {
      RankedVariant($0, metric: metric, companion: companion, generation: generation)
    }
    self.data = data
    self.generation = generation
    self.variants = Self.ranked(measured, metric: metric, equal: settings.equal)
    differences = Self.differences(
      self.variants, metric: metric, generation: generation, settings: settings)
  }

  /// The variants grouped by budget and ranked in each group.
  private static func ranked(
    _ variants: [RankedVariant], metric: ComparedMetric, equal: ComparedBudget
  ) -> [RankedVariant] {
    // A strategy that is not known costs nobody knows what, and is ranked with none.
    let byBudget = inOrder(variants) { $0.budget(equal) ?? .infinity }
    var groups: [[RankedVariant]] = []
    var lowest = -Double.infinity
    for variant in byBudget {
      let budget = variant.budget(equal) ?? .infinity
      if groups.isEmpty || !budget.isFinite || budget > tolerance * lowest {
        groups.append([])
        lowest = budget
      }
      groups[groups.count - 1].append(variant)
    }
    return groups.enumerated().flatMap { number, group -> [RankedVariant] in
      let predicted = places(group.map(\.effectiveSampleSize)) { $0 > $1 }
      let ranks = places(group.map { $0.summary?.mean }) { metric.prefers($0, to: $1) }
      var placed: [RankedVariant] = []
      for index in group.indices {
        var variant = group[index]
        variant.group = number
        variant.rank = ranks[index]
        variant.predictedRank = predicted[index]
        placed.append(variant)
      }
      return inOrder(placed) { Double($0.rank ?? .max) }
    }
  }

  /// The variants by a key, in the order in which they come where it is equal.
  private static func inOrder(
    _ variants: [RankedVariant], by key: (RankedVariant) -> Double
  ) -> [RankedVariant] {
    let keys = variants.map(key)
    let places = variants.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    return places.map { variants[$0] }
  }

  /// The places of values from 1 on; equal ones share the better, missing ones have none.
  private static func places(
    _ values: [Double?], better: (Double, Double) -> Bool
  ) -> [Int?] {
    let known = values.compactMap { $0 }
    return values.map { value -> Int? in
      guard let value else { return nil }
      return 1 + known.count { better($0, value) }
    }
  }

  /// The differences of all pairs of the same budget, or of those with the baseline.
  private static func differences(
    _ variants: [RankedVariant], metric: ComparedMetric, generation: Int,
    settings: ComparisonSettings
  ) -> [VariantDifference] {
    var family: [VariantDifference] = []
    for (place, first) in variants.enumerated() {
      for second in variants[(place + 1)...] where first.group == second.group {
        let labels = [first.variant.label, second.variant.label]
        if let baseline = settings.baseline, !labels.contains(baseline) { continue }
        // The baseline is what others are compared with.
        let isTurned = settings.baseline == labels[0]
        let (a, b) = isTurned ? (second, first) : (first, second)
        guard
          let difference = PairedDifference(
            Variant.pairs(a.variant, b.variant, metric.id, generation).map(\.values),
            scale: metric.scale)
        else { continue }
        family.append(
          VariantDifference(
            first: a.variant.label, second: b.variant.label, difference: difference))
      }
    }
    return VariantDifference.judged(family, metric: metric, alpha: settings.alpha)
  }
}

extension DataSetComparison {
  /// The numbers of the groups of one budget each.
  public var groups: [Int] { Array(Set(variants.map(\.group))).sorted() }

  /// The variants of one budget, the best first.
  public func variants(ofGroup group: Int) -> [RankedVariant] {
    variants.filter { $0.group == group }
  }

  /// The first variant whose control has a metric; all of one data set have the same.
  package func controlled(by metric: String) -> Variant? {
    variants.map(\.variant).first { variant in
      variant.runs.contains { $0.measurement(metric, 1, ofControl: true) != nil }
    }
  }
}
