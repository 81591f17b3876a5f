/// Returns how many components of a mixture are alive: those whose weight exceeds a tenth of the equal
/// share, `π > 1 / (10 K)`.
///
/// A component below that is drawn less than once where an equal share is drawn ten times. It is a
/// measure of the model itself, not of samples.
///
/// - Parameter weights: The `K` mixture weights, non-negative, summing to 1.
public func livingComponents(weights: [Double]) -> Int {
  let threshold = 0.1 / Double(max(1, weights.count))
  return weights.count { $0 > threshold }
}
