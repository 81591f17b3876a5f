import Foundation
import Generators
import Metrics
import Samples
import Storage
import SystemPackage
import Testing
import Theory

@testable import Recursion

@Suite("The realisable twin")
struct TwinTests {
  /// A run of a Gaussian on vectors whose real law is the Gaussian fitted to them.
  private func gaussian(
    seed: UInt64, samples: Int, dimension: Int, generations: Int
  ) throws -> [[MetricValue]] {
    var test = TestRun(illustrator: nil)
    test.configuration.data = "vectors"
    test.configuration.generator = "gaussian"
    test.configuration.generatorOptions = .init()
    test.configuration.samples = samples
    test.configuration.generations = generations
    test.configuration.control = false
    test.configuration.seed = seed
    test.configuration.truth = .model
    test.data = TestData.real(TestData.vectors(4 * samples, dimension: dimension), name: "vectors")
    return try withRunPath { try test.perform(in: $0).generations }
  }

  @Test("The divergence of a Gaussian from its twin's law grows as A10 says")
  func divergence() throws {
    let (n, seeds, last) = (40, 24, 3)
    let runs = try (1...UInt64(seeds)).map {
      try gaussian(seed: $0, samples: n, dimension: 1, generations: last)
    }
    let ratio = Double(n) / Double(n - 3)
    var b = 0.0
    for generation in 0...last {
      let t = Double(generation + 1)
      b = (b + 1 / Double(n)) * ratio
      let log = t * expectedLogVarianceStep(sampleCount: n)
      let expected = 0.5 * (log + pow(ratio, t) + b - 1)
      let values = try runs.map { try #require($0[generation].value("kl_real_model", "model")) }
      let mean = values.reduce(0, +) / Double(seeds)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seeds - 1)
      let error = (variance / Double(seeds)).squareRoot()
      #expect(abs(mean - expected) < 4 * error, "generation \(generation)")
    }
  }

  @Test("Fresh samples never end for the twin, and pictures have an exact divergence")
  func pictures() throws {
    var test = TestRun(illustrator: nil)
    test.configuration.strategy = "real-only"
    test.configuration.carry = .float
    test.configuration.control = false
    test.configuration.generations = 3
    // The data have no samples left for this, and are refused.
    #expect(throws: RecursionError.self) { try withRunPath { try test.perform(in: $0) } }
    test.configuration.truth = .model
    let generations = try withRunPath { try test.perform(in: $0).generations }
    for measurements in generations {
      let row = try #require(measurements.first { $0.metric == "kl_real_model" })
      #expect(try #require(row.value) > 0)
      #expect(try #require(row.standardError) > 0)
      #expect(measurements.value("training_rows_synthetic", "model") == 0)
    }
  }

  @Test("A model without a density has no divergence, and says why")
  func bootstrap() throws {
    var test = TestRun(illustrator: nil)
    test.configuration.generator = "bootstrap"
    test.configuration.generatorOptions = .init()
    test.configuration.truth = .model
    test.configuration.generations = 1
    let generations = try withRunPath { try test.perform(in: $0).generations }
    let row = try #require(generations[1].first { $0.metric == "kl_real_model" })
    #expect(row.value == nil)
    #expect(row.note == "this model has no density")
  }

  @Test("The twin's law is the model of the data's generation 0, by the bit")
  func law() throws {
    var test = TestRun(illustrator: nil)
    test.configuration.control = false
    test.configuration.generations = 0
    let model = try withRunPath { path in
      try test.perform(in: path)
      return try FileStore.read(path.appending("generations/000/model.safetensors"))
    }
    test.configuration.truth = .model
    let (truth, run) = try withRunPath { path in
      try test.perform(in: path)
      return (
        try FileStore.read(path.appending("truth.safetensors")),
        try FileStore.read(path.appending("run.json"))
      )
    }
    #expect(truth == model)
    #expect(try JSONValue(parsing: run)["configuration"]?["truth"]?.string == "model")
  }

  private var budgeted: TestRun {
    var test = TestRun()
    test.configuration.errorBudget = true
    return test
  }

  @Test("The parts of the error add up to the distance that is measured")
  func budget() throws {
    try withRunPath { path in
      let summary = try budgeted.perform(in: path)
      for measurements in summary.generations {
        let distance = try #require(measurements.value("frechet_distance", "conv"))
        let parts = try ErrorPart.allCases.map { part in
          try #require(measurements.value(part.rawValue, "conv"))
        }
        #expect(abs(parts.reduce(0, +) - distance) < 1e-9 * max(1, distance))
        for part in ErrorPart.allCases {
          let row = try #require(measurements.first { $0.metric == part.rawValue })
          #expect(row.low != nil && row.high != nil, "\(part)")
        }
      }
      #expect(FileStore.exists(path.appending("twin/COMPLETE")))
      #expect(FileStore.exists(path.appending("twin-float/COMPLETE")))
    }
  }

  @Test("Without a twin the parts are not guessed")
  func unknown() throws {
    let summary = try withRunPath { try TestRun(illustrator: nil).perform(in: $0) }
    for part in [ErrorPart.statistical, .carry, .functional] {
      let row = try #require(summary.generations[1].first { $0.metric == part.rawValue })
      #expect(row.value == nil)
      #expect(row.note.contains("cannot be told apart without the realisable twin"))
    }
    #expect(summary.generations[1].value("error_floor", "conv") != nil)
  }

  @Test("A run with twins that is gone on with has the bytes of one long run")
  func resumed() throws {
    let whole = try withRunPath { path in
      try budgeted.perform(in: path)
      return try contents(of: path)
    }
    try withRunPath { path in
      var short = budgeted
      short.configuration.generations = 1
      try short.perform(in: path)
      try budgeted.perform(in: path)
      #expect(try differences(contents(of: path), whole).isEmpty)
    }
  }

  @Test("A run stopped within a twin goes on there")
  func interrupted() throws {
    struct Stop: Error {}
    let whole = try withRunPath { path in
      try budgeted.perform(in: path)
      return try contents(of: path)
    }
    try withRunPath { path in
      #expect(throws: Stop.self) {
        try budgeted.run.perform(in: path) { event in
          if case .twinFinished(generation: 1, _, carry: .png8, _) = event { throw Stop() }
        }
      }
      #expect(FileStore.exists(path.appending("twin-float/COMPLETE")))
      try budgeted.perform(in: path)
      #expect(try differences(contents(of: path), whole).isEmpty)
    }
  }

  @Test("A twin has no budget of its own")
  func contradiction() {
    var configuration = TestRun.small
    configuration.errorBudget = true
    configuration.truth = .model
    #expect(throws: RecursionError.self) { try configuration.validate() }
  }
}
