import LinearAlgebra
import Randomness

/// Independent standard normal samples, `(n, d)`.
func normalSamples(_ n: Int, _ d: Int, seed: Int, scale: Double = 1) -> Matrix {
  var stream = RandomStream(seed: UInt64(seed), purpose: "metrics-test")
  return Matrix(
    rowCount: n, columnCount: d, elements: stream.normals(n * d).map { scale * $0 })
}

/// Samples with small integer coordinates: many copies and ties.
func latticeSamples(_ n: Int, _ d: Int, seed: Int) -> Matrix {
  var stream = RandomStream(seed: UInt64(seed), purpose: "metrics-test")
  return Matrix(
    rowCount: n, columnCount: d,
    elements: (0..<n * d).map { _ in Double(stream.integer(below: 4)) })
}

/// Samples of three clusters far narrower than their distances, each a thousand roundings wide.
func clusteredSamples(_ n: Int, seed: Int) -> Matrix {
  var samples = normalSamples(n, 4, seed: seed, scale: 1e-9)
  for row in 0..<n { samples[row, row % 3] += 1 }
  return samples
}

/// A random rotation of `d` dimensions.
func rotation(_ d: Int, seed: Int) throws -> Matrix {
  try normalSamples(d, d, seed: seed).orthonormalColumns()
}

/// Runs `body` with one thread and with three, and returns both results.
func withOneAndThreeThreads<Result>(_ body: () throws -> Result) rethrows -> (Result, Result) {
  let threads = Parallelism.threads
  defer { Parallelism.threads = threads }
  Parallelism.threads = 1
  let alone = try body()
  Parallelism.threads = 3
  return (alone, try body())
}

/// Mean and standard deviation.
func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (squares / (n - 1)).squareRoot())
}
