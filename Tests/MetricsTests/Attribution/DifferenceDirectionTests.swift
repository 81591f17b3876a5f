import LinearAlgebra
import Testing

@testable import Metrics

@Suite("Directions of difference")
struct DifferenceDirectionTests {
  private func law(_ mean: [Double], _ variances: [Double]) throws -> SampleStatistics {
    try SampleStatistics(mean: mean, covariance: .diagonal(variances), count: 100)
  }

  @Test("A shift is found along its own direction, spreads along theirs, by what they carry")
  func commuting() throws {
    let real = try law([0, 0, 0, 0], [1, 1, 1, 1])
    let generated = try law([3, 0, 0, 0], [1, 0.25, 9, 1])
    let found = try DifferenceDirection.leading(4, real: real, generated: generated)
    #expect(found.map(\.kind) == [.mean, .spread, .spread])
    #expect(found.map { abs($0.vector[0]) } == [1, 0, 0])
    #expect(abs(found[1].vector[2]) > 1 - 1e-12)
    #expect(abs(found[2].vector[1]) > 1 - 1e-12)
    // Squared: 3 apart; deviations 1 and 3; 1 and a half.
    for (direction, expected) in zip(found, [9, 4, 0.25]) {
      #expect(abs(direction.distance - expected) < 1e-12)
    }
    #expect(found[0].generated.mean == 3 && found[1].generated.mean == 0)
    // Where covariances commute the directions carry the whole distance.
    let total = try frechetDistance(real: real, generated: generated).value
    #expect(abs(found.reduce(0) { $0 + $1.distance } - total) < 1e-9)
  }

  @Test("Directions are orthonormal, and carry no more than the distance")
  func orthonormal() throws {
    let real = try SampleStatistics(of: normalSamples(300, 6, seed: 1))
    let skew = normalSamples(300, 6, seed: 2).times(normalSamples(6, 6, seed: 3, scale: 0.5))
    let generated = try SampleStatistics(of: skew.subtractingFromRows([1, 0, 0, 2, 0, 0]))
    let found = try DifferenceDirection.leading(6, real: real, generated: generated)
    #expect(found.count == 6)
    for (index, first) in found.enumerated() {
      for (other, second) in found.enumerated() where other <= index {
        let product = zip(first.vector, second.vector).reduce(0) { $0 + $1.0 * $1.1 }
        // The wider and the narrower directions are eigenvectors of one matrix.
        #expect(abs(product - (other == index ? 1 : 0)) < 1e-9)
      }
    }
    let total = try frechetDistance(real: real, generated: generated).value
    #expect(found.reduce(0) { $0 + $1.distance } <= total * (1 + 1e-9))
    #expect(found.map(\.distance) == found.map(\.distance).sorted(by: >))
  }

  @Test("What carries most is found where other variances differ more")
  func collapsed() throws {
    // Deviations 2 and 0.2 are farther apart than 10 and the root of 92.
    let real = try law([0, 0, 0, 0, 0, 0], [100, 100, 100, 100, 100, 4])
    let generated = try law([0, 0, 0, 0, 0, 0], [92, 92, 92, 92, 92, 0.04])
    let found = try DifferenceDirection.leading(4, real: real, generated: generated)
    #expect(abs(found[0].vector[5]) > 1 - 1e-12)
    #expect(abs(found[0].distance - 1.8 * 1.8) < 1e-12)
  }

  @Test("Equal laws differ along nothing")
  func equal() throws {
    let law = try law([1, 2], [3, 4])
    #expect(try DifferenceDirection.leading(2, real: law, generated: law).isEmpty)
  }
}
