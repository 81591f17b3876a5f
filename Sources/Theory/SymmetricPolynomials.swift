/// Returns the elementary symmetric polynomial `e_k` of numbers: the sum of the products of all choices
/// of `k` of them; `e_1` of eigenvalues is the trace, `e_d` the determinant.
public func elementarySymmetricPolynomial(_ k: Int, of values: [Double]) -> Double {
  precondition(k >= 0, "no polynomial has order \(k)")
  var polynomials = [1.0] + Array(repeating: 0, count: k)
  for value in values {
    for order in stride(from: k, through: 1, by: -1) {
      polynomials[order] += value * polynomials[order - 1]
    }
  }
  return polynomials[k]
}

/// Returns the factor of the expected `e_k` of a Gaussian's covariance with every fit under replace,
/// `Π_{i<k} (n − 1 − i)/n` (A14).
///
/// - Parameters:
///   - k: The order of the polynomial.
///   - n: The training samples of a fit.
public func symmetricPolynomialFactor(_ k: Int, sampleCount n: Int) -> Double {
  (0..<k).reduce(1.0) { $0 * Double(n - 1 - $1) / Double(n) }
}
