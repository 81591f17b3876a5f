import Foundation
import Generators
import Metrics
import Samples
import Storage
import SystemPackage
import Testing

@testable import Recursion

@Suite("Runs on data that hold almost nothing")
struct DegenerateRunTests {
  /// Real data by what is wrong with them.
  enum Case: String, CaseIterable, CustomTestStringConvertible {
    case fourPictures = "four pictures of 8x8"
    case fivePictures = "five pictures"
    case identical = "twenty times the same picture"
    case oneColour = "one colour, one level"
    case flat = "flat pictures of different levels"
    case blackAndWhite = "only black and only white"
    case grey8 = "grey pictures of 8x8"
    case wide = "pictures of 24x10"
    case lonelyClasses = "every picture a class of its own"
    case constantVectors = "the same vector again and again"
    case constantColumn = "a column that never changes"
    case fourVectors = "four vectors"
    case wideVectors = "more dimensions than vectors"
    case unequalScales = "columns of 1e-9, 1 and 1e9"
    case copies = "copies of five vectors"

    var testDescription: String { rawValue }

    var samples: SampleSet {
      let pictures = TestData.pictures(20)
      switch self {
      case .fourPictures: return TestData.pictures(4, size: 8)
      case .fivePictures: return TestData.pictures(5)
      case .identical: return pictures.selecting(Array(repeating: 0, count: 20))
      case .oneColour: return Self.flat { _ in 127 }
      case .flat: return Self.flat { UInt8(10 * $0) }
      case .blackAndWhite: return Self.flat { $0 % 2 == 0 ? 0 : 255 }
      case .grey8: return TestData.pictures(20, size: 8, channels: 1)
      case .wide:
        let shape = PictureShape(width: 24, height: 10, channels: 1)
        return SampleSet(
          count: 20, dimension: 240, shape: shape,
          storage: .bytes((0..<20 * 240).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }))
      case .lonelyClasses:
        return pictures.labelled(
          (0..<20).map { Int32($0) }, classNames: (0..<20).map { "class \($0)" })
      case .constantVectors: return Self.vectors(20, 3) { _, _ in 1 }
      case .constantColumn: return Self.vectors(20, 3) { $1 == 0 ? 1 : $0 }
      case .fourVectors: return TestData.vectors(4, dimension: 3)
      case .wideVectors: return TestData.vectors(10, dimension: 40)
      case .unequalScales: return Self.vectors(20, 3) { $0 * [1e-9, 1, 1e9][$1] }
      case .copies: return TestData.vectors(5, dimension: 3).selecting((0..<20).map { $0 % 5 })
      }
    }

    private static func flat(_ level: (Int) -> UInt8) -> SampleSet {
      let shape = PictureShape(width: 16, height: 16, channels: 3)
      let bytes = (0..<20).flatMap { [UInt8](repeating: level($0), count: shape.count) }
      return SampleSet(
        count: 20, dimension: shape.count, shape: shape, storage: .bytes(bytes))
    }

