import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Reference values of further definitions")
struct VariantReferenceValuesTests {
  private func requireClose(
    _ value: Double?, _ expected: Double?, absolute: Double = 0, _ what: String
  ) {
    guard let value, let expected else {
      #expect(value == nil && expected == nil, "\(what): \(String(describing: value))")
      return
    }
    #expect(
      abs(value - expected) <= 1.5e-9 * abs(expected) + absolute,
      "\(what): \(value), not \(expected)")
  }

  @Test("They agree to a relative 1e-9", arguments: ReferenceValues.variants.rows.map(\.name))
  func variants(name: String) throws {
    let expected = ReferenceValues.variants[name]
    let measures = ReferenceMeasures(try ReferenceFeatures.pair(name))
    let (real, generated) = (measures.real, measures.generated)
    let sums = TwoSampleSums(.distance, real: real, generated: generated)
    requireClose(sums.normalised?.value, expected["normalised"], "\(name): normalised energy")
    requireClose(
      try biasedKernelDistance(real: real, generated: generated), expected["kernel_v"],
      absolute: 1e-10 * (1 + measures.largestKernel), "\(name): kernel distance, V")
    requireClose(
      try unitRowDiscrepancy(real: real, generated: generated).value, expected["cmmd"],
      absolute: 1e-17, "\(name): unit rows")
    requireClose(
      approximateSlicedWasserstein(
        real: try SampleStatistics(of: real), generated: try SampleStatistics(of: generated)),
      expected["sw_approx"], absolute: 1e-15, "\(name): sliced distance of normal laws")
    for k in [3, 5] where real.rowCount > k {
      let scores = try realismScores(of: generated, among: real, k: k)
      requireClose(
        scores.reduce(0, +) / Double(scores.count), expected["realism\(k)"],
        "\(name): realism, k = \(k)")
    }
    guard min(real.rowCount, generated.rowCount) > 5 else { return }
    let support = try probabilisticSupport(real: real, generated: generated)
    requireClose(support.precision?.value, expected["p_precision"], "\(name): P-precision")
    requireClose(support.recall?.value, expected["p_recall"], "\(name): P-recall")
    let held = try #require(try measures.scores(5)).complementPrecision
    requireClose(held.value, expected["complement"], "\(name): complement")
  }

  @Test(
    "Generations of a shrinking recursion agree",
    arguments: ReferenceValues.probabilisticGenerations.rows.map(\.name))
  func generations(name: String) throws {
    let expected = ReferenceValues.probabilisticGenerations[name]
    let support = try probabilisticSupport(
      real: ReferenceFeatures.generation("g0"), generated: ReferenceFeatures.generation(name))
    requireClose(support.precision?.value, expected["p_precision"], name)
    requireClose(support.recall?.value, expected["p_recall"], name)
  }

  @Test("The three-sample test over fixed cells agrees")
  func cells() throws {
    let triple = ReferenceFeatures.triple("memorised")
    let test = try threeSampleTest(
      train: triple.train, test: triple.test, generated: triple.generated,
      centres: triple.train.rows(0..<3))
    requireClose(test.score, ReferenceValues.cellScore, "C_T")
    #expect(test.cellsUsed == 3)
    #expect(test.testShare == 1)
  }
}
