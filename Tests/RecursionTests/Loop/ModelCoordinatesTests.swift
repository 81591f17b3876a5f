import Images
import LinearAlgebra
import Samples
import Testing

@testable import Recursion

@Suite("The coordinates of models")
struct ModelCoordinatesTests {
  @Test("Pictures come back to the same bytes through either space, with noise or without")
  func roundTrip() throws {
    let samples = TestData.pictures(3)
    let shape = try #require(samples.shape)
    guard case .bytes(let bytes) = samples.storage else {
      Issue.record("pictures are bytes")
      return
    }
    for space in PixelCoordinates.Space.allCases {
      let coordinates = ModelCoordinates.pixels(PixelCoordinates(space: space, shape: shape), shape)
      for offsets in [Dequantisation.centre, .noise(seed: 1, generation: 0, firstSample: 0)] {
        let rows = coordinates.rows(of: samples, offsets: offsets).matrix()
        #expect(coordinates.levels(of: rows).bytes == bytes)
        #expect(coordinates.levels(of: rows).gamutShare == 0)
        #expect(coordinates.logVolume(of: rows).allSatisfy { $0.isFinite })
      }
    }
  }

  @Test("Levels that are their own coordinates count as out of gamut beyond 0 and 255")
  func gamut() {
    let shape = PictureShape(width: 2, height: 2, channels: 1)
    let rows = Matrix(rowCount: 1, columnCount: 4, floats: [-1, 0, 255, 256])
    #expect(ModelCoordinates.identity(shape).levels(of: rows).gamutShare == 0.5)
  }

  @Test("Vectors are their own coordinates, of volume 1")
  func vectors() {
    let samples = TestData.vectors(4, dimension: 3)
    let coordinates = ModelCoordinates.identity(nil)
    let rows = coordinates.rows(of: samples, offsets: .centre).matrix()
    #expect(coordinates.levels(of: rows).floats == samples.values)
    #expect(coordinates.logVolume(of: rows) == [0, 0, 0, 0])
    #expect(coordinates.shape == nil)
  }
}
