import Foundation
import Generators
import LinearAlgebra
import Recursion
import Theory

/// The conservation law (theory 0.1) and mixtures under it (G).
enum ConservationChecks {
  static let all = [
    Check(
      "0.1",
      "a fit keeps the mean and the total covariance of its training set, so that the variance a "
        + "model loses is the variance its mean gains, whatever is mixed",
      "E[Σ_t] + E[(μ_t − μ_0)(μ_t − μ_0)ᵀ] = Σ_0"
    ) { laboratory in
      let identity = try laboratory.records(identitySetting(.gaussian(.mle))) {
        try residual(of: $0.model, to: $0.training.matrix)
      }
      let laws = try strategies.map { strategy in
        let setting = LoopSetting(
          strategy: strategy, n: 20, fits: 8, chains: 3000)
        return Finding.exact(
          "E[S + μ²], \(strategy)", 1,
          try laboratory.average(setting, fit: 8) { $0.variance + $0.squaredMean })
      }
      return [
        .identity(
          "moments of a Gaussian's training set, d = 3", residuals: identity.flatMap { $0 },
          bound: bound)
      ] + laws
    },
    Check(
      "G0", "a mixture keeps both after any number of steps with any number of components",
      "Σ π_k μ_k = m, Σ π_k (C_k + (μ_k − m)(μ_k − m)ᵀ) = cov"
    ) { laboratory in
      try [(1, 1), (2, 1), (3, 3), (5, 100)].map { components, steps in
        let setting = identitySetting(.mixture(components: components, steps: steps))
        let residuals = try laboratory.records(setting) {
          try residual(of: $0.model, to: $0.training.matrix)
        }
        return .identity(
          "moments of the training set, K = \(components), steps ≤ \(steps)",
          residuals: residuals.flatMap { $0 }, bound: bound)
      }
    },
    Check("G1", "a mixture loses variance by the same clock", "E[tr Σ_t] = (1 − 1/n)^t tr Σ_0") {
      laboratory in
      let setting = LoopSetting(
        family: .mixture(components: 3, steps: 20), law: .twoClusters(distance: 4), n: 50,
        fits: 10, chains: 600)
      // Variance 1 along both axes, and 4 between the two clusters along the first.
      return [
        .exact(
          "E[tr Σ_t], K = 3, n = 50, t = 10, two clusters",
          6 * expectedVarianceShare(.replace, replaceSizes(n: 50, fits: 10))[9],
          try laboratory.average(setting, fit: 10) { $0.variance })
      ]
    },
  ]

  /// Rounding in sums of a hundred numbers about 1, with some hundredfold reserve, and far below what a
  /// ridge or a wrong divisor would do.
  private static let bound = 1e-10

  private static let strategies = [
    "replace", "accumulate", "accumulate-subsample", "window:generations=3",
    "fresh-data:share=0.25", "synthetic-augmentation:share=0.25", "reservoir:originals=12,real=5",
    "weighted:weight=0.3,share=0.5", "ramp:synthetic=0.5..1@6",
  ]

  private static func identitySetting(_ family: LoopSetting.Family) -> LoopSetting {
    LoopSetting(
      family: family, strategy: "accumulate-subsample", law: .gaussian(spectrum: [4, 1, 0.25]),
      // So many that no component holds a handful: where one shrinks to a point its floor of 10⁻⁹ acts.
      n: 300, fits: 4, chains: 60)
  }

  /// The largest difference between the moments of a model and those of the rows it was fitted to.
  private static func residual(of model: any GenerativeModel, to rows: Matrix) throws -> Double {
    let moments = Moments(of: model)
    let mean = rows.columnMeans()
    let centred = rows.subtractingFromRows(mean)
    let covariance = centred.gram().elements.map { $0 / Double(rows.rowCount) }
    return
      (zip(mean, moments.mean).map { $0 - $1 }
      + zip(covariance, moments.covariance.elements).map { $0 - $1 })
      .reduce(0) { $1.isFinite ? max($0, abs($1)) : .infinity }
  }
}
