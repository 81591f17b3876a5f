import Foundation
import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Fréchet distance")
struct FrechetDistanceTests {
  private func distance(_ real: Matrix, _ generated: Matrix) throws -> FrechetDistance {
    try frechetDistance(
      real: SampleStatistics(of: real), generated: SampleStatistics(of: generated))
  }

  @Test("It is the closed form where the covariances commute")
  func commuting() throws {
    let real = try SampleStatistics(
      mean: [1, 2, 3], covariance: .diagonal([4, 1, 0]), count: 10)
    let generated = try SampleStatistics(
      mean: [1, 0, 3], covariance: .diagonal([1, 9, 0.25]), count: 20)
    let distance = try frechetDistance(real: real, generated: generated)
    // ‖Δμ‖² + Σ (σ₁ - σ₂)².
    #expect(abs(distance.value - (4 + 1 + 4 + 0.25)) < 1e-14)
    #expect(distance.meanTerm == 4)
    #expect(distance.traceReal == 5)
    #expect(abs(distance.cross - 5) < 1e-14)
  }

  @Test("It is symmetric, and unchanged by a rotation and a translation of both sets")
  func invariance() throws {
    let real = normalSamples(300, 12, seed: 1)
    let generated = normalSamples(90, 12, seed: 2, scale: 0.7)
    let value = try distance(real, generated).value
    #expect(abs(try distance(generated, real).value - value) < 1e-12)
    let turn = try rotation(12, seed: 3)
    let offset = (0..<12).map { 100 * Double($0) }
    let moved = try distance(
      real.times(turn).subtractingFromRows(offset),
      generated.times(turn).subtractingFromRows(offset))
    #expect(abs(moved.value - value) < 1e-10)
  }

  @Test("It is 0 between a set and itself, whatever its rank", arguments: [2, 5, 12, 13, 400])
  func identical(count: Int) throws {
    let samples = normalSamples(count, 12, seed: count)
    let distance = try distance(samples, samples)
    #expect(distance.value >= 0)
    #expect(distance.value < 1e-13 * distance.traceReal)
  }

  @Test("Two sets of one sample repeated are apart by the distance between the samples")
  func collapsed() throws {
    let points = Matrix(rows: [[1, 2], [4, 6]])
    let distance = try distance(
      points.gatheringRows([0, 0, 0]), points.gatheringRows([1, 1, 1, 1]))
    #expect(distance.value == 25)
    #expect(distance.traceReal == 0)
    #expect(distance.cross == 0)
  }

  @Test("Moments give what samples give")
  func fromMoments() throws {
    let real = normalSamples(200, 6, seed: 4)
    let generated = normalSamples(150, 6, seed: 5, scale: 1.3)
    let first = try SampleStatistics(of: real)
    let second = try SampleStatistics(of: generated)
    let again = try frechetDistance(
      real: SampleStatistics(mean: first.mean, covariance: first.covariance, count: 200),
      generated: SampleStatistics(mean: second.mean, covariance: second.covariance, count: 150))
    let value = try distance(real, generated).value
    #expect(abs(again.value - value) < 1e-12)
    #expect(first.rankLimit == 6)
    #expect(try SampleStatistics(of: real.rows(0..<4)).rankLimit == 3)
    let product = first.factor.gram()
    for index in product.elements.indices {
      #expect(abs(product.elements[index] - first.covariance.elements[index]) < 1e-13)
    }
  }

