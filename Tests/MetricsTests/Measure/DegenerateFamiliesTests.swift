import LinearAlgebra
import Testing

@testable import Metrics

/// Sets at the edges of what can be measured: every metric is what its definition gives, or absent for a
/// reason.
@Suite("Metrics at the edges")
struct DegenerateFamiliesTests {
  private static func settings(_ metrics: Set<MeasuredMetric>) -> MeasureSettings {
    var settings = MeasureSettings(metrics: metrics)
    settings.neighbours = [5, 2]
    settings.directions = 30
    settings.splits = 0
    return settings
  }

  /// How far off a metric may be, absolutely, beside a relative 1e-9.
  private func tolerance(_ metric: MeasuredMetric, _ direct: DirectMeasures) -> Double {
    let distance = (direct.value(.energyDistanceUnbiased, k: 5) ?? 0).magnitude
    let (first, second) = (
      direct.value(.frechetDistanceTraceReal, k: 5) ?? 0, direct.value(.totalVariance, k: 5) ?? 0
    )
    switch metric {
    case .unitRowDiscrepancy: return 1e-15
    case .probabilisticPrecision, .probabilisticRecall: return 1e-13
    case .realism: return 0
    default: break
    }
    switch metric.group {
    // What is common to all samples costs digits, and the least of them is given back.
    case .frechet, .sliced: return 2e-12 * (first + second) + 1e-30
    case .extrapolated: return 1e-9 * (first + second)
    case .pairs where metric.isOfGaussianKernel: return 1e-13
    case .pairs where [.kernelDistance, .kernelDistanceBiased].contains(metric):
      return 1e-10 * (1 + direct.largestKernel)
    case .pairs: return 1e-12 * (distance + (first + second).squareRoot())
    case .subsets: return 1e-10 * (1 + direct.largestKernel)
    case .vendiRBF, .vendiCosine: return 1e-8
    case .spread: return 2e-12 * second + 1e-30
    default: return 0
    }
  }

