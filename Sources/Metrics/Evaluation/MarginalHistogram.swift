import LinearAlgebra

/// Real and generated samples along one direction of a feature space.
public struct MarginalHistogram: Equatable, Sendable {
  /// The borders of the bins, ascending, in feature units: one more than bins.
  public let edges: [Double]

  /// The share of the real samples (training and held-out) in each bin, summing to 1.
  public let real: [Double]

  /// The share of the generated samples in each bin.
  public let generated: [Double]

  /// The share of the generated samples below the first and above the last bin.
  public let outside: Double
}

/// The bins along one direction, fixed by the real samples for all generations.
struct MarginalBins: Sendable {
  private static let count = 40

  private let direction: Matrix
  private let edges: [Double]
  private let real: [Double]

  /// Returns the bins along the leading principal directions of real samples; fewer where they do not
  /// vary in so many.
  static func leading(
    _ count: Int, of real: some DesignMatrix
  ) throws(MetricsError) -> [MarginalBins] {
    let covariance = try SampleStatistics(of: real).covariance
    let eigen = try MetricsError.wrapping { () throws(LinearAlgebraError) in
      try covariance.symmetricEigen(largest: count)
    }
    let largest = eigen.values.first ?? 0
    return eigen.values.indices.compactMap { index in
      guard eigen.values[index] > 1e-12 * largest, largest > 0 else { return nil }
      return MarginalBins(
        along: Matrix(
          rowCount: real.columnCount, columnCount: 1,
          elements: Array(eigen.vectors.row(index))),
        of: real)
    }
  }

  /// Bins over the range of the real samples, a twentieth wider on either side.
  private init?(along direction: Matrix, of real: some DesignMatrix) {
    let scores = Self.scores(of: real, along: direction)
    guard let low = scores.min(), let high = scores.max(), low < high else { return nil }
    let margin = (high - low) / 20
    let width = (high - low + 2 * margin) / Double(Self.count)
    self.direction = direction
    edges = (0...Self.count).map { low - margin + Double($0) * width }
    self.real = Self.shares(of: scores, edges: edges).bins
  }

  /// Returns generated samples beside the real ones.
  func histogram(of generated: some DesignMatrix) -> MarginalHistogram {
    let (bins, outside) = Self.shares(
      of: Self.scores(of: generated, along: direction), edges: edges)
    return MarginalHistogram(edges: edges, real: real, generated: bins, outside: outside)
  }

  private static func scores(
    of samples: some DesignMatrix, along direction: Matrix
  ) -> [Double] {
    samples.rowBlocks.flatMap { samples.rows($0).times(direction).elements }
  }

  private static func shares(
    of scores: [Double], edges: [Double]
  ) -> (bins: [Double], outside: Double) {
    var counts = [Int](repeating: 0, count: count)
    var outside = 0
    let width = (edges[count] - edges[0]) / Double(count)
    for score in scores {
      let position = ((score - edges[0]) / width).rounded(.down)
      if position >= 0, position < Double(count) {
        counts[Int(position)] += 1
      } else {
        outside += 1
      }
    }
    let total = Double(scores.count)
    return (counts.map { Double($0) / total }, Double(outside) / total)
  }
}
