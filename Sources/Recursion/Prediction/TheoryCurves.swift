import Generators
import LinearAlgebra
import Samples
import Theory

/// What theory predicts for a run, generation by generation.
///
/// Only where its assumptions hold: a generator that keeps the mean and the total covariance of its
/// training set, unbiased sampling, and a carry that changes nothing.
public struct TheoryCurves: Equatable, Sendable {
  /// The expected total variance of the model, from that of the real training set on.
  ///
  /// The law's own variance is not known: the training set's unbiased estimate stands for it, so that
  /// generation 0 agrees exactly and the luck of another sample is not read as a gap.
  public let totalVariance: [Double]

  /// The expected squared Fréchet distance between held-out real samples and drawn ones, its floor
  /// of finitely many samples included; `nil` unless the model is one Gaussian.
  public let frechetDistance: [Double]?
}

extension PreparedRun {
  /// The generators whose models keep the mean and the total covariance of their training sets.
  private static let conserving: Set<String> = ["gaussian", "gmm", "bootstrap"]

  /// Returns the predicted curves; `nil` where theory has none.
  ///
  /// - Parameter spectrum: The eigenvalues of the covariance of real features.
  func theory(spectrum: [Double]) -> TheoryCurves? {
    guard Self.conserving.contains(generator.name), data.shape == nil, carry == .float,
      configuration.sampling.bias == 1, configuration.generatorOptions.estimator == .mle,
      let kind = strategy.theoryKind
    else { return nil }
    let n = division.original.count
    let rows = Matrix(
      rowCount: n, columnCount: data.dimension, floats: division.original.values)
    let variance = rows.totalVariance() * Double(n) / Double(n - 1)
    return TheoryCurves(
      totalVariance: expectedVarianceShare(kind, sizes).map { $0 * variance },
      frechetDistance: generator.name == "gaussian"
        ? expectedFrechetDistance(
          spectrum: spectrum, kind, sizes, real: division.heldOut.count,
          generated: division.original.count) : nil)
  }
}
