import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("The metrics and spaces of a run")
struct MetricChoiceTests {
  private func evaluator(_ ids: [String], draws: Int = 4) throws -> Evaluator {
    try Evaluator(
      train: TestVectors.normal(0..<200, seed: 1),
      heldOut: TestVectors.normal(5000..<5070, seed: 1),
      features: TestVectors.normal(6000..<6100, seed: 1), metrics: try MetricChoice(ids),
      generatedCount: 200, seed: 1, nullDraws: draws)
  }

  @Test("Nothing chosen is the usual choice, led by what sees a collapse")
  func standard() throws {
    #expect(try MetricChoice([]) == .standard)
    #expect(MetricChoice.standard.ids.prefix(3) == ["energy_distance", "mmd_rbf", "recall"])
    #expect(MetricChoice.standard.ids.suffix(3) == ["precision", "density", "coverage"])
    #expect(MetricChoice.standard.further == [.rbfDiscrepancy])
    #expect(Set(MetricChoice.standard.ids).isSubset(of: Set(MetricChoice.names)))
    #expect(MetricChoice.standard.metrics == Set(Metric.allCases))
  }

  @Test("An id that there is not is refused, and told from one of measure alone")
  func refusals() throws {
    #expect(throws: UnknownMetric(id: "recal", isOfMeasure: false)) {
      try MetricChoice(["recall", "recal"])
    }
    for id in ["z_u", "spectrum_distance"] {
      #expect(throws: UnknownMetric(id: id, isOfMeasure: true)) { try MetricChoice([id]) }
    }
    #expect(try MetricChoice(["mind", "recall", "mind"]).ids == ["mind", "recall"])
  }

  @Test("What was chosen is measured with error and band, and what is always needed beside it")
  func chosen() throws {
    let evaluation = try evaluator(["ndb", "symmetric_recall", "mmd_rbf"]).evaluate(
      TestVectors.normal(1000..<1200, seed: 1, deviation: 0.5))
    let ids = evaluation.measurements.map(\.metric)
    #expect(Set(["ndb", "symmetric_recall", "mmd_rbf"]).isSubset(of: Set(ids)))
    for metric in [Metric.kernelDistance, .energyDistance, .density, .coverage, .effectiveRank] {
      #expect(!ids.contains(metric.rawValue))
    }
    for metric in [
      Metric.frechetDistance, .recall, .precision, .totalVariance, .participationRatio, .vendiRBF,
      .meanLogEigenvalue, .distinctNearest,
    ] { #expect(ids.contains(metric.rawValue)) }
    for id in ["symmetric_recall", "mmd_rbf"] {
      let value = try #require(evaluation.measurements.first { $0.metric == id })
      #expect(value.standardError != nil && value.null != nil, "\(id)")
      #expect(abs(try #require(value.z)) > 4, "\(id)")
      #expect(value.n == 70 && value.m == 200)
    }
  }

  @Test("A run's number is that of the definition on the same samples")
  func agrees() throws {
    let evaluator = try evaluator(["mmd_rbf", "mind"])
    let generated = TestVectors.normal(1000..<1200, seed: 1, deviation: 0.8)
    let found = try evaluator.evaluate(generated).measurements
    let space = try #require(evaluator.spaces.first)
    let (real, other) = (
      space.heldOut.paired, space.fitted.space.features(of: generated)
    )
    let sigma = try #require(space.fitted.bandwidth)
    let sums = TwoSampleSums(.gaussian(sigma: sigma), real: real, generated: other)
    #expect(found.first { $0.metric == "mmd_rbf" }?.value == sums.unbiased)
    let sliced = try slicedWasserstein(
      real: real, generated: other,
      directions: randomDirections(count: 1000, dimension: 4, seed: 1))
    #expect(found.first { $0.metric == "mind" }?.value == sliced.mind.value)
  }

  @Test("Null bands of one choice are not taken for another's")
  func cachedBands() throws {
    let (few, usual) = try (evaluator(["ndb"]).nulls, evaluator([]).nulls)
    #expect(few.fingerprint != usual.fingerprint)
    #expect(few.band(of: "ndb", in: "vector") != nil)
    #expect(few.band(of: "energy_distance", in: "vector") == nil)
    #expect(usual.band(of: "energy_distance", in: "vector") != nil)
  }

  @Test("The leading space is conv where it is chosen, else the first")
  func leading() {
    #expect(SpaceName.leading(among: [.patches, .conv]) == .conv)
    #expect(SpaceName.leading(among: [.patches, .pixels]) == .patches)
    #expect(SpaceName.leading(among: []) == nil)
  }

  @Test(
    "A generation that is explained tells which held-out samples are lost, in the leading space")
  func explained() throws {
    let evaluator = try Evaluator(
      train: TestPictures.discs(0..<100), heldOut: TestPictures.discs(200..<260),
      features: TestPictures.discs(300..<360), generatedCount: 80, seed: 1, nullDraws: 0)
    let generated = TestPictures.discs(400..<480, spread: 0.3)
    let silent = try evaluator.evaluate(generated)
    #expect(silent.spaces.allSatisfy { $0.attribution == nil })
    let explained = try evaluator.evaluate(generated, explains: true)
    #expect(explained.measurements == silent.measurements)
    #expect(explained.spaces.map { $0.attribution != nil } == [false, true])
    let attribution = try #require(explained.spaces[1].attribution)
    #expect(attribution.lost.count == explained.spaces[1].recalled.count { !$0 })
    #expect(!attribution.lost.isEmpty)
  }
}
