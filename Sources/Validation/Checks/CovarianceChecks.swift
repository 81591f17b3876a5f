import Foundation
import Generators
import LinearAlgebra
import Recursion
import Theory

/// The fully synthetic loop of one Gaussian in several dimensions (A13 to A20, A22).
enum CovarianceChecks {
  private static let spectrum = [4.0, 2, 1, 0.5]
  private static let box = LoopSetting(
    law: .gaussian(spectrum: spectrum), n: 50, fits: 10, chains: 6000)
  private static let (n, d) = (50, 4)

  static let all = [
    Check("A13", "every direction loses variance at the same mean rate", "E[Σ_t] = (1 − 1/n)^t Σ_0")
    {
      lab in
      let share = expectedVarianceShare(.replace, replaceSizes(n: n, fits: 10))[9]
      return try [0, 3].map { axis in
        .exact(
          "E[Σ_t] along axis \(axis + 1) of 4, n = 50, t = 10", share * spectrum[axis],
          try lab.average(box, fit: 10) { $0.covariance[axis, axis] })
      } + [
        .exact(
          "E[Σ_t] between axes 1 and 2", 0, try lab.average(box, fit: 10) { $0.covariance[0, 1] })
      ]
    },
    Check(
      "A14", "every elementary symmetric polynomial of the covariance",
      "E[e_k(Σ_t)] = (Π_{i<k} (n−1−i)/n)^t e_k(Σ_0)"
    ) { lab in
      try [2, 4].map { k in
        .exact(
          "E[e_\(k)(Σ_t)], n = 50, t = 5",
          pow(symmetricPolynomialFactor(k, sampleCount: n), 5)
            * elementarySymmetricPolynomial(k, of: spectrum),
          try lab.average(box, fit: 5) {
            elementarySymmetricPolynomial(k, of: try $0.covariance.symmetricEigenvalues())
          })
      }
    },
    Check(
      "A15", "volume collapses about d/2 times faster than variance",
      "E[ln det Σ_t/Σ_0] = t (Σ ψ((n−i)/2) − d ln(n/2))"
    ) { lab in
      let real = spectrum.reduce(0) { $0 + log($1) }
      return [
        .exact(
          "E[ln det Σ_t/Σ_0], d = 4, n = 50, t = 10",
          10 * expectedLogVolumeStep(sampleCount: n, dimension: d),
          try lab.average(box, fit: 10) {
            try $0.covariance.symmetricEigenvalues().reduce(-real) { $0 + log($1) }
          })
      ]
    },
    Check("A16", "the inverse covariance", "E[Σ_t⁻¹] = (n/(n−d−2))^t Σ_0⁻¹") { lab in
      [
        .exact(
          "E[tr Σ_0 Σ_t⁻¹]/d, d = 4, n = 50, t = 5",
          expectedInverseCovariance(sampleCount: n, dimension: d, fits: 5),
          try lab.average(box, fit: 5) { try relativeInverse($0, spectrum).trace / Double(d) })
      ]
    },
    Check("A17", "the mean drifts in every direction", "E[‖μ_t − μ_0‖²] = tr Σ_0 (1 − (1 − 1/n)^t)")
    {
      lab in
      [
        .exact(
          "E[‖μ_t‖²], d = 4, n = 50, t = 10",
          spectrum.reduce(0, +) * expectedMeanDrift(.replace, replaceSizes(n: n, fits: 10))[9],
          try lab.average(box, fit: 10) { $0.squaredMean })
      ]
    },
    Check(
      "A18", "squares of the spectrum: shape collapses before variance",
      "(u, v) → ((n−1)/n)² (u + 2v/m, u/m + (1 + 1/m) v), u = (tr Σ)², v = tr Σ², m = n − 1"
    ) { lab in
      let expected = expectedTraceSquares(spectrum: spectrum, sampleCount: n, fits: 5)
      return [
        .exact(
          "E[(tr Σ_t)²], d = 4, n = 50, t = 5", expected.squaredTrace,
          try lab.average(box, fit: 5) { $0.variance * $0.variance }),
        .exact(
          "E[tr Σ_t²], d = 4, n = 50, t = 5", expected.traceOfSquare,
          try lab.average(box, fit: 5) { moments in
            moments.covariance.elements.reduce(0) { $0 + $1 * $1 }
          }),
      ]
    },
    Check("A20", "too few samples span too few dimensions", "rank Σ_t = min(d, n − 1)") { lab in
      let setting = LoopSetting(
        law: .gaussian(spectrum: Array(repeating: 1, count: 8)), n: 5, fits: 4, chains: 60)
      let ranks = try lab.records(setting) { generation in
        // Of a generator that is not ours the covariance tells.
        if let model = generation.model as? GaussianModel { return Double(model.rank) }
        return try rank(of: generation.training.matrix)
      }
      return [
        .identity(
          "rank − 4, d = 8, n = 5", residuals: ranks.flatMap { $0 }.map { $0 - 4 }, bound: 0)
      ]
    },
    Check(
      "A22", "the effective dimension halves at t = (n − 1)/(d + 1)",
      "PR_t ≈ d/(1 + (d + 1) t/(n − 1))"
    ) { lab in
      let (n, d, t) = (200, 16, 12)
      let setting = LoopSetting(
        law: .gaussian(spectrum: Array(repeating: 1, count: d)), n: n, fits: t, chains: 400)
      let expected = expectedParticipationRatio(
        spectrum: Array(repeating: 1, count: d), sampleCounts: Array(repeating: n, count: t))[t]
      // A mean of quotients for a quotient of means: it differs by about the relative variance of v and
      // its covariance with u, (2 + 2)·2t/(n d) here, at most.
      return [
        .firstOrder(
          "E[PR_t], d = 16, n = 200, t = 12", expected,
          within: expected * 8 * Double(t) / Double(n * d),
          try lab.average(setting, fit: t) {
            participationRatio(spectrum: try $0.covariance.symmetricEigenvalues()) ?? .nan
          })
      ]
    },
  ]

  /// The directions in which rows vary, beyond rounding.
  private static func rank(of rows: Matrix) throws -> Double {
    let centred = rows.subtractingFromRows(rows.columnMeans())
    let values = try centred.singularValues()
    return Double(values.count { $0 > 1e-6 * (values.first ?? 0) })
  }
}

/// `Σ_0^½ Σ⁻¹ Σ_0^½` for the diagonal covariance of a spectrum.
func relativeInverse(_ moments: Moments, _ spectrum: [Double]) throws -> Matrix {
  let scales = spectrum.map { 1 / $0.squareRoot() }
  let whitened = moments.covariance.scalingRows(scales).scalingColumns(scales)
  let factor = try whitened.cholesky().lowerTriangularInverse()
  return factor.transposedTimes(factor)
}
