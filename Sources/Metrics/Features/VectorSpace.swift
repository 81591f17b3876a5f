public import LinearAlgebra
public import Samples

/// The space `vector`: the rows themselves, such as features that a user computed elsewhere.
public struct VectorSpace: FeatureSpace {
  /// `vector`.
  public let name = SpaceName.vector.rawValue

  /// The numbers in a row.
  public let dimension: Int

  /// Nothing is fitted: all spaces of one dimension are the same.
  public let fingerprint: String

  /// Creates the space of rows with this many numbers.
  public init(dimension: Int) {
    self.dimension = dimension
    var fingerprint = Fingerprint()
    fingerprint.combine(name)
    fingerprint.combine(dimension)
    self.fingerprint = fingerprint.text
  }

  /// Returns the rows in double precision, of shape `(n, dimension)`.
  public func features(of samples: SampleSet) -> Matrix {
    precondition(
      samples.dimension == dimension, "\(samples.dimension) numbers where \(dimension) are expected"
    )
    return Matrix(rowCount: samples.count, columnCount: dimension, floats: samples.values)
  }
}
