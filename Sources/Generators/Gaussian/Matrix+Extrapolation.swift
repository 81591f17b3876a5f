import LinearAlgebra

extension Matrix {
  /// The smallest and largest variance of an extrapolated covariance, relative to the largest of the
  /// covariance that is extrapolated: outside it would be none.
  private static let bounds = (smallest: 1e-9, largest: 100.0)

  /// This covariance moved away from another of the same coordinates.
  ///
  /// Eigenvalues that would be negative, or precisions that would, stay within bounds.
  func extrapolated(
    awayFrom other: Matrix, weight: Double, of quantity: Extrapolated
  ) throws(LinearAlgebraError) -> Matrix {
    guard rowCount > 0 else { return self }
    let own = try symmetricEigen()
    let largest = max(own.values.first ?? 0, .leastNormalMagnitude)
    let (least, most) = (Self.bounds.smallest * largest, Self.bounds.largest * largest)
    func composed(_ eigen: SymmetricEigen, _ map: (Double) -> Double) -> Matrix {
      eigen.vectors.transposedTimes(eigen.vectors.scalingRows(eigen.values.map(map))).symmetrized()
    }
    switch quantity {
    case .covariance:
      let moved = try scaled(by: 1 + weight).adding(-weight, times: other).symmetrized()
        .symmetricEigen()
      return composed(moved) { min(max($0, least), most) }
    case .precision:
      let precision = composed(own) { 1 / max($0, least) }
      let others = composed(try other.symmetricEigen()) { 1 / max($0, least) }
      let moved = try precision.scaled(by: 1 + weight).adding(-weight, times: others)
        .symmetrized().symmetricEigen()
      return composed(moved) { $0 > 1 / most ? min(max(1 / $0, least), most) : most }
    }
  }
}

/// Numbers moved away from others, `(1 + w) a - w b`.
func extrapolated(_ own: [Double], awayFrom other: [Double], weight: Double) -> [Double] {
  zip(own, other).map { (1 + weight) * $0 - weight * $1 }
}
