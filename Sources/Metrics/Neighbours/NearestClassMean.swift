public import LinearAlgebra

/// The classifier that gives a sample the class whose mean is nearest: enough to follow the shares of
/// classes through generations.
public struct NearestClassMean: Equatable, Sendable {
  /// The number of classes, with samples or without.
  public let classCount: Int

  /// The means of the classes that have samples, one a row.
  private let means: Matrix

  /// The class of each row of ``means``.
  private let classes: [Int]

  /// Fits the means.
  ///
  /// - Parameters:
  ///   - features: One real sample a row, `(n, d)`, `n >= 2`.
  ///   - labels: The class of each sample, `0..<classCount`.
  ///   - classCount: The number of classes; one without a sample is never predicted.
  /// - Throws: ``MetricsError`` if there are too few samples or an entry is not finite.
  public init(
    features: some DesignMatrix, labels: [Int], classCount: Int
  ) throws(MetricsError) {
    precondition(
      labels.count == features.rowCount, "\(labels.count) labels, \(features.rowCount) samples")
    precondition(
      labels.allSatisfy { 0..<classCount ~= $0 }, "a label lies outside 0..<\(classCount)")
    try features.requireSamples(.real)
    self.classCount = classCount
    var members = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    classes = members.indices.filter { !members[$0].isEmpty }
    means = Matrix(rows: classes.map { features.gatheringRows(members[$0]).stableColumnMeans() })
  }

  /// Returns the class of each sample, one a row; of equally near means that of the lowest class.
  ///
  /// - Throws: ``MetricsError`` if there is no sample, an entry is not finite or the dimensions differ.
  public func labels(
    of samples: some DesignMatrix, as role: SampleRole = .generated
  ) throws(MetricsError) -> [Int] {
    try means.requireDimension(.real, of: samples, role)
    try samples.requireSamples(role, atLeast: 1)
    return samples.rowBlocks.flatMap { block in
      NearestNeighbours(of: samples.rows(block), in: means).indices.map { classes[$0] }
    }
  }

  /// Returns the share of each class among the samples, shape `(classCount)`, summing to 1.
  ///
  /// - Throws: ``MetricsError`` if there is no sample, an entry is not finite or the dimensions differ.
  public func shares(
    of samples: some DesignMatrix, as role: SampleRole = .generated
  ) throws(MetricsError) -> [Double] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in try labels(of: samples, as: role) { counts[label] += 1 }
    return counts.map { Double($0) / Double(samples.rowCount) }
  }
}
