import LinearAlgebra
import Randomness

/// The delete-a-group jackknife: the error bar of any statistic of samples, from its values with one
/// block of the samples left out.
///
/// Rows are dealt to the blocks in a fixed random order: files sorted by class would otherwise make
/// every block a class, and the error bar a distance between classes. Where two sets are compared,
/// block `b` of both is left out together; the sets being independent, the variances add.
///
/// - Note: Shao and Wu, Annals of Statistics 17 (1989) 1176–1197.
struct Jackknife {
  /// The number of blocks of every set.
  static let blockCount = 10

  /// The fewest samples of a set with an error bar.
  ///
  /// Of five normal samples the first-order error of a variance is 0.7 of what it should be and of three
  /// half, of two it is 0 whatever these are; that of a distance is itself known to a factor of two from five.
  static let fewestSamples = 6

  /// The order in which the rows enter the blocks.
  let order: [Int]

  /// The rows of each block, as places in ``order``.
  let blocks: [Range<Int>]

  /// Deals rows to blocks: ten, or one for every row of the smallest set.
  ///
  /// - Returns: `nil` for fewer than ``fewestSamples`` in a set.
  init?(rowCount: Int, smallestSet: Int) {
    guard smallestSet >= Self.fewestSamples else { return nil }
    let count = min(Self.blockCount, smallestSet)
    var stream = RandomStream(seed: 0, purpose: "jackknife")
    order = stream.permutation(rowCount)
    blocks = (0..<count).map { $0 * rowCount / count..<($0 + 1) * rowCount / count }
  }

  /// The standard error of a statistic, from its values with one block left out.
  static func standardError(leavingOut values: [Double]) -> Double {
    let count = Double(values.count)
    return rootSumOfSquaredDeviations(values) * ((count - 1) / count).squareRoot()
  }
}

/// The standard error of the mean of independent numbers; `nil` for fewer than ``Jackknife/fewestSamples``.
func standardErrorOfMean(_ values: [Double]) -> Double? {
  guard values.count >= Jackknife.fewestSamples else { return nil }
  let count = Double(values.count)
  return rootSumOfSquaredDeviations(values) / ((count - 1) * count).squareRoot()
}

private func rootSumOfSquaredDeviations(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  let largest = values.reduce(0) { max($0, abs($1 - mean)) }
  guard largest > 0 else { return 0 }
  // Relative to the largest, whose square alone could overflow.
  let squares = values.reduce(0) { $0 + ($1 - mean) / largest * (($1 - mean) / largest) }
  return largest * squares.squareRoot()
}
