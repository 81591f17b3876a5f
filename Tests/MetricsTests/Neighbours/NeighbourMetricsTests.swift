import Foundation
import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Neighbour metrics")
struct NeighbourMetricsTests {
  private static let sets: [@Sendable () -> (Matrix, Matrix)] = [
    { (normalSamples(300, 5, seed: 1), normalSamples(257, 5, seed: 2, scale: 0.8)) },
    { (normalSamples(7, 3, seed: 3), normalSamples(520, 3, seed: 4)) },
    // Copies and ties.
    { (latticeSamples(280, 3, seed: 5), latticeSamples(300, 3, seed: 6)) },
    { (latticeSamples(100, 1, seed: 7), latticeSamples(120, 1, seed: 8)) },
    // Far from the origin, where products alone lose every digit.
    {
      let offset = Array(repeating: -1e6, count: 4)
      return (
        latticeSamples(200, 4, seed: 9).subtractingFromRows(offset),
        latticeSamples(150, 4, seed: 10).subtractingFromRows(offset)
      )
    },
    // An outlier moves the mean so far that no product is right.
    {
      let samples = normalSamples(120, 3, seed: 11)
      let outlier = Matrix(rows: [[1e12, -1e12, 1e12]])
      return (samples.appendingRows(of: outlier), normalSamples(110, 3, seed: 12))
    },
    // Collapsed to a few points.
    {
      let samples = normalSamples(200, 6, seed: 13)
      return (samples, samples.gatheringRows((0..<180).map { $0 % 3 }))
    },
    { (normalSamples(90, 4, seed: 14), normalSamples(90, 4, seed: 14)) },
  ]

