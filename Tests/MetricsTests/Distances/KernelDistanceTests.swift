import LinearAlgebra
import Randomness
import Testing

@testable import Metrics

@Suite("The kernel distance far from the origin")
struct KernelDistanceTests {
  /// Sets of whole numbers about an offset, of either sign in every other feature.
  private struct WholeSets {
    let real: [[Int]]
    let generated: [[Int]]

    init(_ n: Int, _ m: Int, d: Int, offset: Int, shift: Int = 0) {
      var stream = RandomStream(seed: 3, purpose: "metrics-test")
      func rows(_ count: Int, _ spread: Int, shift: Int) -> [[Int]] {
        (0..<count).map { _ in
          (0..<d).map { (offset + shift) * (1 - 2 * ($0 % 2)) + stream.integer(below: spread) }
        }
      }
      real = rows(n, 9, shift: 0)
      generated = rows(m, 6, shift: shift)
    }

    var matrices: (real: Matrix, generated: Matrix) {
      (
        Matrix(rows: real.map { $0.map(Double.init) }),
        Matrix(rows: generated.map { $0.map(Double.init) })
      )
    }
  }

  /// The definition in whole numbers: the sum over pairs of `(x·y + d)³`, in units of `1/d³`.
  private func sum(_ first: [[Int]], _ second: [[Int]], different: Bool) -> ExactInteger {
    var sum = ExactInteger(0)
    for (row, x) in first.enumerated() {
      for (column, y) in second.enumerated() where !different || row != column {
        var base = ExactInteger(x.count)
        for (a, b) in zip(x, y) { base += ExactInteger(a) * ExactInteger(b) }
        sum += base * base * base
      }
    }
    return sum
  }

  private func exact(_ real: [[Int]], _ generated: [[Int]], isBiased: Bool = false) -> Double {
    let (n, m, d) = (real.count, generated.count, real[0].count)
    let counts = [
      n * (isBiased ? n : n - 1), m * (isBiased ? m : m - 1), n * m,
    ].map(ExactInteger.init)
    let numerator =
      sum(real, real, different: !isBiased) * counts[1] * counts[2]
      + sum(generated, generated, different: !isBiased) * counts[0] * counts[2]
      + -(ExactInteger(2) * sum(real, generated, different: false) * counts[0] * counts[1])
    return numerator.value / (counts[0] * counts[1] * counts[2]).value / Double(d * d * d)
  }

  private func requireClose(
    _ found: Double, _ expected: Double, relative: Double = 1e-10, _ place: String
  ) {
    let error = abs(found - expected) / abs(expected)
    #expect(error <= relative, "\(place): \(found), not \(expected): \(error)")
  }

  private static let offsets = [0, 1, 10_000, 1_000_000, 100_000_000, 1_000_000_000_000]

  @Test("Both forms and the error keep ten digits", arguments: offsets)
  func offset(_ offset: Int) throws {
    // The generated set also far from the real one, beside the spread of both.
    for shift in [0, 1, 1000] {
      let sets = WholeSets(7, 6, d: 8, offset: offset, shift: shift)
      let (real, generated) = sets.matrices
      let found = try kernelDistance(real: real, generated: generated)
      requireClose(found.value, exact(sets.real, sets.generated), "U, \(shift)")
      requireClose(
        try biasedKernelDistance(real: real, generated: generated),
        exact(sets.real, sets.generated, isBiased: true), "V, \(shift)")
      let dealt = try [7, 6].map { try #require(Jackknife(rowCount: $0, smallestSet: 6)) }
      func leavingOut(_ block: Int, of rows: [[Int]], _ deal: Jackknife) -> [[Int]] {
        let out = deal.order[deal.blocks[block]]
        return rows.indices.filter { !out.contains($0) }.map { rows[$0] }
      }
      let without = (0..<6).map {
        exact(leavingOut($0, of: sets.real, dealt[0]), leavingOut($0, of: sets.generated, dealt[1]))
      }
      requireClose(
        try #require(found.standardError), Jackknife.standardError(leavingOut: without),
        relative: 1e-9, "error, \(shift)")
    }
  }

  @Test("So do subsets, few and many, and what measures all metrics at once", arguments: offsets)
  func otherWays(_ offset: Int) throws {
    let sets = WholeSets(12, 11, d: 8, offset: offset)
    let (real, generated) = sets.matrices
    for count in [1, 200] {
      let subsets = randomSubsets(real: 12, generated: 11, size: 9, count: count, seed: 1)
      let expected = subsets.map { subset in
        exact(subset.real.map { sets.real[$0] }, subset.generated.map { sets.generated[$0] })
      }
      requireClose(
        try kernelDistance(real: real, generated: generated, subsets: subsets).mean,
        expected.reduce(0, +) / Double(count), "\(count) subsets")
    }
    let metrics: [MeasuredMetric] = [.kernelDistance, .kernelDistanceBiased, .energyDistance]
    var settings = MeasureSettings(metrics: Set(metrics))
    settings.splits = 0
    let values = try MeasuredReference(
      real: RowSource(real), space: "vector", spaceFingerprint: "", settings: settings
    ).measure(RowSource(generated))
    for (metric, isBiased) in [
      (MeasuredMetric.kernelDistance, false), (.kernelDistanceBiased, true),
    ] {
      let value = try #require(values.first { $0.metric == metric }?.estimate?.value)
      requireClose(
        value, exact(sets.real, sets.generated, isBiased: isBiased), metric.rawValue)
    }
  }

  @Test("The V form of a set and itself is 0 beside its two terms, and never below")
  func oneSet() throws {
    for offset in [0, 1e4, 1e8, 1e12] {
      let samples = normalSamples(300, 5, seed: 8).subtractingFromRows(
        [0, 1, -1, 0.5, 1].map { offset * $0 })
      let value = try biasedKernelDistance(real: samples, generated: samples)
      let other = try biasedKernelDistance(
        real: samples,
        generated: normalSamples(300, 5, seed: 8).subtractingFromRows(
          [0, 1, -1, 0.5, 1].map { offset * $0 + 1 }))
      #expect(value >= 0 && value <= 1e-13 * other, "\(offset): \(value) of \(other)")
    }
  }
}
