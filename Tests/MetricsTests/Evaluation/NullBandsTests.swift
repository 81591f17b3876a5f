import Foundation
import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("Null bands")
struct NullBandsTests {
  @Test(
    "About 95 % of fresh real sets fall into the bands, of every metric",
    arguments: [false, true])
  func coverage(isEndless: Bool) throws {
    var inside: [String: (count: Int, total: Int)] = [:]
    for seed in 1...12 {
      let evaluator = try TestVectors.evaluator(seed: UInt64(seed), isEndless: isEndless)
      var previous: GenerationFeatures?
      for generation in 0..<8 {
        let start = 10_000 + generation * 200
        let fresh = TestVectors.normal(start..<start + 200, seed: UInt64(seed))
        let evaluation = try evaluator.evaluate(fresh, previous: previous)
        previous = evaluation.features
        for measurement in evaluation.measurements {
          // How many bins are judged is decided by sizes alone.
          guard let value = measurement.value, measurement.metric != ModeMetric.modesJudged.rawValue
          else { continue }
          let null = try #require(measurement.null)
          let (count, total) = inside[measurement.metric] ?? (0, 0)
          inside[measurement.metric] = (count + (null.contains(value) ? 1 : 0), total + 1)
        }
      }
    }
    let modes = [ModeMetric.modesLost, .modeEntanglement].map(\.rawValue)
    let further = MetricChoice.standard.further.map(\.rawValue)
    #expect(Set(inside.keys) == Set(Metric.allCases.map(\.rawValue) + further + modes))
    // Twelve deviations estimated from 20 draws each, and eight sets against the same held-out part:
    // the expected 93 % (Student's law of prediction) come with an error of about 4 points.
    for (metric, tally) in inside {
      let share = Double(tally.count) / Double(tally.total)
      #expect(share > 0.8, "\(metric): \(share)")
    }
    let all = inside.values.reduce((count: 0, total: 0)) {
      ($0.count + $1.count, $0.total + $1.total)
    }
    let share = Double(all.count) / Double(all.total)
    #expect(share > 0.89 && share < 0.98, "\(share)")
  }

  @Test("Bands of re-splits agree with those of fresh draws")
  func resplitsAgree() throws {
    let pooled = try TestVectors.evaluator(seed: 3, draws: 60).nulls
    let fresh = try TestVectors.evaluator(seed: 3, isEndless: true, draws: 60).nulls
    for metric in Metric.allCases where metric != .coverage {
      let (a, b) = try (
        #require(pooled.band(of: metric.rawValue, in: "vector")),
        #require(fresh.band(of: metric.rawValue, in: "vector"))
      )
      let scale = max(a.standardDeviation, b.standardDeviation)
      #expect(abs(a.mean - b.mean) < 1.6 * scale, "\(metric)")
      let ratio = a.standardDeviation / b.standardDeviation
      #expect(ratio > 0.6 && ratio < 1.7, "\(metric): \(ratio)")
    }
  }

  @Test("The floor of the Fréchet distance is that of theory")
  func frechetFloor() throws {
    // With d = 4 and unit variance, d = 4 times (1/a + 1/b) comes from the means and d (d + 1) / 4 = 5
    // times from the covariances.
    let nulls = try TestVectors.evaluator(seed: 5, isEndless: true, draws: 100).nulls
    let floor = 9.0 * (1.0 / 70 + 1.0 / 200)
    let band = try #require(nulls.band(of: "frechet_distance", in: "vector"))
    #expect(abs(band.mean / floor - 1) < 0.1)
    let previous = try #require(nulls.band(of: "frechet_distance_previous", in: "vector"))
    let pair = 9.0 * 2 / 200
    #expect(abs(previous.mean / pair - 1) < 0.1)
  }

