import Foundation
import Generators
import Metrics
import Randomness
import Recursion
import Samples
import Storage
import SystemPackage
import Testing

@Suite("Runs on random data that hold almost nothing")
struct RandomDegenerateRunTests {
  /// The sets to try: a thousand take minutes.
  private static let count =
    Int(ProcessInfo.processInfo.environment["DEGENERATE_SETS"] ?? "") ?? 80

  /// A few samples with a few different values: pictures of 8 × 8 or a little more, or vectors.
  private static func samples(_ stream: inout RandomStream) -> SampleSet {
    let count = [1, 2, 3, 4, 5, 6, 8, 12, 20][stream.integer(below: 9)]
    let isPictures = stream.integer(below: 3) > 0
    let shape = PictureShape(
      width: 8 + stream.integer(below: 6), height: 8 + stream.integer(below: 6),
      channels: stream.integer(below: 2) == 0 ? 1 : 3)
    let dimension = isPictures ? shape.count : 1 + stream.integer(below: 12)
    let kinds = 1 + stream.integer(below: count)
    let rows = (0..<kinds).map { _ in row(dimension, isPictures: isPictures, &stream) }
    let values = (0..<count).flatMap { rows[$0 % kinds] }
    var labels: [Int32]?
    let classes = 1 + stream.integer(below: count)
    if stream.integer(below: 2) == 0 {
      // Some classes hold two samples or one, some none.
      labels = (0..<count).map { _ in Int32(stream.integer(below: classes)) }
    }
    return SampleSet(
      count: count, dimension: dimension, shape: isPictures ? shape : nil,
      storage: isPictures ? .bytes(values.map { UInt8($0) }) : .floats(values), labels: labels,
      classNames: labels == nil ? [] : (0..<classes).map { "class \($0)" })
  }

  /// One colour, two levels, noise of one level, columns of unlike scales, or plain noise.
  private static func row(
    _ dimension: Int, isPictures: Bool, _ stream: inout RandomStream
  ) -> [Float] {
    let kind = stream.integer(below: 5)
    let base = [0, 255, Double(stream.integer(below: 256))][stream.integer(below: 3)]
    return (0..<dimension).map { column in
      switch kind {
      case 0: Float(base)
      case 1: stream.integer(below: 2) == 0 ? 0 : 255
      case 2: Float(min(255, base + Double(stream.integer(below: 2))))
      case 3 where !isPictures: Float(stream.uniform() * pow(10, Double(column % 7 * 3 - 9)))
      default: Float(stream.integer(below: 256))
      }
    }
  }

  @Test("Every set either runs to numbers that are finite and not negative, or is refused in words")
  func randomSets() throws {
    var performed = 0
    let strategies = ["replace", "accumulate", "refit"]
    for number in 0..<Self.count {
      var stream = RandomStream(seed: 11, purpose: "degenerate", sample: number)
      let samples = Self.samples(&stream)
      var configuration = RunConfiguration()
      configuration.data = "set \(number)"
      configuration.generator = ["patches", "gmm", "gaussian", "bootstrap"][number % 4]
      configuration.strategy = strategies[stream.integer(below: 3)]
      configuration.generations = 1
      configuration.control = false
      configuration.seed = UInt64(number)
      let test = TestRun(
        configuration: configuration, data: TestData.real(samples), illustrator: nil)
      let words: Comment = "set \(number): \(samples.count) of \(samples.dimension)"
      try withRunPath { path in
        do {
          let summary = try Self.withoutFlushes { try test.perform(in: path) }
          performed += 1
          for measurement in summary.generations.joined() {
            Self.check(measurement, words)
          }
          #expect(wordsThatAreNoNumbers(in: try contents(of: path)) == [], words)
        } catch {
          #expect(Self.isRefusal(error), "\(words): \(error)")
          #expect(!FileStore.exists(path), words)
        }
      }
    }
    #expect(performed > Self.count / 3)
  }

  private static func check(_ measurement: MetricValue, _ words: Comment) {
    let name = measurement.metric
    #expect(
      measurement.value?.isFinite ?? !measurement.note.isEmpty, "\(words), \(name) has no reason")
    #expect(
      measurement.standardError.map { $0.isFinite && $0 >= 0 } ?? true, "\(words), \(name)")
    if let null = measurement.null {
      #expect(null.lowerBound.isFinite && null.upperBound.isFinite, "\(words), \(name)")
    }
    let isNeverNegative =
      ["total_variance", "effective_rank", "vendi_rbf", "living_components", "distinct_nearest"]
      .contains(name) || name.hasPrefix("trace_") || name.hasSuffix("_share")
    if isNeverNegative { #expect(measurement.value ?? 0 >= 0, "\(words), \(name)") }
  }

  /// Whether an error says what the data lack.
  private static func isRefusal(_ error: any Error) -> Bool {
    // That a generator is for pictures needs no number.
    if case GeneratorError.notPictures = error { return true }
    let isOfData =
      switch error {
      case is RealPartsError, is GeneratorError, is RecursionError: true
      default: false
      }
    // What is needed is a number.
    return isOfData && "\(error)".contains { $0.isNumber }
  }

  /// Nobody cuts the power of a test, and flushes take most of its time.
  private static func withoutFlushes<Result>(_ body: () throws -> Result) rethrows -> Result {
    try SystemCall.FaultPlan { $0 == .flush ? .omitted : nil }.run(body)
  }
}
