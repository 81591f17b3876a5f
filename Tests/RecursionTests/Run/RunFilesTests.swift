import Foundation
import Generators
import Metrics
import Samples
import Storage
import SystemPackage
import Testing

@testable import Recursion

@Suite("What a run leaves in its folder")
struct RunFilesTests {
  @Test("The control refits the same real set, in a run folder that shares generation 0")
  func control() throws {
    try withRunPath { path in
      let summary = try TestRun().perform(in: path)
      let files = try contents(of: path)
      for name in ["samples.npy", "model.safetensors", "metrics.json"] {
        #expect(files["control/generations/000/\(name)"] == files["generations/000/\(name)"])
        #expect(files["control/generations/001/\(name)"] != files["generations/001/\(name)"])
      }
      #expect(files["control/COMPLETE"] != nil)
      #expect(summary.control.count == 3)
      let real = summary.control.map { $0.value("training_rows_real", "model") }
      #expect(real == [20, 20, 20])
      let run = try JSONValue(parsing: try #require(files["control/run.json"]))
      #expect(run["configuration"]?["strategy"]?.string == "refit")
    }
  }

  @Test("The control is sampled as the run is")
  func controlSampling() throws {
    var test = TestRun()
    test.configuration.strategy = "bias:lambda=0.5"
    let byStrategy = try withRunPath { path in
      try test.perform(in: path)
      return try FileStore.read(path.appending("control/metrics.csv"))
    }
    test.configuration.strategy = "replace"
    test.configuration.sampling.bias = 0.5
    let byOption = try withRunPath { path in
      try test.perform(in: path)
      return try FileStore.read(path.appending("control/metrics.csv"))
    }
    #expect(byStrategy == byOption)
  }

  @Test("Without control there is none, and refit is its own")
  func noControl() throws {
    var test = TestRun()
    test.configuration.control = false
    try withRunPath { path in
      let summary = try test.perform(in: path)
      #expect(summary.control.isEmpty)
      #expect(!FileStore.exists(path.appending("control")))
    }
    test.configuration.control = true
    test.configuration.strategy = "refit"
    try withRunPath { path in
      let summary = try test.perform(in: path)
      #expect(summary.control.isEmpty)
      #expect(!FileStore.exists(path.appending("control")))
    }
  }

  @Test("metrics.csv holds every metric in both spaces and each class, and only numbers or nothing")
  func everyMetric() throws {
    try withRunPath { path in
      try TestRun().perform(in: path)
      let files = try contents(of: path)
      let rows = try CSV.rows(of: try #require(files["metrics.csv"])).map {
        $0.map { String(decoding: $0, as: UTF8.self) }
      }
      #expect(
        rows.first == [
          "generation", "space", "metric", "value", "low", "high", "null_low", "null_high", "n",
          "m", "note",
        ])
      let spaceMetrics =
        [
          "frechet_distance", "frechet_distance_mean", "frechet_distance_trace_real",
          "frechet_distance_trace_generated", "frechet_distance_cross", "kernel_distance",
          "energy_distance", "precision", "recall", "density", "coverage", "total_variance",
          "effective_rank", "participation_ratio", "mean_log_eigenvalue", "vendi_rbf",
          "distinct_nearest", "memorisation_ratio",
          "frechet_distance_train", "precision_train", "recall_train", "frechet_distance_previous",
        ]
      let modelMetrics = [
        "living_components", "bits_per_dim", "bits_per_dim_train", "gamut_share", "clipped_share",
        "trace_model_pool", "trace_drawn_model", "trace_carried_drawn", "training_rows_real",
        "training_rows_synthetic", "bits_per_dim_change", "tail_log_ratio", "tail_mass_ratio",
        "hallucinated_share",
      ]
      let wanted =
        ["pixels", "conv"].flatMap { space in spaceMetrics.map { "\(space) \($0)" } }
        + ["discs", "squares"].map { "conv share:\($0)" }
        + ["modes_lost", "modes_judged", "mode_entanglement", "recall_tail"].map { "conv \($0)" }
        + modelMetrics.map { "model \($0)" }
      for generation in ["0", "1", "2"] {
        let measured = rows.filter { $0[0] == generation }
        let named = Dictionary(measured.map { ("\($0[1]) \($0[2])", $0) }) { first, _ in first }
        #expect(named.count == measured.count, "a metric stands twice")
        for name in wanted {
          let row = try #require(named[name], "\(name) is missing in generation \(generation)")
          #expect(Double(row[3])?.isFinite ?? !row[10].isEmpty, "\(name): no value and no reason")
        }
        #expect(named["model bits_per_dim"].flatMap { Double($0[3]) } != nil)
      }
      #expect(wordsThatAreNoNumbers(in: files) == [])
    }
  }