  @Test("Cached bands come back as written and are taken for the same inputs only")
  func cache() throws {
    let evaluator = try TestVectors.evaluator(seed: 1)
    let stored = try JSONEncoder().encode(evaluator.nulls)
    let read = try JSONDecoder().decode(NullBands.self, from: stored)
    #expect(read == evaluator.nulls)

    // Bands that nobody would compute show whether the cache was taken.
    let marked = NullBands(fingerprint: read.fingerprint, bands: [])
    func bands(generatedCount: Int, seed: UInt64) throws -> Int {
      try Evaluator(
        train: TestVectors.normal(0..<200, seed: 1),
        heldOut: TestVectors.normal(5000..<5070, seed: 1),
        features: TestVectors.normal(6000..<6100, seed: 1), generatedCount: generatedCount,
        seed: seed, cachedNulls: marked
      ).nulls.bands.count
    }
    #expect(try bands(generatedCount: 200, seed: 1) == 0)
    let all = Metric.allCases.count + MetricChoice.standard.further.count
    #expect(try bands(generatedCount: 100, seed: 1) == all)
    #expect(try bands(generatedCount: 200, seed: 2) == all)
  }

  @Test("With fewer real samples than generated ones the note says for how many the band is")
  func fewerRealSamples() throws {
    let evaluator = try Evaluator(
      train: TestVectors.normal(0..<100, seed: 1), heldOut: TestVectors.normal(100..<150, seed: 1),
      features: TestVectors.normal(150..<200, seed: 1), generatedCount: 300, seed: 1)
    let measurements = try evaluator.evaluate(TestVectors.normal(1000..<1300, seed: 1)).measurements
    #expect(measurements.first(.recall)?.note == "The null band is for m = 100.")
    #expect(measurements.first(.distinctNearest)?.note == "")
    #expect(evaluator.nulls.band(of: "recall", in: "vector")?.generatedCount == 100)
  }

  @Test("Where whole folders are held out, unseen folders of the same law fall into the bands")
  func folders() throws {
    // Forty people with centres of deviation 2, each with ten pictures of deviation 0.5 about it.
    func people(_ range: Range<Int>, seed: UInt64) -> SampleSet {
      let centres = TestVectors.normal(range, seed: seed, deviation: 2).values
      let noise = TestVectors.normal(
        range.lowerBound * 10..<range.upperBound * 10, seed: seed + 1000, deviation: 0.5
      ).values
      let values = noise.indices.map { noise[$0] + centres[$0 / 40 * 4 + $0 % 4] }
      return SampleSet(
        count: range.count * 10, dimension: 4, storage: .floats(values),
        labels: range.flatMap { Array(repeating: Int32($0), count: 10) },
        classNames: (0..<range.upperBound).map { "p\($0)" })
    }
    let headline: [Metric] = [.frechetDistance, .energyDistance, .precision, .recall]
    func inside(ofBandsOfFolders isWhole: Bool) throws -> Int {
      var count = 0
      for seed in UInt64(1)...10 {
        func part(_ range: Range<Int>) -> SampleSet {
          let samples = people(range, seed: seed)
          return isWhole ? samples : samples.labelled(nil, classNames: [])
        }
        let evaluator = try Evaluator(
          train: part(0..<32), heldOut: part(32..<40), features: part(40..<50),
          generatedCount: 320, seed: seed)
        let measurements = try evaluator.evaluate(part(50..<82)).measurements
        for metric in headline {
          let measured = try #require(measurements.first(metric))
          let (value, null) = try (#require(measured.value), #require(measured.null))
          count += null.contains(value) ? 1 : 0
        }
      }
      return count
    }
    // Four numbers of each of ten pairs of sets, which are not independent.
    let (whole, torn) = (
      try inside(ofBandsOfFolders: true), try inside(ofBandsOfFolders: false)
    )
    #expect(whole >= 30, "\(whole) of 40")
    #expect(torn <= 4, "\(torn) of 40")
  }

  @Test(
    "Bands against the training set and the generation before are those of the same folders",
    arguments: [Metric.frechetDistancePrevious, .frechetDistanceTrain, .distinctNearest])
  func sameFolders(metric: Metric) throws {
    let train = TestVectors.normal(0..<200, seed: 4)
    let heldOut = TestVectors.normal(5000..<5070, seed: 4)
    func band(_ folders: Int?) throws -> NullBands.Band {
      func labelled(_ samples: SampleSet, from first: Int32) -> SampleSet {
        guard let folders else { return samples }
        // Folders that differ as people do: neighbours along the first feature.
        let order = (0..<samples.count).sorted { samples.values[4 * $0] < samples.values[4 * $1] }
        var labels = [Int32](repeating: 0, count: samples.count)
        for (rank, sample) in order.enumerated() {
          labels[sample] = first + Int32(rank * folders / samples.count)
        }
        return samples.labelled(labels, classNames: (0..<2 * folders).map { "p\($0)" })
      }
      return try #require(
        try Evaluator(
          train: labelled(train, from: 0),
          heldOut: labelled(heldOut, from: Int32(folders ?? 0)),
          features: TestVectors.normal(6000..<6100, seed: 4), generatedCount: 200, seed: 4,
          nullDraws: 40
        ).nulls.band(of: metric.rawValue, in: "vector"))
    }
    let (mixed, whole) = (try band(nil), try band(10))
    #expect(abs(whole.mean / mixed.mean - 1) < 0.25, "\(whole.mean) \(mixed.mean)")
  }

