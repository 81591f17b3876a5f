import LinearAlgebra
import Samples
import Synchronization
import Testing

@testable import Metrics

@Suite("What is computed once for many comparisons")
struct SharedComputationTests {
  @Test("A value on demand is computed once, however many threads ask, and not before")
  func onDemand() {
    let calls = Mutex(0)
    let value = OnDemand {
      calls.withLock { $0 += 1 }
      return 7
    }
    #expect(calls.withLock { $0 } == 0)
    #expect(Parallelism.map(8) { _ in value.value } == Array(repeating: 7, count: 8))
    #expect(calls.withLock { $0 } == 1)
  }

  @Test("An evaluation gives the numbers of the metrics alone, also of a set used before")
  func agreement() throws {
    let evaluator = try TestVectors.evaluator(seed: 5, draws: 0)
    let earlier = TestVectors.normal(20_000..<20_200, seed: 5, deviation: 0.9)
    let samples = TestVectors.normal(10_000..<10_200, seed: 5, deviation: 0.7)
    let previous = try evaluator.evaluate(earlier).features
    let measurements = try evaluator.evaluate(samples, previous: previous).measurements
    let real = matrix(TestVectors.normal(5000..<5070, seed: 5))
    let train = matrix(TestVectors.normal(0..<200, seed: 5))
    let (before, generated) = (matrix(earlier), matrix(samples))
    func check(_ metric: Metric, _ value: Double, _ error: Double?) throws {
      let measurement = try #require(measurements.first(metric))
      #expect(measurement.value == value, "\(metric)")
      #expect(measurement.standardError == error, "\(metric)")
    }
    for (metric, reference) in [
      (Metric.frechetDistance, real), (.frechetDistanceTrain, train),
      (.frechetDistancePrevious, before),
    ] {
      try check(
        metric,
        try frechetDistance(
          real: SampleStatistics(of: reference), generated: SampleStatistics(of: generated)
        ).value,
        try frechetDistanceStandardError(real: reference, generated: generated))
    }
    let kernel = try kernelDistance(real: real, generated: generated)
    try check(.kernelDistance, kernel.value, kernel.standardError)
    let energy = try energyDistance(real: real, generated: generated)
    try check(.energyDistance, energy.v, energy.standardError)
    let ratio = try memorisationRatio(train: train, test: real, generated: generated).ratio
    try check(.memorisationRatio, ratio.value, ratio.standardError)
    for (metric, trainMetric, reference) in [
      (Metric.recall, Metric?.none, real), (.recallTrain, .precisionTrain, train),
    ] {
      let scores = try #require(
        try NeighbourMetrics.compute(real: reference, generated: generated, ks: [5])[k: 5])
      try check(metric, scores.recall.value, scores.recall.standardError)
      try check(
        trainMetric ?? .precision, scores.precision.value, scores.precision.standardError)
    }
  }

  @Test("Of a large set so many samples are compared in pairs, and the number says so")
  func thinning() throws {
    let limit = FeatureSet.largestPairedSet
    let count = limit + 500
    let evaluator = try Evaluator(
      train: TestVectors.normal(0..<count, dimension: 2, seed: 6),
      heldOut: TestVectors.normal(50_000..<50_100, dimension: 2, seed: 6),
      features: TestVectors.normal(60_000..<60_100, dimension: 2, seed: 6), generatedCount: count,
      seed: 6, nullDraws: 0)
    let measurements = try evaluator.evaluate(
      TestVectors.normal(100_000..<100_000 + count, dimension: 2, seed: 6)
    ).measurements
    let note = "Of at most 10000 samples of each set, drawn at random."
    let energy = try #require(measurements.first(.energyDistance))
    #expect(energy.n == 100 && energy.m == limit && energy.note == note)
    let recall = try #require(measurements.first(.recallTrain))
    #expect(recall.n == limit && recall.m == limit && recall.note == note)
    #expect(abs((recall.value ?? 0) - 0.95) < 0.05)
    let distance = try #require(measurements.first(.frechetDistanceTrain))
    #expect(distance.n == count && distance.m == count && distance.note.isEmpty)
  }

  @Test("Moments and spectrum of many samples, taken in blocks, are those of all at once")
  func blocks() throws {
    let samples = normalSamples(4500, 5, seed: 7).scalingColumns([3, 2, 1, 0.1, 0])
      .subtractingFromRows([1e4, 0, -1e4, 0, 5])
    let statistics = try SampleStatistics(of: samples)
    let centred = samples.subtractingFromRows(statistics.mean)
    #expect(centred.columnMeans().allSatisfy { abs($0) < 1e-11 })
    let gram = centred.gram()
    let factorGram = statistics.factor.gram()
    for index in gram.elements.indices {
      #expect(abs(statistics.covariance.elements[index] - gram.elements[index] / 4499) < 1e-11)
      #expect(abs(factorGram.elements[index] - gram.elements[index] / 4499) < 1e-11)
    }
    let spectrum = try CovarianceSpectrum(of: samples)
    let eigenvalues = try statistics.covariance.symmetricEigenvalues()
    for (value, expected) in zip(spectrum.eigenvalues, eigenvalues) {
      #expect(abs(value - expected) < 1e-10)
    }
    #expect(statistics.factor.rowCount == 5)
  }

  private func matrix(_ samples: SampleSet) -> Matrix {
    Matrix(rowCount: samples.count, columnCount: samples.dimension, floats: samples.values)
  }
}
