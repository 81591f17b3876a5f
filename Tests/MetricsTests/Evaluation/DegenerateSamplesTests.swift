import Randomness
import Samples
import Testing

@testable import Metrics

@Suite("Degenerate samples")
struct DegenerateSamplesTests {
  private func requireHonest(_ measurements: [MetricValue]) {
    for measurement in measurements {
      if let value = measurement.value {
        #expect(value.isFinite, "\(measurement.metric)")
      } else {
        #expect(!measurement.note.isEmpty, "\(measurement.metric)")
      }
      if let error = measurement.standardError { #expect(error.isFinite && error >= 0) }
      if let null = measurement.null {
        #expect(null.lowerBound.isFinite && null.upperBound.isFinite)
      }
    }
  }

  @Test("A space in which the real pictures do not vary has a reason in place of every number")
  func identicalReal() throws {
    let same = TestPictures.plain(Array(repeating: 90, count: 30))
    let evaluator = try Evaluator(
      train: same, heldOut: same, features: same, generatedCount: 30, seed: 1)
    let measurements = try evaluator.evaluate(same).measurements
    #expect(measurements.count == 2 * (Metric.allCases.count + MetricChoice.standard.further.count))
    #expect(measurements.allSatisfy { $0.value == nil && $0.null == nil })
    requireHonest(measurements)
    #expect(try evaluator.nearestReal(to: same, in: .conv) == [])
  }

  @Test("A generation that collapsed to one picture is measured, not refused")
  func totalCollapse() throws {
    let evaluator = try Evaluator(
      train: TestPictures.discs(0..<60), heldOut: TestPictures.discs(60..<90),
      features: TestPictures.discs(90..<120), generatedCount: 60, seed: 1, nullDraws: 5)
    let measurements = try evaluator.evaluate(
      TestPictures.discs(200..<201).selecting(Array(repeating: 0, count: 60))
    ).measurements
    requireHonest(measurements)
    for space in [SpaceName.pixels, .conv] {
      #expect(measurements.first(.totalVariance, in: space)?.value == 0)
      #expect(measurements.first(.recall, in: space)?.value == 0)
      #expect(measurements.first(.distinctNearest, in: space)?.value == 1)
      #expect(measurements.first(.effectiveRank, in: space)?.value == nil)
      let vendi = try #require(measurements.first(.vendiRBF, in: space)?.value)
      #expect(abs(vendi - 1) < 1e-9)
      let distance = try #require(measurements.first(.frechetDistance, in: space))
      #expect(try #require(distance.zScore) > 5)
    }
  }

  @Test("Plain pictures of different colours vary in few directions, and are measured in those")
  func plainColours() throws {
    let colours = { (range: Range<Int>) in
      TestPictures.plain(range.map { UInt8($0 * 37 % 256) }, channels: 1)
    }
    let evaluator = try Evaluator(
      train: colours(0..<40), heldOut: colours(40..<60), features: colours(60..<90),
      generatedCount: 40, seed: 1, nullDraws: 5)
    requireHonest(try evaluator.evaluate(colours(100..<140)).measurements)
  }

  @Test("Too few held-out samples for five neighbours leave the other numbers")
  func fewHeldOut() throws {
    let evaluator = try Evaluator(
      train: TestVectors.normal(0..<30, seed: 1), heldOut: TestVectors.normal(30..<34, seed: 1),
      features: TestVectors.normal(0..<34, seed: 1), generatedCount: 30, seed: 1)
    let measurements = try evaluator.evaluate(TestVectors.normal(50..<80, seed: 1)).measurements
    requireHonest(measurements)
    #expect(
      measurements.first(.recall)?.note
        == "The real set has 4 samples and at least 6 are needed. Add samples.")
    #expect(measurements.first(.recallTrain)?.value != nil)
    let frechet = try #require(measurements.first(.frechetDistance))
    #expect(frechet.value != nil)
    #expect(
      frechet.note == "The covariance of 4 samples has rank 3, below d = 4.")
  }

  @Test("Two training and two held-out samples are the least that is measured")
  func least() throws {
    let evaluator = try Evaluator(
      train: TestVectors.normal(0..<2, dimension: 1, seed: 1),
      heldOut: TestVectors.normal(2..<4, dimension: 1, seed: 1),
      features: TestVectors.normal(0..<4, dimension: 1, seed: 1), generatedCount: 2, seed: 1)
    requireHonest(
      try evaluator.evaluate(TestVectors.normal(5..<7, dimension: 1, seed: 1)).measurements)
    #expect(throws: MetricsError.tooFewSamples(set: .test, count: 1, required: 2)) {
      try Evaluator(
        train: TestVectors.normal(0..<2, seed: 1), heldOut: TestVectors.normal(2..<3, seed: 1),
        features: TestVectors.normal(0..<4, seed: 1), generatedCount: 2, seed: 1)
    }
  }

  @Test("Random sets with copies, ties, constant columns and huge or tiny scales give no NaN")
  func randomSets() throws {
    for seed in 0..<150 {
      var stream = RandomStream(seed: UInt64(seed), purpose: "test/degenerate")
      let dimension = 1 + stream.integer(below: 6)
      let scale = [1e-30, 1e-3, 1, 1e6, 1e30][stream.integer(below: 5)]
      let levels = 1 + stream.integer(below: 4)
      let constantColumns = stream.integer(below: 3)
      func set(_ count: Int) -> SampleSet {
        var values: [Float] = []
        for _ in 0..<count {
          for column in 0..<dimension {
            let level = column < constantColumns ? 1 : stream.integer(below: levels)
            values.append(Float(scale * Double(level)))
          }
        }
        return SampleSet(count: count, dimension: dimension, storage: .floats(values))
      }
      let counts = (0..<4).map { _ in 2 + stream.integer(below: 12) }
      let evaluator = try Evaluator(
        train: set(counts[0]), heldOut: set(counts[1]), features: set(counts[2]),
        generatedCount: counts[3], seed: 1, nullDraws: 3)
      let first = try evaluator.evaluate(set(counts[3]))
      requireHonest(first.measurements)
      let second = try evaluator.evaluate(set(counts[3]), previous: first.features)
      requireHonest(second.measurements)
      for space in second.spaces {
        #expect((space.spectrum + space.realSpectrum).allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
  }
}
