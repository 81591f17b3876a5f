import Images
import LinearAlgebra
import Samples
import Testing

@testable import Recursion

@Suite("What samples go through between generations")
struct CarryTests {
  @Test("It is read as it is written, and nothing else is read")
  func text() {
    for carry in [Carry.float, .png8, .jpeg(quality: 1), .jpeg(quality: 100)] {
      #expect(Carry(carry.description) == carry)
    }
    for text in ["", "png", "jpeg", "jpeg:", "jpeg:0", "jpeg:101", "jpeg:-1", "jpeg:9.5", "FLOAT"] {
      #expect(Carry(text) == nil, "\(text)")
    }
  }

  @Test("8 bits round and clip; floats pass as they are")
  func rounding() throws {
    let shape = PictureShape(width: 2, height: 2, channels: 1)
    let rows = Matrix(rowCount: 1, columnCount: 4, floats: [-3, 12.4, 12.6, 300])
    let coordinates = ModelCoordinates.identity(shape)
    #expect(
      try Carry.png8.carry(coordinates.levels(of: rows), shape: coordinates.shape).storage
        == .bytes([0, 12, 13, 255]))
    #expect(
      try Carry.float.carry(coordinates.levels(of: rows), shape: coordinates.shape).storage
        == .floats([-3, 12.4, 12.6, 300]))
  }

  @Test("JPEG hurts more at a lower quality, in grey and in colour, and little at 100")
  func jpeg() throws {
    for channels in [1, 3] {
      let samples = TestData.pictures(6, channels: channels)
      let rows = Matrix(rowCount: 6, columnCount: samples.dimension, floats: samples.values)
      let coordinates = ModelCoordinates.identity(samples.shape)
      let errors = try [100, 75, 5].map { quality in
        let carried = try Carry.jpeg(quality: quality).carry(
          coordinates.levels(of: rows), shape: coordinates.shape)
        #expect(carried.shape == samples.shape)
        return zip(carried.values, samples.values).reduce(0.0) {
          $0 + Double(abs($1.0 - $1.1)) / Double(samples.values.count)
        }
      }
      #expect(errors[1] < errors[2])
      #expect(errors[0] < errors[2] / 2)
    }
  }
}
