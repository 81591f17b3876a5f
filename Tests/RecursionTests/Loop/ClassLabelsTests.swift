import Generators
import LinearAlgebra
import Samples
import Testing

@testable import Recursion

@Suite("Labels that travel with samples")
struct ClassLabelsTests {
  /// Two classes far apart: 15 of one, 45 of the other.
  private let original: SampleSet = {
    let labels = (0..<60).map { Int32($0 % 4 == 0 ? 0 : 1) }
    let values = GaussianLaw(dimension: 1, seed: 2).samples(0..<60).values
    return SampleSet(
      count: 60, dimension: 1,
      storage: .floats(zip(values, labels).map { $0 + 100 * Float($1) }), labels: labels,
      classNames: ["low", "high"])
  }()

  private func generations(
    _ labels: ClassLabels, count: Int, strategy: String = "replace", seed: UInt64 = 1
  ) throws -> [SampleSet] {
    let strategy = try StrategyCatalogue.strategy(named: strategy)
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: .identity(nil), carry: .float,
      sampling: Sampling(), strategy: strategy, seed: seed, sampleCount: 60, warmStart: false,
      labels: labels, followsAncestry: true)
    var pools = SamplePools(
      original: labels.annotated(original, seed: seed),
      fresh: .finite(original, reusing: true, seed: seed), seed: seed)
    var model: (any GenerativeModel)?
    return try (0..<count).map { generation in
      let step = try engine.step(generation, pools: pools, previous: model)
      model = step.model
      pools.append(step.carried, ancestry: step.ancestry)
      return step.carried
    }
  }

  @Test("A sample has the label of the class that drew it")
  func travelling() throws {
    for strategy in ["replace", "accumulate-subsample", "fresh-data"] {
      for samples in try generations(ClassLabels(), count: 5, strategy: strategy) {
        let labels = try #require(samples.labels)
        #expect(samples.classNames == ["low", "high"])
        for (value, label) in zip(samples.values, labels) { #expect((value > 50) == (label == 1)) }
      }
    }
  }

  @Test("Stratified counts stay; drawn ones drift as a binomial does")
  func counts() throws {
    func low(_ samples: SampleSet) -> Int { (samples.labels ?? []).count { $0 == 0 } }
    var stratified = ClassLabels()
    stratified.counts = .stratified
    #expect(try generations(stratified, count: 6).map(low) == [15, 15, 15, 15, 15, 15])
    let last = try (1...200).map { seed in
      Double(low(try generations(ClassLabels(), count: 4, seed: UInt64(seed))[3])) / 60
    }
    let mean = last.reduce(0, +) / 200
    let variance = last.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199
    // p q (1 - (1 - 1/n)^t) after t = 4 drawings (E1); a variance of 200 values is known to 10 %.
    let expected =
      0.1875 * (1 - (1.0 - 1.0 / 60) * (1 - 1.0 / 60) * (1 - 1.0 / 60) * (1 - 1.0 / 60))
    #expect(abs(mean - 0.25) < 4 * (expected / 200).squareRoot())
    #expect(abs(variance / expected - 1) < 0.45)
  }

  @Test("A share of labels is flipped, each generation or once")
  func noise() throws {
    func wrong(_ samples: SampleSet) -> Int {
      zip(samples.values, samples.labels ?? []).count { ($0 > 50) != ($1 == 1) }
    }
    var labels = ClassLabels()
    labels.noise = 0.1
    #expect(wrong(labels.annotated(original, seed: 1)) == 6)
    let right = original.labelled(original.labels, classNames: original.classNames)
    #expect(wrong(labels.annotated(right, seed: 1, generation: 3)) == 6)
    #expect(
      labels.annotated(right, seed: 1, generation: 3).labels
        != labels.annotated(right, seed: 1, generation: 4).labels)
    labels.moment = .once
    #expect(labels.annotated(right, seed: 1, generation: 3) == right)
    #expect(wrong(labels.annotated(original, seed: 1)) == 6)
  }

  @Test("A class with too few samples for a model is lost, and the others go on")
  func lost() throws {
    let few = original.labelled(
      [0] + Array(repeating: 1, count: 59), classNames: original.classNames)
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: .identity(nil), carry: .float,
      sampling: Sampling(), strategy: try StrategyCatalogue.strategy(named: "replace"), seed: 1,
      sampleCount: 60, warmStart: false, labels: ClassLabels())
    let pools = SamplePools(
      original: few, fresh: .finite(few, reusing: true, seed: 1), seed: 1)
    let step = try engine.step(0, pools: pools, previous: nil)
    #expect((step.model as? JointModel)?.classes == [1])
    #expect(step.carried.labels?.allSatisfy { $0 == 1 } == true)
  }

  @Test("A class whose samples weigh nothing is lost like one without samples")
  func weightless() throws {
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: .identity(nil), carry: .float,
      sampling: Sampling(),
      strategy: try StrategyCatalogue.strategy(
        named: "weighted:weight=1,share=0.5,real=fixed"),
      seed: 1, sampleCount: 60, warmStart: false, labels: ClassLabels(), followsAncestry: true)
    // The real half is all of one class; the other class is drawn, and weighs nothing.
    let divided = original.selecting(
      original.values.indices.sorted { original.values[$0] > original.values[$1] })
    var pools = SamplePools(
      original: divided, fresh: .finite(divided, reusing: true, seed: 1), seed: 1)
    let first = try engine.step(0, pools: pools, previous: nil)
    pools.append(first.carried, ancestry: first.ancestry)
    #expect(first.carried.labels?.prefix(30).contains(0) == true)
    let second = try engine.step(1, pools: pools, previous: first.model)
    #expect((second.model as? JointModel)?.classes == [1])
  }

  @Test("Samples without labels are refused")
  func unlabelled() throws {
    let plain = original.labelled(nil, classNames: [])
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: .identity(nil), carry: .float,
      sampling: Sampling(), strategy: try StrategyCatalogue.strategy(named: "replace"), seed: 1,
      sampleCount: 60, warmStart: false, labels: ClassLabels())
    let pools = SamplePools(
      original: plain, fresh: .finite(plain, reusing: true, seed: 1), seed: 1)
    #expect(throws: RecursionError.self) { try engine.step(0, pools: pools, previous: nil) }
  }
}
