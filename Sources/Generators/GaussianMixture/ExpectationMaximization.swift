import Foundation
import LinearAlgebra

/// Maximum likelihood for a full-covariance Gaussian mixture by expectation maximisation, in double
/// precision.
///
/// Whatever the responsibilities, an M-step reproduces the mean and the total covariance of the
/// samples exactly, as long as the floor is not active and with any shrinkage: the conservation law
/// that a self-consuming loop is tested against.
///
/// - Note: Dempster, Laird and Rubin, J. R. Statist. Soc. B 39 (1977) 1-38.
struct ExpectationMaximization: Sendable {
  /// The largest number of steps.
  var steps: Int

  /// A fit stops when the mean log-likelihood gains less than this, per dimension, in a step.
  var tolerance: Double

  /// The smallest eigenvalue of a covariance, in squared sample units: a maximum, not an addition.
  var floor: Double

  /// The pseudo-counts of the pooled within-component covariance in each component's.
  var shrinkage = 0.0

  /// The precision of the E-step; an M-step is always in double precision, so that it conserves the
  /// mean and the covariance of the samples whatever the shares are.
  var precision = Responsibilities.Precision.double

  /// A fitted mixture and how the mean log-likelihood rose, one number before each M-step.
  struct Fit: Sendable {
    let mixture: FullCovarianceMixture
    let logLikelihoods: [Double]
  }

  /// Fits samples `(n, d)`, starting with the components of a hard assignment to `0..<count`.
  ///
  /// - Parameter weights: How often each sample counts in the likelihood, `(n)` positive numbers, scaled
  ///   so that ``shrinkage`` compares with their sum; `nil` for once each.
  func fit(
    _ samples: Matrix, weights: [Double]? = nil, labels: [Int], count: Int
  ) throws(LinearAlgebraError) -> Fit {
    let dimension = samples.columnCount
    let start = FullCovarianceMixture(
      weights: Array(repeating: 0, count: count),
      means: Matrix(rowCount: count, columnCount: dimension),
      covariances: Array(repeating: .identity(dimension), count: count))
    let hard = Responsibilities(labels: labels, weights: weights, count: count)
    return try fit(
      samples, weights: weights, from: maximization(samples, hard, previous: start))
  }

  /// Fits samples `(n, d)`, starting from a mixture.
  func fit(
    _ samples: Matrix, weights: [Double]? = nil, from start: FullCovarianceMixture
  ) throws(LinearAlgebraError) -> Fit {
    var mixture = start
    var logLikelihoods: [Double] = []
    for _ in 0..<steps {
      let expected = try Responsibilities(
        of: samples, weights: weights, under: mixture, precision: precision)
      let gain = expected.meanLogLikelihood - (logLikelihoods.last ?? -.infinity)
      logLikelihoods.append(expected.meanLogLikelihood)
      guard gain >= tolerance * Double(samples.columnCount) else { break }
      mixture = try maximization(samples, expected, previous: mixture)
    }
    return Fit(mixture: mixture, logLikelihoods: logLikelihoods)
  }

  /// The M-step: weights, means and covariances given responsibilities.
  ///
  /// A component without samples keeps its mean and covariance, with weight 0: re-seeding it would
  /// hide a collapse.
  func maximization(
    _ samples: Matrix, _ responsibilities: Responsibilities, previous: FullCovarianceMixture
  ) throws(LinearAlgebraError) -> FullCovarianceMixture {
    let d = samples.columnCount
    let moments = Parallelism.map(previous.count) { k in
      Self.moments(of: samples, responsibilities.entries[k])
    }
    let counts = moments.map(\.count)
    var means = previous.means
    for k in 0..<previous.count where counts[k] > 0 {
      for j in 0..<d { means[k, j] = moments[k].mean[j] }
    }
    let scatters = shrunken(moments)
    let floored = Parallelism.map(previous.count) {
      k -> Result<Matrix, LinearAlgebraError> in
      guard counts[k] > 0 else { return .success(previous.covariances[k]) }
      return Result { () throws(LinearAlgebraError) in
        try scatters[k].flooringEigenvalues(floor)
      }
    }
    var covariances: [Matrix] = []
    for covariance in floored { covariances.append(try covariance.get()) }
    return FullCovarianceMixture(
      weights: counts.map { $0 / responsibilities.total }, means: means, covariances: covariances)
  }

  private struct Moments: Sendable {
    let count: Double
    let mean: [Double]
    let covariance: Matrix
  }

  /// The weighted count, mean and covariance of the samples of one component.
  private static func moments(
    of samples: Matrix, _ entries: [Responsibilities.Entry]
  ) -> Moments {
    let d = samples.columnCount
    let count = entries.reduce(0) { $0 + $1.value }
    guard count > 0 else {
      return Moments(count: 0, mean: [], covariance: Matrix(rowCount: d, columnCount: d))
    }
    var members = samples.gatheringRows(entries.map(\.row))
    // The mean is summed about the first member, so that a distant component keeps its digits.
    let origin = Array(members.row(0))
    var mean = [Double](repeating: 0, count: d)
    for (row, entry) in entries.enumerated() {
      for j in 0..<d { mean[j] += entry.value * (members.elements[row * d + j] - origin[j]) }
    }
    for j in 0..<d { mean[j] = origin[j] + mean[j] / count }
    for (row, entry) in entries.enumerated() {
      let weight = (entry.value / count).squareRoot()
      for j in 0..<d {
        members.elements[row * d + j] = weight * (members.elements[row * d + j] - mean[j])
      }
    }
    return Moments(count: count, mean: mean, covariance: members.gram())
  }

  /// The covariances drawn towards the pooled one, `(nₖ Cₖ + ν W) / (nₖ + ν)`.
  ///
  /// `W` averages the `Cₖ` with weights `nₖ / (nₖ + ν)`, not `nₖ`: so `Σ nₖ Cₖ` stays what it was.
  private func shrunken(_ moments: [Moments]) -> [Matrix] {
    guard shrinkage > 0, let first = moments.first else { return moments.map(\.covariance) }
    var pooled = first.covariance.scaled(by: 0)
    var total = 0.0
    for component in moments {
      let weight = component.count / (component.count + shrinkage)
      total += weight
      for index in pooled.elements.indices {
        pooled.elements[index] += weight * component.covariance.elements[index]
      }
    }
    return moments.map { component in
      var covariance = component.covariance
      let own = component.count / (component.count + shrinkage)
      for index in covariance.elements.indices {
        covariance.elements[index] =
          own * covariance.elements[index] + (1 - own) * pooled.elements[index] / total
      }
      return covariance
    }
  }
}
