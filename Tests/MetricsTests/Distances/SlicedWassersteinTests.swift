import LinearAlgebra
import Randomness
import Testing

@testable import Metrics

@Suite("Sliced Wasserstein distance")
struct SlicedWassersteinTests {
  @Test("Along one axis it is the distance between sorted numbers, of unequal sizes too")
  func oneAxis() throws {
    let axis = Matrix.identity(1)
    let real = Matrix(rowCount: 4, columnCount: 1, elements: [4, 1, 3, 2])
    let shifted = Matrix(rowCount: 4, columnCount: 1, elements: [3.5, 2.5, 4.5, 1.5])
    let equal = try slicedWasserstein(real: real, generated: shifted, directions: axis)
    #expect(abs(equal.w2.value - 0.5) < 1e-15)
    #expect(abs(equal.mind.value - 0.75) < 1e-15)
    #expect(equal.w2.standardError == nil)
    // Quantiles: 1, 2 against 1.5; 3, 4 against 3.5.
    let half = Matrix(rowCount: 2, columnCount: 1, elements: [3.5, 1.5])
    let unequal = try slicedWasserstein(real: real, generated: half, directions: axis)
    #expect(abs(unequal.w2.value - 0.5) < 1e-15)
    #expect(abs(unequal.w1.value - 0.5) < 1e-15)
    let three = Matrix(rowCount: 3, columnCount: 1, elements: [0, 3, 6])
    let two = Matrix(rowCount: 2, columnCount: 1, elements: [0, 6])
    // A third from 0 to 0, a sixth each from 3 to 0 and to 6, a third from 6 to 6.
    let split = try slicedWasserstein(real: three, generated: two, directions: axis)
    #expect(abs(split.w1.value - 1) < 1e-15)
    #expect(abs(split.w2.value - 3.0.squareRoot()) < 1e-15)
  }

  @Test("It does not see the order of rows, nor a common translation, and is symmetric")
  func invariances() throws {
    let real = normalSamples(300, 7, seed: 1)
    let generated = normalSamples(200, 7, seed: 2, scale: 0.7)
    let directions = randomDirections(count: 40, dimension: 7)
    let distance = try slicedWasserstein(
      real: real, generated: generated, directions: directions)
    var stream = RandomStream(seed: 3, purpose: "metrics-test")
    let mixed = try slicedWasserstein(
      real: real.gatheringRows(stream.permutation(300)), generated: generated,
      directions: directions)
    #expect(abs(mixed.w2.value - distance.w2.value) < 1e-12)
    let offset = [Double](repeating: -1e6, count: 7)
    let moved = try slicedWasserstein(
      real: real.subtractingFromRows(offset), generated: generated.subtractingFromRows(offset),
      directions: directions)
    #expect(abs(moved.w2.value - distance.w2.value) < 1e-8)
    let reversed = try slicedWasserstein(
      real: generated, generated: real, directions: directions)
    #expect(abs(reversed.w2.value - distance.w2.value) < 1e-12)
    #expect(
      try slicedWasserstein(real: real, generated: real, directions: directions).w2.value == 0)
  }

  @Test("Between isotropic normal laws MIND is three times the squared distance")
  func gaussians() throws {
    // W2² along any direction is (1 - 0.5)²; the mean of squares over d directions times d is the whole.
    let real = normalSamples(4000, 5, seed: 4)
    let generated = normalSamples(4000, 5, seed: 5, scale: 0.5)
    let mind = try slicedWasserstein(
      real: real, generated: generated, directions: randomDirections(count: 200, dimension: 5)
    ).mind.value
    #expect(abs(mind - 3 * 5 * 0.25) < 0.25)
  }

  @Test("Threads do not change a bit")
  func threads() throws {
    let real = normalSamples(500, 20, seed: 6)
    let generated = normalSamples(400, 20, seed: 7)
    let (alone, together) = try withOneAndThreeThreads {
      try slicedWasserstein(
        real: real, generated: generated, directions: randomDirections(count: 150, dimension: 20))
    }
    #expect(alone == together)
  }

  @Test("Numbers are sorted by their bits as by comparison, signs, zeros and extremes included")
  func sorting() {
    var stream = RandomStream(seed: 8, purpose: "metrics-test")
    let least = Double.leastNonzeroMagnitude
    var values =
      stream.normals(3000)
      + [0, -0.0, .infinity, -.infinity, least, -least, 1e308, -1e308, 1, 1, -1]
    let expected = values[5..<values.count].sorted()
    let untouched = Array(values[..<5])
    var sorting = RadixSort()
    sorting.sort(&values, 5..<values.count)
    #expect(Array(values[5...]) == expected)
    #expect(Array(values[..<5]) == untouched)
  }
}
