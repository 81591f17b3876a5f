/// Where a loop with real samples in every generation comes to rest: variance and drift of its model,
/// as shares of the real variance.
public struct SteadyState: Equatable, Sendable {
  /// The expected variance of the model.
  public let variance: Double

  /// The expected squared distance of the model's mean from the real mean.
  public var drift: Double { 1 - variance }

  /// `p N` new real samples and `q N` of the last model: `1/D` is lost, `D = N(1 − q²) + q` (D1).
  ///
  /// - Note: Independent of the first model, as Alemohammad et al. 2023 found.
  public static func freshData(real: Int, synthetic: Int) -> SteadyState {
    let total = Double(real + synthetic)
    let q = Double(synthetic) / total
    return SteadyState(variance: 1 - 1 / (total * (1 - q * q) + q))
  }

  /// A reservoir of real samples, of which some are drawn without replacement in each generation (D4).
  ///
  /// The drift about the reservoir's own mean is `(1 − 1/R₀) g/(1 − q² + q²/n_syn)`, with
  /// `g = (p²/n_real)(R₀ − n_real)/(R₀ − 1) + q²/n_syn`. A large reservoir is D1; one that is used as a
  /// whole is D3, whose variance is `(1 − 1/n_real)/(1 + a)`, `a = q/(n_real (1 + q))`.
  ///
  /// - Parameters:
  ///   - reservoir: The real samples kept, `R₀`, at least 2.
  ///   - real: Those drawn in each generation, at most `reservoir`.
  ///   - synthetic: The samples of the last model.
  public static func reservoir(_ reservoir: Int, real: Int, synthetic: Int) -> SteadyState {
    precondition(reservoir > 1 && real <= reservoir, "\(real) samples of \(reservoir)")
    let (size, nr, ns) = (Double(reservoir), Double(real), Double(synthetic))
    let (p, q) = (nr / (nr + ns), ns / (nr + ns))
    let g = (p * p / nr) * (size - nr) / (size - 1) + q * q / ns
    let kept = 1 - 1 / size
    return SteadyState(variance: kept * (1 - g / (1 - q * q + q * q / ns)))
  }
}

/// Returns the share of real samples at which a loop with fresh data loses the fraction `loss` of its
/// variance: the solution `p` of `1/D = loss`, about `(1 − loss)/(2 N loss)` (D9).
///
/// - Parameters:
///   - loss: The fraction of the variance that may be lost, between `1/N` and 1.
///   - total: The training samples `N` of each fit.
public func anchoringShare(loss: Double, total: Int) -> Double {
  let n = Double(total)
  precondition(loss * n > 1 && loss < 1, "a loss of \(loss) with \(total) samples")
  // N q² − q + 1/loss − N = 0.
  let q = (1 + (1 + 4 * n * (n - 1 / loss)).squareRoot()) / (2 * n)
  return 1 - q
}

/// Returns the squared error of the mean where the real estimate weighs `w` and the synthetic one
/// `1 − w`, `(w² + k(1 − w)²)/(w(2 − w))` in units of `σ²/n_real` (D7).
///
/// - Parameters:
///   - weight: The weight `w` of the real samples, above 0.
///   - real: The new real samples of a generation.
///   - synthetic: The samples of the last model, `k = real / synthetic`.
public func weightedMeanError(weight w: Double, real: Int, synthetic: Int) -> Double {
  let k = Double(real) / Double(synthetic)
  return (w * w + k * (1 - w) * (1 - w)) / (w * (2 - w))
}

/// Returns the error of the mean that a systematic error `b` of every draw leads to after some fits: a
/// share `q` of the training set has it (D8).
///
/// `b q (1 − qᵗ⁻¹)/(1 − q)`, which comes to rest at `b q/(1 − q)`; `b (t − 1)` under replace.
public func accumulatedShift(_ b: Double, syntheticShare q: Double, fits: Int) -> Double {
  var shift = 0.0
  for _ in 1..<max(1, fits) { shift = q * (shift + b) }
  return shift
}
