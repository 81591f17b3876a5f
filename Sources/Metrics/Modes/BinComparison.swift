import Foundation
public import LinearAlgebra

/// How two sets fill the same bins.
public struct BinComparison: Equatable, Sendable {
  /// The number of bins.
  public let binCount: Int

  /// The real samples in each bin.
  public let realCounts: [Int]

  /// The generated samples in each bin.
  public let generatedCounts: [Int]

  /// The bins whose two shares differ at the level .05 by a two-proportion z-test, of pooled variance
  /// (number of statistically different bins, NDB).
  public let different: Int

  /// The Jensen-Shannon divergence between the two sets of shares, in nats: 0 to ln 2.
  public let divergence: Double

  /// Counts the samples nearest to each of given centres.
  ///
  /// - Parameters:
  ///   - real: The real samples, `(n, d)`, `n >= 2`.
  ///   - generated: The generated samples, `(m, d)`, `m >= 2`.
  ///   - centres: The centre of each bin, a row, all different.
  /// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
  ///   dimensions differ.
  /// - Note: Richardson and Weiss 2018, <https://arxiv.org/abs/1805.12462>.
  public init(
    real: some DesignMatrix, generated: some DesignMatrix, centres: Matrix
  ) throws(MetricsError) {
    let cells = try NearestClassMean(
      features: centres, labels: Array(0..<centres.rowCount), classCount: centres.rowCount)
    try self.init(real: real, generated: generated, cells: cells)
  }

  /// Counts the samples in the bins of a clustering.
  init(
    real: some DesignMatrix, generated: some DesignMatrix, cells: NearestClassMean
  ) throws(MetricsError) {
    try real.requireComparable(with: generated)
    self.init(
      realCounts: try cells.counts(of: real, as: .real),
      generatedCounts: try cells.counts(of: generated, as: .generated))
  }

  /// Compares the counts of the same bins.
  init(realCounts: [Int], generatedCounts: [Int]) {
    let (n, m) = (
      Double(realCounts.reduce(0, +)), Double(generatedCounts.reduce(0, +))
    )
    var different = 0
    var divergence = 0.0
    for (realCount, generatedCount) in zip(realCounts, generatedCounts) {
      let (p, q) = (Double(realCount) / n, Double(generatedCount) / m)
      let pooled = Double(realCount + generatedCount) / (n + m)
      let variance = pooled * (1 - pooled) * (1 / n + 1 / m)
      if variance > 0, abs(p - q) > Self.criticalValue * variance.squareRoot() { different += 1 }
      let middle = (p + q) / 2
      if p > 0 { divergence += p * log(p / middle) / 2 }
      if q > 0 { divergence += q * log(q / middle) / 2 }
    }
    binCount = realCounts.count
    self.realCounts = realCounts
    self.generatedCounts = generatedCounts
    self.different = different
    self.divergence = max(0, divergence)
  }

  /// A normal variable lies beyond it on either side with probability .05.
  private static let criticalValue = 1.959963984540054
}

extension NearestClassMean {
  /// The number of samples of each class.
  fileprivate func counts(
    of samples: some DesignMatrix, as role: SampleRole
  ) throws(MetricsError) -> [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in try labels(of: samples, as: role) { counts[label] += 1 }
    return counts
  }
}
