import Samples

/// How often each category occurs in a training set whose samples are the numbers of categories.
struct CategoryCounts: Equatable, Sendable {
  /// The samples.
  let total: Int

  private let counts: [Int: Int]

  /// Counts the samples of one number each.
  init(of samples: SampleSet) {
    var counts: [Int: Int] = [:]
    for value in samples.values { counts[Int(value), default: 0] += 1 }
    self.counts = counts
    total = samples.count
  }

  /// The samples of a category.
  subscript(category: Int) -> Int { counts[category] ?? 0 }

  /// The share of a category.
  func share(_ category: Int) -> Double { Double(self[category]) / Double(total) }

  /// The categories that occur.
  var occupied: Int { counts.count }

  /// The probability that two samples drawn with replacement differ.
  var heterozygosity: Double {
    1 - counts.values.reduce(0) { $0 + (Double($1) / Double(total)) * (Double($1) / Double(total)) }
  }
}
