import LinearAlgebra
import Metrics
import Testing

/// Ten digits are printed, so the last one may be off by half.
private let printed = 5.1e-10

private func isClose(_ value: Double, _ expected: Double?, relative: Double) -> Bool {
  guard let expected else { return false }
  return abs(value - expected) <= (relative + printed) * abs(expected)
}

@Suite("Reference values")
struct ReferenceValuesTests {
  @Test(
    "The Fréchet distance and its parts agree to 1e-12 of the traces",
    arguments: ReferenceValues.frechet.rows.map(\.name))
  func frechet(name: String) throws {
    let expected = ReferenceValues.frechet[name]
    let pair = try ReferenceFeatures.pair(name)
    let distance = try frechetDistance(
      real: SampleStatistics(of: pair.real), generated: SampleStatistics(of: pair.generated))
    let traces = distance.traceReal + distance.traceGenerated
    for (part, value) in [
      ("value", distance.value), ("mean", distance.meanTerm), ("real", distance.traceReal),
      ("generated", distance.traceGenerated), ("cross", distance.cross),
    ] {
      let reference = try #require(expected[part])
      #expect(
        abs(value - reference) <= 1e-12 * traces + 5e-15 * abs(reference),
        "\(part): \(value), not \(reference)")
    }
  }

  @Test(
    "The peers' Fréchet distances agree in all digits that they print",
    arguments: ReferenceValues.peerFrechet.rows.map(\.name))
  func peerFrechet(name: String) throws {
    let pair = try ReferenceFeatures.pair(name)
    let distance = try frechetDistance(
      real: SampleStatistics(of: pair.real), generated: SampleStatistics(of: pair.generated))
    let reference = try #require(ReferenceValues.peerFrechet[name]["value"])
    let traces = distance.traceReal + distance.traceGenerated
    #expect(abs(distance.value - reference) <= 1e-12 * traces + printed * abs(reference))
  }

  @Test(
    "Statistics over all pairs agree to a relative 1e-9",
    arguments: ReferenceValues.pairs.rows.map(\.name))
  func pairs(name: String) throws {
    let expected = ReferenceValues.pairs[name]
    let pair = try ReferenceFeatures.pair(name)

    // The kernel distance crosses 0, so its tolerance is relative to the largest kernel value.
    let largestNorm = max(
      pair.real.squaredRowNorms().max() ?? 0, pair.generated.squaredRowNorms().max() ?? 0)
    let base = largestNorm / Double(pair.real.columnCount) + 1
    let kernel = try kernelDistance(real: pair.real, generated: pair.generated).value
    let reference = try #require(expected["kid"])
    #expect(
      abs(kernel - reference) <= 1e-10 * (1 + base * base * base) + printed * abs(reference))

    let energy = try energyDistance(real: pair.real, generated: pair.generated)
    #expect(isClose(energy.v, expected["energy_v"], relative: 1e-9))
    #expect(isClose(energy.u, expected["energy_u"], relative: 1e-9))

    let sigma = try medianDistance(of: pair.real)
    #expect(isClose(sigma, expected["sigma"], relative: 1e-9))
    if let mmd = expected["mmd"] {
      let value = try rbfMMD(real: pair.real, generated: pair.generated, sigma: sigma).value
      #expect(isClose(value, mmd, relative: 1e-9), "\(value), not \(mmd)")
    } else {
      #expect(throws: MetricsError.invalidBandwidth(sigma)) {
        try rbfMMD(real: pair.real, generated: pair.generated, sigma: sigma)
      }
    }
  }

  @Test(
    "Neighbour counts agree exactly, ties and copies included",
    arguments: ReferenceValues.pairs.rows.map(\.name))
  func neighbours(name: String) throws {
    let pair = try ReferenceFeatures.pair(name)
    let metrics = try NeighbourMetrics.compute(
      real: pair.real, generated: pair.generated, ks: [3, 5])
    for (k, table) in [(3, ReferenceValues.neighbours3), (5, ReferenceValues.neighbours5)] {
      let expected = table[name]
      guard !expected.isEmpty else {
        #expect(metrics[k: k] == nil)
        continue
      }
      let scores = try #require(metrics[k: k])
      for (metric, count) in [
        ("precision", scores.precision.count), ("recall", scores.recall.count),
        ("density", scores.densityPairs), ("coverage", scores.coverage.count),
        ("precision_le", scores.precisionClosed.count),
        ("recall_le", scores.recallClosed.count),
        ("coverage_le", scores.coverageClosed.count),
      ] {
        #expect(Double(count) == expected[metric], "\(metric), k = \(k)")
      }
      #expect(isClose(scores.meanRealRadius, expected["radius_real"], relative: 1e-9))
      #expect(isClose(scores.meanGeneratedRadius, expected["radius_generated"], relative: 1e-9))
    }
  }

  @Test(
    "Diversity agrees to a relative 1e-8",
    arguments: ReferenceValues.spreadReal.rows.map(\.name))
  func spread(name: String) throws {
    let pair = try ReferenceFeatures.pair(name)
    for (samples, expected) in [
      (pair.real, ReferenceValues.spreadReal[name]),
      (pair.generated, ReferenceValues.spreadGenerated[name]),
    ] {
      let score = try vendiScore(.cosine, of: samples)
      #expect(isClose(score.value, expected["vendi"], relative: 1e-8))
      let alone = try vendiScore(.cosine, of: samples, withStandardError: false)
      #expect(isClose(alone.value, expected["vendi"], relative: 1e-8))
      let spectrum = try CovarianceSpectrum(of: samples)
      #expect(
        isClose(spectrum.totalVariance.value, expected["total_variance"], relative: 1e-9))
      #expect(spectrum.effectiveRank == nil || expected["effective_rank"] != nil)
      if let rank = expected["effective_rank"], let ratio = expected["participation"] {
        #expect(isClose(spectrum.effectiveRank?.value ?? 0, rank, relative: 1e-9))
        #expect(isClose(spectrum.participationRatio?.value ?? 0, ratio, relative: 1e-9))
      }
    }
  }

  @Test(
    "Generations of a shrinking recursion agree in every metric",
    arguments: ReferenceValues.generations.rows.map(\.name))
  func generations(name: String) throws {
    let expected = ReferenceValues.generations[name]
    let real = ReferenceFeatures.generation("g0")
    let generated = ReferenceFeatures.generation(name)
    let statistics = try SampleStatistics(of: generated)
    let distance = try frechetDistance(
      real: SampleStatistics(of: real), generated: statistics)
    #expect(isClose(distance.value, expected["fd"], relative: 1e-9))
    let previous = name == "g3" ? ReferenceFeatures.generation("g2") : real
    let step = try frechetDistance(
      real: SampleStatistics(of: previous), generated: statistics)
    #expect(isClose(step.value, expected["fd_previous"], relative: 1e-9))
    let kernel = try kernelDistance(real: real, generated: generated).value
    #expect(abs(kernel - (expected["kid"] ?? .nan)) < 1e-10)
    let energy = try energyDistance(real: real, generated: generated)
    #expect(isClose(energy.v, expected["energy_v"], relative: 1e-9))
    let sigma = try medianDistance(of: real)
    let mmd = try rbfMMD(real: real, generated: generated, sigma: sigma)
    #expect(isClose(mmd.value, expected["mmd"], relative: 1e-9))
    let scores = try #require(
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5])
    #expect(scores.precision.value == expected["precision"])
    #expect(scores.recall.value == expected["recall"])
    #expect(scores.density.value == expected["density"])
    #expect(scores.coverage.value == expected["coverage"])
    let cosine = try vendiScore(.cosine, of: generated)
    #expect(isClose(cosine.value, expected["vendi"], relative: 1e-8))
    let rbf = try vendiScore(.rbf(sigma: sigma), of: generated, withStandardError: false)
    #expect(isClose(rbf.value, expected["vendi_rbf"], relative: 1e-8))
    let spectrum = try CovarianceSpectrum(of: generated)
    #expect(isClose(spectrum.totalVariance.value, expected["total_variance"], relative: 1e-9))
  }

  @Test("The real set of the recursion has the Vendi score that others compute")
  func realVendi() throws {
    let real = ReferenceFeatures.generation("g0")
    let score = try vendiScore(.rbf(sigma: medianDistance(of: real)), of: real)
    #expect(isClose(score.value, 10.71805932, relative: 1e-8))
  }

  @Test("Memorised samples are found, and their distances agree")
  func memorised() throws {
    let expected = ReferenceValues.memorised["memorised"]
    let triple = ReferenceFeatures.triple("memorised")
    let result = try memorisationRatio(
      train: triple.train, test: triple.test, generated: triple.generated)
    #expect(Double(result.exactCopies) == expected["copies"])
    let ratio = try #require(expected["generated_to_train"]) / #require(expected["test_to_train"])
    #expect(isClose(result.ratio.value, ratio, relative: 1e-9))
    #expect(
      isClose(result.meanGeneratedToTrain, expected["generated_to_train"], relative: 1e-9))
    #expect(isClose(result.meanTestToTrain, expected["test_to_train"], relative: 1e-9))
    let generated = try SampleStatistics(of: triple.generated)
    for (set, key) in [(triple.train, "fd_train"), (triple.test, "fd_test")] {
      let distance = try frechetDistance(real: SampleStatistics(of: set), generated: generated)
      #expect(isClose(distance.value, expected[key], relative: 1e-9))
    }
  }
}
