import LinearAlgebra
import Testing

@testable import Metrics

@Suite("What carries a distance")
struct AttributionTests {
  private func attribution(_ real: Matrix, _ generated: Matrix, k: Int = 5) throws -> Attribution? {
    let (first, second) = try (
      FeatureSet(RowSource(real), as: .real), FeatureSet(RowSource(generated), as: .generated)
    )
    return Attribution(
      NeighbourMetrics(real: first, generated: second, ks: [k]), real: first, generated: second,
      k: k)
  }

  /// Samples about one centre.
  private func cluster(_ count: Int, at centre: Double, seed: Int) -> Matrix {
    let samples = normalSamples(count, 3, seed: seed)
    return samples.subtractingFromRows([-centre, 0, 0])
  }

  private func distance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  @Test("Lost are those that recall does not count, hallucinated those that precision does not")
  func agreesWithScores() throws {
    let (real, generated) = (
      normalSamples(200, 4, seed: 1), normalSamples(150, 4, seed: 2, scale: 0.8)
    )
    let found = try #require(try attribution(real, generated))
    let scores = try #require(
      try NeighbourMetrics.compute(real: real, generated: generated, ks: [5])[k: 5])
    #expect(found.lost.count == scores.recall.total - scores.recall.count)
    #expect(found.hallucinated.count == scores.precision.total - scores.precision.count)
    #expect(found.realCount == 200 && found.generatedCount == 150)
    #expect(!found.lost.isEmpty && !found.hallucinated.isEmpty)
  }

  @Test("Every sample has its distance to the nearest of the other set, the most distant first")
  func distances() throws {
    let (real, generated) = (
      normalSamples(120, 3, seed: 3), normalSamples(100, 3, seed: 4, scale: 0.6)
    )
    let found = try #require(try attribution(real, generated))
    for (list, own, other) in [
      (found.lost, real, generated), (found.hallucinated, generated, real),
    ] {
      #expect(list.map(\.distance) == list.map(\.distance).sorted(by: >))
      for sample in list {
        let all = (0..<other.rowCount).map { distance(own.row(sample.row), other.row($0)) }
        let nearest = try #require(all.min())
        #expect(abs(sample.distance - nearest) < 1e-12)
        #expect(abs(all[sample.nearest] - nearest) < 1e-12)
        let spacings = (0..<own.rowCount).filter { $0 != sample.row }
          .map { distance(own.row(sample.row), own.row($0)) }.sorted()
        #expect(abs(sample.spacing - spacings[4]) < 1e-12)
      }
    }
  }

  @Test("A planted lost mode leads the ranking, every sample of it")
  func lostMode() throws {
    let real = cluster(100, at: 0, seed: 5).appendingRows(of: cluster(20, at: 30, seed: 6))
    let found = try #require(try attribution(real, cluster(120, at: 0, seed: 7)))
    #expect(Set(found.lost.prefix(20).map(\.row)) == Set(100..<120))
    #expect(found.lost.prefix(20).allSatisfy { ($0.ratio ?? 0) > 5 })
  }

  @Test("A planted outlier tops the hallucinated ones")
  func outlier() throws {
    var generated = cluster(100, at: 0, seed: 8)
    for (column, value) in [40.0, -40, 40].enumerated() { generated[17, column] = value }
    let found = try #require(try attribution(cluster(100, at: 0, seed: 9), generated))
    #expect(found.hallucinated.first?.row == 17)
  }

  @Test("Of two identical sets nothing is lost and nothing hallucinated")
  func identical() throws {
    let samples = normalSamples(50, 3, seed: 10)
    let found = try #require(try attribution(samples, samples))
    #expect(found.lost.isEmpty && found.hallucinated.isEmpty)
  }

  @Test("Sets too small for balls have no attribution; copies have no ratio")
  func degenerate() throws {
    #expect(try attribution(normalSamples(5, 2, seed: 1), normalSamples(50, 2, seed: 2)) == nil)
    let copies = Matrix(rows: Array(repeating: [1.0, 2], count: 10))
    let found = try #require(try attribution(copies, normalSamples(50, 2, seed: 3, scale: 0.1)))
    #expect(found.lost.count == 10)
    #expect(found.lost.allSatisfy { $0.ratio == nil && $0.spacing == 0 })
    #expect(found.lost.map(\.row) == Array(0..<10))
  }

  @Test("Sets that are thinned for pairs are told by their own rows")
  func thinned() throws {
    var generated = normalSamples(300, 2, seed: 11)
    let (real, limit) = (normalSamples(300, 2, seed: 12), 100)
    let plain = try FeatureSet(RowSource(generated), as: .generated, pairLimit: limit)
    let row = plain.row(ofPaired: 60)
    #expect(row > 60)
    for column in 0..<2 { generated[row, column] = 500 }
    let sets = try (
      FeatureSet(RowSource(real), as: .real, pairLimit: limit),
      FeatureSet(RowSource(generated), as: .generated, pairLimit: limit)
    )
    let found = try #require(
      Attribution(
        NeighbourMetrics(real: sets.0, generated: sets.1), real: sets.0, generated: sets.1, k: 5))
    #expect(found.hallucinated.first?.row == row)
    #expect(found.generatedCount == limit)
  }

  @Test("The number of threads changes nothing")
  func threads() throws {
    let (alone, several) = try withOneAndThreeThreads {
      try attribution(normalSamples(700, 5, seed: 13), normalSamples(600, 5, seed: 14, scale: 0.7))
    }
    #expect(alone == several)
  }
}