  @Test(
    "Every metric is what its definition gives", arguments: DegenerateFamilies.all.keys.sorted())
  func families(name: String) throws {
    let make = try #require(DegenerateFamilies.all[name])
    let (real, generated) = try make()
    let settings = Self.settings(Set(MeasuredMetric.allCases))
    for (first, second) in [(real, generated), (generated, real)] {
      let direct = DirectMeasures(first, second, settings)
      let values = try MeasuredReference(
        real: RowSource(first), space: "vector", spaceFingerprint: "", settings: settings
      ).measure(RowSource(second))
      #expect(values.count > MeasuredMetric.allCases.count)
      for value in values {
        let place = "\(name): \(value.id)"
        guard let found = value.estimate?.value else {
          #expect(!value.note.isEmpty, "\(place) has no reason")
          #expect(direct.value(value.metric, k: value.k ?? 5) == nil, "\(place) has no value")
          continue
        }
        #expect(found.isFinite, "\(place)")
        guard let expected = direct.value(value.metric, k: value.k ?? 5) else {
          Issue.record("\(place) is \(found), and should have none")
          continue
        }
        #expect(
          abs(found - expected) <= 1e-9 * abs(expected) + tolerance(value.metric, direct),
          "\(place): \(found), not \(expected)")
      }
    }
  }

  @Test("What training samples say is what its definition gives, in cells and over all")
  func memorisation() throws {
    let train = normalSamples(240, 3, seed: 40)
    let test = normalSamples(130, 3, seed: 41)
    var generated = normalSamples(140, 3, seed: 42, scale: 1.2)
    for row in 0..<20 {
      for column in 0..<3 { generated[row, column] = train[7 * row, column] }
    }
    let settings = Self.settings(Set(MeasuredMetric.allCases.filter(\.needsTrainingSet)))
    let values = try MeasuredReference(
      real: RowSource(test), train: RowSource(train), space: "vector", spaceFingerprint: "",
      settings: settings
    ).measure(RowSource(generated))
    func value(_ metric: MeasuredMetric) throws -> Double {
      try #require(values.first { $0.metric == metric }?.estimate?.value, "\(metric)")
    }
    /// The Mann-Whitney statistic by counting pairs, standardised.
    func rankScore(_ a: [Double], _ b: [Double]) -> Double {
      let (n, m) = (Double(a.count), Double(b.count))
      let u = a.reduce(0) { sum, x in sum + b.reduce(0) { $0 + (x > $1 ? 1 : x == $1 ? 0.5 : 0) } }
      return (u - n * m / 2 + 0.5) / (n * m * (n + m + 1) / 12).squareRoot()
    }
    func squares(_ samples: Matrix, _ reference: Matrix) -> [Double] {
      DirectMetrics.nearest(samples, reference).map(\.square)
    }
    let toTrain = squares(generated, train)
    #expect(
      abs(try value(.memorisationRankScore) - rankScore(toTrain, squares(test, train))) < 1e-9)
    #expect(try value(.exactCopies) == 20)
    func meanRoot(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + $1.squareRoot() } / Double(values.count)
    }
    #expect(
      abs(try value(.memorisationRatio) - meanRoot(toTrain) / meanRoot(squares(test, train)))
        < 1e-12)
    let own = DirectMetrics.squares(train, train).enumerated().map { row, squares in
      squares.enumerated().reduce(Double.infinity) { $1.offset == row ? $0 : min($0, $1.element) }
    }
    let nearest = DirectMetrics.nearest(generated, train)
    #expect(
      try value(.authenticShare) == Double(nearest.count { $0.square > own[$0.index] }) / 140)
    let ratios = DirectMetrics.squares(generated, train).map { squares in
      let two = squares.sorted().prefix(2)
      return (two[0] / two[1]).squareRoot()
    }
    #expect(abs(try value(.neighbourRatio) - ratios.reduce(0, +) / 140) < 1e-12)
    let direct = DirectMeasures(train, generated, settings)
    #expect(
      abs(try value(.frechetDistanceTrain) - (direct.value(.frechetDistance, k: 5) ?? 0)) < 1e-10)
    // Two cells of 240 training samples.
    let cells = try ModeBins(of: train, count: 2).cells
    var (sum, count) = (0.0, 0)
    for cell in 0..<2 {
      func members(_ samples: Matrix) throws -> Matrix {
        let labels = try cells.labels(of: samples)
        return samples.gatheringRows(labels.indices.filter { labels[$0] == cell })
      }
      let (a, b) = (try members(generated), try members(test))
      guard min(a.rowCount, b.rowCount) >= 20 else { continue }
      let inside = try members(train)
      sum += Double(b.rowCount) * rankScore(squares(a, inside), squares(b, inside))
      count += b.rowCount
    }
    #expect(abs(try value(.memorisationCellScore) - sum / Double(count)) < 1e-9)
  }

  @Test("What cannot be measured is refused by set, row and column")
  func refusals() throws {
    let whole = normalSamples(30, 4, seed: 50)
    func with(_ value: Double) -> Matrix {
      var samples = whole
      samples[17, 3] = value
      return samples
    }
    for bad in [Double.nan, .infinity, -.infinity] {
      for (real, generated, train, role) in [
        (with(bad), whole, whole, SampleRole.real), (whole, with(bad), whole, .generated),
        (whole, whole, with(bad), .train),
      ] {
        #expect(throws: MetricsError.notFinite(set: role, row: 17, column: 3)) {
          try MeasuredReference(
            real: RowSource(real), train: RowSource(train), space: "vector", spaceFingerprint: "",
            settings: Self.settings([.frechetDistance])
          ).measure(RowSource(generated))
        }
      }
    }
    let one = whole.rows(0..<1)
    for (real, generated, role) in [(one, whole, SampleRole.real), (whole, one, .generated)] {
      #expect(throws: MetricsError.tooFewSamples(set: role, count: 1, required: 2)) {
        try MeasuredReference(
          real: RowSource(real), space: "vector", spaceFingerprint: "",
          settings: Self.settings([.recall])
        ).measure(RowSource(generated))
      }
    }
  }
}
