import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Recursion

@Suite("Levels of sample sets")
struct SampleSetLevelsTests {
  /// Samples of three tasks and a bit.
  private func bytes() -> SampleSet {
    var stream = RandomStream(seed: 1, purpose: "test")
    let values = (0..<101 * 7).map { _ in UInt8(stream.integer(below: 256)) }
    return SampleSet(count: 101, dimension: 7, storage: .bytes(values))
  }

  @Test("The total variance is the trace of the covariance of the levels")
  func totalVariance() {
    let samples = bytes()
    let matrix = Matrix(rowCount: 101, columnCount: 7, floats: samples.values)
    #expect(abs(samples.totalVariance() / matrix.totalVariance() - 1) < 1e-13)
  }

  @Test("Whole weights count a sample so many times, a weight of 0 not at all")
  func weightedVariance() {
    let samples = bytes()
    let times = (0..<101).map { $0 % 4 }
    let repeated = samples.selecting(
      times.indices.flatMap { Array(repeating: $0, count: times[$0]) })
    let weighted = samples.totalVariance(weights: times.map(Double.init))
    #expect(abs(weighted / repeated.totalVariance() - 1) < 1e-12)
    #expect(samples.totalVariance(weights: nil) == samples.totalVariance())
  }

  @Test("Samples that are all the same have no variance, whatever their levels")
  func noVariance() {
    let one = [Float](arrayLiteral: 254.7, 0.1, -3)
    let samples = SampleSet(
      count: 50, dimension: 3, storage: .floats((0..<50).flatMap { _ in one }))
    #expect(samples.totalVariance() == 0)
    #expect(SampleSet(count: 0, dimension: 3, storage: .bytes([])).totalVariance() == 0)
  }

  @Test("The share at the ends counts 0, 255 and what lies beyond")
  func ends() {
    let samples = SampleSet(
      count: 2, dimension: 4, storage: .floats([0, 255, 1, 254, -2, 300, 100, 254.5]))
    #expect(samples.shareAtEnds() == 0.5)
  }
}
