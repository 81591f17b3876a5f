import Comparison
import Metrics
import Recursion
import Statistics
import Storage
import SystemPackage
import Testing

@testable import Claims

/// The testing library has a type of this name, too.
private typealias Expectation = Claims.Expectation

@Suite("Claims and their verdicts")
struct ClaimVerdictTests {
  /// A run with the recall that it has in each generation.
  private static func run(
    _ strategy: String, seed: Int, recall: [Double], options: [(String, JSONValue)] = []
  ) -> ComparedRun {
    let configuration = [
      JSONValue.Member("data", .string("icons")), .init("strategy", .string(strategy)),
      .init("seed", .string("\(seed)")), .init("samples", .integer(100)),
    ]
    return ComparedRun(
      RunRecord(
        path: "run",
        run: .object([
          .init(
            "configuration", .object(configuration + options.map { JSONValue.Member($0, $1) }))
        ]),
        generations: recall.map {
          [MetricValue(metric: "recall", space: "conv", value: $0)]
        }, control: []))
  }

  private static func claim(
    _ expectations: [Claims.Expectation], unsettled: String? = nil
  ) -> Claim {
    Claim(
      name: "test", says: "It falls.", source: "nobody", scope: "Here.", unsettled: unsettled,
      expectations: expectations)
  }

  private static func recall(
    _ strategy: String, _ moment: Quantity.Moment = .last,
    _ transform: Quantity.Transform = .value
  ) -> Quantity {
    Quantity(
      metric: "recall", runs: ["strategy": strategy], moment: moment, transform: transform)
  }

  /// Eight seeds of a strategy whose recall falls by about a half, and of one that keeps it.
  private static let runs = (1...8).flatMap { seed in
    [
      run("replace", seed: seed, recall: [0.9, 0.4 + 0.01 * Double(seed)]),
      run("accumulate", seed: seed, recall: [0.9, 0.85 + 0.005 * Double(seed)]),
    ]
  }

  @Test("A claim is confirmed if all that it expects is seen on the same seeds")
  func confirmed() throws {
    let verdict = ClaimVerdict(
      Self.claim([
        Expectation(
          "it falls", Self.recall("replace"), .below, Self.recall("replace", .generation(0)),
          times: 0.7),
        Expectation("it is less", Self.recall("replace"), .below, Self.recall("accumulate")),
      ]), Self.runs)
    #expect(verdict.outcome == .confirmed)
    #expect(verdict.seedCount == 8)
    // All eight differences have one sign: 2 of 256 choices of signs, twice for two tests.
    for result in verdict.results {
      #expect(result.difference?.test.pValue == 2.0 / 256)
      #expect(result.correctedPValue == 4.0 / 256)
    }
    #expect(verdict.sentence.contains("confirmed"))
  }

  @Test("The opposite of one expectation refutes the claim, and is named")
  func refuted() {
    let verdict = ClaimVerdict(
      Self.claim([
        Expectation("it falls", Self.recall("replace"), .below, Self.recall("accumulate")),
        Expectation(
          "the other falls by half", Self.recall("accumulate"), .below,
          Self.recall("accumulate", .generation(0)), times: 0.5),
      ]), Self.runs)
    #expect(verdict.outcome == .refuted)
    #expect(verdict.results.map(\.verdict) == [.holds, .opposite])
    #expect(verdict.sentence.contains("the other falls by half"))
  }

  @Test("Equal quantities cannot be told apart, and three seeds are too few for any verdict")
  func undecided() {
    let same = (1...8).flatMap { seed in
      let noise = seed.isMultiple(of: 2) ? 0.01 : -0.01
      return [
        Self.run("replace", seed: seed, recall: [0.9, 0.5 + noise]),
        Self.run("accumulate", seed: seed, recall: [0.9, 0.5]),
      ]
    }
    let expectation = Expectation(
      "it is less", Self.recall("replace"), .below, Self.recall("accumulate"))
    let equal = ClaimVerdict(Self.claim([expectation]), same)
    #expect(equal.outcome == .undecided && equal.results[0].verdict == .notTold)
    let few = ClaimVerdict(
      Self.claim([expectation]), Self.runs.filter { ["1", "2", "3"].contains($0.seed) })
    #expect(few.outcome == .undecided && few.results[0].verdict == .tooFewSeeds)
    let none = ClaimVerdict(
      Self.claim([
        Expectation("it is less", Self.recall("window"), .below, Self.recall("accumulate"))
      ]), Self.runs)
    #expect(none.outcome == .undecided && none.results[0].verdict == .notMeasured)
  }

  @Test("What runs cannot settle stays open whatever they show, with what they show")
  func unsettled() {
    let verdict = ClaimVerdict(
      Self.claim(
        [Expectation("it is less", Self.recall("replace"), .below, Self.recall("accumulate"))],
        unsettled: "it is about something else."), Self.runs)
    #expect(verdict.outcome == .unsettled)
    #expect(verdict.results[0].verdict == .holds)
    #expect(verdict.sentence.contains("cannot be settled here: it is about something else."))
  }

  @Test("Several runs of one seed on a side are neither so many seeds nor one of them")
  func ambiguous() {
    let runs = (1...8).flatMap { seed in
      ["png8", "jpeg:75"].map { carry in
        Self.run(
          "replace", seed: seed, recall: [0.9, 0.4], options: [("carry", .string(carry))])
      }
    }
    let expectation = Expectation(
      "it falls", Self.recall("replace"), .below, Self.recall("replace", .generation(0)))
    let verdict = ClaimVerdict(Self.claim([expectation]), runs)
    #expect(verdict.outcome == .undecided)
    #expect(verdict.results.map(\.verdict) == [.ambiguous])
    #expect(verdict.text.contains("name the options that tell them apart"))
  }

  @Test("A quantity finds its runs however strategy and numbers are written, and none for none")
  func includes() {
    let run = Self.run(
      "window:generations=3", seed: 1, recall: [1, 0.5, 0],
      options: [("label-noise", .number(0.2))])
    func includes(_ key: String, _ value: String) -> Bool {
      Quantity(metric: "recall", runs: [key: value]).includes(run)
    }
    // The default is not told in the label.
    #expect(includes("strategy", "window"))
    #expect(!includes("strategy", "window:generations=4"))
    #expect(includes("label-noise", ".2") && !includes("label-noise", "0.3"))
    #expect(includes("brake", "none") && !includes("brake", "real"))
    #expect(Self.recall("window", .generation(1), .kept).value(of: run) == 0.5)
    let lost = Self.run("window", seed: 1, recall: [0, 0.5])
    #expect(Self.recall("window", .last, .kept).value(of: lost) == nil)
    #expect(Self.recall("window").value(of: run) == 0)
    #expect(Self.recall("window", .last, .lost).value(of: run) == 1)
    #expect(Self.recall("window", .generation(1), .lost).value(of: run) == 0)
    #expect(Self.recall("window", .generation(1), .drift).value(of: run) == 0.5)
    #expect(Self.recall("window", .generation(7)).value(of: run) == nil)
  }
}
