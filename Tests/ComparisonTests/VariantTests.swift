import Storage
import Testing

@testable import Comparison

@Suite("Variant")
struct VariantTests {
  @Test("Options that differ tell strategies apart; those that follow from others do not")
  func variants() throws {
    var all: [ComparedRun] = []
    for (samples, components) in [(50, 6), (100, 12)] {
      for carry in ["png8", "float"] {
        all.append(
          MadeUpRun(
            samples: samples,
            options: [("carry", .string(carry)), ("components", .string("\(components)"))]
          ).compared)
      }
    }
    let labels = try Variant.all(of: all).map(\.label)
    #expect(
      labels == [
        "replace, samples 50, carry png8", "replace, samples 50, carry float",
        "replace, samples 100, carry png8", "replace, samples 100, carry float",
      ])
    let generators = [
      MadeUpRun(options: [("generator", "gmm"), ("steps", "100")]),
      MadeUpRun(options: [("generator", "bootstrap")]),
    ].map(\.compared)
    #expect(
      try Variant.all(of: generators).map(\.label)
        == ["replace, generator gmm", "replace, generator bootstrap"])
  }

  @Test("Where samples tell runs of one strategy apart they are told of all")
  func samples() throws {
    let runs = [("replace", 50), ("replace", 100), ("fresh-data", 100), ("refit", 50)].map {
      MadeUpRun(strategy: $0, samples: $1).compared
    }
    #expect(
      try Variant.all(of: runs).map(\.label) == [
        "replace, samples 50", "replace, samples 100", "fresh-data, samples 100",
        "refit, samples 50",
      ])
    let alike = try Variant.all(of: Array(runs[1...]))
    #expect(alike.map(\.label) == ["replace", "fresh-data", "refit"])
  }

  @Test("Of options that follow from each other the first that tells settings apart is told")
  func derived() throws {
    // The dimensions follow from the components, and from what a seed draws.
    let chosen = [4, 8].flatMap { components in
      (1...2).map { seed in
        MadeUpRun(
          seed: seed,
          options: [
            ("components", .string("\(components)")),
            ("dimensions", .string("\(10 * components + seed)")),
          ]
        ).compared
      }
    }
    let variants = try Variant.all(of: chosen)
    #expect(variants.map(\.label) == ["replace, components 4", "replace, components 8"])
    #expect(variants.map(\.runs.count) == [2, 2])
    let followed = [50, 100].flatMap { samples in
      (1...2).map { seed in
        MadeUpRun(
          seed: seed, samples: samples,
          options: [
            ("rank", .string("\(samples / 10)")), ("dimensions", .string("\(samples + seed)")),
          ]
        ).compared
      }
    }
    #expect(
      try Variant.all(of: followed).map(\.label) == ["replace, samples 50", "replace, samples 100"])
  }

  @Test("Runs that differ in more than the seed are not taken for seeds of one setting")
  func unlikeRuns() throws {
    for option in ["features", "rank", "patch"] {
      let runs = [(1, "a"), (2, "b"), (3, "a")].map { seed, value in
        MadeUpRun(seed: seed, options: [(option, .string(value))]).compared
      }
      let variants = try Variant.all(of: runs)
      #expect(variants.map(\.label) == ["replace, \(option) a", "replace, \(option) b"])
      #expect(variants.map(\.runs.count) == [2, 1])
    }
    // What a seed draws decides the dimensions, unless settings are told apart by nothing else.
    let drawn = (1...3).map { seed in
      MadeUpRun(seed: seed, options: [("dimensions", .string("\(40 + seed)"))]).compared
    }
    #expect(try Variant.all(of: drawn).map(\.runs.count) == [3])
  }
}
