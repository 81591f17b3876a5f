import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Nearest real samples of a pass over several tiles")
struct NearestPassTests {
  private static let sets: [@Sendable () -> (Matrix, Matrix)] = [
    { (normalSamples(4200, 3, seed: 1), normalSamples(1030, 3, seed: 2)) },
    // Ties within and across tiles of real samples.
    { (latticeSamples(4200, 2, seed: 3), latticeSamples(600, 2, seed: 4)) },
    { (latticeSamples(2100, 1, seed: 3), latticeSamples(2100, 1, seed: 4)) },
    // Far from the origin.
    {
      let offset = [-1e4, 2e4, 1e4]
      return (
        normalSamples(2600, 3, seed: 31).subtractingFromRows(offset),
        normalSamples(700, 3, seed: 32, scale: 0.9).subtractingFromRows(offset)
      )
    },
    { (clusteredSamples(2500, seed: 35), clusteredSamples(600, seed: 36)) },
    // One outlier, and numbers whose squares no single-precision format holds.
    {
      var samples = normalSamples(2100, 3, seed: 37, scale: 0x1p-300)
      samples[1700, 1] = 0x1p-280
      return (samples, normalSamples(1050, 3, seed: 38, scale: 0x1p-300))
    },
    // All real samples the same, and generated ones elsewhere and on top of them.
    {
      let sample = normalSamples(1, 5, seed: 39)
      return (
        sample.gatheringRows(Array(repeating: 0, count: 2300)),
        normalSamples(300, 5, seed: 40).appendingRows(of: sample)
      )
    },
    // Copies in reverse order.
    {
      let samples = normalSamples(9, 5, seed: 39)
      return (
        samples.gatheringRows((0..<2300).map { 8 - ($0 * 9 / 2300) }),
        samples.gatheringRows((0..<700).map { $0 % 9 })
      )
    },
    // Copies beside an outlier that leaves products no digits.
    {
      let samples = normalSamples(40, 3, seed: 11)
      let outlier = Matrix(rows: [[1e20, -1e20, 1e20]])
      return (
        samples.gatheringRows((0..<2300).map { $0 % 40 }).appendingRows(of: outlier),
        normalSamples(110, 3, seed: 12).appendingRows(of: samples)
      )
    },
    { (normalSamples(1, 3, seed: 5), normalSamples(700, 3, seed: 6)) },
  ]

  /// Compares what a pass finds with every pair, subtracted.
  private func expectNearest(_ real: Matrix, _ generated: Matrix) {
    let none = NeighbourRadii(of: real, count: 0)
    let distances = PairDistances(real, generated)
    let found = NeighbourPass(
      distances: SinglePrecisionDistances(distances), ks: [], realRadii: none, generatedRadii: none
    ).run().nearest
    var (indices, squares): ([Int], [Double]) = ([], [])
    for column in 0..<generated.rowCount {
      var (best, place) = (Double.infinity, -1)
      for row in 0..<real.rowCount {
        let square = distances.squaredDistance(row, column)
        if square < best { (best, place) = (square, row) }
      }
      indices.append(place)
      squares.append(best)
    }
    #expect(found.indices == indices)
    #expect(found.squares == squares)
  }

  @Test("The first of the nearest is found, with its distance to the last digit", arguments: sets)
  func nearest(sets: @Sendable () -> (Matrix, Matrix)) {
    let (real, generated) = sets()
    expectNearest(real, generated)
  }

  @Test(
    "The nearest is found where squares are too small for a full significand",
    arguments: [1e-152, 1e-156, 1e-160, 1e-161])
  func subnormal(scale: Double) {
    let (real, generated) = (
      normalSamples(2100, 2, seed: 5, scale: scale), normalSamples(600, 2, seed: 6, scale: scale)
    )
    expectNearest(real, generated)
    let distances = PairDistances(real, generated)
    let found = NearestNeighbours(of: generated, in: real)
    for column in stride(from: 0, to: generated.rowCount, by: 7) {
      let squares = (0..<real.rowCount).map { distances.squaredDistance($0, column) }
      #expect(found.squares[column] == squares.min())
      #expect(found.indices[column] == squares.firstIndex(of: found.squares[column]))
    }
  }

  /// Sets of many thousands of samples with a thousand features: spread out, and in two far clusters, between
  /// whose samples single precision cannot tell.
  private static let large: [@Sendable () -> (Matrix, Matrix)] = [
    { (normalSamples(8300, 1024, seed: 7), normalSamples(8200, 1024, seed: 8)) },
    {
      func clusters(_ samples: Matrix) -> Matrix {
        var samples = samples
        for row in stride(from: 0, to: samples.rowCount, by: 2) { samples[row, 0] += 1e5 }
        return samples
      }
      return (
        clusters(normalSamples(8300, 1024, seed: 9)), clusters(normalSamples(8200, 1024, seed: 10))
      )
    },
  ]

  @Test("Neighbours in large tiles are those of all pairs", arguments: large)
  func largeTiles(sets: @Sendable () -> (Matrix, Matrix)) throws {
    let (real, generated) = sets()
    let metrics = try NeighbourMetrics.compute(real: real, generated: generated, ks: [3])
    let radii = NeighbourRadii(of: real, count: 3)
    let within = PairDistances(within: real)
    for row in stride(from: 0, to: real.rowCount, by: 401) {
      let others = (0..<real.rowCount).filter { $0 != row }
        .map { (within.squaredDistance(row, $0), $0) }.sorted { $0 < $1 }.prefix(3)
      #expect(Array(radii.squares[row * 3..<row * 3 + 3]) == others.map(\.0))
      #expect(Array(radii.rows[row * 3..<row * 3 + 3]) == others.map(\.1))
    }
    let between = PairDistances(real, generated)
    for column in stride(from: 0, to: generated.rowCount, by: 397) {
      let squares = (0..<real.rowCount).map { between.squaredDistance($0, column) }
      let least = try #require(squares.min())
      #expect(metrics.nearestReal[column] == squares.firstIndex(of: least))
      #expect(metrics.nearestDistances[column] == least.squareRoot())
      let isSupported = squares.indices.contains {
        squares[$0] < radii.square($0, neighbour: 3)
      }
      #expect(metrics.supported[column] == isSupported)
    }
  }
}
