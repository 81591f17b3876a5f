import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Measuring sets")
struct MeasuredReferenceTests {
  private func settings(_ change: (inout MeasureSettings) -> Void = { _ in }) -> MeasureSettings {
    var settings = MeasureSettings(metrics: Set(MeasuredMetric.allCases))
    settings.directions = 50
    settings.splits = 6
    settings.subset = (size: 50, count: 5)
    change(&settings)
    return settings
  }

  private func measure(
    _ real: Matrix, _ generated: Matrix, train: Matrix? = nil,
    _ change: (inout MeasureSettings) -> Void = { _ in }
  ) throws -> [MeasuredValue] {
    try MeasuredReference(
      real: RowSource(real), train: train.map { RowSource($0) }, space: "vector",
      spaceFingerprint: "", settings: settings(change)
    ).measure(RowSource(generated))
  }

  private func requireHonest(_ values: [MeasuredValue]) {
    for value in values {
      if let estimate = value.estimate {
        #expect(estimate.value.isFinite, "\(value.id)")
        #expect((estimate.standardError ?? 0).isFinite, "\(value.id)")
      } else {
        #expect(!value.note.isEmpty, "\(value.id)")
      }
      if let null = value.null {
        #expect(null.mean.isFinite && null.standardDeviation.isFinite, "\(value.id)")
      }
      if let z = value.z { #expect(z.isFinite, "\(value.id)") }
    }
  }

  @Test("Real samples too small for powers of them are refused; a generated set may be as small")
  func tooSmall() throws {
    func scaled(_ factor: Double) -> RowSource {
      RowSource(normalSamples(40, 3, seed: 1, scale: factor))
    }
    func reference(_ real: RowSource) throws -> MeasuredReference {
      var settings = MeasureSettings(metrics: [.density, .recall])
      settings.splits = 0
      return try MeasuredReference(
        real: real, space: "vector", spaceFingerprint: "", settings: settings)
    }
    for scale in [1e-163, 1e-60] {
      #expect {
        try reference(scaled(scale))
      } throws: { error in
        guard case MetricsError.tooSmall(set: .real, let largest) = error else { return false }
        return largest < 5 * scale && "\(error)".contains("Multiply all sets")
      }
    }
    let usual = try reference(scaled(1)).measure(scaled(0.5)).map(\.estimate)
    let small = try reference(scaled(0x1p-140)).measure(scaled(0x1p-141)).map(\.estimate)
    #expect(small == usual)
    #expect(try reference(scaled(1)).measure(scaled(1e-160)).allSatisfy { $0.estimate != nil })
    _ = try reference(RowSource(Matrix(rowCount: 40, columnCount: 3)))
  }

  @Test("Two draws of one law lie within the halves of one, in every metric")
  func sameLaw() throws {
    let values = try measure(
      normalSamples(600, 6, seed: 1), normalSamples(600, 6, seed: 2),
      train: normalSamples(400, 6, seed: 3))
    requireHonest(values)
    #expect(values.count == MeasuredMetric.allCases.count - 1)
    for value in values {
      guard value.metric != .frechetDistanceCross else {
        #expect(value.null == nil && value.note.contains("halves of one set"))
        continue
      }
      let z = try #require(value.z, "\(value.id)")
      // Deviations of six splits have heavy tails.
      #expect(abs(z) < 8, "\(value.id): \(z)")
    }
  }

  @Test("Real samples that are all the same have values and no z: there is no spread to count in")
  func constant() throws {
    let real = Matrix(rowCount: 60, columnCount: 3, elements: Array(repeating: 0.1, count: 180))
    let values = try measure(real, normalSamples(60, 3, seed: 1))
    requireHonest(values)
    #expect(values.contains { $0.metric == .recall && $0.estimate != nil })
    for value in values {
      #expect(value.z == nil, "\(value.id): \(value.z ?? 0)")
      if value.metric == .recall {
        #expect(value.note.contains("No z: halves of the real set do not differ at all."))
      }
    }
  }

