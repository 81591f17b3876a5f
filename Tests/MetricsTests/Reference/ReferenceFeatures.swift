import LinearAlgebra
import Testing

/// Sets of features that any language makes bit for bit: every number comes from SplitMix64 and from
/// IEEE 754 `+ - * /` and square roots in a fixed order, and is rounded once to single precision.
enum ReferenceFeatures {
  /// The two sets of a case.
  struct Pair {
    let real: Matrix
    let generated: Matrix
  }

  static let cases: [String: @Sendable () -> Pair] = [
    // Correlated; the generated set is narrower and shifted.
    "gauss_shift": {
      Pair(normals(11, 2000, 64).coupled, (0.9 * normals(12, 2000, 64)).coupled + 0.125)
    },
    // Two draws of one law.
    "same_dist": { Pair(normals(21, 2000, 64).coupled, normals(22, 2000, 64).coupled) },
    // Ten modes, of which the generated set has lost three.
    "modes_dropped": {
      let centres = 2 * normals(30, 10, 192)
      let kept = [0, 0, 0, 1, 1, 2, 3, 4, 5, 6]
      let modes = (0..<5000).map { $0 % 10 }
      return Pair(
        centres.gathering(modes) + 0.75 * normals(31, 5000, 192),
        centres.gathering(modes.map { kept[$0] }) + 0.75 * normals(32, 5000, 192))
    },
    // Exactly of rank 40 in 512 dimensions, with the same loadings and with others.
    "low_rank": {
      Pair(
        lowRank(41, 1000, 512, rank: 40, loadings: 43),
        0.75 * lowRank(42, 1000, 512, rank: 40, loadings: 43))
    },
    "low_rank_other": {
      Pair(
        lowRank(44, 1000, 512, rank: 40, loadings: 46),
        lowRank(45, 1000, 512, rank: 40, loadings: 47))
    },
    // Fewer samples than features.
    "n_lt_d": { Pair(normals(51, 200, 512), 0.8 * normals(52, 200, 512) + 0.1) },
    "identical": { Pair(normals(61, 1000, 64).coupled, normals(61, 1000, 64).coupled) },
    // Like Student's t with three degrees of freedom.
    "heavy_tails": { Pair(heavyTailed(71, 2000, 64), 1.1 * heavyTailed(81, 2000, 64)) },
    "unequal": {
      Pair(normals(91, 3000, 96).coupled, (0.95 * normals(92, 700, 96)).coupled + 0.0625)
    },
    // Unit spread 10 000 from the origin.
    "offset": { Pair(normals(101, 1000, 64) + 10000, normals(102, 1000, 64) + 10000.25) },
    "tiny_scale": {
      Pair(
        0x1p-20 * normals(111, 1000, 64).coupled,
        0x1p-20 * (normals(112, 1000, 64).coupled + 0.125))
    },
    "unit_sphere": {
      let centre = (1.5 * normals(120, 1, 64)).gathering(Array(repeating: 0, count: 1000))
      return Pair(
        (centre + normals(121, 1000, 64)).withUnitRows,
        (centre + 0.5 * normals(122, 1000, 64)).withUnitRows)
    },
    // Columns that are constant in both sets or in one.
    "const_columns": {
      Pair(
        normals(131, 500, 32).coupled.settingColumn(5, 3).settingColumn(9, 0),
        normals(132, 500, 32).coupled.settingColumn(5, 3).settingColumn(9, 0)
          .settingColumn(7, 0.5))
    },
    // Every generated sample equals the first real one.
    "full_collapse": {
      let real = normals(141, 500, 32).coupled
      return Pair(real, real.gathering(Array(repeating: 0, count: 500)))
    },
    "both_constant": {
      Pair(
        Grid(rows: 64, columns: 8, repeating: 1), Grid(rows: 64, columns: 8, repeating: 1))
    },
    // Integers: copies and tied distances.
    "ties": {
      Pair(
        (normals(151, 1000, 6) + 0.5).map { $0.rounded(.down) },
        (0.9 * normals(152, 1000, 6) + 0.5).map { $0.rounded(.down) })
    },
    "one_nan": {
      Pair(
        normals(161, 500, 32).coupled, normals(162, 500, 32).coupled.setting(17, 3, .nan))
    },
    "one_inf": {
      Pair(
        normals(163, 500, 32).coupled, normals(164, 500, 32).coupled.setting(17, 3, .infinity))
    },
    "n1": { Pair(normals(171, 1, 16), normals(172, 1, 16)) },
    "n2": { Pair(normals(173, 2, 16), normals(174, 2, 16)) },
    "n6_k5": { Pair(normals(175, 6, 16), normals(176, 6, 16)) },
    "d1": { Pair(normals(181, 1000, 1), 0.9 * normals(182, 1000, 1) + 0.25) },
  ]