  @Test("A share that is the same in all draws has a band as wide as its steps")
  func steps() throws {
    let evaluator = try TestVectors.evaluator(seed: 2, generatedCount: 2000, draws: 3)
    let band = try #require(evaluator.nulls.band(of: "coverage", in: "vector"))
    #expect(band.mean == 1)
    #expect(abs(band.standardDeviation - 1 / (70 * 12.0.squareRoot())) < 1e-15)
    let copies = TestVectors.normal(0..<2000, seed: 2, deviation: 0)
    let coverage = try #require(try evaluator.evaluate(copies).measurements.first(.coverage))
    #expect(try #require(coverage.z) < -10)
  }

  @Test("Without draws there are numbers and no bands")
  func noDraws() throws {
    let evaluator = try TestVectors.evaluator(seed: 1, draws: 0)
    let measurements = try evaluator.evaluate(TestVectors.normal(900..<1100, seed: 1)).measurements
    // The bands of modes need no draws.
    let drawn = measurements.filter { ModeMetric(rawValue: $0.metric) == nil }
    #expect(drawn.allSatisfy { $0.null == nil })
    #expect(measurements.first(.recall)?.value != nil)
  }
}

@Suite("Sizes of null draws")
struct NullDesignTests {
  @Test("A pool of training and held-out samples stands in for as many as it can")
  func standIns() {
    let design = NullDesign(
      heldOutCount: 20, trainCount: 80, generatedCount: 500, rowCount: 100, isFresh: false)
    #expect(design.standInCount == 80)
  }

  @Test("Numbers about one set are widened for the part of the pool that it is")
  func onePopulation() {
    let design = NullDesign(
      heldOutCount: 20, trainCount: 80, generatedCount: 60, rowCount: 100, isFresh: false)
    #expect(design.scaling(of: Metric.totalVariance).deviation == 2)
    #expect(design.scaling(of: Metric.energyDistance) == .none)
    let fresh = NullDesign(
      heldOutCount: 20, trainCount: 80, generatedCount: 60, rowCount: 80, isFresh: true)
    #expect(fresh.scaling(of: Metric.totalVariance) == .none)
  }

  @Test("Distances between smaller sets are brought down to the floor of the larger ones")
  func floors() {
    let design = NullDesign(
      heldOutCount: 20, trainCount: 80, generatedCount: 80, rowCount: 100, isFresh: false)
    // 50 against 50 for 80 against 80.
    #expect(abs(design.scaling(of: Metric.frechetDistanceTrain).mean - 50.0 / 80) < 1e-12)
    #expect(abs(design.scaling(of: Metric.distinctNearest).mean - 80.0 / 50) < 1e-12)
    #expect(abs(design.scaling(of: .frechetDistancePrevious).mean - 50.0 / 80) < 1e-12)
    #expect(design.scaling(of: .recallTrain).mean == 1)
  }
}