  @Test("With the scales of another reference its bandwidth and its bins count")
  func scalesOfAnother() throws {
    let (first, second, third) = (
      normalSamples(300, 4, seed: 5), normalSamples(260, 4, seed: 6, scale: 0.5),
      normalSamples(280, 4, seed: 7, scale: 0.4)
    )
    let settings = settings {
      $0.metrics = [.rbfDiscrepancy, .binDivergence, .mind]
      $0.splits = 0
    }
    let reference = try MeasuredReference(
      real: RowSource(first), space: "vector", spaceFingerprint: "", settings: settings)
    let values = try MeasuredReference(
      real: RowSource(second), space: "vector", spaceFingerprint: "", settings: settings,
      scales: reference
    ).measure(RowSource(third))
    func value(_ metric: MeasuredMetric) throws -> Double {
      try #require(values.first { $0.metric == metric }?.estimate?.value)
    }
    let sigma = try medianDistance(of: first)
    #expect(
      try value(.rbfDiscrepancy) == rbfMMD(real: second, generated: third, sigma: sigma).value)
    let bins = try ModeBins(of: first, count: 20).cells
    #expect(
      try value(.binDivergence)
        == BinComparison(real: second, generated: third, cells: bins).divergence)
  }

  @Test("Bins see a lost mode in a file that is sorted by modes")
  func sortedRows() throws {
    // Three far modes one after another, more rows than make bins; the generated set lacks the last.
    let offsets = [[0.0, 0], [40, 0], [0, 40]]
    func modes(_ count: Int, _ kept: Int, seed: Int) -> Matrix {
      offsets.prefix(kept).enumerated().reduce(Matrix(rowCount: 0, columnCount: 2)) {
        $0.appendingRows(
          of: normalSamples(count, 2, seed: seed + $1.offset)
            .subtractingFromRows($1.element))
      }
    }
    let values = try measure(modes(4000, 3, seed: 1), modes(300, 2, seed: 11)) {
      $0.metrics = [.binDivergence, .differentBins]
    }
    for value in values { #expect(try #require(value.z) > 8, "\(value.id)") }
  }

  @Test("The Vendi score of a large sorted set is of samples from all of it")
  func sortedVendi() throws {
    let far = normalSamples(300, 2, seed: 2).subtractingFromRows([-9, 0])
    let sorted = normalSamples(300, 2, seed: 1).appendingRows(of: far)
    let values = try measure(sorted, sorted) {
      $0.metrics = [.vendiRBF]
      $0.largestVendiSet = 200
    }
    let whole = try measure(sorted, sorted) { $0.metrics = [.vendiRBF] }
    let (some, all) = (
      try #require(values[0].estimate?.value), try #require(whole[0].estimate?.value)
    )
    #expect(abs(some - all) < 0.1 * all)
  }

  @Test("Equal real samples make no bins, and fewer different ones fewer bins")
  func equalRows() throws {
    let equal = Matrix(rowCount: 300, columnCount: 2, elements: Array(repeating: 3, count: 600))
    for value in try measure(
      equal, normalSamples(100, 2, seed: 1), { $0.metrics = [.binDivergence, .differentBins] })
    {
      #expect(value.estimate == nil && value.note.contains("all the same"))
    }
    let three = Matrix(rows: (0..<300).map { [Double($0 % 3), 0] })
    let reference = try MeasuredReference(
      real: RowSource(three), space: "vector", spaceFingerprint: "",
      settings: settings { $0.metrics = [.binDivergence] })
    #expect(reference.binCount == 3)
  }

  @Test("A shrunken set is seen by every leading metric, and precision alone would praise it")
  func shrunken() throws {
    let values = try measure(
      normalSamples(600, 6, seed: 1), normalSamples(600, 6, seed: 2, scale: 0.7))
    for value in values where value.metric.isLeading && value.metric != .effectiveRank {
      let z = try #require(value.z, "\(value.id)")
      #expect(value.metric.underCollapse == .falls ? z < -4 : z > 4, "\(value.id): \(z)")
    }
    let precision = try #require(values.first { $0.metric == .precision }?.z)
    #expect(precision > 2)
  }

  @Test("Values are those of the functions that compute one metric alone")
  func agreement() throws {
    let real = normalSamples(200, 5, seed: 1)
    let generated = normalSamples(150, 5, seed: 2, scale: 0.8)
    let values = try measure(real, generated) { $0.neighbours = [5, 2] }
    func value(_ id: String) throws -> Double {
      try #require(values.first { $0.id == id }?.estimate?.value, "\(id)")
    }
    #expect(
      try value("energy_distance") == energyDistance(real: real, generated: generated).v)
    #expect(try value("kernel_distance") == kernelDistance(real: real, generated: generated).value)
    let sigma = try medianDistance(of: real)
    #expect(try value("mmd_rbf") == rbfMMD(real: real, generated: generated, sigma: sigma).value)
    let neighbours = try NeighbourMetrics.compute(
      real: real, generated: generated, ks: [2, 3, 5])
    #expect(try value("recall") == neighbours[k: 5]?.recall.value)
    #expect(try value("recall_k2") == neighbours[k: 2]?.recall.value)
    #expect(try value("improved_precision") == neighbours[k: 3]?.precisionClosed.value)
    #expect(
      try value("vendi_rbf")
        == vendiScores(.rbf(sigma: sigma), of: generated, orders: [1])[0])
  }

  @Test(
    "Degenerate sets have numbers or reasons, and nothing that is not finite",
    arguments: [
      "full_collapse", "both_constant", "identical", "n2", "n6_k5", "d1", "ties",
      "const_columns", "offset", "tiny_scale", "unit_sphere", "n_lt_d",
    ])
  func degenerate(name: String) throws {
    let pair = try ReferenceFeatures.pair(name)
    let rows = 0..<min(120, pair.real.rowCount)
    let (real, generated) = (pair.real.rows(rows), pair.generated.rows(rows))
    requireHonest(try measure(real, generated, train: generated))
    requireHonest(try measure(generated, real, train: real))
  }

  @Test("Whatever the scale of the features, the same is seen")
  func scales() throws {
    let real = normalSamples(120, 4, seed: 1)
    let generated = normalSamples(120, 4, seed: 2, scale: 0.8)
    let plain = try measure(real, generated)
    for factor in [0x1p-40, 0x1p40] {
      let scale = [Double](repeating: factor, count: 4)
      let scaled = try measure(real.scalingColumns(scale), generated.scalingColumns(scale))
      requireHonest(scaled)
      for (a, b) in zip(plain, scaled)
      where [.recall, .precision, .density, .effectiveRank, .mind, .vendiRBF].contains(a.metric) {
        // The cubic kernel alone has a scale of its own.
        #expect(abs(try #require(a.z) - #require(b.z)) < 1e-6 * (1 + abs(a.z ?? 0)), "\(a.id)")
      }
    }
  }

  @Test("What cannot be measured is refused with set, row and column")
  func refused() throws {
    var spoilt = normalSamples(50, 3, seed: 1)
    spoilt[17, 2] = .nan
    let good = normalSamples(50, 3, seed: 2)
    let bad = spoilt
    #expect(throws: MetricsError.notFinite(set: .generated, row: 17, column: 2)) {
      try measure(good, bad)
    }
    #expect(throws: MetricsError.notFinite(set: .real, row: 17, column: 2)) {
      try measure(bad, good)
    }
    #expect(throws: MetricsError.notFinite(set: .train, row: 17, column: 2)) {
      try measure(good, good, train: bad)
    }
    #expect(throws: MetricsError.tooFewSamples(set: .generated, count: 1, required: 2)) {
      try measure(good, good.rows(0..<1))
    }
    #expect(
      throws: MetricsError.unequalDimensions(
        set: .real, dimension: 3, other: .generated, otherDimension: 4)
    ) { try measure(good, normalSamples(50, 4, seed: 3)) }
  }

  @Test("Bands that were kept give the same numbers, and belong to the data and settings")
  func saved() throws {
    let real = RowSource(normalSamples(200, 4, seed: 1))
    let generated = RowSource(normalSamples(200, 4, seed: 2))
    func reference(
      _ nulls: MeasuredNulls? = nil, _ change: (inout MeasureSettings) -> Void = { _ in }
    ) throws -> MeasuredReference {
      try MeasuredReference(
        real: real, space: "vector", spaceFingerprint: "", settings: settings(change),
        savedNulls: nulls)
    }
    let first = try reference()
    let values = try first.measure(generated)
    let again = try reference(first.nulls)
    #expect(try again.measure(generated) == values)
    #expect(again.fingerprint == first.fingerprint)
    #expect(try reference { $0.splits = 7 }.fingerprint != first.fingerprint)
    let other = try MeasuredReference(
      real: generated, space: "vector", spaceFingerprint: "", settings: settings())
    #expect(other.fingerprint != first.fingerprint)
  }

  @Test("Threads do not change a bit")
  func threads() throws {
    let real = normalSamples(300, 6, seed: 1)
    let generated = normalSamples(280, 6, seed: 2, scale: 0.9)
    let (alone, together) = try withOneAndThreeThreads {
      try measure(real, generated, train: normalSamples(100, 6, seed: 3))
    }
    #expect(alone == together)
  }

  @Test("Copies of the training set are found by four numbers")
  func copies() throws {
    let train = normalSamples(300, 6, seed: 3)
    let values = try measure(
      normalSamples(300, 6, seed: 1), train.rows(0..<200), train: train)
    func estimate(_ metric: MeasuredMetric) -> Double? {
      values.first { $0.metric == metric }?.estimate?.value
    }
    #expect(estimate(.exactCopies) == 200)
    #expect(estimate(.authenticShare) == 0)
    #expect(estimate(.memorisationRatio) == 0)
    #expect(estimate(.neighbourRatio) == 0)
    #expect(try #require(estimate(.memorisationRankScore)) < -15)
  }

  @Test("Every metric has words, and an id of its own")
  func words() {
    #expect(
      Set(MeasuredMetric.allCases.map(\.rawValue)).count == MeasuredMetric.allCases.count)
    for metric in MeasuredMetric.allCases {
      #expect(!metric.words.formula.isEmpty && !metric.words.sees.isEmpty)
      #expect(!metric.words.blindTo.isEmpty)
    }
  }
}
