import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Generators

@Suite("Patches generator")
struct PatchesGeneratorTests {
  private static func vectors(_ n: Int, _ dimension: Int, seed: UInt64) -> Matrix {
    var stream = RandomStream(seed: seed, purpose: "test")
    return Matrix(
      rowCount: n, columnCount: dimension, elements: stream.normals(n * dimension))
  }

  private static let latents = Latents(seed: 3, purpose: "draw", generation: 2)

  @Test("Capacity follows generation 0's sample count and is then held")
  func resolved() throws {
    let generator = try PatchesGenerator()
    for (n, expected) in [
      (1000, 125), (20, 8), (5, 5), (1, 1), (100_000, 400), (99, 12), (100, 13),
    ] {
      let settings = Dictionary(
        uniqueKeysWithValues: generator.resolved(sampleCount: n, dimension: 3072).settings)
      #expect(settings["components"] == "\(expected)")
      #expect(settings["dimensions"] == "\(max(1, min(400, n - 1)))")
    }
    let held = generator.resolved(sampleCount: 40, dimension: 6)
    let model = try held.fit(TrainingSet(rows: Self.vectors(400, 6, seed: 1)), previous: nil)
    #expect(model.componentWeights.count == 8)
    #expect(model.componentMeans.rowCount == 8 && model.componentMeans.columnCount == 6)
  }

