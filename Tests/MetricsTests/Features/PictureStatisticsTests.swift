import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Metrics

@Suite("The spaces patches and colour")
struct PictureStatisticsTests {
  private let real = TestPictures.discs(0..<120)

  /// The same pixels in another order.
  private func shuffled(_ samples: SampleSet) -> SampleSet {
    guard let shape = samples.shape else { return samples }
    let pixels = shape.width * shape.height
    var stream = RandomStream(seed: 1, purpose: "test/shuffle")
    let order = stream.permutation(pixels)
    let values = samples.values
    var levels: [Float] = []
    for sample in 0..<samples.count {
      for pixel in order {
        for channel in 0..<shape.channels {
          levels.append(values[sample * shape.count + pixel * shape.channels + channel])
        }
      }
    }
    return SampleSet(
      count: samples.count, dimension: samples.dimension, shape: shape, storage: .floats(levels))
  }

  @Test("The moments of a known picture are those of its opponent colours")
  func moments() throws {
    // Two pixels red, two blue: intensity 50, red-green 150 or 0, yellow-blue 75 or -150.
    let shape = PictureShape(width: 2, height: 2, channels: 3)
    let picture = SampleSet(
      count: 1, dimension: 12, shape: shape,
      storage: .bytes([150, 0, 0, 150, 0, 0, 0, 0, 150, 0, 0, 150]))
    let found = try ColourSpace.rawFeatures(of: picture).elements
    let yellow = 112.5
    let expected: [Double] = [
      50, 0, 0, 0, 75, 75, 0, 75, -37.5, yellow, 0, yellow, 0, 0, (75 * yellow).squareRoot(),
    ]
    #expect(found.count == 15)
    for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-9) }
  }

  @Test("A skewed picture has the third moment of its levels; grey ones have four numbers")
  func grey() throws {
    let shape = PictureShape(width: 2, height: 2, channels: 1)
    let picture = SampleSet(
      count: 1, dimension: 4, shape: shape, storage: .bytes([0, 0, 0, 80]))
    let found = try ColourSpace.rawFeatures(of: picture).elements
    // About 20: three times -20, once 60.
    let expected = [
      20, 1200.0.squareRoot(), 48_000.cubeRoot, 3_360_000.0.squareRoot().squareRoot(),
    ]
    for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-9) }
    #expect(found.count == 4)
  }

  @Test("Colour does not see what is where, patches do")
  func layout() throws {
    let moved = shuffled(real)
    let (colour, patches) = try (ColourSpace(fittedTo: real), PatchSpace(fittedTo: real))
    let (before, after) = (colour.features(of: real), colour.features(of: moved))
    for (a, b) in zip(before.elements, after.elements) { #expect(abs(a - b) < 1e-9) }
    let texture = try frechetDistance(
      real: SampleStatistics(of: patches.features(of: real)),
      generated: SampleStatistics(of: patches.features(of: moved)))
    #expect(texture.value > 0.5 * texture.traceReal)
  }

  @Test("Blur is farther out in patches than unseen pictures are, and a tint in colour")
  func sees() throws {
    func distance(_ space: some FeatureSpace, _ samples: SampleSet) throws -> Double {
      try frechetDistance(
        real: SampleStatistics(of: space.features(of: TestPictures.discs(200..<320))),
        generated: SampleStatistics(of: space.features(of: samples))
      ).value
    }
    let unseen = TestPictures.discs(400..<520)
    let patches = try PatchSpace(fittedTo: real)
    #expect(try distance(patches, TestPictures.blurred(unseen)) > distance(patches, unseen))
    let colour = try ColourSpace(fittedTo: real)
    var levels = unseen.values
    for index in stride(from: 0, to: levels.count, by: 3) { levels[index] /= 2 }
    let tinted = SampleSet(
      count: unseen.count, dimension: unseen.dimension, shape: unseen.shape,
      storage: .floats(levels))
    #expect(try distance(colour, tinted) > 2 * distance(colour, unseen))
  }

  @Test("Features are centred, uncorrelated, and do not depend on the pictures beside them")
  func frozen() throws {
    for name in [SpaceName.patches, .colour] {
      let space = try name.fitted(to: real).space
      let features = space.features(of: real)
      #expect(features.columnCount == space.dimension)
      #expect(space.dimension <= (name == .colour ? 15 : 64))
      let covariance = try SampleStatistics(of: features).covariance
      for row in 0..<space.dimension {
        for column in 0..<row {
          #expect(abs(covariance[row, column]) < 1e-9 * covariance[0, 0])
        }
      }
      let alone = space.features(of: real.selecting([71])).elements
      #expect(Array(features.row(71)) == alone)
      let (one, three) = withOneAndThreeThreads { space.features(of: real) }
      #expect(one == three)
      #expect(try name.fitted(to: real).space.fingerprint == space.fingerprint)
      #expect(
        try name.fitted(to: TestPictures.discs(300..<400)).space.fingerprint != space.fingerprint)
    }
  }

  @Test("Vectors, equal pictures and single ones are refused; pictures below 8 pixels are not")
  func refusals() throws {
    let vectors = SampleSet(count: 2, dimension: 2, storage: .floats([0, 1, 2, 3]))
    for name in [SpaceName.patches, .colour] {
      #expect(throws: FeatureSpaceError.notPictures(space: name.rawValue)) {
        try name.fitted(to: vectors)
      }
      #expect(throws: FeatureSpaceError.noVariation(space: name.rawValue, count: 3)) {
        try name.fitted(to: real.selecting([0, 0, 0]))
      }
      #expect(throws: FeatureSpaceError.tooFewSamples(space: name.rawValue, found: 1)) {
        try name.fitted(to: real.selecting([0]))
      }
      let tiny = TestPictures.discs(0..<30, side: 4)
      #expect(try name.fitted(to: tiny).space.features(of: tiny).rowCount == 30)
    }
  }

  @Test("Pixel features are read back as the pictures they came from")
  func decoded() throws {
    let few = real.selecting(Array(0..<30))
    let space = try PixelSpace(fittedTo: few)
    let shape = try #require(few.shape)
    let back = space.pictures(of: space.features(of: few), shape: shape)
    for (a, b) in zip(back.values, few.values) { #expect(abs(a - b) < 1e-2) }
  }
}

extension Int {
  fileprivate var cubeRoot: Double {
    var (low, high) = (0.0, Double(self))
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle * middle * middle < Double(self) { low = middle } else { high = middle }
    }
    return low
  }
}
