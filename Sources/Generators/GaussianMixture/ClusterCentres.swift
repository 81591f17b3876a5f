package import LinearAlgebra

/// The centres of clusters of samples.
package struct ClusterCentres: Sendable {
  /// One centre a row, of shape `(K, d)`; fewer than were asked for where samples coincide.
  package let centres: Matrix

  /// Lloyd's iterations.
  private static let steps = 6

  /// Clusters samples `(n, d)` by k-means; the same samples always have the same centres.
  package init(of samples: Matrix, count: Int) {
    let labels = KMeans.labels(of: samples, count: count, steps: Self.steps)
    var members = [[Int]](repeating: [], count: (labels.max() ?? 0) + 1)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    centres = Matrix(
      rows: members.filter { !$0.isEmpty }.map { samples.gatheringRows($0).columnMeans() })
  }

  /// Takes centres as they are, one a row.
  package init(_ centres: Matrix) {
    self.centres = centres
  }

  /// The centre nearest to each sample, one sample a row.
  package func nearest(to samples: Matrix) -> [Int] {
    KMeans.nearestCentre(of: samples, among: centres)
  }

  /// The same for samples that arrive in blocks.
  package func nearest(to samples: RowSource) -> [Int] {
    let blocks = samples.blocks
    return Parallelism.map(blocks.count) { nearest(to: samples.rows(blocks[$0])) }.flatMap { $0 }
  }
}
