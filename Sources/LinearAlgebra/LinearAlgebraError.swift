/// A computation that the data, not the program, made impossible.
public enum LinearAlgebraError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A covariance has no Cholesky factor: the leading minor of this order is not positive.
  case notPositiveDefinite(order: Int, minor: Int)

  /// An iteration of LAPACK did not converge.
  case didNotConverge(routine: String, order: Int)

  /// An entry is NaN or infinite.
  case notFinite(row: Int, column: Int)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order, let minor):
      """
      This \(order)×\(order) covariance is not positive definite (its leading minor of order \
      \(minor) is not positive). Pass more samples than features, or raise the covariance floor.
      """
    case .didNotConverge(let routine, let order):
      "LAPACK's \(routine) did not converge on a matrix of order \(order). Check it for huge values."
    case .notFinite(let row, let column):
      "The entry in row \(row), column \(column) is not a finite number. Remove or replace it."
    }
  }
}
