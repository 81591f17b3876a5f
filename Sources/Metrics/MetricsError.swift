public import LinearAlgebra

/// The part that a set of samples plays in a comparison, for messages.
public enum SampleRole: String, Equatable, Sendable, CustomStringConvertible {
  /// The real samples that the generated ones are judged against.
  case real

  /// The samples drawn from a model.
  case generated

  /// The real samples that the model was fitted to.
  case train

  /// Real samples that the model never saw.
  case test

  /// The set's name in a sentence.
  public var description: String { self == .train ? "the training set" : "the \(rawValue) set" }
}

/// A measurement that the samples, not the program, made impossible.
public enum MetricsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An entry is NaN or infinite.
  case notFinite(set: SampleRole, row: Int, column: Int)

  /// An entry is so large that its powers overflow.
  case tooLarge(set: SampleRole, row: Int, column: Int, value: Double)

  /// All entries are so small that powers of their differences vanish.
  case tooSmall(set: SampleRole, largest: Double)

  /// Two sets live in spaces of different dimension.
  case unequalDimensions(set: SampleRole, dimension: Int, other: SampleRole, otherDimension: Int)

  /// A set has fewer samples than the metric needs.
  case tooFewSamples(set: SampleRole, count: Int, required: Int)

  /// The samples of a set have no features.
  case noFeatures(set: SampleRole)

  /// A Gaussian kernel was given a bandwidth that is not a positive number.
  case invalidBandwidth(Double)

  /// A covariance has an eigenvalue well below zero.
  case notPositiveSemidefinite(order: Int, smallestEigenvalue: Double)

  /// Every test sample has an exact copy in the training set, so that nothing can be compared to the
  /// distance between them.
  case testSetInsideTrainingSet(count: Int)

  /// A decomposition failed.
  case linearAlgebra(LinearAlgebraError)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .notFinite(let set, let row, let column):
      """
      Row \(row), column \(column) of \(set) is not a finite number (counting from 0). Remove the \
      sample or mend its features.
      """
    case .tooLarge(let set, let row, let column, let value):
      """
      Row \(row), column \(column) of \(set) is \(value), whose powers overflow (counting from 0). \
      Scale the features.
      """
    case .tooSmall(let set, let largest):
      """
      No entry of \(set) is larger than \(largest), and powers of such numbers vanish. Multiply all \
      sets by one large number.
      """
    case .unequalDimensions(let set, let dimension, let other, let otherDimension):
      """
      \(set.description.capitalizingFirst) has \(dimension) features and \(other) has \
      \(otherDimension). Compute both in one feature space.
      """
    case .tooFewSamples(let set, let count, let required):
      """
      \(set.description.capitalizingFirst) has \(count) \(count == 1 ? "sample" : "samples") and \
      at least \(required) are needed. Add samples.
      """
    case .noFeatures(let set):
      "The samples of \(set) have no features. Pass a matrix with at least one column."
    case .invalidBandwidth(let sigma):
      """
      A Gaussian kernel of bandwidth \(sigma) is not defined. The bandwidth is the median distance \
      between real samples: check that they are not all the same.
      """
    case .notPositiveSemidefinite(let order, let smallestEigenvalue):
      """
      This \(order)×\(order) covariance has the eigenvalue \(smallestEigenvalue). Compute it from \
      centred samples.
      """
    case .testSetInsideTrainingSet(let count):
      """
      All \(count) samples of the test set are exact copies of training samples. Hold out samples \
      that the model is not fitted to.
      """
    case .linearAlgebra(let error):
      error.description
    }
  }

  /// The set that is to blame, as far as one is.
  public var set: SampleRole? {
    switch self {
    case .notFinite(let set, _, _), .tooLarge(let set, _, _, _), .tooFewSamples(let set, _, _),
      .noFeatures(let set), .tooSmall(let set, _):
      set
    case .unequalDimensions(_, _, let other, _): other
    case .invalidBandwidth, .notPositiveSemidefinite, .testSetInsideTrainingSet, .linearAlgebra:
      nil
    }
  }

  /// Runs a decomposition, and reports its failure as an error of this module.
  static func wrapping<Result>(
    _ body: () throws(LinearAlgebraError) -> Result
  ) throws(MetricsError) -> Result {
    do {
      return try body()
    } catch {
      throw .linearAlgebra(error)
    }
  }
}

extension String {
  fileprivate var capitalizingFirst: String { prefix(1).uppercased() + dropFirst() }
}
