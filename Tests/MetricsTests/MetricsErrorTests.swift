import LinearAlgebra
import Metrics
import Testing

@Suite("Metrics errors")
struct MetricsErrorTests {
  /// Every function that compares a real and a generated set.
  private static let comparisons: [@Sendable (Matrix, Matrix) throws -> Void] = [
    { _ = try kernelDistance(real: $0, generated: $1) },
    { _ = try energyDistance(real: $0, generated: $1) },
    { _ = try rbfMMD(real: $0, generated: $1, sigma: 1) },
    { _ = try frechetDistanceStandardError(real: $0, generated: $1) },
    { _ = try NeighbourMetrics.compute(real: $0, generated: $1, ks: [1]) },
    {
      _ = try frechetDistance(
        real: SampleStatistics(of: $0), generated: SampleStatistics(of: $1, as: .generated))
    },
    { _ = try memorisationRatio(train: $0, test: $0, generated: $1) },
  ]

  @Test("A number that is not finite is named by set, row and column", arguments: comparisons)
  func notFinite(comparison: @Sendable (Matrix, Matrix) throws -> Void) throws {
    for name in ["one_nan", "one_inf"] {
      let pair = try ReferenceFeatures.pair(name)
      #expect(throws: MetricsError.notFinite(set: .generated, row: 17, column: 3)) {
        try comparison(pair.real, pair.generated)
      }
    }
  }

  @Test("Fewer than two samples, and unequal dimensions, are refused", arguments: comparisons)
  func unusable(comparison: @Sendable (Matrix, Matrix) throws -> Void) throws {
    let three = Matrix(rows: [[1, 2], [3, 4], [5, 7]])
    #expect(throws: MetricsError.tooFewSamples(set: .generated, count: 1, required: 2)) {
      try comparison(three, three.rows(0..<1))
    }
    #expect(throws: MetricsError.self) { try comparison(three, three.leadingColumns(1)) }
    #expect(throws: MetricsError.self) {
      try comparison(three.leadingColumns(0), three.leadingColumns(0))
    }
  }

  @Test("Numbers whose powers overflow are refused, and large ones give no NaN")
  func large() throws {
    let huge = Matrix(rows: [[1, 2e45], [3, 4]])
    let expected = MetricsError.tooLarge(set: .real, row: 0, column: 1, value: 2e45)
    #expect(throws: expected) { try energyDistance(real: huge, generated: huge) }
    let twice = [0, 1, 2, 0, 1, 2]
    let large = Matrix(rows: [[1e44, -1e44], [-1e44, 1e44], [1e44, 1e44]]).gatheringRows(twice)
    let small = Matrix(rows: [[1e-30, 0], [0, 1e-30], [0, 0]]).gatheringRows(twice)
    for (real, generated) in [(large, small), (small, large), (large, large), (small, small)] {
      let kernel = try kernelDistance(real: real, generated: generated)
      #expect(kernel.value.isFinite && kernel.standardError?.isFinite == true)
      let energy = try energyDistance(real: real, generated: generated)
      #expect(energy.v.isFinite && energy.standardError?.isFinite == true)
      #expect(try CovarianceSpectrum(of: generated).participationRatio?.value.isFinite == true)
      #expect(try vendiScore(.cosine, of: generated).value.isFinite)
      let distance = try frechetDistance(
        real: SampleStatistics(of: real), generated: SampleStatistics(of: generated))
      #expect(distance.value.isFinite)
    }
  }

  @Test("Messages say what happened and what to do")
  func messages() {
    #expect(
      MetricsError.notFinite(set: .generated, row: 17, column: 3).description == """
        Row 17, column 3 of the generated set is not a finite number (counting from 0). Remove the \
        sample or mend its features.
        """)
    #expect(
      MetricsError.unequalDimensions(
        set: .real, dimension: 64, other: .generated, otherDimension: 48
      ).description == """
        The real set has 64 features and the generated set has 48. Compute both in one feature space.
        """)
    #expect(
      MetricsError.tooFewSamples(set: .train, count: 1, required: 2).description
        == "The training set has 1 sample and at least 2 are needed. Add samples.")
    #expect(
      MetricsError.invalidBandwidth(0).description == """
        A Gaussian kernel of bandwidth 0.0 is not defined. The bandwidth is the median distance \
        between real samples: check that they are not all the same.
        """)
  }
}
