import LinearAlgebra

/// Lloyd's iterations: assign each sample to the nearest centre, move each centre to the mean of its
/// samples.
///
/// - Note: Lloyd, IEEE Trans. Inf. Theory 28 (1982) 129-137.
enum KMeans {
  /// The cluster in `0..<count` of each sample `(n, d)` after at most `steps` iterations, the samples
  /// counted by their weights, if there are any.
  ///
  /// It starts from recursive bisection, so that the same samples always give the same clusters. A
  /// centre without samples stays where it is.
  static func labels(
    of samples: Matrix, weights: [Double]? = nil, count: Int, steps: Int
  ) -> [Int] {
    var labels = [Int](repeating: 0, count: samples.rowCount)
    let clusters = RecursiveBisection.clusters(of: samples, weights: weights, count: count)
    for (cluster, members) in clusters.enumerated() {
      for row in members { labels[row] = cluster }
    }
    var centres = Matrix(rowCount: clusters.count, columnCount: samples.columnCount)
    for _ in 0..<steps {
      move(&centres, to: samples, weights: weights, labels)
      let nearest = nearestCentre(of: samples, among: centres)
      guard nearest != labels else { break }
      labels = nearest
    }
    return labels
  }

  private static func move(
    _ centres: inout Matrix, to samples: Matrix, weights: [Double]?, _ labels: [Int]
  ) {
    let d = samples.columnCount
    var counts = [Double](repeating: 0, count: centres.rowCount)
    var sums = [Double](repeating: 0, count: centres.rowCount * d)
    for (row, label) in labels.enumerated() {
      let weight = weights?[row] ?? 1
      counts[label] += weight
      for j in 0..<d { sums[label * d + j] += weight * samples.elements[row * d + j] }
    }
    for (centre, count) in counts.enumerated() where count > 0 {
      for j in 0..<d { centres[centre, j] = sums[centre * d + j] / count }
    }
  }

  /// The index of the nearest centre of each sample; the first of several equally near.
  static func nearestCentre(of samples: Matrix, among centres: Matrix) -> [Int] {
    let halfNorms = centres.squaredRowNorms().map { $0 / 2 }
    let products = samples.times(transposeOf: centres)
    return (0..<samples.rowCount).map { row in
      var nearest = 0
      var smallest = Double.infinity
      for centre in 0..<centres.rowCount {
        let distance = halfNorms[centre] - products[row, centre]
        if distance < smallest {
          smallest = distance
          nearest = centre
        }
      }
      return nearest
    }
  }
}
