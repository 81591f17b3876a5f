import Foundation
import Generators
import LinearAlgebra
import Randomness

/// Standard normal rows of shape `(n, d)`, a stream of their own for each replicate.
func normalRows(_ n: Int, _ d: Int, seed: UInt64, replicate: Int = 0) -> Matrix {
  var stream = RandomStream(seed: seed, purpose: "real data", generation: replicate)
  return Matrix(rowCount: n, columnCount: d, elements: stream.normals(n * d))
}

/// The models of a fully synthetic loop: the fit to `real`, then refits to `n` draws of the last model.
func replaceLoop(
  _ generator: any Generator, real: Matrix, generations: Int, seed: UInt64
) throws -> [any GenerativeModel] {
  var rows = real
  var models: [any GenerativeModel] = []
  for generation in 0..<generations {
    let model = try generator.fit(TrainingSet(rows: rows), previous: models.last)
    models.append(model)
    let latents = Latents(seed: seed, purpose: "draw", generation: generation)
    rows = try model.draw(0..<real.rowCount, latents: latents, sampling: Sampling()).rows
  }
  return models
}

/// The mean of numbers and its standard error.
func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
  return (mean, (variance / n).squareRoot())
}

/// The digamma function, by recurrence to 10 and then its asymptotic series.
func digamma(_ x: Double) -> Double {
  guard x < 10 else {
    let y = 1 / (x * x)
    return log(x) - 0.5 / x - y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y / 240)))
  }
  return digamma(x + 1) - 1 / x
}

/// The covariance of rows, divided by their number.
func covariance(_ rows: Matrix) -> Matrix {
  let gram = rows.subtractingFromRows(rows.columnMeans()).gram()
  return Matrix(
    rowCount: gram.rowCount, columnCount: gram.columnCount,
    elements: gram.elements.map { $0 / Double(rows.rowCount) })
}

/// The largest difference of two lists of numbers.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

/// Whether no number is NaN or infinite.
func areFinite(_ numbers: [Double]) -> Bool { numbers.allSatisfy(\.isFinite) }