  /// The sets of the case with this name.
  static func pair(_ name: String) throws -> Pair {
    let make = try #require(cases[name])
    return make()
  }

  /// Training, test and generated samples; half of the generated ones are copies where `memorised`.
  static func triple(_ name: String) -> (train: Matrix, test: Matrix, generated: Matrix) {
    let train = normals(201, 1000, 64).coupled
    let test = normals(202, 1000, 64).coupled
    let generated =
      switch name {
      case "memorised":
        train.rows(0..<500).appending(normals(203, 1000, 64).coupled.rows(500..<1000))
      case "honest": normals(204, 1000, 64).coupled
      default: 2 * normals(205, 1000, 64).coupled
      }
    return (train.rounded, test.rounded, generated.rounded)
  }

  /// Generation `g0` (real) to `g6`, each 0.9 times as wide as the last, its mean drifting, a mode lost
  /// from `g4` on; or `n0` to `n4`, draws of the real law.
  static func generation(_ name: String) -> Matrix {
    let number = Int(name.dropFirst()) ?? 0
    if name.hasPrefix("n") { return normals(390 + UInt64(number), 1000, 48).coupled.rounded }
    guard number > 0 else { return normals(300, 1000, 48).coupled.rounded }
    var width = 1.0
    for _ in 0..<number { width *= 0.9 }
    var latent = normals(300 + UInt64(number), 1000, 48)
    if number >= 4 { latent = latent.mappingColumn(0) { -abs($0) } }
    return ((width * latent).coupled + Double(number) / 64).rounded
  }
}

extension ReferenceFeatures {
  /// Directions in `d` dimensions for sliced distances, unit vectors in double precision.
  static func directions(_ d: Int) -> Matrix {
    let grid = normals(7777, 256, d).withUnitRows
    return Matrix(rowCount: 256, columnCount: d, elements: grid.values)
  }
}

extension ReferenceFeatures.Pair {
  fileprivate init(_ real: Grid, _ generated: Grid) {
    self.init(real: real.rounded, generated: generated.rounded)
  }
}

