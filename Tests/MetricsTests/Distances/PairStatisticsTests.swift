import Foundation
import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Statistics over all pairs")
struct PairStatisticsTests {
  /// Sizes on both sides of the borders of tiles.
  private static let sizes = [(2, 2), (3, 11), (255, 257), (256, 512), (300, 70)]

  @Test("Tiles give what the definitions give", arguments: sizes)
  func blockedIsDirect(n: Int, m: Int) throws {
    let d = 7
    let real = normalSamples(n, d, seed: n)
    let generated = normalSamples(m, d, seed: 1000 + m, scale: 0.8)
    let kernel = DirectMetrics.discrepancy(real, generated) { a, b in
      let base = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / Double(d) + 1
      return base * base * base
    }
    #expect(abs(try kernelDistance(real: real, generated: generated).value - kernel) < 1e-11)
    let energy = -DirectMetrics.discrepancy(real, generated) {
      DirectMetrics.square($0, $1).squareRoot()
    }
    #expect(abs(try energyDistance(real: real, generated: generated).u - energy) < 1e-12)
    let gaussian = DirectMetrics.discrepancy(real, generated) {
      exp(-DirectMetrics.square($0, $1) / (2 * 1.5 * 1.5))
    }
    let mmd = try rbfMMD(real: real, generated: generated, sigma: 1.5).value
    #expect(abs(mmd - gaussian) < 1e-13)
  }

  /// Sets of so many samples and features that products in single precision may do.
  enum ManyPairs: CaseIterable {
    /// Whose rounding errors average.
    case oneCloud

    /// The same a million of its own sizes from the origin.
    case farCloud

    /// Which have rounding errors in common, with an offset far larger than what is left of it.
    case clusters

    /// A collapsed set, whose products are all rounded alike.
    case copies

    /// What was added to every feature.
    var offset: Double { self == .farCloud ? 1e6 : 0 }

    func sets(_ n: Int, _ d: Int) -> (Matrix, Matrix) {
      func clustered(_ seed: Int, scale: Double) -> Matrix {
        var samples = normalSamples(n, d, seed: seed, scale: scale)
        for row in 0..<n {
          for column in 0..<40 { samples[row, 13 * (row % 7) + column] += 3.7 }
          for column in 0..<d { samples[row, column] += 2.1 }
        }
        return samples
      }
      return switch self {
      case .oneCloud, .farCloud:
        (
          normalSamples(n, d, seed: 53).adding(offset),
          normalSamples(n, d, seed: 54, scale: 0.9).adding(offset)
        )
      case .clusters: (clustered(51, scale: 1), clustered(52, scale: 0.9))
      case .copies:
        (
          normalSamples(n, d, seed: 55),
          normalSamples(5, d, seed: 56).gatheringRows((0..<n).map { $0 % 5 })
        )
      }
    }
  }

  @Test(
    "Over very many pairs ten digits of the kernel distance are left, in single precision or double",
    arguments: ManyPairs.allCases)
  func manyPairs(of kind: ManyPairs) throws {
    let isCloud = kind == .oneCloud || kind == .farCloud
    let (n, d) = (4100, isCloud ? 700 : 520)
    let (real, generated) = kind.sets(n, d)
    let centre = real.middle
    // Else the rounding of the library's own products decides, which differs between processors.
    if kind == .oneCloud || kind == .copies {
      #expect(CentredProducts.suffice(generated, generated, about: centre) == (kind == .oneCloud))
    }
    // Of x = o + a and y = o + b, k(x, y) - k(x, o) - k(o, y) + k(o, o) has the same sums.
    let offset = kind.offset
    let base = offset * offset + 1
    var largest = 0.0
    func sum(_ first: Matrix, _ second: Matrix, different: Bool) -> Double {
      let (a, b) = (first.adding(-offset), second.adding(-offset))
      func shifts(_ set: Matrix) -> [Double] {
        (0..<n).map { set.rows($0..<$0 + 1).elements.reduce(0, +) * offset / Double(d) }
      }
      let (u, v) = (shifts(a), shifts(b))
      var total = 0.0
      for rows in Parallelism.blocks(of: n, size: 512) {
        let products = a.rows(rows).times(transposeOf: b)
        for (position, row) in rows.enumerated() {
          var rowSum = 0.0
          for column in 0..<n {
            let w = products[position, column] / Double(d)
            let q = base + u[row] + v[column]
            let kernel =
              w * (3 * q * q + 3 * q * w + w * w) + 3 * u[row] * v[column] * (q + base)
            if !different || column != row { rowSum += kernel }
            largest = max(largest, abs(kernel))
          }
          total += rowSum
        }
      }
      return total
    }
    let pairs = Double(n) * Double(n - 1)
    let expected =
      sum(real, real, different: true) / pairs + sum(generated, generated, different: true) / pairs
      - 2 * sum(real, generated, different: false) / (Double(n) * Double(n))
    let value = try kernelDistance(real: real, generated: generated).value
    let error = abs(value - expected) / largest
    #expect(error < 5e-11, "\(kind): \(error)")
  }

