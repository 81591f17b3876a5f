import Foundation
import Generators
import Metrics
import Samples
import Storage
import SystemPackage
import Testing

@testable import Recursion

@Suite("What the numbers of a run say, against theory")
struct RunNumbersTests {
  /// The measurements of a run on an endless law of normal vectors.
  private func gaussianRun(
    _ strategy: String = "replace", samples: Int, dimension: Int, generations: Int = 3
  ) throws -> [[MetricValue]] {
    var configuration = RunConfiguration()
    configuration.data = "gaussian:d=\(dimension)"
    configuration.strategy = strategy
    configuration.generator = "gaussian"
    configuration.samples = samples
    configuration.generations = generations
    configuration.control = false
    let law = GaussianLaw(dimension: dimension, seed: 2)
    let data = RealData(name: "gaussian", supply: .endless(law), fingerprint: "law")
    return try withRunPath { path in
      try TestRun(configuration: configuration, data: data, illustrator: nil).perform(in: path)
        .generations
    }
  }

  @Test("A Gaussian keeps its pool's variance, draws it up to noise, and a float carry takes none")
  func traceRatios() throws {
    let (n, d) = (300, 4)
    for measurements in try gaussianRun(samples: n, dimension: d) {
      let fitted = try #require(measurements.value("trace_model_pool", "model"))
      #expect(abs(fitted - 1) < 1e-6)
      // The trace of a sample covariance of d equal variances has the relative error (2 / n d)^1/2.
      let drawn = try #require(measurements.value("trace_drawn_model", "model"))
      #expect(abs(drawn - 1) < 4.5 * (2 / Double(n * d)).squareRoot())
      let carried = try #require(measurements.value("trace_carried_drawn", "model"))
      #expect(abs(carried - 1) < 1e-5)
    }
  }

  @Test("Bits per dimension of normal numbers are the entropy of the normal law")
  func bitsPerDimension() throws {
    let measurements = try gaussianRun(samples: 1000, dimension: 2, generations: 0)
    let bits = try #require(measurements[0].first { $0.metric == "bits_per_dim" })
    let entropy = 0.5 * log2(2 * Double.pi * M_E)
    let error = try #require(bits.standardError)
    #expect(abs(try #require(bits.value) - entropy) < 4 * error + 0.01)
  }

  @Test("real-only keeps to an endless law while replace drifts away from it")
  func realOnly() throws {
    let (n, d) = (100, 4)
    let real = try gaussianRun("real-only", samples: n, dimension: d, generations: 12)
    let replace = try gaussianRun("replace", samples: n, dimension: d, generations: 12)
    #expect(real.allSatisfy { $0.value("training_rows_synthetic", "model") == 0 })
    let kept = try #require(real[12].value("total_variance", "vector"))
    // Drawn from a fit to n samples: the trace has the relative error (2 · 2 / n d)^1/2.
    #expect(abs(kept / Double(d) - 1) < 4 * (4 / Double(n * d)).squareRoot())
    // Theory expects C t / n with t = 13 fits for replace and t = 1 for real-only, plus a floor.
    let distances = try [real, replace].map {
      try #require($0[12].value("frechet_distance", "vector"))
    }
    #expect(distances[1] > 2 * distances[0])
  }

  @Test("A bootstrap copies training pictures exactly, and its memorisation is seen")
  func bootstrap() throws {
    var test = TestRun()
    test.configuration.generator = "bootstrap"
    test.configuration.generatorOptions = .init()
    test.configuration.control = false
    let prepared = try PreparedRun(configuration: test.configuration, data: test.data)
    let original = prepared.division.original
    let known = Set((0..<original.count).map { original.values($0..<$0 + 1) })
    try withRunPath { path in
      let summary = try test.perform(in: path)
      var distinct = 20
      for generation in 0...2 {
        let samples = try NumpyFile.read(
          path.appending("generations/00\(generation)/samples.npy"))
        let drawn = (0..<samples.count).map { samples.values($0..<$0 + 1) }
        #expect(drawn.allSatisfy(known.contains))
        // A copy of copies can only lose pictures.
        #expect(Set(drawn).count <= distinct)
        distinct = Set(drawn).count
        let measured = summary.generations[generation]
        for space in ["pixels", "conv"] {
          #expect(measured.value("memorisation_ratio", space) == 0)
          #expect(measured.value("distinct_nearest", space) == Double(distinct))
        }
        #expect(measured.value("bits_per_dim", "model") == nil)
      }
    }
  }

  @Test("The strategies train on the real and synthetic samples that they promise")
  func trainingRows() throws {
    for (strategy, share, real, synthetic) in [
      ("replace", false, 0.0, 20.0), ("accumulate", false, 20, 40),
      ("synthetic-augmentation", true, 5, 15), ("fresh-data", true, 5, 15),
      ("refit", false, 20, 0), ("real-only", false, 20, 0),
    ] {
      var test = TestRun(illustrator: nil)
      test.configuration.strategy = strategy
      if share { test.configuration.realShare = 0.25 }
      test.configuration.reuseReal = true
      test.configuration.control = false
      let last = try withRunPath { try test.perform(in: $0).generations[2] }
      #expect(last.value("training_rows_real", "model") == real, "\(strategy)")
      #expect(last.value("training_rows_synthetic", "model") == synthetic, "\(strategy)")
    }
  }
}
