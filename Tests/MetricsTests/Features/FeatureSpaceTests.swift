import LinearAlgebra
import Samples
import Testing

@testable import Metrics

@Suite("Feature spaces")
struct FeatureSpaceTests {
  private let real = TestPictures.discs(0..<150)

  @Test("Pictures are seen as pixels and convolutions, vectors as they are")
  func defaults() {
    let shape = PictureShape(width: 8, height: 8, channels: 1)
    #expect(SpaceName.defaults(for: shape) == [.pixels, .conv])
    #expect(SpaceName.defaults(for: nil) == [.vector])
  }

  @Test("Pixel features keep the distances that 64 principal components can hold")
  func pixelDistances() throws {
    let few = real.selecting(Array(0..<40))
    let space = try PixelSpace(fittedTo: few)
    #expect(space.dimension == 39)
    let features = space.features(of: few)
    let values = few.values.map { Double($0) / 127.5 - 1 }
    for (a, b) in [(0, 1), (5, 30), (20, 39)] {
      var direct = 0.0
      for index in 0..<few.dimension {
        let difference = values[a * few.dimension + index] - values[b * few.dimension + index]
        direct += difference * difference
      }
      var projected = 0.0
      for column in 0..<39 {
        projected +=
          (features[a, column] - features[b, column]) * (features[a, column] - features[b, column])
      }
      #expect(abs(projected / direct - 1) < 1e-9)
    }
  }

  @Test("Features of the feature part are centred, uncorrelated and ordered by variance")
  func principalComponents() throws {
    for name in [SpaceName.pixels, .conv] {
      let fitted = try name.fitted(to: real)
      #expect(fitted.space.dimension == 64)
      let moments = StreamingMoments(of: fitted.space.features(of: real))
      let covariance = moments.covariance(ddof: 1)
      let scale = covariance[0, 0]
      #expect(moments.mean.allSatisfy { abs($0) < 1e-9 * scale.squareRoot() })
      for row in 0..<64 {
        if row > 0 { #expect(covariance[row, row] <= covariance[row - 1, row - 1] * (1 + 1e-9)) }
        for column in 0..<row { #expect(abs(covariance[row, column]) < 1e-9 * scale) }
      }
    }
  }

  @Test("The dimension is that of a small feature part, less one")
  func smallFeaturePart() throws {
    let few = real.selecting(Array(0..<20))
    #expect(try ConvolutionSpace(fittedTo: few).dimension == 19)
    #expect(try PixelSpace(fittedTo: few.selecting([0, 1, 1, 0])).dimension == 1)
  }

  @Test("The bandwidth is the median distance in the feature part")
  func bandwidth() throws {
    let line = SampleSet(count: 3, dimension: 1, storage: .floats([0, 1, 10]))
    let fitted = try SpaceName.vector.fitted(to: line)
    #expect(fitted.bandwidth == 9)
  }

  @Test("Fingerprints tell what was fitted, and nothing else")
  func fingerprints() throws {
    let more = TestPictures.discs(200..<320)
    #expect(
      try ConvolutionSpace(fittedTo: real).fingerprint
        == ConvolutionSpace(fittedTo: real).fingerprint)
    #expect(
      try ConvolutionSpace(fittedTo: real).fingerprint
        != ConvolutionSpace(fittedTo: more).fingerprint)
    #expect(try PixelSpace(fittedTo: real).fingerprint != PixelSpace(fittedTo: more).fingerprint)
    #expect(VectorSpace(dimension: 3).fingerprint != VectorSpace(dimension: 4).fingerprint)
    #expect(VectorSpace(dimension: 3).fingerprint.count == 16)
  }

  @Test("A feature that hardly varies among real pictures cannot decide a distance")
  func deviationFloor() throws {
    // Raw features: two with deviation 1, one with a thousandth of it and one that never varies.
    var raw = Matrix(rowCount: 40, columnCount: 4)
    for row in 0..<40 {
      raw[row, 0] = row.isMultiple(of: 2) ? 1 : -1
      raw[row, 1] = row % 4 < 2 ? 1 : -1
      raw[row, 2] = row % 8 < 4 ? 1e-3 : -1e-3
      raw[row, 3] = 5
    }
    let projection = try FeatureProjection(fittedTo: raw, relativeFloor: 0.05, space: "conv")
    #expect(projection.dimension == 3)
    let origin = Matrix(rows: [[0, 0, 0, 5], [1, 0, 0, 5], [0, 0, 1, 5], [0, 0, 0, 500]])
    let features = projection.applied(to: origin)
    let distances = features.subtractingFromRows(Array(features.row(0))).squaredRowNorms()
      .map { $0.squareRoot() }
    let deviation = (40.0 / 39).squareRoot()
    #expect(abs(distances[1] - 1 / deviation) < 1e-9)
    #expect(abs(distances[2] - 20 / deviation) < 1e-9)
    #expect(distances[3] == 0)
  }

