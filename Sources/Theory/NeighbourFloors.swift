/// Returns the coverage expected between two sets of samples of one law,
/// `1 − Π_{i=1..k} (N − i)/(N + M − i)`, about `1 − 2^−k` for sets of equal size (H3).
///
/// - Parameters:
///   - real: The number `N` of real samples, more than `neighbours`.
///   - generated: The number `M` of generated samples.
///   - neighbours: The number `k` of neighbours.
public func expectedCoverage(real: Int, generated: Int, neighbours: Int) -> Double {
  precondition(real > neighbours, "\(real) samples have no \(neighbours) neighbours each")
  return 1
    - (1...neighbours).reduce(1.0) { product, i in
      product * Double(real - i) / Double(real + generated - i)
    }
}
