import Foundation
public import LinearAlgebra

/// Returns the Vendi scores of several orders from one set of eigenvalues `λ` of `K / n`:
/// `(Σ λ^q)^(1 / (1 - q))`, with the entropy for `q = 1` and `1 / max λ` for infinity.
///
/// A small order counts what is rare, a large one only what is common.
///
/// - Parameters:
///   - kernel: The similarity.
///   - samples: One sample a row, `(n, d)`, `n >= 2`.
///   - orders: Positive orders; infinity is one.
///   - role: The name of the set in error messages.
/// - Returns: One score an order.
/// - Throws: ``MetricsError`` if there are too few samples, an entry is not finite, or the bandwidth is
///   not positive.
/// - Note: Pasarkar and Dieng 2024, <https://arxiv.org/abs/2310.12952>.
public func vendiScores(
  _ kernel: VendiKernel, of samples: Matrix, orders: [Double], as role: SampleRole = .generated
) throws(MetricsError) -> [Double] {
  precondition(orders.allSatisfy { $0 > 0 }, "an order of \(orders)")
  try samples.requireSamples(role)
  let matrix: Matrix
  switch kernel {
  case .rbf(let sigma):
    try requireBandwidth(sigma)
    matrix = samples.gaussianSimilarities(sigma: sigma)
  case .cosine:
    let unit = samples.normalizingRows()
    matrix = unit.columnCount < unit.rowCount ? unit.gram() : unit.outerGram()
  }
  let eigenvalues = try MetricsError.wrapping { () throws(LinearAlgebraError) in
    try matrix.symmetricEigenvalues()
  }
  // What is below this is rounding: the values sum to 1.
  let values = eigenvalues.map { $0 / Double(samples.rowCount) }.filter { $0 > 1e-14 }
  return orders.map { order in
    switch order {
    case 1: exp(values.reduce(0) { $0 - $1 * log($1) })
    case .infinity: values.first.map { 1 / $0 } ?? 1
    default: pow(values.reduce(0) { $0 + pow($1, order) }, 1 / (1 - order))
    }
  }
}
