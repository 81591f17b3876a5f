import LinearAlgebra

/// Pairs of sets at the edges of what can be measured.
enum DegenerateFamilies {
  static let all: [String: @Sendable () throws -> (Matrix, Matrix)] = [
    "two laws, unequal sizes": {
      (normalSamples(44, 5, seed: 1), shifted(normalSamples(37, 5, seed: 2, scale: 0.8), by: 0.25))
    },
    "singular covariances, one span": {
      let loadings = normalSamples(3, 9, seed: 3)
      return (
        normalSamples(40, 3, seed: 4).times(loadings),
        normalSamples(36, 3, seed: 5, scale: 0.7).times(loadings)
      )
    },
    "singular covariances, different spans": {
      (
        normalSamples(40, 3, seed: 6).times(normalSamples(3, 9, seed: 7)),
        normalSamples(40, 2, seed: 8).times(normalSamples(2, 9, seed: 9))
      )
    },
    "a singular beside a regular covariance": {
      (
        normalSamples(40, 6, seed: 10),
        normalSamples(40, 2, seed: 11).times(normalSamples(2, 6, seed: 12))
      )
    },
    "fewer samples than features": {
      (normalSamples(24, 50, seed: 13), shifted(normalSamples(22, 50, seed: 14), by: 0.1))
    },
    "one row far from all others": {
      (
        normalSamples(40, 5, seed: 61).appendingRows(
          of: Matrix(rows: [[1e6, -2e6, 1e6, 3e6, -1e6]])),
        normalSamples(36, 5, seed: 62, scale: 0.8)
      )
    },
    "an offset of 10 000": {
      (
        rounded(shifted(normalSamples(40, 5, seed: 15), by: 1e4)),
        rounded(shifted(normalSamples(40, 5, seed: 16), by: 10000.25))
      )
    },
    "a scale of 2^-20": {
      (
        normalSamples(40, 5, seed: 17, scale: 0x1p-20),
        normalSamples(40, 5, seed: 18, scale: 0x1.8p-21)
      )
    },
    "unit spheres": {
      (
        shifted(normalSamples(40, 6, seed: 19), by: 1.5).directRowsOfUnitNorm,
        shifted(normalSamples(40, 6, seed: 20, scale: 0.5), by: 1.5).directRowsOfUnitNorm
      )
    },
    "columns without variance": {
      func constant(_ samples: Matrix, _ columns: [Int: Double]) -> Matrix {
        var samples = samples
        for (column, value) in columns {
          for row in 0..<samples.rowCount { samples[row, column] = value }
        }
        return samples
      }
      return (
        constant(normalSamples(40, 6, seed: 21), [1: 3, 4: 0]),
        constant(normalSamples(40, 6, seed: 22), [1: 3, 4: 0, 2: 0.5])
      )
    },
    "a collapse to one real sample": {
      let real = normalSamples(40, 4, seed: 23)
      return (real, real.gatheringRows(Array(repeating: 0, count: 40)))
    },
    "real samples that are all the same": {
      let generated = normalSamples(40, 4, seed: 24)
      return (generated.gatheringRows(Array(repeating: 0, count: 40)), generated)
    },
    "both sets constant and equal": {
      (
        Matrix(rowCount: 30, columnCount: 4, repeating: 1),
        Matrix(rowCount: 30, columnCount: 4, repeating: 1)
      )
    },
    "both sets constant and different": {
      (
        Matrix(rowCount: 30, columnCount: 4, repeating: 1),
        Matrix(rowCount: 26, columnCount: 4, repeating: 3)
      )
    },
    "all zeros beside something": {
      (normalSamples(30, 4, seed: 25), Matrix(rowCount: 30, columnCount: 4, repeating: 0))
    },
    "identical sets": { (normalSamples(40, 4, seed: 26), normalSamples(40, 4, seed: 26)) },
    "copies and ties": { (latticeSamples(40, 3, seed: 27), latticeSamples(38, 3, seed: 28)) },
    "two samples a side": { (normalSamples(2, 6, seed: 29), normalSamples(2, 6, seed: 30)) },
    "fewer samples on one side than neighbours": {
      (normalSamples(40, 4, seed: 35), normalSamples(4, 4, seed: 36))
    },
    "six samples and five neighbours": {
      (normalSamples(6, 6, seed: 31), normalSamples(6, 6, seed: 32))
    },
    "one dimension": { (normalSamples(40, 1, seed: 33), normalSamples(40, 1, seed: 34)) },
  ]

  private static func shifted(_ samples: Matrix, by offset: Double) -> Matrix {
    samples.subtractingFromRows(Array(repeating: -offset, count: samples.columnCount))
  }

  private static func rounded(_ samples: Matrix) -> Matrix {
    Matrix(
      rowCount: samples.rowCount, columnCount: samples.columnCount,
      floats: samples.elements.map { Float($0) })
  }
}
