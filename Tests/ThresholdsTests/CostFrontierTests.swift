import Statistics
import Testing

@testable import Thresholds

@Suite("Frontier of quality and cost")
struct CostFrontierTests {
  private func frontier(_ keep: String, budget: Double? = nil) throws -> CostFrontier {
    let price = try SamplePrice("real=1,synthetic=0.1")
    let points = try [(100.0, 0.5), (200, 0.4), (200, 0.7), (400, 0.7), (800, 0.9)].map {
      real, recall in
      CostFrontier.Point(
        x: 0, samples: 100, real: real, synthetic: 0, price: price,
        summary: try #require(SampleSummary([recall, recall])))
    }
    return CostFrontier(points, bound: try KeptBound(keep), budget: budget)
  }

  @Test("It is what nothing else beats: neither as good and cheaper, nor as cheap and better")
  func efficient() throws {
    let frontier = try frontier("recall=0.8", budget: 500)
    #expect(frontier.frontier.map(\.cost) == [100, 200, 800])
    #expect(frontier.frontier.map(\.summary.mean) == [0.5, 0.7, 0.9])
    #expect(frontier.best?.cost == 200)
    #expect(frontier.cheapestKept?.cost == 800)
  }

  @Test("Lower may be better, too")
  func lower() throws {
    let frontier = try frontier("fd=0.45")
    #expect(frontier.frontier.map(\.summary.mean) == [0.5, 0.4])
    #expect(frontier.best == nil)
    #expect(frontier.cheapestKept?.cost == 200)
  }

  private func report(
    _ settings: [(real: Double, recalls: [Double])], budget: Double
  ) throws -> FrontierReport {
    let price = try SamplePrice("real=1,synthetic=0.1")
    let points = try settings.map { real, recalls in
      CostFrontier.Point(
        x: real / 1000, samples: 100, real: real, synthetic: 0, price: price,
        summary: try #require(SampleSummary(recalls)))
    }
    return FrontierReport(
      CostFrontier(points, bound: try KeptBound("recall=0.8"), budget: budget), axis: .realShare,
      price: price, data: "icons", strategy: "fresh-data", generation: 3,
      seedCount: settings[0].recalls.count)
  }

  @Test("One or two seeds are said to be too few for a frontier, too")
  func fewSeeds() throws {
    let one = try report([(100, [0.5]), (200, [0.9])], budget: 500)
    #expect(
      one.sentences.last
        == "one seed tells nothing of others: there is no interval. Ask for more with --seeds")
    let two = try report([(100, [0.5, 0.6]), (200, [0.9, 0.8])], budget: 500)
    #expect(two.sentences.last?.hasPrefix("two seeds give an interval that is hardly one.") == true)
    let three = try report([(100, [0.5, 0.6, 0.5]), (200, [0.9, 0.8, 0.9])], budget: 500)
    #expect(!three.sentences.contains { $0.contains("Ask for more") })
  }

  @Test("A cheaper setting is told from the best on the same seeds")
  func pairedRival() throws {
    // Seeds differ far more than settings, and agree on which is better.
    let luck = [0.0, 0.1, 0.2, 0.3, 0.35, 0.4]
    let clear = try report(
      [(100, luck.map { 0.4 + $0 }), (200, luck.map { 0.42 + $0 })], budget: 500)
    #expect(!clear.sentences.contains { $0.contains("too few seeds") })
    let open = try report(
      [(100, luck.map { 0.4 + $0 }), (200, luck.map { 0.45 + 0.8 * $0 })], budget: 500)
    #expect(
      open.sentences.contains { $0.hasPrefix("too few seeds to say whether real share 0.1") })
  }

  @Test("A price is a sum over both kinds of samples")
  func price() throws {
    let price = try SamplePrice("synthetic=0.05,real=2")
    #expect(price.cost(real: 10, synthetic: 100) == 25)
    #expect(try SamplePrice("real=1").cost(real: 10, synthetic: 100) == 10)
  }

  @Test(
    "What is no price is refused with what one is",
    arguments: [
      ("reel=1", "Did you mean \"real\"?"), ("real", "write it as real=1.0,synthetic=0.05"),
      ("real=1,real=2", "real stands twice"), ("real=-1", "a number of 0 or more"),
      ("real=0", "if all samples are free"), ("real=nan", "a number of 0 or more"),
    ])
  func malformed(text: String, words: String) {
    let error = #expect(throws: ThresholdError.self) { try SamplePrice(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }
}