  @Test("lineage.csv tells, generation by generation, what the samples descend from")
  func lineage() throws {
    var test = TestRun()
    test.configuration.generator = "bootstrap"
    test.configuration.generatorOptions.components = nil
    test.configuration.generations = 4
    try withRunPath { path in
      try test.perform(in: path)
      let rows = try CSV.rows(of: try FileStore.read(path.appending("lineage.csv"))).map {
        $0.map { String(decoding: $0, as: UTF8.self) }
      }
      #expect(
        rows[0] == ["generation", "components", "components_of_generation_0", "originals"])
      #expect(rows.count == 6)
      for (generation, row) in rows.dropFirst().enumerated() {
        let samples = try NumpyFile.read(path.appending("generations/00\(generation)/samples.npy"))
        let distinct = Set((0..<samples.count).map { samples.values($0..<$0 + 1) }).count
        #expect(row[0] == "\(generation)")
        #expect(row[2] == "\(distinct)" && row[3] == "\(distinct)")
      }
      #expect(!FileStore.exists(path.appending("control/lineage.csv")))
    }
  }

  @Test("samples.npy of every generation is what the loop without files draws")
  func samples() throws {
    let test = TestRun()
    try withRunPath { path in
      try test.perform(in: path)
      let prepared = try PreparedRun(configuration: test.configuration, data: test.data)
      let engine = prepared.engine(strategy: prepared.strategy)
      var pools = prepared.pools
      var model = try engine.step(0, pools: pools, previous: nil).model
      for generation in 0...2 {
        let step = try engine.step(
          generation, pools: pools, previous: generation == 0 ? nil : model)
        model = step.model
        pools.append(step.carried)
        let folder = path.appending("generations/00\(generation)")
        #expect(try NumpyFile.read(folder.appending("samples.npy")) == step.carried)
        let display = try NumpyFile.read(folder.appending("display.npy"))
        #expect(display == (try engine.display(100, model: step.model)))
        let tensors = try Safetensors.read(folder.appending("model.safetensors")).tensors
        #expect(Set(tensors.map(\.name)) == Set(step.model.tensors.map(\.name)))
      }
    }
  }

  @Test("A carry changes what the next generation sees, and run.json records it")
  func carry() throws {
    func run(_ carry: Carry) throws -> (samples: SampleSet, recorded: String?) {
      var test = TestRun()
      test.configuration.carry = carry
      test.configuration.control = false
      test.configuration.generations = 1
      return try withRunPath { path in
        try test.perform(in: path)
        let run = try JSONValue(parsing: try FileStore.read(path.appending("run.json")))
        return (
          try NumpyFile.read(path.appending("generations/000/samples.npy")),
          run["configuration"]?["carry"]?.string
        )
      }
    }
    let png = try run(.png8)
    let jpeg = try run(.jpeg(quality: 20))
    let float = try run(.float)
    #expect([png.recorded, jpeg.recorded, float.recorded] == ["png8", "jpeg:20", "float"])
    let pairs = zip(png.samples.values, jpeg.samples.values)
    let change = pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / Float(png.samples.values.count)
    #expect(change > 0.5 && change < 40, "mean change \(change) levels")
    guard case .floats(let levels) = float.samples.storage else {
      Issue.record("--carry float stored bytes")
      return
    }
    #expect(levels.contains { $0 != $0.rounded() })
    for (level, byte) in zip(levels, png.samples.values) {
      #expect(abs(min(255, max(0, level)) - byte) < 0.51)
    }
  }

  @Test("Vectors are measured in their own space and have no pictures of samples")
  func vectors() throws {
    var test = TestRun(data: TestData.real(TestData.vectors(60, dimension: 3), name: "v"))
    test.configuration.generatorOptions = .init(components: 2)
    try withRunPath { path in
      let summary = try test.perform(in: path)
      #expect(summary.title.generator == "gmm")
      let files = try contents(of: path)
      #expect(!files.keys.contains { $0.hasSuffix("display.npy") })
      #expect(Set(summary.generations[2].map(\.space)) == ["vector", "model", "theory"])
      #expect(summary.generations[2].value("frechet_distance", "vector") != nil)
      #expect(summary.generations[2].value("bits_per_dim", "model") != nil)
      guard case .floats = try NumpyFile.read(path.appending("generations/002/samples.npy")).storage
      else {
        Issue.record("vectors were stored as bytes")
        return
      }
      #expect(wordsThatAreNoNumbers(in: files) == [])
    }
  }
}

extension [MetricValue] {
  /// The value of a metric in a space.
  func value(_ metric: String, _ space: String) -> Double? {
    first { $0.metric == metric && $0.space == space }?.value
  }
}
