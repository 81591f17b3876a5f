/// The mean of independent numbers and how certain it is.
public struct Average: Equatable, Sendable {
  /// The mean.
  public let mean: Double

  /// The deviation of the numbers over the root of their count.
  public let standardError: Double

  /// How many there are.
  public let count: Int

  /// The average of at least 2 numbers.
  init(_ values: [Double]) {
    precondition(values.count > 1, "\(values.count) chains have no standard error")
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardError = (squares / (n - 1) / n).squareRoot()
    count = values.count
  }
}
