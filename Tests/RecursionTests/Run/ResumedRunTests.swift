import Foundation
import Generators
import LinearAlgebra
import Metrics
import Recursion
import Samples
import Storage
import SystemPackage
import Testing

@Suite("The bytes of a run, undisturbed and continued")
struct ResumedRunTests {
  @Test("The same configuration gives the same bytes in two folders, with 1 thread and with 2")
  func deterministic() throws {
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    let folders = try [1, 2].map { threads in
      Parallelism.threads = threads
      return try withRunPath { path in
        try TestRun().perform(in: path)
        return try contents(of: path)
      }
    }
    #expect(folders[0].keys.contains("metrics.csv"))
    #expect(folders[0].keys.contains("generations/002/samples.npy"))
    #expect(folders[0].keys.contains("control/generations/002/model.safetensors"))
    #expect(folders[0].keys.contains("pictures/run.txt"))
    #expect(differences(folders[0], folders[1]) == [])
  }

  @Test(
    "A run stopped at any generation, or before its last pictures, goes on to the same bytes",
    arguments: [nil] + [.generation(0), .generation(1), .generation(2), .run] as [Scribe.Failure?])
  func continued(failure: Scribe.Failure?) throws {
    let undisturbed = try Self.undisturbed.get()
    try withRunPath { path in
      if let failure {
        #expect(throws: failure) {
          try TestRun(illustrator: Scribe(failure: failure)).perform(in: path)
        }
        #expect(!FileStore.exists(path.appending("COMPLETE")))
      } else {
        try TestRun().perform(in: path)
      }
      let summary = try TestRun().perform(in: path)
      let resumed =
        switch failure {
        case .generation(let generation): generation
        case .run, nil: 3
        }
      #expect(summary.resumedGenerations == resumed)
      #expect(differences(try contents(of: path), undisturbed) == [])
    }
  }

  @Test(
    "Every generator and strategy goes on to the same bytes, cold and warm",
    arguments: [
      ("gmm", "accumulate", false), ("gaussian", "accumulate-subsample", false),
      ("bootstrap", "synthetic-augmentation", false), ("patches", "fresh-data", true),
      ("gmm", "replace", true), ("patches", "curated:by=real-likelihood,share=0.3", false),
      ("gmm", "curated:rule=odds,noise=0.5,share=0.5", false), ("gmm", "negative", false),
      ("patches", "crossed", true), ("patches", "distilled:at=2", false),
      ("bootstrap", "filtered", false), ("patches", "corrected:clusters=3", false),
      ("patches", "weighted", false), ("gaussian", "growing:size=1..2@2", false),
      ("bootstrap", "window:generations=2", false),
      ("patches", "bias:likeliest=0.5", false),
    ])
  func everyGenerator(generator: String, strategy: String, warm: Bool) throws {
    var test = TestRun()
    test.configuration.generator = generator
    test.configuration.strategy = strategy
    test.configuration.reuseReal = true
    test.configuration.control = false
    test.configuration.generatorOptions.components =
      ["gmm", "patches"].contains(generator) ? 3 : nil
    if warm { test.configuration.generatorOptions.start = .warm }
    let long = try withRunPath { path in
      try test.perform(in: path)
      return try contents(of: path)
    }
    try withRunPath { path in
      var stopped = test
      stopped.illustrator = Scribe(failure: .generation(2))
      #expect(throws: Scribe.Failure.generation(2)) { try stopped.perform(in: path) }
      try test.perform(in: path)
      #expect(differences(try contents(of: path), long) == [])
    }
  }

  @Test("More generations go on to the bytes of one long run; fewer are refused")
  func moreGenerations() throws {
    try withRunPath { path in
      var short = TestRun()
      short.configuration.generations = 1
      try short.perform(in: path)
      try TestRun().perform(in: path)
      #expect(differences(try contents(of: path), try Self.undisturbed.get()) == [])
      #expect {
        try short.perform(in: path)
      } throws: { error in
        guard case RunFolderError.fewerGenerations(_, let held, let requested) = error else {
          return false
        }
        return held == 2 && requested == 1
      }
    }
  }

  @Test("Another configuration in the same folder is refused with every option that differs")
  func otherConfiguration() throws {
    try withRunPath { path in
      try TestRun().perform(in: path)
      let before = try contents(of: path)
      var other = TestRun()
      other.configuration.seed = 6
      other.configuration.sampling.bias = 0.5
      other.configuration.carry = .jpeg(quality: 80)
      other.configuration.generatorOptions.components = 5
      #expect {
        try other.perform(in: path)
      } throws: { error in
        guard case RunFolderError.configurationDiffers(_, let differences) = error else {
          return false
        }
        return Set(differences.map(\.key)) == ["components", "seed", "bias", "carry"]
      }
      var changed = TestRun()
      changed.data = TestData.real(TestData.pictures(42))
      #expect {
        try changed.perform(in: path)
      } throws: { error in
        "\(error)".contains("data-fingerprint")
      }
      #expect(differences(try contents(of: path), before) == [])
    }
  }

  @Test("The null bands are computed once and read again")
  func nulls() throws {
    try withRunPath { path in
      let count = Counter()
      let watch: (RunEvent) -> Void = { if case .computingNullBands = $0 { count.value += 1 } }
      try TestRun().perform(in: path, progress: watch)
      #expect(count.value == 1)
      try TestRun().perform(in: path, progress: watch)
      #expect(count.value == 1)
      // Removed, they are made anew, to the same bytes.
      let stored = try FileStore.read(path.appending("nulls.json"))
      try FileStore.remove(path.appending("nulls.json"))
      try TestRun().perform(in: path, progress: watch)
      #expect(count.value == 2)
      #expect(try FileStore.read(path.appending("nulls.json")) == stored)
    }
  }

  @Test("A run that fails before generation 0 is whole leaves no folder, but never takes one away")
  func noFolderLeft() throws {
    try withRunPath { path in
      let failing = TestRun(illustrator: Scribe(failure: .generation(0)))
      #expect(throws: Scribe.Failure.generation(0)) { try failing.perform(in: path) }
      #expect(!FileStore.exists(path))
      try FileStore.createFolder(path)
      #expect(throws: Scribe.Failure.generation(0)) { try failing.perform(in: path) }
      #expect(FileStore.exists(path))
      try TestRun().perform(in: path)
    }
  }

  private final class Counter {
    var value = 0
  }

  /// The files of a run that nothing stopped.
  private static let undisturbed = Result {
    try withRunPath { path in
      try TestRun().perform(in: path)
      return try contents(of: path)
    }
  }
}
