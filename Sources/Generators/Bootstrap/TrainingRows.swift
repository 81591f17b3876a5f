import LinearAlgebra
import Randomness
import Samples

/// Training samples that a model keeps as they are, and how often each of them is drawn.
struct TrainingRows: Equatable, Sendable {
  /// All training samples, of shape `(n, D)`; those of weight 0 keep their places, so that the number of
  /// a row says which sample it was.
  let rows: Matrix

  /// What each row counts, of shape `(n)`; `nil` where all count alike.
  let weights: [Double]?

  /// The rows of positive weight.
  private let drawn: [Int]

  /// The sums of their weights up to each of them; `nil` where all are the same.
  private let sums: [Double]?

  init(rows: Matrix, weights: [Double]?) {
    precondition(weights == nil || weights?.count == rows.rowCount, "not one weight a row")
    self.rows = rows
    self.weights = weights
    let drawn = (0..<rows.rowCount).filter { weights?[$0] != 0 }
    self.drawn = drawn
    guard let weights, let first = drawn.first,
      drawn.contains(where: { weights[$0] != weights[first] })
    else {
      sums = nil
      return
    }
    var sum = 0.0
    sums = drawn.map { row in
      sum += weights[row]
      return sum
    }
  }

  /// Keeps a training set.
  ///
  /// - Throws: ``GeneratorError`` if there is no row, or none of positive weight, or one is not finite.
  init(_ training: TrainingSet, generator: String) throws(GeneratorError) {
    try training.require(1, for: generator)
    let rows = training.rows.matrix()
    try GeneratorError.converting(generator) { () throws(LinearAlgebraError) in
      try rows.requireFinite()
    }
    self.init(rows: rows, weights: try training.checkedWeights())
  }

  /// The probability of each row.
  var shares: [Double] {
    guard let weights else {
      return Array(repeating: 1 / Double(rows.rowCount), count: rows.rowCount)
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// The number of equal rows that would say as much, `(Σw)²/Σw²`.
  var effectiveCount: Double {
    guard let weights else { return Double(rows.rowCount) }
    let total = weights.reduce(0, +)
    return total * total / weights.reduce(0) { $0 + $1 * $1 }
  }

  /// The mean of the law.
  var mean: [Double] { rows.columnMeans(weights: weights) }

  /// The trace of the covariance of the law.
  var totalVariance: Double {
    let squares = rows.subtractingFromRows(mean).squaredRowNorms()
    guard weights != nil else { return squares.reduce(0, +) / Double(rows.rowCount) }
    return zip(squares, shares).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The row of each sample.
  ///
  /// Rows of weight 0 are never drawn and change nothing about which of the others is.
  func numbers(of samples: Range<Int>, latents: Latents) -> [Int] {
    samples.map { sample in
      var stream = latents.stream("component", sample: sample)
      guard let sums, let total = sums.last else {
        return drawn[stream.integer(below: drawn.count)]
      }
      let place = stream.uniform() * total
      var (low, high) = (0, drawn.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > place { high = middle } else { low = middle + 1 }
      }
      return drawn[low]
    }
  }

  /// The rows and, where they do not count alike, their weights.
  var tensors: [Tensor] {
    let samples = Tensor(
      name: "samples", shape: [rows.rowCount, rows.columnCount], values: .float64(rows.elements))
    guard let weights else { return [samples] }
    return [samples, Tensor(name: "weights", shape: [weights.count], values: .float64(weights))]
  }

  /// Reads what ``tensors`` wrote.
  init(restoring table: TensorTable) throws(GeneratorError) {
    let shape = try table.shape("samples", axes: 2)
    let weights =
      table.contains("weights") ? try table.values("weights", count: shape[0]) : nil
    guard shape[0] > 0, weights?.contains(where: { $0 > 0 }) != false,
      weights?.allSatisfy({ $0.isFinite && $0 >= 0 }) != false
    else { throw .unusableModel(reason: "no training sample in it can be drawn") }
    self.init(rows: try table.matrix("samples", columns: shape[1]), weights: weights)
  }
}