  @Test("A covariance with a negative eigenvalue is refused")
  func indefinite() {
    #expect(throws: MetricsError.notPositiveSemidefinite(order: 2, smallestEigenvalue: -1)) {
      try SampleStatistics(mean: [0, 0], covariance: .diagonal([3, -1]), count: 5)
    }
  }

  @Test("Between two sets of one law it has the floor of the theory")
  func floor() throws {
    // 2d/n + d(d+1)/(2n) for unit variance, to first order in d/n.
    let (n, d, replicates) = (500, 8, 60)
    var values: [Double] = []
    for replicate in 0..<replicates {
      values.append(
        try distance(
          normalSamples(n, d, seed: 1000 + replicate),
          normalSamples(n, d, seed: 2000 + replicate)
        ).value)
    }
    let expected = 2 * Double(d) / Double(n) + Double(d * (d + 1)) / (2 * Double(n))
    let (mean, deviation) = moments(values)
    let standardError = deviation / Double(replicates).squareRoot()
    #expect(abs(mean - expected) < 4 * standardError + 0.03 * expected)
  }

  /// The jackknife's error of the distance between two sets.
  private func jackknifed(_ real: Matrix, _ generated: Matrix) throws -> Double {
    let smallest = min(real.rowCount, generated.rowCount)
    return try jackknifedFrechetErrors(
      real: #require(try JackknifeMoments(of: real, smallestSet: smallest)),
      generated: #require(try JackknifeMoments(of: generated, smallestSet: smallest))
    ).value
  }

  @Test("The errors of the parts are those of the jackknife, which scatter by a quarter")
  func errorsOfParts() throws {
    let real = normalSamples(3000, 5, seed: 71)
    let generated = Matrix(
      rowCount: 3000, columnCount: 5,
      elements: normalSamples(3000, 5, seed: 72).elements.enumerated().map { index, value in
        0.5 + value * (0.4 + 0.2 * Double(index % 5))
      })
    let first = try SetMoments(of: RowSource(real), as: .real)
    let second = try SetMoments(of: RowSource(generated), as: .generated)
    let errors = try #require(
      try GaussianTransport(real: first.statistics, generated: second.statistics)
        .standardErrors(real: first, generated: second))
    let jackknifed = try jackknifedFrechetErrors(
      real: #require(try first.leavingOut(smallestSet: 3000)),
      generated: #require(try second.leavingOut(smallestSet: 3000)))
    for part in [\FrechetErrors.value, \.meanTerm, \.cross] {
      let ratio = errors[keyPath: part] / jackknifed[keyPath: part]
      #expect((0.45...2.2).contains(ratio), "\(part): \(ratio)")
    }
    // Of a Gaussian, tr Σ has the variance 2 tr Σ² / n.
    let trace = try #require(first.standardErrorOfTrace)
    let expected = (2 * 5 / 3000.0).squareRoot()
    #expect(abs(trace / expected - 1) < 0.15)
  }

  @Test(
    "The error of influences is the deviation over fresh draws, as that of the jackknife is",
    arguments: [(400, 300, 4, 1.0), (400, 400, 20, 1), (120, 150, 20, 1), (500, 400, 16, 0.01)])
  func standardError(n: Int, m: Int, d: Int, narrowest: Double) throws {
    let replicates = 100
    // Columns between 1 and the narrowest wide, mixed by a rotation.
    let widths = (0..<d).map { pow(narrowest, Double($0) / Double(d)) }
    let turn = try rotation(d, seed: 5000)
    var values: [Double] = []
    var errors: [Double] = []
    var jackknives: [Double] = []
    for replicate in 0..<replicates {
      let real = normalSamples(n, d, seed: 3000 + replicate).scalingColumns(widths).times(turn)
      let generated = normalSamples(m, d, seed: 4000 + replicate, scale: 0.6)
        .scalingColumns(widths).times(turn)
      values.append(try distance(real, generated).value)
      errors.append(
        try #require(try frechetDistanceStandardError(real: real, generated: generated)))
      if replicate < 40 { jackknives.append(try jackknifed(real, generated)) }
    }
    // The deviation of 100 draws is known to 7 %, the mean of 40 jackknives, each to 24 %, to 4 %.
    let ratio = moments(errors).mean / moments(values).deviation
    #expect(abs(ratio - 1) < 0.25, "\(ratio)")
    let agreement = moments(errors).mean / moments(jackknives).mean
    #expect(abs(agreement - 1) < 0.15, "\(agreement)")
    #expect(moments(errors).deviation < 0.6 * moments(jackknives).deviation)
  }

  @Test("The error of influences is the gradient of the distance by the weights of the samples")
  func influences() throws {
    let real = normalSamples(60, 5, seed: 6001)
    let generated = normalSamples(45, 5, seed: 6002, scale: 1.7).subtractingFromRows([
      1, 0, 0, 0, 2,
    ])
    let error = try #require(try frechetDistanceStandardError(real: real, generated: generated))
    // Leaving one sample out moves the distance by its influence over n - 1, to first order.
    func spread(_ count: Int, _ value: (Int) throws -> Double) throws -> Double {
      let values = try (0..<count).map(value)
      let mean = values.reduce(0, +) / Double(count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares * Double(count - 1) / Double(count)
    }
    func without(_ row: Int, _ samples: Matrix) -> Matrix {
      samples.gatheringRows((0..<samples.rowCount).filter { $0 != row })
    }
    let variance =
      try spread(60) { try distance(without($0, real), generated).value }
      + spread(45) { try distance(real, without($0, generated)).value }
    #expect(abs(error / variance.squareRoot() - 1) < 0.06)
  }

  @Test(
    "Roots of eigenvalues agree with singular values to 1e-12 of the traces, or give way to them",
    arguments: [0, -1, -2, -3, -4, -6, -8])
  func spectra(exponent: Int) throws {
    let (n, d) = (300, 48)
    let widths = (0..<d).map { pow(10, Double(exponent) * Double($0) / Double(d - 1)) }
    let turn = try rotation(d, seed: 7000)
    for turned in [false, true] {
      var real = normalSamples(n, d, seed: 7001).scalingColumns(widths)
      var generated = normalSamples(n, d, seed: 7002).scalingColumns(Array(widths.reversed()))
      if turned { (real, generated) = (real.times(turn), generated.times(turn)) }
      let value = try distance(real, generated)
      let factors = try [real, generated].map { samples in
        try samples.subtractingFromRows(samples.columnMeans()).upperTriangularFactor()
      }
      let cross =
        try factors[0].times(transposeOf: factors[1]).singularValues().reduce(0, +)
        / Double(n - 1)
      let traces = value.traceReal + value.traceGenerated
      #expect(abs(value.cross - cross) < 1e-12 * traces, "\((value.cross - cross) / traces)")
    }
  }

  @Test("The jackknife leaves out what a fresh computation leaves out", arguments: [40, 9, 6])
  func leavingOut(count: Int) throws {
    let real = normalSamples(count, 5, seed: 6)
    let generated = normalSamples(count + 7, 5, seed: 7, scale: 2)
    func rest(_ samples: Matrix, _ block: Int) throws -> SampleStatistics {
      let jackknife = try #require(Jackknife(rowCount: samples.rowCount, smallestSet: count))
      let left = jackknife.order.indices.filter { !jackknife.blocks[block].contains($0) }
      return try SampleStatistics(of: samples.gatheringRows(left.map { jackknife.order[$0] }))
    }
    let values = try (0..<min(10, count)).map { block in
      try frechetDistance(real: rest(real, block), generated: rest(generated, block)).value
    }
    let expected = Jackknife.standardError(leavingOut: values)
    #expect(abs(try jackknifed(real, generated) - expected) < 1e-7 * expected)
  }

  @Test("Where a covariance is singular the error is the jackknife's")
  func singular() throws {
    let real = normalSamples(60, 5, seed: 6)
    let flat = normalSamples(70, 5, seed: 7).scalingColumns([1, 1, 0, 1, 1])
    #expect(
      try frechetDistanceStandardError(real: real, generated: flat) == jackknifed(real, flat))
    let few = normalSamples(5, 5, seed: 8).gatheringRows([0, 1, 2, 3, 4, 0])
    #expect(try frechetDistanceStandardError(real: real, generated: few) == jackknifed(real, few))
  }

  @Test(
    "A set of copies but for one sample has a distance and an error, whichever block that one is in",
    arguments: [1, 0.1, 7.7, 1e4])
  func copies(value: Double) throws {
    let generated = Matrix(rowCount: 6, columnCount: 1, repeating: value)
    for place in 0..<31 {
      var real = Matrix(rowCount: 31, columnCount: 1, repeating: value)
      real[place, 0] = -value
      let error = try #require(
        try frechetDistanceStandardError(real: real, generated: generated))
      // One block of six holds all that differs: without it the distance is 0.
      let outcome = try MeasuredReference(
        real: RowSource(real), space: "vector", spaceFingerprint: "",
        settings: MeasureSettings(metrics: [.frechetDistance])
      ).measure(RowSource(generated))[0]
      let estimate = try #require(outcome.estimate, "\(place): \(outcome.note)")
      #expect(abs(estimate.value / (4 * value * value * (1.0 / 961 + 1.0 / 31)) - 1) < 1e-12)
      #expect(estimate.standardError == error && error > 0)
    }
  }

  @Test("Fewer than six samples have no error bar", arguments: [2, 5])
  func noError(count: Int) throws {
    let samples = normalSamples(count, 3, seed: 8)
    #expect(try frechetDistanceStandardError(real: samples, generated: samples) == nil)
  }

  @Test("Threads do not change a bit")
  func threads() throws {
    let real = normalSamples(700, 20, seed: 9)
    let generated = normalSamples(600, 20, seed: 10)
    let (alone, together) = try withOneAndThreeThreads {
      (
        try distance(real, generated),
        try frechetDistanceStandardError(real: real, generated: generated)
      )
    }
    #expect(alone == together)
  }
}
