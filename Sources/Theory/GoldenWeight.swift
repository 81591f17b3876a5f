/// Returns the weight on the real samples that makes the fresh data loop least wrong,
/// `w* = (√(k² + 4k) − k)/2`, the golden ratio 0.618 for `k = 1` (D7).
///
/// At this weight the variance of the mean is `σ² w*/n`; equal weights on all samples give
/// `(1 + k)/(2 + k)` in place of `w*`.
///
/// - Parameters:
///   - real: The new real samples of a generation.
///   - synthetic: The samples of the last model, `k = real / synthetic`.
/// - Returns: A weight between 0 and 1; the synthetic samples have the rest.
public func goldenWeight(real: Int, synthetic: Int) -> Double {
  precondition(real > 0 && synthetic > 0, "\(real) real and \(synthetic) synthetic samples")
  let k = Double(real) / Double(synthetic)
  return ((k * k + 4 * k).squareRoot() - k) / 2
}
