import Foundation
import LinearAlgebra

extension TrainingSet {
  /// The same likelihood as fits compute it: without the rows of weight 0, and with weights that sum to
  /// their effective number, or none where all that are left count alike.
  ///
  /// The effective number is Kish's, `(Σw)²/Σw²`: the number of equal rows whose weighted mean would be
  /// as certain. It is what pseudo-counts and the unbiased estimator set against a training set. The
  /// fewest samples of a family, the smallest clusters and a default capacity count rows.
  ///
  /// - Throws: ``GeneratorError/unusableWeights(reason:)``.
  /// - Note: Kish, Survey Sampling (1965), section 8.2.
  package func effective() throws(GeneratorError) -> TrainingSet {
    guard let weights = try checkedWeights() else {
      return self.weights == nil ? self : TrainingSet(rows: rows, shape: shape)
    }
    let counting = weights.indices.filter { weights[$0] > 0 }
    let left = counting.count == weights.count ? rows : rows.selecting(counting)
    return TrainingSet(
      rows: left, shape: shape,
      weights: EffectiveWeights.normalized(counting.map { weights[$0] }))
  }

  /// The weights as shares of the largest; `nil` where all rows count alike.
  ///
  /// Shares below 10⁻³⁰ are 0: what such a row adds to a sum is far below its rounding.
  ///
  /// - Throws: ``GeneratorError/unusableWeights(reason:)`` if one is negative or not finite, or none is
  ///   positive.
  func checkedWeights() throws(GeneratorError) -> [Double]? {
    guard let weights, let largest = weights.max() else { return nil }
    if let row = weights.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
      throw .unusableWeights(reason: "that of sample \(row) is \(weights[row])")
    }
    guard largest > 0 else { throw .unusableWeights(reason: "all of them are 0") }
    guard weights.contains(where: { $0 != largest }) else { return nil }
    return weights.map { $0 / largest < 1e-30 ? 0 : $0 / largest }
  }
}

/// Weights of rows, all positive, that sum to their effective number `(Σw)²/Σw²`.
enum EffectiveWeights {
  /// The weights times the factor that makes their sum their effective number; `nil` where all are the
  /// same, whose effective number is their plain one.
  static func normalized(_ weights: [Double]) -> [Double]? {
    guard let first = weights.first, weights.contains(where: { $0 != first }) else { return nil }
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return weights.map { $0 * sum / squares }
  }
}
