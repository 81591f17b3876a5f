import LinearAlgebra
import Metrics
import Testing

@Suite("Covariance spectrum")
struct CovarianceSpectrumTests {
  @Test("Equal orthogonal spreads count as so many directions")
  func isotropic() throws {
    // ± the unit vectors: covariance 2/(2d - 1) times the identity.
    for d in [1, 3, 8] {
      let units = Matrix.identity(d)
      let samples = units.appendingRows(
        of: units.scalingColumns(Array(repeating: -1, count: d)))
      let spectrum = try CovarianceSpectrum(of: samples)
      #expect(abs(spectrum.totalVariance.value - 2 * Double(d) / Double(2 * d - 1)) < 1e-13)
      #expect(abs((spectrum.effectiveRank?.value ?? 0) - Double(d)) < 1e-12)
      #expect(abs((spectrum.participationRatio?.value ?? 0) - Double(d)) < 1e-12)
    }
  }

  @Test("Samples and their Gram matrix give the same, with more features than samples")
  func wide() throws {
    let samples = normalSamples(30, 6, seed: 1)
    // The same points in 50 dimensions.
    let embedded = samples.times(try rotation(50, seed: 2).rows(0..<6))
    let narrow = try CovarianceSpectrum(of: samples)
    let wide = try CovarianceSpectrum(of: embedded)
    for index in 0..<6 {
      #expect(abs(narrow.eigenvalues[index] - wide.eigenvalues[index]) < 1e-12)
    }
    for (first, second) in [
      (narrow.totalVariance, wide.totalVariance),
      (try #require(narrow.effectiveRank), try #require(wide.effectiveRank)),
      (try #require(narrow.participationRatio), try #require(wide.participationRatio)),
    ] {
      #expect(abs(first.value - second.value) < 1e-10)
      let gap = (first.standardError ?? 0) - (second.standardError ?? 1)
      #expect(abs(gap) < 1e-10)
    }
  }

  @Test("One sample repeated has no variance and no rank")
  func collapsed() throws {
    let spectrum = try CovarianceSpectrum(
      of: Matrix(rowCount: 50, columnCount: 3, repeating: 0.1))
    #expect(spectrum.totalVariance.value == 0)
    #expect(spectrum.totalVariance.standardError == 0)
    #expect(spectrum.effectiveRank == nil)
    #expect(spectrum.participationRatio == nil)
  }

  @Test("The errors are the deviations over fresh draws")
  func standardErrors() throws {
    let replicates = 150
    var values: [[Double]] = [[], [], []]
    var errors: [[Double]] = [[], [], []]
    for replicate in 0..<replicates {
      let samples = normalSamples(400, 5, seed: 100 + replicate)
        .scalingColumns([3, 2, 1, 0.5, 0.25])
      let spectrum = try CovarianceSpectrum(of: samples)
      for (index, estimate) in [
        spectrum.totalVariance, try #require(spectrum.effectiveRank),
        try #require(spectrum.participationRatio),
      ].enumerated() {
        values[index].append(estimate.value)
        errors[index].append(try #require(estimate.standardError))
      }
    }
    for index in values.indices {
      // The deviation over the draws has a relative error of 0.06.
      let ratio = moments(errors[index]).mean / moments(values[index]).deviation
      #expect(abs(ratio - 1) < 0.24, "\(index): \(ratio)")
    }
  }
}
