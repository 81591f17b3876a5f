public import LinearAlgebra

/// The three-sample test for copies of training samples, cell by cell (C_T).
///
/// A model that copies in one place and leaves the support in another has distances to the training set that
/// are no smaller than real ones over all; within the cells of a partition it is found out.
///
/// - Note: Meehan, Chaudhuri and Dasgupta 2020, <https://arxiv.org/abs/2004.05675>.
public struct ThreeSampleTest: Equatable, Sendable {
  /// The mean over cells of the rank score of the distances to the nearest training sample of the cell, weighted
  /// by the cell's test samples.
  ///
  /// Below -3 samples are copied, above 3 the model underfits; see ``MemorisationEvidence/rankScore``. It is
  /// `nil` where no cell has enough samples.
  public let score: Double?

  /// The cells that were compared.
  public let cellsUsed: Int

  /// The share of the test samples that they hold.
  public let testShare: Double
}

/// Compares the distances to the training set of generated and of unseen real samples in every cell.
///
/// - Parameters:
///   - train: The samples that the model was fitted to, `(l, d)`, `l >= 2`.
///   - test: Real samples that it was not fitted to, `(n, d)`, `n >= 2`.
///   - generated: Samples of the model, `(m, d)`, `m >= 2`.
///   - centres: The centre of each cell, a row, at least 2; a sample belongs to the nearest.
///   - smallestCell: The fewest generated and the fewest test samples of a cell that is compared.
/// - Throws: ``MetricsError`` if a set is too small, an entry is not finite or the dimensions differ.
/// - Complexity: O((l + n + m) c d + l (n + m) d / c) time for `c` cells of one size.
public func threeSampleTest(
  train: Matrix, test: Matrix, generated: Matrix, centres: Matrix,
  smallestCell: Int = ThreeSampleTest.smallestCell
) throws(MetricsError) -> ThreeSampleTest {
  try train.requireSamples(.train)
  try train.requireDimension(.train, of: test, .test)
  try train.requireDimension(.train, of: generated, .generated)
  try test.requireSamples(.test)
  try generated.requireSamples(.generated)
  let cells = try NearestClassMean(
    features: centres, labels: Array(0..<centres.rowCount), classCount: centres.rowCount)
  return try ThreeSampleTest(
    train: train, members: cells.members(of: train, as: .train), test: test, generated: generated,
    cells: cells, smallestCell: smallestCell)
}

extension ThreeSampleTest {
  /// The fewest samples of a cell that is compared, as published.
  public static let smallestCell = 20

  /// From the cells of the training samples.
  init(
    train: Matrix, members: [[Int]], test: Matrix, generated: Matrix, cells: NearestClassMean,
    smallestCell: Int = Self.smallestCell
  ) throws(MetricsError) {
    let testMembers = try cells.members(of: test, as: .test)
    let generatedMembers = try cells.members(of: generated, as: .generated)
    let least = max(1, smallestCell)
    var (sum, weight, used) = (0.0, 0, 0)
    for cell in members.indices where !members[cell].isEmpty {
      let (ofTest, ofGenerated) = (testMembers[cell], generatedMembers[cell])
      guard min(ofTest.count, ofGenerated.count) >= least else { continue }
      let nearby = train.gatheringRows(members[cell])
      let score = MemorisationEvidence.rankScore(
        NearestNeighbours(of: generated.gatheringRows(ofGenerated), in: nearby).squares,
        NearestNeighbours(of: test.gatheringRows(ofTest), in: nearby).squares)
      sum += Double(ofTest.count) * score
      weight += ofTest.count
      used += 1
    }
    score = weight > 0 ? sum / Double(weight) : nil
    cellsUsed = used
    testShare = Double(weight) / Double(test.rowCount)
  }
}

extension NearestClassMean {
  /// The rows of the samples of each class.
  func members(of samples: Matrix, as role: SampleRole) throws(MetricsError) -> [[Int]] {
    var members = [[Int]](repeating: [], count: classCount)
    for (row, label) in try labels(of: samples, as: role).enumerated() {
      members[label].append(row)
    }
    return members
  }
}
