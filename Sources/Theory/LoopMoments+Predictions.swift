import Foundation

/// The numbers that are measured of a run, as theory expects them of one Gaussian in the space of the
/// measurement.
extension LoopMoments {
  /// Returns the squared Fréchet distances of all generations from the real law, as they are measured
  /// with finitely many samples; see ``expectedFrechetDistance(spectrum:_:_:real:generated:)``.
  ///
  /// To first order the distance is a sum of squared normal errors, with the weights
  /// `lᵢ + lᵢ/2` of the mean and the variance along each axis and `lᵢ lⱼ / (lᵢ + lⱼ)` of each pair,
  /// times the error. Its mean and variance over runs are those of A8 in one dimension.
  public func frechetDistances(
    spectrum: [Double], real: Int?, generated: Int?
  ) -> [PredictedValue] {
    let constant = frechetConstant(spectrum: spectrum)
    let plateau = 2 * spectrum.filter { $0 > 0 }.reduce(0, +)
    guard plateau > 0 else { return error.map { _ in PredictedValue(0) } }
    let degrees = 2 * constant * constant / frechetVarianceConstant(spectrum: spectrum)
    let floor = constant * (inverse(real) + inverse(generated))
    return error.map { error in
      PredictedValue(
        -plateau * expm1(-constant * error / plateau) + floor, chiSquareDegrees: degrees)
    }
  }

  /// Returns the squared distances of the generations' means from that of the held-out samples.
  public func meanDistances(
    spectrum: [Double], real: Int?, generated: Int?
  ) -> [PredictedValue] {
    let total = spectrum.reduce(0, +)
    let degrees = participationRatio(spectrum: spectrum) ?? 0
    return zip(drift, variance).map { drift, variance in
      PredictedValue(
        total * (drift + inverse(real) + variance * inverse(generated)), chiSquareDegrees: degrees)
    }
  }

  /// Returns the total variances of all generations' samples.
  ///
  /// The law's own variance is not known: the unbiased estimate of the first training set stands for
  /// it, so that the luck of that set is not read as a gap. The range is that of the difference, from
  /// the growth of `E (tr Σ)²` with the error (A18).
  ///
  /// - Parameters:
  ///   - anchor: The unbiased total variance of the first training set.
  ///   - spectrum: The eigenvalues of the real covariance.
  ///   - generated: The samples measured, or `nil` if the model's own moments are used.
  ///   - hasRange: Whether the first-order error is that of this loop: not under a bias.
  public func totalVariances(
    anchor: Double, spectrum: [Double], generated: Int?, hasRange: Bool = true
  ) -> [PredictedValue] {
    variance.indices.map { generation in
      let value = anchor * variance[generation]
      guard hasRange, let shape = SpectrumShape(spectrum) else { return PredictedValue(value) }
      let gap = max(0, error[generation] + error[0] - 2 * errorWithFirst[generation])
      let squared = shape.fitted(after: gap + inverse(generated)).squaredTrace
      return PredictedValue(value, logVariance: log(squared / shape.squaredTrace))
    }
  }

  /// Returns the participation ratios of the samples of all generations (A18, A22): exact in the limit
  /// of many small errors under `replace`, of first order elsewhere.
  ///
  /// - Parameters:
  ///   - spectrum: The eigenvalues of the covariance of real samples.
  ///   - real: The samples of which they are, which have spread them; `nil` if they are exact.
  ///   - generated: The samples measured, or `nil` if the model's own moments are used.
  /// - Returns: `nil` if the samples do not vary.
  public func participationRatios(
    spectrum: [Double], real: Int?, generated: Int?
  ) -> [PredictedValue]? {
    guard let observed = SpectrumShape(spectrum) else { return nil }
    let shape = real.map { observed.beforeSampling($0) } ?? observed
    return error.map { error in
      let fitted = shape.fitted(after: error)
      let measured = generated.map { fitted.sampled($0) } ?? fitted
      return PredictedValue(
        measured.participationRatio,
        logVariance: observed.logRatioVariance(
          error: error + inverse(generated) + inverse(real), spectrum: spectrum),
        within: 1...max(1, Double(spectrum.count { $0 > 0 })))
    }
  }

  /// Returns the heterozygosity `1 − Σ π²` of the weights of modes, as a share of the real one: weights
  /// drift as variance does (E1, E7, E8).
  public var heterozygosityShares: [PredictedValue] { variance.map { PredictedValue($0) } }

  private func inverse(_ count: Int?) -> Double { count.map { 1 / Double($0) } ?? 0 }
}

/// `(tr Σ)²` and `tr Σ²` of a covariance: all that errors of its estimate need to know of it (A18).
private struct SpectrumShape {
  var squaredTrace: Double
  var traceOfSquare: Double

  init?(_ spectrum: [Double]) {
    let trace = spectrum.reduce(0, +)
    squaredTrace = trace * trace
    traceOfSquare = spectrum.reduce(0) { $0 + $1 * $1 }
    guard traceOfSquare > 0 else { return nil }
  }

  var participationRatio: Double { squaredTrace / traceOfSquare }

  /// The expectations after errors that add up to a relative variance: the limit of many fits,
  /// `du/de = 2v`, `dv/de = u + v`.
  func fitted(after error: Double) -> SpectrumShape {
    let growing = (squaredTrace + 2 * traceOfSquare) / 3 * exp(2 * error)
    let falling = (traceOfSquare - squaredTrace) / 3 * exp(-error)
    var shape = self
    shape.squaredTrace = growing - 2 * falling
    shape.traceOfSquare = growing + falling
    return shape
  }

  /// The expectations of the unbiased covariance of so many samples.
  func sampled(_ count: Int) -> SpectrumShape {
    guard count > 1 else { return self }
    let m = Double(count - 1)
    var shape = self
    shape.squaredTrace = squaredTrace + 2 * traceOfSquare / m
    shape.traceOfSquare = squaredTrace / m + (1 + 1 / m) * traceOfSquare
    return shape
  }

  /// What ``sampled(_:)`` takes to this, as far as that is a covariance.
  func beforeSampling(_ count: Int) -> SpectrumShape {
    guard count > 2 else { return self }
    let m = Double(count - 1)
    let determinant = 1 + 1 / m - 2 / (m * m)
    var shape = self
    shape.squaredTrace = ((1 + 1 / m) * squaredTrace - 2 * traceOfSquare / m) / determinant
    // No spectrum of so many numbers is flatter than a flat one.
    shape.traceOfSquare = max(
      (traceOfSquare - squaredTrace / m) / determinant, 1e-6 * traceOfSquare)
    return shape
  }

  /// The variance of the logarithm of the ratio, of the first two orders in the error.
  func logRatioVariance(error: Double, spectrum: [Double]) -> Double {
    let trace = squaredTrace.squareRoot()
    let first = spectrum.reduce(0) { sum, value in
      let slope = 1 / trace - value / traceOfSquare
      return sum + value * value * slope * slope
    }
    let fourth = spectrum.reduce(0) { $0 + pow($1, 4) }
    return 8 * error * first
      + 4 * error * error * (1 + fourth / (traceOfSquare * traceOfSquare))
  }
}
