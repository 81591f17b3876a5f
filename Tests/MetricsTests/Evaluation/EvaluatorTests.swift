import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("Evaluator")
struct EvaluatorTests {
  /// 200 discs to train on, 80 held out, 60 for the features.
  private func pictures(draws: Int = 20, grain: Double = 3) throws -> Evaluator {
    try Evaluator(
      train: TestPictures.discs(0..<200, grain: grain),
      heldOut: TestPictures.discs(200..<280, grain: grain),
      features: TestPictures.discs(280..<340, grain: grain), generatedCount: 200, seed: 1,
      nullDraws: draws)
  }

  @Test("Every metric is given in every space in a fixed order, class shares and modes last")
  func order() throws {
    let evaluation = try pictures().evaluate(TestPictures.discs(1000..<1200))
    let ids = Metric.allCases.map(\.rawValue) + ["mmd_rbf"]
    let pixels = evaluation.measurements.filter { $0.space == "pixels" }.map(\.metric)
    let conv = evaluation.measurements.filter { $0.space == "conv" }.map(\.metric)
    #expect(pixels == ids)
    #expect(
      conv
        == ids + ["share:blue", "share:green", "share:red"] + ModeMetric.allCases.map(\.rawValue)
    )
    #expect(evaluation.spaces.map(\.space) == [.pixels, .conv])
    let missing = evaluation.measurements.filter { $0.value == nil }
    #expect(missing.map(\.metric) == Array(repeating: "frechet_distance_previous", count: 2))
    #expect(missing.allSatisfy { $0.note == "There is no previous generation." })
  }

  @Test("Every number has its sizes, its band and, but for parts of a distance, its error bar")
  func companions() throws {
    let evaluator = try pictures()
    let first = try evaluator.evaluate(TestPictures.discs(1000..<1200))
    let second = try evaluator.evaluate(
      TestPictures.discs(2000..<2200), previous: first.features)
    for measurement in second.measurements
    where measurement.metric != ModeMetric.modesJudged.rawValue {
      #expect(measurement.m == 200)
      #expect(measurement.null != nil)
      let isPart = ["_mean", "_trace_real", "_trace_generated", "_cross"].contains {
        measurement.metric.hasSuffix($0)
      }
      #expect((measurement.standardError == nil) == isPart, "\(measurement.metric)")
    }
    #expect(second.measurements.first(.recall)?.n == 80)
    #expect(second.measurements.first(.recallTrain)?.n == 200)
    #expect(second.measurements.first(.totalVariance)?.n == nil)
  }

  @Test("The parts of the Fréchet distance add up to it")
  func parts() throws {
    let measurements = try TestVectors.evaluator(seed: 2)
      .evaluate(TestVectors.normal(20_000..<20_200, seed: 2, deviation: 0.8)).measurements
    func value(_ metric: Metric) throws -> Double {
      try #require(measurements.first(metric)?.value)
    }
    let sum =
      try value(.frechetDistanceMean) + value(.frechetDistanceTraceReal)
      + value(.frechetDistanceTraceGenerated) - 2 * value(.frechetDistanceCross)
    #expect(abs(sum - (try value(.frechetDistance))) < 1e-10)
    let trace = try value(.frechetDistanceTraceGenerated)
    #expect(abs(try value(.totalVariance) - trace) < 1e-10)
  }

  @Test("A shrunk law leaves the bands: distances rise, recall and spread fall, precision does not")
  func shrinkage() throws {
    let measurements = try TestVectors.evaluator(seed: 4, generatedCount: 400)
      .evaluate(TestVectors.normal(20_000..<20_400, seed: 4, deviation: 0.6)).measurements
    func z(_ metric: Metric) throws -> Double { try #require(measurements.first(metric)?.zScore) }
    #expect(try z(.energyDistance) > 3)
    #expect(try z(.frechetDistance) > 3)
    #expect(try z(.recall) < -3)
    #expect(try z(.totalVariance) < -3)
    #expect(try z(.vendiRBF) < -3)
    #expect(try z(.precision) > -1)
    #expect(try z(.density) > 1.96)
    #expect(try z(.distinctNearest) < -3)
  }

  @Test("Pictures that lost variety leave the bands in both spaces")
  func shrunkPictures() throws {
    let measurements = try pictures()
      .evaluate(TestPictures.discs(1000..<1200, spread: 0.4)).measurements
    for space in [SpaceName.pixels, .conv] {
      #expect(try #require(measurements.first(.energyDistance, in: space)?.zScore) > 3)
      #expect(try #require(measurements.first(.recall, in: space)?.zScore) < -3)
      #expect(try #require(measurements.first(.totalVariance, in: space)?.zScore) < -3)
    }
  }

  @Test("Blurred pictures are far from sharp ones in the space of convolutions")
  func blur() throws {
    let evaluator = try pictures(grain: 12)
    let sharp = TestPictures.discs(1000..<1200, grain: 12)
    let clean = try evaluator.evaluate(sharp).measurements
    let blurred = try evaluator.evaluate(TestPictures.blurred(sharp)).measurements
    #expect(try #require(clean.first(.frechetDistance, in: .conv)?.zScore) < 3)
    #expect(try #require(blurred.first(.frechetDistance, in: .conv)?.zScore) > 5)
  }

  @Test("Copies of the training set are told by the memorisation columns")
  func memoriser() throws {
    let evaluator = try TestVectors.evaluator(seed: 6)
    let copies = TestVectors.normal(0..<200, seed: 6)
    let measurements = try evaluator.evaluate(copies).measurements
    #expect(measurements.first(.memorisationRatio)?.value == 0)
    #expect(measurements.first(.distinctNearest)?.value == 200)
    #expect(try #require(measurements.first(.frechetDistanceTrain)?.value) < 1e-12)
    #expect(try #require(measurements.first(.memorisationRatio)?.zScore) < -10)
    #expect(try evaluator.nearestReal(to: copies, in: .vector) == Array(0..<200))
  }

  @Test("Class shares follow the classes that are drawn")
  func shares() throws {
    let evaluator = try pictures(draws: 5)
    let drawn = TestPictures.discs(1000..<1400)
    let red = drawn.selecting((0..<400).filter { drawn.labels?[$0] == 2 })
    let measurements = try evaluator.evaluate(red).measurements
    let share = try #require(measurements.first { $0.metric == "share:red" }?.value)
    #expect(share > 0.9)
    let sum = measurements.filter { $0.metric.hasPrefix("share:") }.compactMap(\.value).reduce(0, +)
    #expect(abs(sum - 1) < 1e-12)
  }

  @Test("Results do not depend on the number of threads")
  func threads() throws {
    func run() throws -> (NullBands, [MetricValue], [SpaceEvaluation]) {
      let evaluator = try pictures(draws: 3)
      let evaluation = try evaluator.evaluate(
        TestPictures.discs(1000..<1200), previous: TestPictures.discs(3000..<3200))
      return (evaluator.nulls, evaluation.measurements, evaluation.spaces)
    }
    let many = try run()
    let threads = Parallelism.threads
    Parallelism.threads = 1
    defer { Parallelism.threads = threads }
    let one = try run()
    #expect(many.0 == one.0)
    #expect(many.1 == one.1)
    #expect(many.2 == one.2)
  }

  @Test("Distances between any two generations come from their moments alone")
  func generationDistances() throws {
    let evaluator = try TestVectors.evaluator(seed: 8)
    let first = try evaluator.evaluate(TestVectors.normal(9000..<9200, seed: 8))
    let second = try evaluator.evaluate(
      TestVectors.normal(9200..<9400, seed: 8, deviation: 0.5), previous: first.features)
    let distance = try second.features.statistics.frechetDistance(
      to: first.features.statistics, in: .vector)
    let measured = try #require(second.measurements.first(.frechetDistancePrevious)?.value)
    #expect(abs(try #require(distance) - measured) < 1e-12)
    let toReal = try evaluator.realStatistics.frechetDistance(
      to: second.features.statistics, in: .vector)
    #expect(toReal == second.measurements.first(.frechetDistance)?.value)
    #expect(
      try evaluator.realStatistics.frechetDistance(to: evaluator.realStatistics, in: .conv) == nil)
  }

  @Test("Spectra and histograms set the generated samples beside the real ones")
  func pictureData() throws {
    let evaluator = try TestVectors.evaluator(seed: 9)
    let pooled = TestVectors.normal(0..<200, seed: 9)
      .appending(TestVectors.normal(5000..<5070, seed: 9))
    let space = try #require(try evaluator.evaluate(pooled).spaces.first)
    #expect(space.spectrum.count == 4)
    #expect(space.realSpectrum.count == 4)
    #expect(space.marginals.count == 3)
    for marginal in space.marginals {
      #expect(marginal.edges.count == 41)
      #expect(marginal.generated == marginal.real)
      #expect(abs(marginal.real.reduce(0, +) - 1) < 1e-12)
      #expect(marginal.outside == 0)
    }
    let far = try #require(
      try evaluator.evaluate(TestVectors.normal(0..<200, seed: 9, deviation: 50)).spaces.first)
    #expect(far.marginals.allSatisfy { $0.outside > 0.5 })
  }

  @Test("Samples that cannot be measured are refused with set, row and column")
  func refusals() throws {
    let evaluator = try TestVectors.evaluator(seed: 1, draws: 0)
    var values = TestVectors.normal(0..<10, seed: 1).values
    values[14] = .nan
    #expect(throws: MetricsError.notFinite(set: .generated, row: 3, column: 2)) {
      try evaluator.evaluate(SampleSet(count: 10, dimension: 4, storage: .floats(values)))
    }
    #expect(throws: MetricsError.tooFewSamples(set: .generated, count: 1, required: 2)) {
      try evaluator.evaluate(TestVectors.normal(0..<1, seed: 1))
    }
    #expect(
      throws: MetricsError.unequalDimensions(
        set: .generated, dimension: 3, other: .train, otherDimension: 4)
    ) {
      try evaluator.evaluate(TestVectors.normal(0..<9, dimension: 3, seed: 1))
    }
    #expect(throws: FeatureSpaceError.notPictures(space: "conv")) {
      try Evaluator(
        train: TestVectors.normal(0..<9, seed: 1), heldOut: TestVectors.normal(0..<9, seed: 1),
        features: TestVectors.normal(0..<9, seed: 1), spaces: [.conv], generatedCount: 9, seed: 1)
    }
  }
}