  @Test("Tiles count what the definitions count", arguments: sets)
  func blockedIsDirect(sets: @Sendable () -> (Matrix, Matrix)) throws {
    let (real, generated) = sets()
    let metrics = try NeighbourMetrics.compute(real: real, generated: generated, ks: [5, 1, 3])
    #expect(metrics.results.map(\.k) == [5, 1, 3])
    for k in [1, 3, 5] {
      let scores = try #require(metrics[k: k])
      #expect(
        [
          scores.precision.count, scores.recall.count, scores.coverage.count,
          scores.densityPairs, scores.precisionClosed.count, scores.recallClosed.count,
          scores.coverageClosed.count,
        ] == DirectMetrics.neighbourCounts(real, generated, k: k))
    }
    let nearest = DirectMetrics.nearest(generated, real)
    #expect(metrics.nearestReal == nearest.map(\.index))
    for (distance, expected) in zip(metrics.nearestDistances, nearest) {
      #expect(abs(distance - expected.square.squareRoot()) <= 1e-15 * distance)
    }
    #expect(metrics.distinctNearest == Set(nearest.map(\.index)).count)
  }

  /// Sets of several tiles for which single precision alone gives other counts.
  private static let treacherous: [@Sendable () -> (Matrix, Matrix)] = [
    // Far from the origin, in steps of 2⁻²⁰.
    {
      let offset = [-1e4, 2e4, 1e4]
      return (
        normalSamples(1100, 3, seed: 31).subtractingFromRows(offset),
        normalSamples(1050, 3, seed: 32, scale: 0.9).subtractingFromRows(offset)
      )
    },
    {
      (
        latticeSamples(1100, 6, seed: 33).scalingColumns(Array(repeating: 0x1p-20, count: 6)),
        latticeSamples(1050, 6, seed: 34).scalingColumns(Array(repeating: 0x1p-20, count: 6))
      )
    },
    { (clusteredSamples(1100, seed: 35), clusteredSamples(1050, seed: 36)) },
    // One outlier, and numbers whose squares no single-precision format holds.
    {
      var samples = normalSamples(1100, 3, seed: 37, scale: 0x1p-300)
      samples[700, 1] = 0x1p-280
      return (samples, normalSamples(1050, 3, seed: 38, scale: 0x1p-300))
    },
    // Copies of a few samples, and the unit sphere.
    {
      let samples = normalSamples(1100, 5, seed: 39)
      return (samples, samples.gatheringRows((0..<1050).map { $0 % 7 }))
    },
    {
      func sphere(_ n: Int, _ seed: Int) -> Matrix {
        var samples = normalSamples(n, 40, seed: seed)
        let norms = samples.squaredRowNorms() as [Double]
        for row in 0..<n {
          for column in 0..<40 { samples[row, column] /= norms[row].squareRoot() }
        }
        return samples
      }
      return (sphere(1100, 41), sphere(1050, 42))
    },
  ]

  @Test("What single precision cannot tell apart is told apart exactly", arguments: treacherous)
  func precision(sets: @Sendable () -> (Matrix, Matrix)) throws {
    let (real, generated) = sets()
    let scores = try #require(
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5])
    #expect(
      [
        scores.precision.count, scores.recall.count, scores.coverage.count, scores.densityPairs,
        scores.precisionClosed.count, scores.recallClosed.count, scores.coverageClosed.count,
      ] == DirectMetrics.neighbourCounts(real, generated, k: 5))
    let radii = NeighbourRadii(of: real, count: 5)
    for row in stride(from: 0, to: real.rowCount, by: 13) {
      let others = (0..<real.rowCount).filter { $0 != row }
        .map { (DirectMetrics.square(real.row(row), real.row($0)), $0) }.sorted { $0 < $1 }
      #expect(Array(radii.rows[row * 5..<row * 5 + 5]) == others.prefix(5).map(\.1))
      for (square, expected) in zip(radii.squares[row * 5..<row * 5 + 5], others) {
        #expect(abs(square - expected.0) <= 1e-15 * expected.0)
      }
    }
  }

  @Test("Errors of products in single precision are within their bound")
  func errorBound() {
    let real = normalSamples(300, 500, seed: 43).subtractingFromRows(
      Array(repeating: -3e4, count: 500))
    let generated = normalSamples(200, 500, seed: 44, scale: 30).subtractingFromRows(
      Array(repeating: -3e4, count: 500))
    let distances = SinglePrecisionDistances(PairDistances(real, generated))
    var tile = [Float](repeating: 0, count: 300 * 200)
    distances.fill(&tile, rows: 0..<300, columns: 0..<200)
    var worst = 0.0
    for row in 0..<300 {
      for column in 0..<200 {
        let error = abs(
          distances.single.unit * Double(tile[row * 200 + column])
            - distances.exact.squaredDistance(row, column))
        let bound = distances.single.errorBound(
          distances.exact.firstNorms[row] + distances.exact.secondNorms[column])
        worst = max(worst, error / bound)
      }
    }
    // The bound holds for errors that all have one sign.
    #expect(worst < 0.5, "\(worst)")
    #expect(worst > 1e-4, "\(worst)")
  }

  @Test("Copies are at distance 0 exactly")
  func copies() throws {
    let real = normalSamples(500, 64, seed: 15)
    let metrics = try NeighbourMetrics.compute(
      real: real, generated: real.gatheringRows([7, 7, 499, 0]), ks: [3])
    #expect(metrics.nearestReal == [7, 7, 499, 0])
    #expect(metrics.nearestDistances == [0, 0, 0, 0])
    #expect(metrics.distinctNearest == 3)
  }

  @Test("A set against itself has precision, recall and coverage 1, and closed balls alike")
  func identical() throws {
    let samples = normalSamples(300, 6, seed: 16)
    let metrics = try NeighbourMetrics.compute(real: samples, generated: samples, ks: [1, 5])
    for k in [1, 5] {
      let scores = try #require(metrics[k: k])
      #expect(scores.precision.value == 1)
      #expect(scores.recall.value == 1)
      #expect(scores.coverageClosed.value == 1)
      // Each open ball holds its centre's copy and the k - 1 nearer neighbours.
      #expect(scores.density.value == 1)
    }
    #expect(metrics.distinctNearest == 300)
  }

  @Test("Sets far apart have none of the four")
  func disjoint() throws {
    let real = normalSamples(100, 3, seed: 17)
    let generated = normalSamples(100, 3, seed: 18).subtractingFromRows([1000, 0, 0])
    let scores = try #require(
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5])
    #expect(scores.precision.count == 0)
    #expect(scores.recall.count == 0)
    #expect(scores.coverage.count == 0)
    #expect(scores.densityPairs == 0)
    #expect(scores.density.value == 0)
    #expect(scores.precision.standardError > 0)
  }

  @Test("Too few samples for one k leave the others, with the reason")
  func tooFew() throws {
    let real = normalSamples(6, 2, seed: 19)
    let metrics = try NeighbourMetrics.compute(
      real: real, generated: normalSamples(4, 2, seed: 20), ks: [3, 5, 9])
    #expect(metrics[k: 3] != nil)
    #expect(metrics[k: 5] == nil)
    #expect(
      metrics.results[1].outcome
        == .tooFewSamples(
          "The generated set has 4 samples and at least 6 are needed. Add samples."))
    #expect(
      metrics.results[2].outcome
        == .tooFewSamples("The real set has 6 samples and at least 10 are needed. Add samples."))
    #expect(metrics.nearestReal.count == 4)
    let nearestAlone = try NeighbourMetrics.compute(
      real: real, generated: real.rows(0..<2), ks: [])
    #expect(nearestAlone.nearestReal == [0, 1])
    #expect(nearestAlone.results.isEmpty)
  }

  @Test("Coverage and density between sets of one law are what the theory expects")
  func coverage() throws {
    // 1 - ∏ (n - i)/(n + m - i), i = 1 … k; density 1.
    let (n, m, k, replicates) = (300, 200, 5, 40)
    var expected = 1.0
    for i in 1...k { expected *= Double(n - i) / Double(n + m - i) }
    var coverages: [Double] = []
    var densities: [Double] = []
    for replicate in 0..<replicates {
      let scores = try #require(
        try NeighbourMetrics.compute(
          real: normalSamples(n, 4, seed: 100 + replicate),
          generated: normalSamples(m, 4, seed: 200 + replicate), ks: [k])[k: k])
      coverages.append(scores.coverage.value)
      densities.append(scores.density.value)
    }
    let root = Double(replicates).squareRoot()
    let coverage = moments(coverages)
    #expect(abs(coverage.mean - (1 - expected)) < 4 * coverage.deviation / root)
    let density = moments(densities)
    #expect(abs(density.mean - 1) < 4 * density.deviation / root)
  }

  @Test("Clipped coverage counts the least samples exactly where fractions are equal")
  func clippedTies() {
    for n in 2...40 {
      for m in 1...40 {
        for covered in 0...n {
          // With one neighbour c further samples are expected to cover c / (c + n - 1).
          let least = (0...m).first { $0 * n >= covered * ($0 + n - 1) } ?? m + 1
          let value = ClippedScores.coverage(Double(covered) / Double(n), n: n, m: m, k: 1)
          #expect(value == Double(least) / Double(m + 1), "\(covered) of \(n) by \(m)")
        }
      }
    }
  }

  @Test("They do not change under rotation and translation of generic sets")
  func invariance() throws {
    let real = normalSamples(200, 4, seed: 21)
    let generated = normalSamples(150, 4, seed: 22)
    let turn = try rotation(4, seed: 23)
    let expected = try #require(
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5])
    let scores = try #require(
      try NeighbourMetrics.compute(
        real: real.times(turn).subtractingFromRows([9, 8, 7, 6]),
        generated: generated.times(turn).subtractingFromRows([9, 8, 7, 6]), ks: [5])[k: 5])
    #expect(scores.precision == expected.precision)
    #expect(scores.recall == expected.recall)
    #expect(scores.coverage == expected.coverage)
    #expect(scores.densityPairs == expected.densityPairs)
  }

  @Test("Threads do not change a bit")
  func threads() throws {
    let real = normalSamples(700, 5, seed: 24)
    let generated = normalSamples(900, 5, seed: 25)
    let (alone, together) = try withOneAndThreeThreads {
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [1, 3, 5])
    }
    #expect(alone == together)
  }
}
