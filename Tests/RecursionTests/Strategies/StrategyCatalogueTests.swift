import Storage
import Testing

@testable import Recursion

@Suite("Strategies")
struct StrategyCatalogueTests {
  private func parts(
    _ name: String, generation: Int, share: Double = 0.25
  ) throws -> [PoolDraw] {
    let entry = try #require(StrategyCatalogue.entries.first { $0.name == name })
    let hasShare = entry.keys.contains { $0.option == .realShare }
    return try StrategyCatalogue.strategy(named: name, realShare: hasShare ? share : nil)
      .recipe.mixing.draws(generation, budget: 100)
  }

  @Test("replace trains on the last generation alone")
  func replace() throws {
    #expect(try parts("replace", generation: 3) == [PoolDraw([.generation(2)], .leading(100))])
  }

  @Test("accumulate adds every generation to the original set")
  func accumulate() throws {
    #expect(
      try parts("accumulate", generation: 3)
        == [PoolDraw([.original, .generation(0), .generation(1), .generation(2)], .all)])
  }

  @Test("accumulate-subsample draws the budget from all that accumulated")
  func accumulateSubsample() throws {
    #expect(
      try parts("accumulate-subsample", generation: 2)
        == [PoolDraw([.original, .generation(0), .generation(1)], .random(100))])
  }

  @Test("synthetic-augmentation keeps the same real samples, fresh-data asks for new ones")
  func mixtures() throws {
    #expect(
      try parts("synthetic-augmentation", generation: 2)
        == [PoolDraw([.original], .leading(25)), PoolDraw([.generation(1)], .leading(75))])
    #expect(
      try parts("fresh-data", generation: 2)
        == [PoolDraw([.fresh], .leading(25)), PoolDraw([.generation(1)], .leading(75))])
  }

  @Test(
    "Real samples are the share of the budget, rounded, and the others what it leaves",
    arguments: [0.0, 0.126, 0.5, 1])
  func realCount(share: Double) throws {
    let strategy = try StrategyCatalogue.strategy(named: "fresh-data", realShare: share)
    let counts = strategy.recipe.mixing.draws(1, budget: 101).map(\.choice.count)
    let real = Int((share * 101).rounded())
    #expect(counts == [real, 101 - real])
  }

  @Test(
    "A slip of the hand is answered with the right name",
    arguments: [
      ("replce", "replace"), ("acumulate", "accumulate"), ("fresh_data", "fresh-data"),
      ("refti", "refit"), ("realonly", "real-only"),
    ])
  func suggestions(typed: String, meant: String) {
    #expect(throws: RecursionError.unknownStrategy(name: typed, suggestion: meant)) {
      try StrategyCatalogue.strategy(named: typed)
    }
  }

  @Test("A word that is no slip gets no suggestion")
  func noSuggestion() {
    #expect(throws: RecursionError.unknownStrategy(name: "banana", suggestion: nil)) {
      try StrategyCatalogue.strategy(named: "banana")
    }
  }

  @Test(
    "Every strategy has defaults that its keys allow, and reads back what it stores",
    arguments: StrategyCatalogue.entries.map(\.name))
  func roundTrip(name: String) throws {
    let strategy = try StrategyCatalogue.strategy(named: name)
    let text = try #require(strategy.json.string)
    let entry = try #require(StrategyCatalogue.entries.first { $0.name == name })
    #expect(entry.keys.allSatisfy { text.contains("\($0.name)=") })
    #expect(strategy.label == name)
    #expect(try StrategyCatalogue.strategy(named: text) == strategy)
  }

  @Test(
    "Settings change the recipe and are told in the label",
    arguments: [
      ("window:generations=2", [PoolDraw([.generation(2), .generation(3)], .all)]),
      ("window:generations=9", [PoolDraw([.original] + (0..<4).map(Pool.generation), .all)]),
      (
        "accumulate-subsample:choice=equal",
        [PoolDraw([.original] + (0..<4).map(Pool.generation), .equal(100))]
      ),
      (
        "reservoir:originals=60,real=20",
        [PoolDraw([.reservoir(60)], .random(20)), PoolDraw([.generation(3)], .leading(80))]
      ),
      (
        "weighted:weight=0.9,share=0.2",
        [
          PoolDraw([.fresh], .leading(20), weight: .share(0.9)),
          PoolDraw([.generation(3)], .leading(80), weight: .rest),
        ]
      ),
      (
        "ramp:synthetic=0.5/0.6/0.7/0.8,real=fixed",
        [PoolDraw([.original], .leading(20)), PoolDraw([.generation(3)], .leading(80))]
      ),
      (
        "drying:share=0.4..0@9",
        [PoolDraw([.fresh], .leading(25)), PoolDraw([.generation(3)], .leading(75))]
      ),
      (
        "onset:at=4,synthetic=0.3",
        [PoolDraw([.fresh], .leading(70)), PoolDraw([.generation(3)], .leading(30))]
      ),
      (
        "onset:at=5", [PoolDraw([.fresh], .leading(100)), PoolDraw([.generation(3)], .leading(0))]
      ),
      (
        "recovery:at=4,share=0.5",
        [PoolDraw([.fresh], .leading(50)), PoolDraw([.generation(3)], .leading(50))]
      ),
      ("growing:size=1/4@4", [PoolDraw([.generation(3)], .leading(400))]),
      ("bottleneck:at=4,size=0.05", [PoolDraw([.generation(3)], .leading(5))]),
      ("bottleneck:at=5,size=0.05", [PoolDraw([.generation(3)], .leading(100))]),
    ])
  func settings(text: String, draws: [PoolDraw]) throws {
    let strategy = try StrategyCatalogue.strategy(named: text)
    #expect(strategy.recipe.mixing.draws(4, budget: 100) == draws)
    #expect(strategy.label == text)
  }

  @Test("A generation draws what the next is mixed from, and no less than N")
  func drawnCounts() throws {
    let growing = try StrategyCatalogue.strategy(named: "growing:size=0.5/2/3").recipe.mixing
    #expect((0...4).map { growing.drawnCount($0, budget: 100) } == [100, 200, 300, 300, 300])
    let narrow = try StrategyCatalogue.strategy(named: "bottleneck").recipe.mixing
    #expect((0...4).allSatisfy { narrow.drawnCount($0, budget: 100) == 100 })
  }

  @Test("bias leaves the mixing of replace and changes how a model is sampled")
  func bias() throws {
    let strategy = try StrategyCatalogue.strategy(
      named: "bias:temperature=0.5,deviations=2,likeliest=0.8")
    #expect(strategy.recipe.mixing == .replace)
    #expect(
      strategy.recipe.sampling
        == SamplingRule(bias: 0.9, temperature: 0.5, deviations: 2, likeliest: 0.8))
  }

  @Test(
    "What cannot be used is refused, word for word",
    arguments: [
      (
        "window:generatoins=5",
        "--strategy window:generatoins=5 cannot be used: window has no key \"generatoins\". Did you mean \"generations\"? It has generations. `genloss list strategies` explains them."
      ),
      (
        "replace:share=1",
        "--strategy replace:share=1 cannot be used: replace has no key \"share\". It has none: leave it out. `genloss list strategies` explains them."
      ),
      (
        "window:generations=0",
        "--strategy window:generations=0 cannot be used: generations cannot be \"0\": it is a whole number from 1 to 1000000. `genloss list strategies` explains them."
      ),
      (
        "window:generations",
        "--strategy window:generations cannot be used: \"generations\" is not of the form key=value, as in window:generations=5."
      ),
      (
        "onset:at=2,at=3",
        "--strategy onset:at=2,at=3 cannot be used: the key at stands twice. Keep one of them."
      ),
      (
        "weighted:weight=goldn",
        "--strategy weighted:weight=goldn cannot be used: weight cannot be \"goldn\": it is a number from 0 to 1 or golden. Did you mean \"golden\"? `genloss list strategies` explains them."
      ),
      (
        "ramp:synthetic=0.5/1.2",
        "--strategy ramp:synthetic=0.5/1.2 cannot be used: synthetic cannot be \"0.5/1.2\": it is a number from 0 to 1 or a schedule of such, like 0.5/0.6/0.7, 0/0.5@4 or 0.5..0.9@5. `genloss list strategies` explains them."
      ),
      (
        "curated:rule=best,keep=0.3",
        "--strategy curated:rule=best,keep=0.3 cannot be used: keep decides nothing with rule=best. Use rule=top, or leave it out. `genloss list strategies` explains them."
      ),
      (
        "curated:k=5",
        "--strategy curated:k=5 cannot be used: k decides nothing with rule=top. Use rule=best or odds, or leave it out. `genloss list strategies` explains them."
      ),
      (
        "curated:rule=best,strength=2",
        "--strategy curated:rule=best,strength=2 cannot be used: strength decides nothing with rule=best. Use rule=odds, or leave it out. `genloss list strategies` explains them."
      ),
      (
        "curated:class=discs",
        "--strategy curated:class=discs cannot be used: class decides nothing with by=likelihood. Use by=class, or leave it out. `genloss list strategies` explains them."
      ),
      (
        "windw:generations=5",
        "There is no strategy \"windw\". Did you mean \"window\"? `genloss list strategies` shows them all."
      ),
    ])
  func refusals(text: String, message: String) throws {
    let error = #expect(throws: RecursionError.self) {
      try StrategyCatalogue.strategy(named: text)
    }
    #expect("\(try #require(error))" == message)
  }

  @Test("A setting and an option that say different things are named both; equal ones go together")
  func contradictions() throws {
    let share = #expect(throws: RecursionError.self) {
      try StrategyCatalogue.strategy(named: "fresh-data:share=0.1", realShare: 0.2)
    }
    #expect(
      "\(try #require(share))"
        == "fresh-data:share=0.1 and --real-share 0.2 contradict each other. Leave one of them out."
    )
    let bias = #expect(throws: RecursionError.self) {
      try StrategyCatalogue.strategy(named: "bias:lambda=.9", bias: 0.8)
    }
    #expect(
      "\(try #require(bias))"
        == "bias:lambda=0.9 and --bias 0.8 contradict each other. Leave one of them out.")
    let both = try StrategyCatalogue.strategy(named: "fresh-data:share=0.20", realShare: 0.2)
    #expect(both.realShare == 0.2)
    #expect(try StrategyCatalogue.strategy(named: "bias", bias: 0.8).recipe.sampling.bias == 0.8)
  }

  /// A recipe of so many filters of one kind, one after the other.
  private static func nested(_ count: Int, _ rule: String) -> String {
    let filters = Array(repeating: "\"curate:\(rule)\"", count: count).joined(separator: ", ")
    return #"{"name": "a", "parts": [{"pools": "last", "size": 1, "filters": [\#(filters)]}]}"#
  }

  @Test(
    "A strategy that cannot be followed with so few samples is refused",
    arguments: [
      ("reservoir:originals=50", "it keeps 50 originals, and generation 0 is trained on 20."),
      ("reservoir:originals=5", "it draws 10 samples from 5 originals. Draw 5 or fewer."),
      (
        #"{"name": "a", "parts": [{"pools": "original:first=5", "count": "4/5/6"}, {"pools": "last"}]}"#,
        "it draws 6 samples from 5 originals in generation 3. Draw 5 or fewer."
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "size": 0.5}, {"pools": "original:first=5", "size": "rest"}]}"#,
        "it draws 10 samples from 5 originals. Draw 5 or fewer."
      ),
      (
        StrategyCatalogueTests.nested(7, "rule=best,k=1000"),
        "its filters choose among more samples than any machine"
      ),
      (
        StrategyCatalogueTests.nested(13, "keep=0.01"),
        "its filters choose among more samples than any machine"
      ),
      ("bottleneck:size=0.01", "generation 3 would be trained on 0 samples, and a fit needs 2."),
    ])
  func tooFew(text: String, words: String) throws {
    let strategy = try StrategyCatalogue.strategy(named: text)
    let error = #expect(throws: RecursionError.self) {
      try strategy.requireSamples(generations: 5, budget: 20)
    }
    #expect("\(try #require(error))".contains(words))
  }

  @Test("The name of a folder has no character that a shell would read")
  func folderName() {
    #expect(
      StrategyCatalogue.folderName(of: "ramp:synthetic=0.5/0.6")
        == "ramp-synthetic=0.5-0.6")
    #expect(StrategyCatalogue.folderName(of: "{\"name\":\"half\"}") == "half")
  }

  @Test("A strategy that would begin after the last generation is told of")
  func neverBegins() throws {
    let recovery = try StrategyCatalogue.strategy(named: "recovery:at=7")
    #expect(recovery.neverBegins(within: 6)?.contains("begins at generation 7") == true)
    #expect(recovery.neverBegins(within: 7) == nil)
    #expect(try StrategyCatalogue.strategy(named: "replace").neverBegins(within: 0) == nil)
  }
}
