import LinearAlgebra

/// The moments of a set without each of its jackknife blocks.
struct JackknifeMoments: Sendable {
  /// The statistics of all samples but those of a block, block after block.
  let leavingOut: [SampleStatistics]

  /// Computes them from sums over the blocks, about the mean of all samples.
  ///
  /// - Returns: `nil` where there can be no jackknife.
  /// - Throws: ``MetricsError`` for moments that cannot be decomposed.
  init?(of samples: some DesignMatrix, smallestSet: Int) throws(MetricsError) {
    guard let jackknife = Jackknife(rowCount: samples.rowCount, smallestSet: smallestSet) else {
      return nil
    }
    let sums = BlockSums(samples, jackknife)
    let statistics = Parallelism.map(jackknife.blocks.count) { block in
      Result { () throws(MetricsError) in try sums.leavingOut(block) }
    }
    var leavingOut: [SampleStatistics] = []
    for result in statistics { leavingOut.append(try result.get()) }
    self.leavingOut = leavingOut
  }
}

/// Sums over the blocks of a jackknife, about the mean of all samples.
private struct BlockSums<Samples: DesignMatrix>: Sendable {
  private let samples: Samples
  private let jackknife: Jackknife
  private let centre: [Double]
  private let sums: [[Double]]
  private let products: [Matrix]
  private let totalSum: [Double]
  private let totalProducts: [Double]

  init(_ samples: Samples, _ jackknife: Jackknife) {
    let centre = samples.stableColumnMeans()
    let d = samples.columnCount
    // A block at a time: the set is not copied as a whole.
    let parts = Parallelism.map(jackknife.blocks.count) { index in
      let rows = Array(jackknife.order[jackknife.blocks[index]])
      let block = samples.gatheringRows(rows).subtractingFromRows(centre)
      return (block.columnMeans().map { $0 * Double(block.rowCount) }, block.gram())
    }
    self.samples = samples
    self.jackknife = jackknife
    self.centre = centre
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
    let range = jackknife.blocks[block]
    let count = samples.rowCount - range.count
    let d = samples.columnCount
    guard count > d else {
      // The remaining samples are a thinner factor than any of order d.
      let rest =
        jackknife.order[..<range.lowerBound] + jackknife.order[range.upperBound...]
      return try SampleStatistics(of: samples.gatheringRows(Array(rest)))
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
    // The differences of sums are as far off as the sums are: all samples that vary may be in the block.
    let trace = (0..<d).reduce(0) { $0 + totalProducts[$1 * (d + 1)] } / (n - 1)
    return try SampleStatistics(
      mean: zip(centre, shift).map { $0 + $1 }, covariance: covariance, count: count,
      roundedLike: trace)
  }
}