  @Test("A feature that varies by no more than its mean is rounded never varies")
  func roundedMean() throws {
    // The mean of equal numbers is rounded: each of them deviates from it by the same.
    var raw = Matrix(rowCount: 49, columnCount: 2)
    for row in 0..<49 {
      raw[row, 0] = 0.1
      raw[row, 1] = row == 7 ? 1e-12 : 0
    }
    #expect(raw.columnMeans()[0] != 0.1)
    for floor in [0.05, nil] {
      let projection = try FeatureProjection(fittedTo: raw, relativeFloor: floor, space: "conv")
      #expect(projection.dimension == 1)
      let moved = projection.applied(to: Matrix(rows: [[0.1, 0], [1e3, 0]]))
      #expect(abs(moved[0, 0] - moved[1, 0]) < 1e-15)
    }
    raw[7, 1] = 0
    raw[8, 0] = 0.1.nextUp
    for floor in [0.05, nil] {
      #expect(throws: FeatureSpaceError.noVariation(space: "conv", count: 49)) {
        _ = try FeatureProjection(fittedTo: raw, relativeFloor: floor, space: "conv")
      }
    }
  }

  @Test(
    "Equal pictures are refused however many there are",
    arguments: [SpaceName.pixels, .conv, .patches, .colour])
  func equalPictures(name: SpaceName) {
    for count in [2, 3, 7, 49, 300] {
      #expect(throws: FeatureSpaceError.noVariation(space: name.rawValue, count: count)) {
        _ = try name.fitted(to: real.selecting(Array(repeating: 5, count: count)))
      }
    }
  }

  @Test(
    "Features do not depend on the pictures beside them, nor on how many these are",
    arguments: [SpaceName.pixels, .conv, .patches, .colour])
  func beside(name: SpaceName) throws {
    let space = try name.fitted(to: real).space
    let all = space.features(of: real)
    for count in [1, 2, 3, 36, 37, 64, 65, 71, 129, 147] {
      let few = space.features(of: real.selecting(Array(0..<count)))
      #expect((0..<count).allSatisfy { few.row($0) == all.row($0) })
    }
    let same = space.features(of: real.selecting(Array(repeating: 5, count: 165)))
    #expect((0..<165).allSatisfy { same.row($0) == all.row(5) })
  }

  @Test("Pictures of any size have convolution features; pixels are of one size")
  func otherSizes() throws {
    let space = try ConvolutionSpace(fittedTo: real)
    #expect(space.features(of: TestPictures.discs(0..<3, side: 40)).columnCount == 64)
  }

  @Test("Samples that cannot fix a space are refused with the reason")
  func refusals() throws {
    let vectors = SampleSet(count: 2, dimension: 2, storage: .floats([0, 1, 2, 3]))
    #expect(throws: FeatureSpaceError.notPictures(space: "conv")) {
      try SpaceName.conv.fitted(to: vectors)
    }
    #expect(throws: FeatureSpaceError.tooFewSamples(space: "pixels", found: 1)) {
      try SpaceName.pixels.fitted(to: real.selecting([0]))
    }
    #expect(throws: FeatureSpaceError.noVariation(space: "conv", count: 3)) {
      try SpaceName.conv.fitted(to: real.selecting([0, 0, 0]))
    }
    #expect(
      FeatureSpaceError.noVariation(space: "conv", count: 3).description == """
        The 3 samples of the feature part are all the same in the space conv, so nothing can be \
        measured there. Add samples that differ.
        """)
    var levels = TestPictures.discs(0..<2, side: 8).values
    levels[200] = .nan
    let broken = SampleSet(
      count: 2, dimension: 192, shape: PictureShape(width: 8, height: 8, channels: 3),
      storage: .floats(levels))
    #expect(throws: FeatureSpaceError.notFinite(space: "pixels", sample: 1, position: 8)) {
      try SpaceName.pixels.fitted(to: broken)
    }
  }
}
