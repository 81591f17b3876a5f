import Comparison
import Foundation
import Statistics
import Testing

@testable import Thresholds

@Suite("Search for a threshold")
struct ThresholdSearchTests {
  /// Runs a search to its end on values that a function gives for a place and a seed.
  private func finished(
    _ axis: SweptAxis = .realShare, in range: ClosedRange<Double> = 0...1, keep: String,
    resolution: Double = 0.04, seeds: Int = 6, _ value: (Double, Int) -> Double
  ) throws -> ThresholdSearch {
    var search = ThresholdSearch(
      axis, in: range, keeping: try KeptBound(keep), resolution: resolution)
    while case let places = search.next, !places.isEmpty {
      for place in places {
        try #require(!search.probes.contains { $0.x == place }, "\(place) is run twice")
        try search.add(place, values: (0..<seeds).map { value(place, $0) })
      }
    }
    return search
  }

  /// The same numbers about 0 for a place and a seed always, of a normal law.
  private func noise(_ place: Double, _ seed: Int, stream: Int = 0) -> Double {
    var state = UInt64(bitPattern: Int64((place * 1e6).rounded())) &* 0x9E37_79B9_7F4A_7C15
    state &+= UInt64(seed &* 7919 &+ stream &* 104_729)
    func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / exp2(53)
    }
    return (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  @Test(
    "Without noise the answer is where the curve crosses the bound, to the resolution asked for")
  func exact() throws {
    let search = try finished(keep: "recall=0.9", resolution: 0.01) { x, _ in 1 - 0.4 * (1 - x) }
    let answer = search.answer
    // The curve is straight, and so is what is laid between two values.
    #expect(abs(try #require(answer.place.value) - 0.75) < 1e-9)
    #expect(answer.least == answer.place && answer.most == answer.place)
    #expect(search.probes.count <= 10)
    let places = search.probes.map(\.x)
    let above = try #require(places.first { $0 >= 0.75 })
    #expect(above - (places.last { $0 < above } ?? 0) <= 0.01 || above == 0.75)
  }

  @Test("A metric that collapse raises must be at most the limit")
  func risingMetric() throws {
    let search = try finished(keep: "fd=12") { x, _ in 40 - 35 * x }
    #expect(abs(try #require(search.answer.place.value) - 0.8) < 1e-9)
  }

  @Test("A search that noise leads astray ends at last, and says so")
  func cutOff() throws {
    // Every gap holds a crossing of its own.
    let search = try finished(keep: "recall=0.5", resolution: 1e-14) { x, seed in
      0.3 + 0.4 * x + 0.2 * noise(x, seed)
    }
    #expect(search.probes.count == ThresholdSearch.mostProbes)
    #expect(search.isCutOff)
    let report = ThresholdReport(
      search, theory: TheoryAnswer(silence: "nothing"), data: "icons", strategy: "fresh-data",
      generation: 3, seeds: [1, 2, 3], readings: [])
    #expect(report.sentences.last?.hasPrefix("the search was ended at 40 values") == true)
    let quiet = try finished(keep: "recall=0.5") { x, _ in x }
    #expect(!quiet.isCutOff)
  }

  @Test("Counts are sought by their ratio, and the answer is a whole number")
  func counts() throws {
    let search = try finished(.samples, in: 16...1000, keep: "fd=10", resolution: 0.02) { x, _ in
      1000 / x
    }
    let value = try #require(search.answer.place.value)
    #expect(value == value.rounded())
    #expect((95...110).contains(value))
    #expect(search.probes.allSatisfy { $0.x == $0.x.rounded() })
  }

  @Test("Neighbouring counts end the search, however fine the resolution")
  func neighbours() throws {
    let search = try finished(.reservoir, in: 2...9, keep: "recall=0.5", resolution: 0.001) {
      x, _ in x >= 6 ? 1 : 0
    }
    #expect(search.probes.map(\.x).contains(5) && search.probes.map(\.x).contains(6))
    #expect(search.answer.place == .at(6))
  }

  @Test("Where surely none keeps the bound, or the least value does, both ends are all that is run")
  func ends() throws {
    let never = try finished(keep: "recall=0.9") { x, seed in 0.5 + 0.1 * x + 0.01 * Double(seed) }
    #expect(never.answer.place == .beyondHighEnd)
    #expect(never.answer.least == .beyondHighEnd)
    #expect(never.probes.count == 2)
    let always = try finished(keep: "recall=0.3") { x, seed in 0.5 + 0.1 * x + 0.01 * Double(seed) }
    #expect(always.answer.place == .atLowEnd)
    #expect(always.probes.count == 2)
  }

  @Test("An end that the seeds leave open is said to be open")
  func doubtfulEnd() throws {
    let search = try finished(keep: "recall=0.9", seeds: 4) { x, seed in
      0.5 + 0.42 * x + [-0.05, -0.02, 0.02, 0.05][seed]
    }
    #expect(search.answer.place.value != nil)
    #expect(search.answer.most == .beyondHighEnd)
  }

  @Test("Where the mean keeps the bound everywhere, the place from which that is sure is sought")
  func doubtfulStart() throws {
    let noise = [-0.05, -0.02, 0.02, 0.05]
    let search = try finished(keep: "recall=0.9", seeds: 4) { x, seed in
      0.91 + 0.5 * max(0, x - 0.75) + noise[seed]
    }
    #expect(search.answer.place == .atLowEnd)
    // The mean less 3.18 standard errors of 0.022 is 0.9 at 0.87; a line between the ends says 0.48.
    #expect(abs(try #require(search.answer.most.value) - 0.87) < 0.01)
    #expect(search.probes.count <= 6)
  }

  @Test(
    "Values in the wrong order share their mean, so that noise does not lead to a false crossing")
  func pooled() {
    let curve = MonotoneCurve(places: [0, 1, 2, 3], values: [0, 3, 1, 4])
    #expect(curve.values == [0, 2, 2, 4])
    #expect(curve.crossing(1) == .between(0, 1, at: 0.5))
    #expect(curve.crossing(3) == .between(2, 3, at: 2.5))
    #expect(curve.crossing(-1) == .atStart)
    #expect(curve.crossing(5) == .beyondEnd)
  }

  @Test("The interval holds the truth about as often as it says")
  func coverage() throws {
    let truth = 0.4
    var held = 0
    let trials = 400
    for trial in 0..<trials {
      let search = try finished(keep: "recall=0.7", seeds: 5) { x, seed in
        // A luck of the seed that all its runs share, and one of the run.
        0.5 + 0.5 * x + 0.03 * noise(0, seed, stream: 2 * trial)
          + 0.03 * noise(x, seed, stream: 2 * trial + 1)
      }
      let answer = search.answer
      let isAbove = answer.least.value.map { $0 <= truth } ?? (answer.least == .atLowEnd)
      let isBelow = answer.most.value.map { $0 >= truth } ?? (answer.most == .beyondHighEnd)
      if isAbove, isBelow { held += 1 }
    }
    // 95 % within four standard errors of 1.1 %, and a margin for gaps and pooling.
    #expect((0.89...0.999).contains(Double(held) / Double(trials)), "\(held) of \(trials)")
  }

  @Test("One seed gives an answer and no interval")
  func oneSeed() throws {
    let search = try finished(keep: "recall=0.9", seeds: 1) { x, _ in x }
    #expect(search.answer.place.value != nil)
    #expect(!search.answer.hasInterval)
  }

  /// The sentences about a search with these means at a few values of the axis.
  private func sentences(
    keep bound: String, _ means: [(x: Double, mean: Double)]
  ) throws -> [String] {
    var search = ThresholdSearch(
      .realShare, in: 0...1, keeping: try KeptBound(bound), resolution: 0.5)
    for (x, mean) in means { try search.add(x, values: [mean]) }
    let report = ThresholdReport(
      search, theory: TheoryAnswer(silence: "nothing"), data: "icons", strategy: "fresh-data",
      generation: 3, seeds: [1], readings: [])
    return report.sentences
  }

  private func sentence(_ means: [(x: Double, mean: Double)]) throws -> String {
    try sentences(keep: "recall=0.9", means)[0]
  }

  @Test("A bound that asks for nothing is taken for a share that lacks its per cent sign")
  func farOff() throws {
    let means: [(x: Double, mean: Double)] = [(0, 310), (1, 330)]
    let last = try sentences(keep: "variance=0.9", means).last
    #expect(last?.contains("such as --keep total_variance=90%") == true)
    for far in ["variance=4000", "variance=20"] {
      #expect(try sentences(keep: far, means).last?.contains("per cent sign") == true)
    }
    #expect(try sentences(keep: "variance=0.9", [(0, 3), (1, 3.1)]).last?.contains("%") == true)
    for bound in ["variance=300", "variance=90%", "fd=400"] {
      #expect(try sentences(keep: bound, means).allSatisfy { !$0.contains("per cent sign") })
    }
  }

  @Test("Where values run the wrong way the sentence says what the table shows")
  func wrongWay() throws {
    #expect(
      try sentence([(0, 0.95), (1, 0.5)])
        == "real share 1, the most that was tried, does not keep recall at 0.9 or more at generation 3, "
        + "although the mean at 0 keeps it: values in the wrong order share their mean")
    #expect(
      try sentence([(0, 0.99), (0.5, 0.88), (1, 0.95)])
        == "real share 0, the least that was tried, keeps recall at 0.9 or more at generation 3 already, "
        + "although the mean at 0.5 does not: values in the wrong order share their mean")
    let between = try sentence([(0, 0.5), (0.25, 0.92), (0.5, 0.86), (1, 1)])
    #expect(between.hasPrefix("the smallest real share that keeps recall"))
    #expect(
      between.hasSuffix(
        ", although the mean at 0.25 keeps it: values in the wrong order share their mean"))
    let right = try [[(0, 0.5), (1, 0.95)], [(0, 0.95), (1, 0.96)], [(0, 0.1), (1, 0.2)]].map(
      sentence)
    #expect(right.allSatisfy { !$0.contains("although") })
  }

  @Test("An interval is cut to what the metric can be")
  func possible() throws {
    #expect(try KeptBound("recall=0.9").possible(-0.5...1.4) == 0...1)
    #expect(try KeptBound("fd=9").possible(-5...40) == 0...40)
    #expect(try KeptBound("recall=90%").possible(-0.5...1.4) == 0...1.4)
    #expect(try KeptBound("kernel_distance=9").possible(-5...40) == -5...40)
    #expect(try KeptBound("fd=9").possible(nil) == nil)
  }

  @Test("Variances are averaged as logarithms, and a bound may be a part of generation 0's")
  func relative() throws {
    let bound = try KeptBound("variance=90%")
    #expect(bound.metric.id == "total_variance")
    #expect(bound.metric.scale == .logarithmic)
    #expect(bound.limit == 0.9 && bound.isRelative)
    #expect(bound.kept(45, first: 50) == 0.9)
    #expect(bound.kept(45, first: 0) == nil)
    #expect(bound.isKept(by: 0.91) && !bound.isKept(by: 0.89))
    let search = try finished(keep: "variance=50%", seeds: 2) { x, seed in
      exp(x - 1) * (seed == 0 ? 2 : 0.5)
    }
    #expect(abs(try #require(search.answer.place.value) - (1 - log(2))) < 0.001)
  }

  @Test("A value at which a loop loses all variance is one that does not keep the bound")
  func collapse() throws {
    let search = try finished(keep: "variance=50%", resolution: 0.01, seeds: 3) { x, seed in
      x < 0.3 && seed == 1 ? 0 : x
    }
    #expect(abs(try #require(search.answer.place.value) - 0.5) < 0.01)
    #expect(search.probes[0].summary.mean == 0)
  }

  @Test(
    "What is no bound is refused with what one is",
    arguments: ["recall", "=0.9", "recall=", "recall=many", "recall=nan", "variance=0%", "fd=-5%"])
  func malformed(text: String) {
    #expect(throws: ThresholdError.malformedBound(text)) { try KeptBound(text) }
  }

  @Test("A mean that rounding alone leaves below the bound keeps it")
  func rounding() throws {
    let recall = try KeptBound("recall=0.9")
    #expect(recall.isKept(by: 0.9.nextDown) && !recall.isKept(by: 0.8999))
    let distance = try KeptBound("fd=30")
    #expect(distance.isKept(by: 30.0.nextUp) && !distance.isKept(by: 30.001))
  }

  @Test("A metric that there is not is found again, and one without a better is refused")
  func unknown() {
    let typo = #expect(throws: ComparisonError.self) { try KeptBound("recal=0.9") }
    #expect("\(typo.map { "\($0)" } ?? "")".contains("Did you mean \"recall\"?"))
    #expect(throws: ThresholdError.unranked("brake")) { try KeptBound("brake=1") }
  }
}