/// The `count` outputs of SplitMix64 from the one numbered `start`.
private func splitMix64(_ seed: UInt64, _ count: Int, from start: Int = 0) -> [UInt64] {
  (start..<start + count).map { index in
    var word = seed &+ UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// Numbers of mean 0 and variance 1: the twelve 16-bit lanes of three draws, summed and centred.
private func normals(_ seed: UInt64, _ rows: Int, _ columns: Int) -> Grid {
  let words = splitMix64(seed, 3 * rows * columns)
  var grid = Grid(rows: rows, columns: columns, repeating: 0)
  for index in 0..<rows * columns {
    var sum = 0
    for word in words[3 * index..<3 * index + 3] {
      sum += Int(word & 0xFFFF) + Int(word >> 16 & 0xFFFF)
      sum += Int(word >> 32 & 0xFFFF) + Int(word >> 48)
    }
    grid.values[index] = Double(sum - 393_210) / 65536
  }
  return grid
}

private func heavyTailed(_ seed: UInt64, _ rows: Int, _ columns: Int) -> Grid {
  var squares = Grid(rows: rows, columns: columns, repeating: 0)
  for offset in 1...3 as ClosedRange<UInt64> {
    squares = squares + normals(seed + offset, rows, columns).map { $0 * $0 }
  }
  var grid = normals(seed, rows, columns)
  for index in grid.values.indices {
    grid.values[index] /= (squares.values[index] / 3).squareRoot()
  }
  return grid
}

private func lowRank(
  _ seed: UInt64, _ rows: Int, _ columns: Int, rank: Int, loadings seedOfLoadings: UInt64
) -> Grid {
  let latent = normals(seed, rows, rank).map { ($0 * 256).rounded(.down) / 256 }
  let loadings = splitMix64(seedOfLoadings, rank * columns).map { word in
    [-1.0, 1.0, 0.0, 0.0][Int(word & 3)]
  }
  var grid = Grid(rows: rows, columns: columns, repeating: 0)
  for row in 0..<rows {
    for factor in 0..<rank {
      let value = latent.values[row * rank + factor]
      for column in 0..<columns {
        grid.values[row * columns + column] += value * loadings[factor * columns + column]
      }
    }
  }
  return grid
}

/// A matrix under construction, with the few operations of the cases.
private struct Grid {
  let rows: Int
  let columns: Int
  var values: [Double]

  init(rows: Int, columns: Int, repeating value: Double) {
    self.rows = rows
    self.columns = columns
    values = Array(repeating: value, count: rows * columns)
  }

  /// The matrix as it is stored in a file of single-precision numbers.
  var rounded: Matrix {
    Matrix(rowCount: rows, columnCount: columns, floats: values.map { Float($0) })
  }

  /// `x₀ = v₀, xⱼ = vⱼ + xⱼ₋₁ / 2`, then column `j` times `8 / (8 + j)`.
  var coupled: Grid {
    var grid = self
    for start in stride(from: 0, to: values.count, by: columns) {
      for column in 1..<max(1, columns) {
        grid.values[start + column] += 0.5 * grid.values[start + column - 1]
      }
      for column in 0..<columns { grid.values[start + column] *= 8 / (8 + Double(column)) }
    }
    return grid
  }

  var withUnitRows: Grid {
    var grid = self
    for start in stride(from: 0, to: values.count, by: columns) {
      var sum = 0.0
      for index in start..<start + columns { sum += values[index] * values[index] }
      for index in start..<start + columns { grid.values[index] /= sum.squareRoot() }
    }
    return grid
  }

  func map(_ transform: (Double) -> Double) -> Grid {
    var grid = self
    grid.values = values.map(transform)
    return grid
  }

  func mappingColumn(_ column: Int, _ transform: (Double) -> Double) -> Grid {
    var grid = self
    for index in stride(from: column, to: values.count, by: columns) {
      grid.values[index] = transform(values[index])
    }
    return grid
  }

  func settingColumn(_ column: Int, _ value: Double) -> Grid {
    mappingColumn(column) { _ in value }
  }

  func setting(_ row: Int, _ column: Int, _ value: Double) -> Grid {
    var grid = self
    grid.values[row * columns + column] = value
    return grid
  }

  func gathering(_ indices: [Int]) -> Grid {
    var grid = Grid(rows: indices.count, columns: columns, repeating: 0)
    for (row, index) in indices.enumerated() {
      for column in 0..<columns {
        grid.values[row * columns + column] = values[index * columns + column]
      }
    }
    return grid
  }

  func rows(_ range: Range<Int>) -> Grid { gathering(Array(range)) }

  func appending(_ other: Grid) -> Grid {
    var grid = Grid(rows: rows + other.rows, columns: columns, repeating: 0)
    grid.values = values + other.values
    return grid
  }

  static func * (factor: Double, grid: Grid) -> Grid { grid.map { factor * $0 } }

  static func + (grid: Grid, offset: Double) -> Grid { grid.map { $0 + offset } }

  static func + (left: Grid, right: Grid) -> Grid {
    var grid = left
    for index in grid.values.indices { grid.values[index] += right.values[index] }
    return grid
  }
}
