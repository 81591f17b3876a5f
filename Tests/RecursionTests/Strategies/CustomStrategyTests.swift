import Generators
import Storage
import Testing

@testable import Recursion

@Suite("Strategies that are written out")
struct CustomStrategyTests {
  private static let recipe = """
    {"name": "half-and-half", "parts": [
      {"pools": ["original:first=30"], "size": [0.5, 0.4], "choice": "random", "weight": 0.7},
      {"pools": ["generations:last=2"], "size": "rest", "weight": "rest",
       "filters": ["curate:by=brightness,keep=0.5", "correct:strength=2"]}],
     "sampling": {"bias": 0.9, "temperature": 2},
     "step": {"extrapolation": 0.5, "of": "precision"},
     "population": {"capacity": "1@0/0.5", "models": 2}}
    """

  @Test("Its words are those of the recipe")
  func recipe() throws {
    let strategy = try StrategyCatalogue.strategy(named: Self.recipe)
    #expect(strategy.name == "half-and-half")
    #expect(
      strategy.recipe.mixing.draws(3, budget: 100) == [
        PoolDraw([.reservoir(30)], .random(40), weight: .share(0.7)),
        PoolDraw(
          [.generation(1), .generation(2)], .leading(120), weight: .rest,
          filters: [
            .curate(Curation(.brightness, .top(share: 0.5))), .correct(strength: 2, clusters: 16),
          ]),
      ])
    #expect(strategy.recipe.sampling == SamplingRule(bias: 0.9, temperature: 2))
    #expect(strategy.recipe.step == .extrapolation(weight: 0.5, of: .precision))
    #expect(strategy.recipe.population.models == 2)
    #expect(strategy.recipe.population.capacity.value(at: 0) == 1)
    #expect(strategy.recipe.population.capacity.value(at: 1) == 0.5)
  }

  @Test("What is stored reads back as the same strategy")
  func roundTrip() throws {
    let strategy = try StrategyCatalogue.strategy(named: Self.recipe)
    let text = String(decoding: strategy.json.bytes(), as: UTF8.self)
    #expect(try StrategyCatalogue.strategy(named: text) == strategy)
  }

  @Test(
    "What is wrong is told with the way that leads to it",
    arguments: [
      (#"{"parts": [{"pools": "last"}]}"#, ["name"], "it needs a name"),
      (#"{"name": "Upper", "parts": []}"#, ["name"], "it needs a name"),
      (#"{"name": "replace", "parts": [{"pools": "last"}]}"#, ["name"], "of another strategy"),
      (#"{"name": "a"}"#, ["parts"], "it needs parts"),
      (#"{"name": "a", "part": []}"#, ["part"], "Did you mean \"parts\"?"),
      (
        #"{"name": "a", "parts": [{"pools": "last", "chioce": "random"}]}"#,
        ["parts", "0", "chioce"], "Did you mean \"choice\"?"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "choice": "randm"}]}"#,
        ["parts", "0", "choice"], "it is leading, random, replacement or equal. Did you mean"
      ),
      (
        #"{"name": "a", "parts": [{"pools": ["original", "lst"]}]}"#, ["parts", "0", "pools", "1"],
        "there is no pool \"lst\". Did you mean \"last\"?"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "fresh"}]}"#, ["parts", "0", "pools"], "never ends"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "size": "half"}]}"#, ["parts", "0", "size"],
        "or a schedule of such"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "size": 0.5, "count": 3}]}"#,
        ["parts", "0", "count"], "not both"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last"}, {"pools": "original", "size": "rest"}]}"#,
        ["parts"], "the rest of N"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "weight": 0.5}, {"pools": "original"}]}"#,
        ["parts"], "every part a weight"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "weight": 0.5}, {"pools": "original", "weight": 0.75}]}"#,
        ["parts"], "the weights sum to 1.25 in generation 1"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "weight": 0.5}, {"pools": "original", "weight": 0.25}]}"#,
        ["parts"], "the weights sum to 0.75 in generation 1"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "weight": "0.5/0.75"}, {"pools": "original", "weight": "0.5..0@5"}]}"#,
        ["parts"], "in generation 2"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "weight": "rest"}, {"pools": "original", "weight": 1}, {"pools": "original", "weight": 0.25}]}"#,
        ["parts"], "the weights sum to 1.25"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last"}], "sampling": {"lambda": 1}}"#,
        ["sampling", "lambda"], "The keys are bias, temperature, deviations, likeliest."
      ),
      (#"{"name": "a", "parts": [{"pools": "last"}], "sampling": 3}"#, ["sampling"], "lines"),
      (#"{"name": "a", "parts": "last"}"#, ["parts"], "it needs parts"),
      (
        #"{"name": "a", "parts": [{"pools": "last", "filters": ["curat:keep=0.5"]}]}"#,
        ["parts", "0", "filters", "0"], "Did you mean \"curate\"?"
      ),
      (
        #"{"name": "a", "parts": [{"pools": "last", "filters": ["remove:rate=2"]}]}"#,
        ["parts", "0", "filters", "0"], "it is a number from 0 to 1."
      ),
      (#"{"name""#, [], "it is not JSON"),
    ])
  func refusals(text: String, place: [String], words: String) throws {
    let error = #expect(throws: RecursionError.self) {
      try StrategyCatalogue.strategy(named: text)
    }
    guard case .invalidStrategy(_, let found, let reason) = try #require(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == place)
    #expect(reason.contains(words), "\(reason)")
  }

  @Test("Weights that are shares of a whole are taken as they are")
  func wholeWeights() throws {
    for (first, second) in [
      ("0.3", "0.7"), ("0.3", "rest"), ("0..1@5", "1..0@5"), ("0/0.5@4", "1/0.5@4"),
    ] {
      _ = try StrategyCatalogue.strategy(
        named: """
          {"name": "a", "parts": [{"pools": "last", "weight": "\(first)"},
           {"pools": "original", "weight": "\(second)"}]}
          """)
    }
  }

  @Test("A bias in it and another beside it contradict each other")
  func bias() throws {
    let error = #expect(throws: RecursionError.self) {
      try StrategyCatalogue.strategy(named: Self.recipe, bias: 0.5)
    }
    #expect(
      "\(try #require(error))"
        == "sampling bias 0.9 and --bias 0.5 contradict each other. Leave one of them out.")
  }
}
