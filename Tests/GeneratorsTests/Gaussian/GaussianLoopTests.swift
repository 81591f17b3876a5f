import Foundation
import Generators
import LinearAlgebra
import Testing

@Suite("Gaussian in a fully synthetic loop")
struct GaussianLoopTests {
  /// Covariances after each number of fits, for every replicate.
  private func covariances(
    _ estimator: CovarianceEstimator, n: Int, d: Int, fits: Int, replicates: Int, seed: UInt64
  ) throws -> [Matrix] {
    try (0..<replicates).map { replicate in
      let models = try replaceLoop(
        GaussianGenerator(estimator: estimator),
        real: normalRows(n, d, seed: seed, replicate: replicate), generations: fits,
        seed: seed &* 1000 + UInt64(replicate))
      return try #require(models.last as? GaussianModel).covariance
    }
  }

  @Test("E[S] = (1 - 1/n)^t and E[e₂(Σ)] = ((n-1)(n-2)/n²)^t for the maximum-likelihood estimate")
  func expectedSymmetricPolynomials() throws {
    let (n, fits) = (20, 8)
    let all = try covariances(.mle, n: n, d: 2, fits: fits, replicates: 1500, seed: 11)
    let shrink = 1 - 1 / Double(n)
    for direction in 0..<2 {
      let variance = meanAndError(all.map { $0[direction, direction] })
      #expect(abs(variance.mean - pow(shrink, Double(fits))) < 4 * variance.error)
    }
    let determinant = meanAndError(all.map { $0[0, 0] * $0[1, 1] - $0[0, 1] * $0[1, 0] })
    let expected = pow(shrink * (1 - 2 / Double(n)), Double(fits))
    #expect(abs(determinant.mean - expected) < 4 * determinant.error)
  }

  @Test("The log-determinant falls by Σ ψ((n-i)/2) - d log(n/2) a generation", arguments: [1, 3])
  func logDeterminantDrift(d: Int) throws {
    let (n, fits) = (21, 10)
    let all = try covariances(.mle, n: n, d: d, fits: fits, replicates: 600, seed: 12)
    let logs = try all.map { covariance in
      let factor = try covariance.cholesky()
      return (0..<d).reduce(0.0) { $0 + 2 * log(factor[$1, $1]) }
    }
    let drift =
      (1...d).reduce(0.0) { $0 + digamma(Double(n - $1) / 2) } - Double(d) * log(Double(n) / 2)
    let measured = meanAndError(logs)
    #expect(abs(measured.mean - Double(fits) * drift) < 4 * measured.error)
  }

  @Test("The unbiased estimate is a martingale whose logarithm falls")
  func unbiasedMartingale() throws {
    let (n, fits) = (20, 8)
    let all = try covariances(.unbiased, n: n, d: 1, fits: fits, replicates: 1500, seed: 13)
    let variance = meanAndError(all.map { $0[0, 0] })
    #expect(abs(variance.mean - 1) < 4 * variance.error)
    let logarithm = meanAndError(all.map { log($0[0, 0]) })
    let freedom = Double(n - 1)
    let expected = Double(fits) * (digamma(freedom / 2) - log(freedom / 2))
    #expect(abs(logarithm.mean - expected) < 4 * logarithm.error)
  }

  @Test("E[Σ⁻¹] grows by n / (n - d - 2) a generation")
  func expectedPrecision() throws {
    let (n, d, fits) = (30, 2, 4)
    let all = try covariances(.mle, n: n, d: d, fits: fits, replicates: 1500, seed: 14)
    let precisions = all.map { $0[1, 1] / ($0[0, 0] * $0[1, 1] - $0[0, 1] * $0[1, 0]) }
    let measured = meanAndError(precisions)
    let expected = pow(Double(n) / Double(n - d - 2), Double(fits))
    #expect(abs(measured.mean - expected) < 4 * measured.error)
  }

  @Test("No more samples than dimensions: the rank is n - 1 for ever")
  func rankStays() throws {
    let models = try replaceLoop(
      GaussianGenerator(), real: normalRows(6, 9, seed: 15), generations: 6, seed: 15)
    for model in models {
      #expect((model as? GaussianModel)?.rank == 5)
      #expect(
        try model.logDensity(normalRows(2, 9, seed: 1), sampling: Sampling(), noiseFloor: 0) == nil)
    }
  }
}