    private static func vectors(
      _ count: Int, _ dimension: Int, _ change: (Float, Int) -> Float
    ) -> SampleSet {
      let values = TestData.vectors(count, dimension: dimension).values
      return SampleSet(
        count: count, dimension: dimension,
        storage: .floats(values.indices.map { change(values[$0], $0 % dimension) }))
    }
  }

  @Test(
    "Whatever the generator, the numbers are finite or have a reason",
    arguments: Case.allCases, ["patches", "gmm", "gaussian", "bootstrap"])
  func finite(data: Case, generator: String) throws {
    var configuration = RunConfiguration()
    configuration.generator = generator
    configuration.generations = 1
    configuration.control = false
    let test = TestRun(configuration: configuration, data: TestData.real(data.samples))
    guard data.samples.shape != nil || generator != "patches" else {
      try withRunPath { path in
        _ = #expect(throws: GeneratorError.notPictures(generator: "patches")) {
          try test.perform(in: path)
        }
      }
      return
    }
    try withRunPath { path in
      let summary = try test.perform(in: path)
      for measurement in summary.generations.joined() {
        #expect(measurement.value?.isFinite ?? !measurement.note.isEmpty, "\(measurement.metric)")
        #expect(measurement.standardError.map { $0.isFinite && $0 >= 0 } ?? true)
        if ["total_variance", "effective_rank", "frechet_distance"].contains(measurement.metric) {
          #expect(measurement.value ?? 0 >= 0, "\(measurement.metric) in \(measurement.space)")
        }
      }
      #expect(wordsThatAreNoNumbers(in: try contents(of: path)) == [])
    }
  }

  @Test("Fewer than four samples are refused with what is needed", arguments: [1, 2, 3])
  func tooFew(count: Int) throws {
    let data = TestData.real(TestData.pictures(count))
    try withRunPath { path in
      #expect(throws: RealPartsError.tooFewSamples(found: count)) {
        try TestRun(configuration: RunConfiguration(), data: data).perform(in: path)
      }
      #expect(!FileStore.exists(path))
    }
  }

  @Test("One sample a generation is refused, of a folder and of an endless law, and two run")
  func oneSample() throws {
    let law = GaussianLaw(dimension: 2, seed: 1)
    for data in [
      TestData.real(TestData.pictures(20)),
      RealData(name: "law", supply: .endless(law), fingerprint: "law"),
    ] {
      var configuration = RunConfiguration()
      configuration.samples = 1
      configuration.generations = 1
      try withRunPath { path in
        #expect {
          try TestRun(configuration: configuration, data: data).perform(in: path)
        } throws: { error in
          guard case RecursionError.invalidSetting("samples", "1", _) = error else { return false }
          return true
        }
        #expect(!FileStore.exists(path))
        configuration.samples = 2
        try TestRun(configuration: configuration, data: data).perform(in: path)
      }
    }
  }

  @Test("Shares that leave less than two samples to train on are refused with what is needed")
  func oneToTrainOn() throws {
    var configuration = RunConfiguration()
    configuration.holdout = 0.99
    configuration.featureShare = 0
    let test = TestRun(configuration: configuration, data: TestData.real(TestData.pictures(40)))
    #expect {
      _ = try test.run.plan()
    } throws: { error in
      guard case RecursionError.tooFewSamples(_, 2, _) = error else { return false }
      return true
    }
  }

  @Test("A law that asks for more memory than the machine has is refused before anything is drawn")
  func tooLarge() throws {
    var configuration = RunConfiguration()
    configuration.samples = 100_000_000
    let law = GaussianLaw(dimension: 4096 * 16, seed: 1)
    let data = RealData(name: "law", supply: .endless(law), fingerprint: "law")
    #expect {
      _ = try TestRun(configuration: configuration, data: data).run.plan()
    } throws: { error in
      guard case RecursionError.tooLittleMemory = error else { return false }
      return "\(error)".hasPrefix("this run would take about")
        && "\(error)".contains("Lower --samples")
    }
  }

  @Test("Generation 0 alone is a run; more components than samples and thin thumbnails run too")
  func extremes() throws {
    for change: (inout RunConfiguration) -> Void in [
      { $0.generations = 0 }, { $0.generatorOptions.components = 500 },
      { $0.generatorOptions.rank = 0 }, { $0.generatorOptions.rank = 5000 },
      { $0.generatorOptions.dimensions = 1 }, { $0.generatorOptions.steps = 0 },
      { $0.generatorOptions.patch = 64 }, { $0.generatorOptions.patch = 8 },
      { $0.sampling.bias = 0 }, { $0.sampling.bias = 100 },
      { $0.generatorOptions.residualExponent = 0 },
    ] {
      var configuration = TestRun.small
      configuration.generations = 1
      configuration.control = false
      change(&configuration)
      try withRunPath { path in
        let summary = try TestRun(configuration: configuration).perform(in: path)
        #expect(summary.generations.count == configuration.generations + 1)
        #expect(wordsThatAreNoNumbers(in: try contents(of: path)) == [])
      }
    }
  }

  @Test("More full covariances than samples are refused, and the folder is free for another try")
  func tooManyComponents() throws {
    var test = TestRun()
    test.configuration.generator = "gmm"
    test.configuration.generatorOptions.components = 100
    try withRunPath { path in
      let error = GeneratorError.tooFewSamples(generator: "gmm", needed: 100, found: 20)
      #expect(throws: error) { try test.run.plan() }
      #expect(throws: error) { try test.perform(in: path) }
      #expect(!FileStore.exists(path))
      test.configuration.generatorOptions.components = 2
      try test.perform(in: path)
    }
  }
}