  @Test("Settings outside their range are refused with what is allowed")
  func refusals() {
    #expect(
      throws: GeneratorError.invalidSetting(name: "components", value: "0", allowed: "1 or more")
    ) { try PatchesGenerator(components: 0) }
    #expect(
      throws: GeneratorError.invalidSetting(
        name: "detail-block", value: "7", allowed: "an even number, 2 or more")
    ) { try PatchesGenerator(detailBlock: 7) }
    #expect(throws: GeneratorError.self) { try PatchesGenerator(residualExponent: -.infinity) }
    #expect(throws: GeneratorError.self) { try PatchesGenerator(residualExponent: .nan) }
    #expect(throws: GeneratorError.tooFewSamples(generator: "patches", needed: 1, found: 0)) {
      try PatchesGenerator().fit(TrainingSet(rows: Matrix(rowCount: 0, columnCount: 4)))
    }
  }

  @Test("Few, repeated and constant samples give a finite model that draws and scores")
  func degenerate() throws {
    let normal = Self.vectors(3, 12, seed: 2)
    let cases: [Matrix] = [
      normal.rows(0..<1), normal.rows(0..<2), normal,
      Matrix(rowCount: 20, columnCount: 12, repeating: 0.3),
      Matrix(rowCount: 9, columnCount: 1, elements: (0..<9).map(Double.init)),
      Matrix(rowCount: 2, columnCount: 1, elements: [1, 1]),
      normal.gatheringRows([0, 0, 0, 0, 1, 1, 1, 1, 2, 0, 1, 2]),
      Matrix(rows: (0..<30).map { [1e-9 * Double($0 % 7), 5, 1e9] }),
    ]
    for rows in cases {
      for rank in [0, 6] {
        let model = try PatchesGenerator(rank: rank).fit(TrainingSet(rows: rows))
        #expect(abs(model.componentWeights.reduce(0, +) - 1) < 1e-12)
        #expect(model.totalVariance.isFinite && model.totalVariance >= 0)
        let drawn = try model.draw(0..<5, latents: Self.latents, sampling: Sampling()).rows
        #expect(drawn.elements.allSatisfy { $0.isFinite })
        for noiseFloor in [0, 0.01] {
          let density = try model.logDensity(rows, sampling: Sampling(), noiseFloor: noiseFloor)
          let finite = density?.allSatisfy { $0.isFinite }
          #expect(finite == true)
        }
        _ = model.matched(to: model)
      }
    }
  }

  @Test("A sample depends on its number alone, not on the samples drawn with it")
  func sampleAlone() throws {
    let model = try PatchesGenerator().fit(TrainingSet(rows: Self.vectors(90, 20, seed: 3)))
    let batch = try model.draw(0..<300, latents: Self.latents, sampling: Sampling(bias: 0.9))
    for sample in [0, 1, 127, 128, 299] {
      let alone = try model.draw(
        sample..<sample + 1, latents: Self.latents, sampling: Sampling(bias: 0.9))
      #expect(alone.rows == batch.rows.rows(sample..<sample + 1))
      #expect(alone.components == [batch.components[sample]])
    }
    #expect(try model.draw(7..<7, latents: Self.latents, sampling: Sampling()).rows.rowCount == 0)
  }

  @Test("One and two threads give the same bytes", .serialized, arguments: [(300, 40), (60, 700)])
  func threads(n: Int, dimension: Int) throws {
    let rows = Self.vectors(n, dimension, seed: 4)
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    let results = try [1, 2, 3].map { threads -> ([Tensor], [Double], [Double]?) in
      Parallelism.threads = threads
      let model = try PatchesGenerator(components: 20).fit(TrainingSet(rows: rows))
      let drawn = try model.draw(0..<200, latents: Self.latents, sampling: Sampling())
      return (
        model.tensors, drawn.rows.elements,
        try model.logDensity(rows, sampling: Sampling(), noiseFloor: 0.1)
      )
    }
    for other in results.dropFirst() {
      #expect(other.0 == results[0].0)
      #expect(other.1 == results[0].1)
      #expect(other.2 == results[0].2)
    }
  }

  @Test(
    "A replace loop keeps the universal clock: the trace decays by 1 - 1/n, the mean drifts for it")
  func replaceClock() throws {
    let (n, dimension, fits, chains) = (24, 4, 30, 160)
    let generator = try PatchesGenerator(components: 3, rank: 2, residualExponent: 0)
    var traces: [Double] = []
    var moments: [Double] = []
    for chain in 0..<chains {
      var rows = Self.vectors(n, dimension, seed: UInt64(1000 + chain))
      var model = try generator.fit(TrainingSet(rows: rows))
      for generation in 1..<fits {
        rows =
          try model.draw(
            0..<n, latents: Latents(seed: UInt64(chain), purpose: "draw", generation: generation),
            sampling: Sampling()
          ).rows
        model = try generator.fit(TrainingSet(rows: rows))
      }
      let mean = Matrix(rowCount: 1, columnCount: 3, elements: model.componentWeights)
        .times(model.componentMeans)
      traces.append(model.totalVariance)
      moments.append(model.totalVariance + mean.squaredRowNorms()[0])
    }
    func expect(_ values: [Double], near expected: Double) {
      let mean = values.reduce(0, +) / Double(chains)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(chains - 1)
      #expect(abs(mean - expected) < 4 * (variance / Double(chains)).squareRoot())
    }
    expect(traces, near: Double(dimension) * pow(1 - 1 / Double(n), Double(fits)))
    expect(moments, near: Double(dimension))
  }

  @Test("The sampling bias contracts what its scope says")
  func bias() throws {
    let model = try PatchesGenerator(components: 4, residualExponent: 0).fit(
      TrainingSet(rows: ThumbnailModelTests.groups(200, 6)))
    func trace(_ sampling: Sampling) throws -> Double {
      let rows = try model.draw(0..<4000, latents: Self.latents, sampling: sampling).rows
      return PrincipalComponentsTests.trace(rows)
    }
    let whole = try trace(Sampling())
    // The same latents: globally every deviation shrinks by the same factor, so only rounding and the
    // sample mean's own shrinking are left.
    #expect(abs(try trace(Sampling(bias: 0.5, biasScope: .global)) / whole - 0.5) < 1e-6)
    #expect(try trace(Sampling(bias: 0.5)) > 0.6 * whole)
    #expect(
      try model.logDensity(Self.vectors(3, 6, seed: 1), sampling: Sampling(bias: 0), noiseFloor: 0)
        == nil)
  }
}
