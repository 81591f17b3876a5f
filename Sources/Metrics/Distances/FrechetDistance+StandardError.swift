public import LinearAlgebra

/// Returns one standard error of ``frechetDistance(real:generated:)``, over the sampling of both sets.
///
/// A 10-block jackknife: the moments without a block are those of all samples minus the block's, so
/// that the samples are read once, and ten distances between moments are left.
///
/// - Returns: `nil` for fewer than three samples in a set.
/// - Throws: ``MetricsError`` if a set has fewer than two samples, an entry is not finite or the
///   dimensions differ.
/// - Complexity: O(n d² + 10 d³).
public func frechetDistanceStandardError(
  real: Matrix, generated: Matrix
) throws(MetricsError) -> Double? {
  try real.requireComparable(with: generated)
  let smallest = min(real.rowCount, generated.rowCount)
  guard let realMoments = BlockMoments(of: real, smallestSet: smallest),
    let generatedMoments = BlockMoments(of: generated, smallestSet: smallest)
  else { return nil }
  let distances = Parallelism.map(realMoments.blockCount) { block in
    Result { () throws(MetricsError) in
      try frechetDistance(
        real: realMoments.leavingOut(block), generated: generatedMoments.leavingOut(block)
      ).value
    }
  }
  var values: [Double] = []
  for distance in distances { values.append(try distance.get()) }
  return Jackknife.standardError(leavingOut: values)
}

/// Sums over the blocks of a jackknife, about the mean of all samples.
private struct BlockMoments: Sendable {
  private let samples: Matrix
  private let centre: [Double]
  private let blocks: [Range<Int>]
  private let sums: [[Double]]
  private let products: [Matrix]
  private let totalSum: [Double]
  private let totalProducts: [Double]

  var blockCount: Int { blocks.count }

  init?(of unordered: Matrix, smallestSet: Int) {
    guard let jackknife = Jackknife(rowCount: unordered.rowCount, smallestSet: smallestSet) else {
      return nil
    }
    let (centre, centred) = unordered.gatheringRows(jackknife.order).centred()
    let d = centred.columnCount
    let parts = Parallelism.map(jackknife.blocks.count) { index in
      let block = centred.rows(jackknife.blocks[index])
      let sum = block.columnMeans().map { $0 * Double(block.rowCount) }
      return (sum, block.gram())
    }
    self.centre = centre
    samples = centred
    blocks = jackknife.blocks
    sums = parts.map(\.0)
    products = parts.map(\.1)
    var totalSum = [Double](repeating: 0, count: d)
    var totalProducts = [Double](repeating: 0, count: d * d)
    for (sum, product) in parts {
      for index in sum.indices { totalSum[index] += sum[index] }
      for index in totalProducts.indices { totalProducts[index] += product.elements[index] }
    }
    self.totalSum = totalSum
    self.totalProducts = totalProducts
  }

  func leavingOut(_ block: Int) throws(MetricsError) -> SampleStatistics {
    let count = samples.rowCount - blocks[block].count
    let d = samples.columnCount
    guard count > d else {
      // The remaining samples are a thinner factor than any of order d.
      let rest =
        Array(0..<blocks[block].lowerBound) + Array(blocks[block].upperBound..<samples.rowCount)
      return try SampleStatistics(of: samples.gatheringRows(rest)).translated(by: centre)
    }
    let n = Double(count)
    var covariance = Matrix(rowCount: d, columnCount: d)
    var shift = [Double](repeating: 0, count: d)
    for column in 0..<d { shift[column] = (totalSum[column] - sums[block][column]) / n }
    for row in 0..<d {
      for column in 0..<d {
        let index = row * d + column
        let product = totalProducts[index] - products[block].elements[index]
        covariance.elements[index] = (product - n * shift[row] * shift[column]) / (n - 1)
      }
    }
    return try SampleStatistics(
      mean: zip(centre, shift).map { $0 + $1 }, covariance: covariance, count: count)
  }
}

extension SampleStatistics {
  /// The statistics of the same samples, all moved by one vector.
  fileprivate func translated(by offset: [Double]) -> SampleStatistics {
    SampleStatistics(
      count: count, mean: zip(mean, offset).map { $0 + $1 }, covariance: covariance,
      factor: factor)
  }
}
