import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Features in temporary files")
struct KeptFeaturesTests {
  @Test("Moments, spectra and class means have the bits of the same features in memory")
  func sameBits() throws {
    let samples = try ReferenceFeatures.pair("gauss_shift").real
    var writer = RowWriter(
      expecting: samples.rowCount, columnCount: samples.columnCount, leastFileBytes: 0)
    writer.append(samples)
    let kept = writer.finish()
    #expect(try SampleStatistics(of: kept) == SampleStatistics(of: samples))
    #expect(try CovarianceSpectrum(of: kept) == CovarianceSpectrum(of: samples))
    let moments = [
      try JackknifeMoments(of: kept, smallestSet: samples.rowCount),
      try JackknifeMoments(of: samples, smallestSet: samples.rowCount),
    ].map { $0?.leavingOut }
    #expect(moments[0] == moments[1])
    let labels = (0..<samples.rowCount).map { $0 % 3 }
    let classes = try NearestClassMean(features: kept, labels: labels, classCount: 3)
    #expect(try classes == NearestClassMean(features: samples, labels: labels, classCount: 3))
    #expect(try classes.labels(of: kept) == classes.labels(of: samples))
    var (first, second) = (Fingerprint(), Fingerprint())
    first.combine(kept)
    second.combine(samples)
    #expect(first.text == second.text)
  }

  @Test("A number that is not finite is named by its row and column wherever it lies")
  func notFinite() {
    // Beyond the first block of rows.
    var samples = Matrix(rowCount: 20_000, columnCount: 64, repeating: 1)
    samples[17_000, 5] = .nan
    #expect(throws: MetricsError.notFinite(set: .real, row: 17_000, column: 5)) {
      try SampleStatistics(of: RowSource(samples))
    }
  }
}
