import Foundation
import Generators
import Recursion
import Samples
import Storage
import SystemPackage
import Testing
import Theory

@Suite("The plan of a run")
struct RunPlanTests {
  @Test("It resolves every option as run.json records it, and counts rows and bytes")
  func plan() throws {
    let test = TestRun()
    let plan = try test.run.plan()
    #expect(plan.counts.training == 20)
    #expect(plan.counts.heldOut == 8)
    #expect(plan.sizes.count == 3)
    #expect((plan.sizes[0].real, plan.sizes[0].synthetic) == (20, 0))
    #expect((plan.sizes[1].real, plan.sizes[1].synthetic) == (0, 20))
    #expect(plan.sampleBytes == 3 * 20 * 768)
    try withRunPath { path in
      try test.perform(in: path)
      let run = try JSONValue(parsing: try FileStore.read(path.appending("run.json")))
      let recorded = try #require(run["configuration"]?.members)
      #expect(recorded.map(\.key) == plan.configuration.map(\.key))
      #expect(recorded.map { $0.value.bytes() } == plan.configuration.map { $0.value.bytes() })
    }
  }

  @Test(
    "A folder that runs out of fresh pictures is refused, word for word, before anything is done")
  func freshDataRunsOut() throws {
    var test = TestRun()
    test.configuration.strategy = "fresh-data"
    test.configuration.generations = 10
    // 40 pictures: 8 held out, 32 to train on (the feature part is too small to be one), of which
    // generation 0 takes 20. Ten generations of 10 fresh ones need 100; 12 are left. With 5 samples,
    // a generation takes round(2.5) = 3 and 5 + 30 > 32; with 4 it takes 2 and 4 + 20 fits, 24 <= 32;
    // with 5, 35 > 32.
    let expected = """
      fresh-data needs 100 fresh real samples for 10 generations, and 12 are left beside generation \
      0's training set. Use --samples 4 or fewer, fewer --generations, an endless law such as \
      sprites:size=64, or --reuse-real to draw the same pictures again.
      """
    try withRunPath { path in
      #expect {
        try test.perform(in: path)
      } throws: { error in
        "\(error)" == expected
      }
      #expect(!FileStore.exists(path))
      test.configuration.generations = 2
      test.configuration.reuseReal = true
      let summary = try test.perform(in: path)
      #expect(summary.generations[2].value("training_rows_real", "model") == 10)
    }
    test.configuration.reuseReal = false
    test.configuration.samples = 4
    test.configuration.generations = 10
    _ = try test.run.plan()
    test.configuration.samples = 5
    #expect(throws: RecursionError.self) { try test.run.plan() }
  }

  @Test(
    "What a generator or the data cannot do is refused before anything is written",
    arguments: [
      ("patches", "negative", "has no covariances to extrapolate. Use --generator gaussian"),
      (
        "gmm", RunPlanTests.population(models: 2, step: true),
        "a population of models cannot be extrapolated"
      ),
      ("patches", "curated:by=class,class=dsics", "Did you mean \"discs\"?"),
      ("bootstrap", "curated:by=likelihood", "no density to judge samples by"),
      ("bootstrap", "curated:by=real-likelihood", "no density to judge samples by"),
      ("bootstrap", "bias:lambda=1,likeliest=0.5", "no density to choose by"),
      ("gaussian", "bias:lambda=1,deviations=2,likeliest=0.5", "no density to choose by"),
      ("gmm", "distilled:student=20", "generation 1 would fit 20 samples, and gmm needs 60"),
      (
        "gaussian", "crossed:models=15",
        "generation 0 would fit 1 samples with each of 15 models, and gaussian needs 2"
      ),
    ])
  func impossible(generator: String, strategy: String, words: String) throws {
    var test = TestRun()
    test.configuration.generator = generator
    test.configuration.strategy = strategy
    test.configuration.generatorOptions.components =
      ["gmm", "patches"].contains(generator) ? 3 : nil
    func isRefusal(_ error: any Error) -> Bool {
      guard case RecursionError.invalidStrategy = error else { return false }
      return "\(error)".contains(words)
    }
    #expect { try test.run.plan() } throws: { isRefusal($0) }
    try withRunPath { path in
      #expect { try test.perform(in: path) } throws: { isRefusal($0) }
      #expect(!FileStore.exists(path))
    }
  }

  private static func population(models: Int, step: Bool) -> String {
    """
    {"name": "several", "parts": [{"pools": "last"}], "population": {"models": \(models)},
     "step": {"extrapolation": \(step ? 0.5 : 0)}}
    """
  }

  @Test("What the same strategies can do with another generator is not refused")
  func possible() throws {
    for (generator, strategy) in [
      ("gmm", "negative"), ("patches", "curated:by=class,class=discs"),
      ("patches", "distilled:student=20"), ("gmm", "distilled:student=5"),
      ("gaussian", "crossed:models=10"), ("gmm", Self.population(models: 2, step: false)),
      ("bootstrap", "curated:by=brightness"), ("bootstrap", "bias:lambda=1"),
    ] {
      var test = TestRun()
      test.configuration.generator = generator
      test.configuration.strategy = strategy
      test.configuration.generatorOptions.components = generator == "gmm" ? 3 : nil
      _ = try test.run.plan()
    }
  }

  @Test("Sizes that differ between generations are counted as they are, on the disk too")
  func growing() throws {
    var test = TestRun()
    test.configuration.generations = 3
    test.configuration.strategy = "growing:size=1/2/4"
    test.configuration.control = false
    let plan = try test.run.plan()
    #expect(plan.sizes.map(\.trained) == [20, 20, 40, 80])
    // Generation 3 draws as much as the next would be trained on.
    #expect(plan.sampleBytes == (20 + 40 + 80 + 80) * 768)
    try withRunPath { path in
      try test.perform(in: path)
      let bytes = try (0...3).map {
        try NumpyFile.read(path.appending("generations/00\($0)/samples.npy")).count
      }
      #expect(bytes == [20, 40, 80, 80])
    }
    test.configuration.strategy = "replace"
    let constant = try test.run.plan().estimate(threads: 1, speed: 1)
    let estimate = plan.estimate(threads: 1, speed: 1)
    #expect(estimate.memoryBytes > constant.memoryBytes)
    #expect(estimate.diskBytes > constant.diskBytes + 100 * 768)
    #expect(estimate.processorSeconds > constant.processorSeconds)
  }
}
