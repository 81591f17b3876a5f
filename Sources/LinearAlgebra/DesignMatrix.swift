/// Samples, one a row, wherever they are: in memory, in a temporary file, or computed as they are asked
/// for.
///
/// Where the rows are decides no bit of what is computed of them.
public protocol DesignMatrix: Sendable {
  /// The number of samples.
  var rowCount: Int { get }

  /// The number of features.
  var columnCount: Int { get }

  /// Consecutive rows.
  func rows(_ range: Range<Int>) -> Matrix

  /// Consecutive rows, each minus the same vector of shape `(columnCount)`.
  func rows(_ range: Range<Int>, minus offset: [Double]) -> Matrix

  /// The rows with these indices, in this order; an index may repeat.
  func gatheringRows(_ indices: [Int]) -> Matrix

  /// The mean of the rows, shape `(columnCount)`: zeros where there is no row.
  func columnMeans() -> [Double]
}

extension Matrix: DesignMatrix {}

extension DesignMatrix {
  /// Consecutive rows, each minus the same vector of shape `(columnCount)`.
  public func rows(_ range: Range<Int>, minus offset: [Double]) -> Matrix {
    rows(range).subtractingFromRows(offset)
  }

  /// The numbers of a block of ``rowBlocks``, some 8 MB.
  private var blockEntries: Int { 1 << 20 }

  /// All rows, in blocks of bounded memory that cut no tile of 256 rows.
  public var rowBlocks: [Range<Int>] {
    Parallelism.blocks(
      of: rowCount, size: max(256, blockEntries / max(1, columnCount) / 256 * 256))
  }

  /// The squared Euclidean norm of every row, shape `(rowCount)`.
  public func squaredRowNorms() -> [Double] {
    rowBlocks.flatMap { rows($0).squaredRowNorms() as [Double] }
  }
}