  @Test("The V and U forms of the energy distance differ by the diagonals")
  func forms() throws {
    let real = normalSamples(40, 3, seed: 1)
    let generated = normalSamples(30, 3, seed: 2)
    func meanDistance(_ samples: Matrix) -> Double {
      let squares = DirectMetrics.squares(samples, samples).flatMap { $0 }
      return squares.reduce(0) { $0 + $1.squareRoot() } / Double(squares.count)
    }
    let energy = try energyDistance(real: real, generated: generated)
    let gap = meanDistance(real) / 39 + meanDistance(generated) / 29
    #expect(abs(energy.v - energy.u - gap) < 1e-13)
  }

  @Test(
    "Distances do not change under rotation and translation; the cubic kernel does under the latter"
  )
  func invariance() throws {
    let real = normalSamples(120, 5, seed: 3)
    let generated = normalSamples(100, 5, seed: 4, scale: 1.2)
    let turn = try rotation(5, seed: 5)
    func moved(_ samples: Matrix, by offset: Double) -> Matrix {
      samples.times(turn).subtractingFromRows(Array(repeating: offset, count: 5))
    }
    for offset in [0.0, 1e4] {
      let first = moved(real, by: offset)
      let second = moved(generated, by: offset)
      let energy = try energyDistance(real: first, generated: second)
      let expected = try energyDistance(real: real, generated: generated)
      #expect(abs(energy.u - expected.u) < 1e-10)
      let mmd = try rbfMMD(real: first, generated: second, sigma: 2)
      #expect(
        abs(mmd.value - (try rbfMMD(real: real, generated: generated, sigma: 2).value)) < 1e-10)
      #expect(abs(try medianDistance(of: first) - medianDistance(of: real)) < 1e-9)
    }
    let kernel = try kernelDistance(real: real, generated: generated).value
    let turned = try kernelDistance(
      real: moved(real, by: 0), generated: moved(generated, by: 0)
    ).value
    #expect(abs(turned - kernel) < 1e-12)
    let translated = try kernelDistance(
      real: moved(real, by: 1), generated: moved(generated, by: 1)
    ).value
    #expect(abs(translated - kernel) > 0.01)
  }

  @Test("They are symmetric in the two sets")
  func symmetry() throws {
    let real = normalSamples(300, 4, seed: 6)
    let generated = normalSamples(280, 4, seed: 7, scale: 0.9)
    let energy = try energyDistance(real: real, generated: generated)
    let reverse = try energyDistance(real: generated, generated: real)
    #expect(abs(energy.v - reverse.v) < 1e-13)
    let kernel = try kernelDistance(real: real, generated: generated).value
    #expect(abs(try kernelDistance(real: generated, generated: real).value - kernel) < 1e-12)
  }

  @Test("Identical sets are 0 apart in the V form, also when all samples are one")
  func identical() throws {
    for samples in [
      normalSamples(300, 6, seed: 8), latticeSamples(300, 2, seed: 9),
      Matrix(rowCount: 300, columnCount: 3, repeating: 0.1),
    ] {
      #expect(try energyDistance(real: samples, generated: samples).v == 0)
    }
    let constant = Matrix(rowCount: 300, columnCount: 3, repeating: 0.1)
    #expect(try energyDistance(real: constant, generated: constant).u == 0)
    #expect(try medianDistance(of: constant) == 0)
  }

  @Test("A collapsed set far from its mean's rounding keeps every digit")
  func collapsed() throws {
    // 1000 + 2⁻³⁰ i: distances of 1e-9 beside norms of 1e6.
    let tiny = Matrix(
      rowCount: 300, columnCount: 1, elements: (0..<300).map { 1000 + 0x1p-30 * Double($0 % 5) })
    let spread = normalSamples(200, 1, seed: 10)
    let expected = -DirectMetrics.discrepancy(spread, tiny) {
      DirectMetrics.square($0, $1).squareRoot()
    }
    let energy = try energyDistance(real: spread, generated: tiny)
    #expect(abs(energy.u - expected) < 1e-9)
    #expect(try medianDistance(of: tiny) == 0x1p-30)
  }

  @Test("The median is that of the sorted distances, for odd and even numbers of pairs")
  func median() throws {
    for count in [2, 3, 4, 257, 300, 516] {
      let samples = normalSamples(count, 3, seed: count)
      var distances: [Double] = []
      for (row, squares) in DirectMetrics.squares(samples, samples).enumerated() {
        distances += squares[..<row].map { $0.squareRoot() }
      }
      distances.sort()
      let middle = distances.count / 2
      let expected =
        distances.count % 2 == 1
        ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2
      #expect(abs(try medianDistance(of: samples) - expected) < 1e-12 * expected)
    }
  }

  @Test("Between sets of one law the unbiased forms are 0 on average, within their errors")
  func unbiased() throws {
    let replicates = 60
    var scores: [[Double]] = [[], [], []]
    for replicate in 0..<replicates {
      let real = normalSamples(60, 4, seed: 5000 + replicate)
      let generated = normalSamples(50, 4, seed: 6000 + replicate)
      let kernel = try kernelDistance(real: real, generated: generated)
      let energy = try energyDistance(real: real, generated: generated)
      let mmd = try rbfMMD(real: real, generated: generated, sigma: 2)
      for (index, value) in [kernel.value, energy.u, mmd.value].enumerated() {
        scores[index].append(value)
      }
    }
    for values in scores {
      let (mean, deviation) = moments(values)
      #expect(abs(mean) < 4 * deviation / Double(replicates).squareRoot())
    }
  }

  @Test("The jackknife errors are the deviations over fresh draws")
  func standardErrors() throws {
    let replicates = 80
    var values: [[Double]] = [[], [], []]
    var errors: [[Double]] = [[], [], []]
    for replicate in 0..<replicates {
      let real = normalSamples(200, 3, seed: 7000 + replicate)
      let generated = normalSamples(150, 3, seed: 8000 + replicate, scale: 0.5)
      let kernel = try kernelDistance(real: real, generated: generated)
      let energy = try energyDistance(real: real, generated: generated)
      let mmd = try rbfMMD(real: real, generated: generated, sigma: 2)
      for (index, (value, error)) in [
        (kernel.value, kernel.standardError), (energy.u, energy.standardError),
        (mmd.value, mmd.standardError),
      ].enumerated() {
        values[index].append(value)
        errors[index].append(try #require(error))
      }
    }
    for index in values.indices {
      let ratio = moments(errors[index]).mean / moments(values[index]).deviation
      #expect(abs(ratio - 1) < 0.35, "\(index): \(ratio)")
    }
  }

  @Test("Rows sorted by class do not widen the error bars")
  func sortedRows() throws {
    let samples = normalSamples(400, 2, seed: 11)
    let byFirst = (0..<400).sorted { samples[$0, 0] < samples[$1, 0] }
    let sorted = samples.gatheringRows(byFirst)
    let generated = normalSamples(400, 2, seed: 12, scale: 0.7)
    let first = try #require(try energyDistance(real: samples, generated: generated).standardError)
    let second = try #require(try energyDistance(real: sorted, generated: generated).standardError)
    #expect(second < 2 * first)
    #expect(first < 2 * second)
  }

  @Test("Threads do not change a bit")
  func threads() throws {
    let real = normalSamples(700, 5, seed: 13)
    let generated = normalSamples(600, 5, seed: 14)
    let (alone, together) = try withOneAndThreeThreads {
      (
        try kernelDistance(real: real, generated: generated),
        try energyDistance(real: real, generated: generated),
        try rbfMMD(real: real, generated: generated, sigma: 2),
        try medianDistance(of: real)
      )
    }
    #expect(alone == together)
  }
}

extension Matrix {
  fileprivate func adding(_ offset: Double) -> Matrix {
    subtractingFromRows([Double](repeating: -offset, count: columnCount))
  }
}
