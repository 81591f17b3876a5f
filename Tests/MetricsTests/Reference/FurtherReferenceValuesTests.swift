import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Further reference values")
struct FurtherReferenceValuesTests {
  /// Whether two numbers agree to a relative tolerance; of the reference ten digits are printed.
  private func requireClose(
    _ value: Double, _ expected: Double?, relative: Double, absolute: Double = 0, _ what: String
  ) throws {
    let expected = try #require(expected, "\(what)")
    #expect(
      abs(value - expected) <= (relative + 5.1e-10) * abs(expected) + absolute,
      "\(what): \(value), not \(expected)")
  }

  @Test(
    "The Fréchet distance at infinite size agrees to 1e-7",
    arguments: ReferenceValues.extrapolated.rows.map(\.name))
  func extrapolated(name: String) throws {
    let expected = ReferenceValues.extrapolated[name]
    let pair = try ReferenceFeatures.pair(name)
    let line = try frechetDistanceAtInfiniteSize(
      real: SampleStatistics(of: pair.real), generated: pair.generated)
    #expect(line.sizes.first == pair.generated.rowCount / 10)
    #expect(line.sizes.last == pair.generated.rowCount)
    try requireClose(line.value, expected["intercept"], relative: 1e-7, name)
    // Of a constant set the slope is what rounding leaves.
    try requireClose(line.slope, expected["slope"], relative: 1e-6, absolute: 1e-10, name)
  }

  @Test(
    "The kernel distance over given subsets agrees, mean and deviation",
    arguments: ReferenceValues.kernelBlocks.rows.map(\.name))
  func kernelBlocks(name: String) throws {
    let expected = ReferenceValues.kernelBlocks[name]
    let pair = try ReferenceFeatures.pair(name)
    let blocks = (0..<pair.real.rowCount / 250).map { Array($0 * 250..<($0 + 1) * 250) }
    let subsets = try kernelDistance(
      real: pair.real, generated: pair.generated, subsets: blocks.map { ($0, $0) })
    try requireClose(subsets.mean, expected["mean"], relative: 1e-9, absolute: 1e-9, name)
    try requireClose(
      subsets.deviation, expected["deviation"], relative: 1e-9, absolute: 1e-9, name)
  }

  @Test(
    "Both forms of the discrepancy under a wide Gaussian kernel agree",
    arguments: ReferenceValues.wideKernel.rows.map(\.name))
  func wideKernel(name: String) throws {
    let expected = ReferenceValues.wideKernel[name]
    let pair = try ReferenceFeatures.pair(name)
    let v = try biasedRBFMMD(real: pair.real, generated: pair.generated, sigma: 10)
    let u = try rbfMMD(real: pair.real, generated: pair.generated, sigma: 10).value
    try requireClose(1000 * v, expected["v"], relative: 1e-9, absolute: 1e-11, name)
    try requireClose(1000 * u, expected["u"], relative: 1e-9, absolute: 1e-11, name)
  }

  @Test(
    "Clipped and symmetric scores agree exactly",
    arguments: ReferenceValues.clipped.rows.map(\.name))
  func clipped(name: String) throws {
    let expected = ReferenceValues.clipped[name]
    let pair = try ReferenceFeatures.pair(name)
    let (n, m) = (pair.real.rowCount, pair.generated.rowCount)
    let scores = try #require(
      try NeighbourMetrics.compute(real: pair.real, generated: pair.generated, ks: [5])[k: 5])
    try requireClose(
      scores.symmetricPrecision.value, expected["symmetric_precision"], relative: 0, name)
    try requireClose(scores.symmetricRecall.value, expected["symmetric_recall"], relative: 0, name)
    let raw = scores.clippedCoverage.value
    try requireClose(raw, expected["coverage_raw"], relative: 0, name)
    try requireClose(
      ClippedScores.expectedCoverage(n: n, m: m, k: 5), expected["coverage_full"],
      relative: 1e-9, name)
    try requireClose(
      ClippedScores.coverage(raw, n: n, m: m, k: 5), expected["coverage"], relative: 0, name)
    let scale = ClippedScores.densityScale(
      radii: NeighbourRadii(of: pair.real, count: 5), k: 5)
    try requireClose(scale, expected["density_scale"], relative: 1e-9, name)
    try requireClose(
      scores.clippedDensity.value / scale, expected["uncapped"], relative: 1e-9, name)
    try requireClose(
      ClippedScores.density(scores.clippedDensity, scale: scale).value, expected["density"],
      relative: 1e-9, name)
  }

  @Test(
    "Vendi scores of other orders agree to 1e-8",
    arguments: ReferenceValues.vendiOrders.rows.map(\.name))
  func vendiOrders(name: String) throws {
    let expected = ReferenceValues.vendiOrders[name]
    let pair = try ReferenceFeatures.pair(name)
    for (set, samples) in [("real", pair.real), ("generated", pair.generated)] {
      let scores = try vendiScores(.cosine, of: samples, orders: [1, 2, .infinity])
      try requireClose(
        scores[0], try vendiScore(.cosine, of: samples).value, relative: 1e-9, name)
      try requireClose(scores[1], expected["\(set)2"], relative: 1e-8, name)
      try requireClose(scores[2], expected["\(set)_inf"], relative: 1e-8, name)
    }
  }

  @Test(
    "Wasserstein distances along given directions agree to 1e-9",
    arguments: ReferenceValues.sliced.rows.map(\.name))
  func sliced(name: String) throws {
    let expected = ReferenceValues.sliced[name]
    let pair = try ReferenceFeatures.pair(name)
    let sliced = try slicedWasserstein(
      real: pair.real, generated: pair.generated,
      directions: ReferenceFeatures.directions(pair.real.columnCount))
    try requireClose(sliced.w1.value, expected["w1"], relative: 1e-9, name)
    try requireClose(sliced.w2.value, expected["w2"], relative: 1e-9, name)
    try requireClose(sliced.largest, expected["largest"], relative: 1e-9, name)
    try requireClose(sliced.mind.value, expected["mind"], relative: 1e-9, name)
  }

  @Test(
    "Bins are filled alike, and judged alike", arguments: ReferenceValues.bins.rows.map(\.name))
  func bins(name: String) throws {
    let expected = ReferenceValues.bins[name]
    let counts = try #require(ReferenceValues.binCounts[name])
    let pair = try ReferenceFeatures.pair(name)
    let comparison = try BinComparison(
      real: pair.real, generated: pair.generated, centres: Self.centres(of: pair.real))
    #expect(comparison.realCounts == counts.real)
    #expect(comparison.generatedCounts == counts.generated)
    #expect(Double(comparison.different) == expected["different"])
    try requireClose(comparison.divergence, expected["divergence"], relative: 1e-9, name)
  }

  /// Every (n / 20)-th sample.
  private static func centres(of real: Matrix) -> Matrix {
    real.gatheringRows((0..<20).map { $0 * real.rowCount / 20 })
  }

  @Test(
    "Generations of a shrinking recursion agree",
    arguments: ReferenceValues.slicedGenerations.rows.map(\.name))
  func generations(name: String) throws {
    let expected = ReferenceValues.slicedGenerations[name]
    let real = ReferenceFeatures.generation("g0")
    let generated = ReferenceFeatures.generation(name)
    let sliced = try slicedWasserstein(
      real: real, generated: generated, directions: ReferenceFeatures.directions(48))
    try requireClose(sliced.w2.value, expected["w2"], relative: 1e-9, name)
    try requireClose(sliced.mind.value, expected["mind"], relative: 1e-9, name)
    let comparison = try BinComparison(
      real: real, generated: generated, centres: Self.centres(of: real))
    #expect(Double(comparison.different) == expected["different"])
    try requireClose(comparison.divergence, expected["divergence"], relative: 1e-9, name)
    let scores = try #require(
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5])
    try requireClose(
      scores.symmetricPrecision.value, expected["symmetric_precision"], relative: 0, name)
    try requireClose(scores.symmetricRecall.value, expected["symmetric_recall"], relative: 0, name)
    try requireClose(
      ClippedScores.coverage(scores.clippedCoverage.value, n: 1000, m: 1000, k: 5),
      expected["coverage"], relative: 0, name)
    let scale = ClippedScores.densityScale(
      radii: NeighbourRadii(of: real, count: 5), k: 5)
    try requireClose(
      ClippedScores.density(scores.clippedDensity, scale: scale).value, expected["density"],
      relative: 1e-9, name)
  }

  @Test("The evidence of memorisation agrees")
  func memorisation() throws {
    let triple = ReferenceFeatures.triple("memorised")
    let evidence = try memorisationEvidence(
      train: triple.train, test: triple.test, generated: triple.generated)
    #expect(abs(evidence.rankScore - -19.98141964) < 1e-8)
    #expect(evidence.authentic.count == 357)
    #expect(evidence.exactCopies.count == 500)
    try requireClose(
      try #require(evidence.neighbourRatio?.value), 0.4782436356, relative: 1e-9, "ratio")
  }
}
