import Storage
import SystemPackage
import Testing

@testable import Samples

@Suite("Matrices read from a .npy file in parts")
struct NumpyMatrixFileTests {
  /// The bytes of a matrix of float64.
  private func bytes(_ rows: Int, _ columns: Int, _ values: [Double]) -> [UInt8] {
    var bytes = NumpyFile.header("<f8", [rows, columns])
    LittleEndian.append(values.map(\.bitPattern), to: &bytes)
    return bytes
  }

  @Test("Float64 keeps all digits, and any rows can be read in any order")
  func doubles() throws {
    try withTemporaryFolder { folder in
      let values = (0..<12).map { 1e4 + Double($0) / 3 }
      let path = folder.appending("m.npy")
      try FileStore.write(bytes(4, 3, values), to: path)
      let file = try #require(try NumpyMatrixFile(path))
      #expect(file.rowCount == 4)
      #expect(file.columnCount == 3)
      #expect(file.values(2..<4) == Array(values[6...]))
      #expect(file.values(0..<1) == Array(values[..<3]))
      #expect(file.values(1..<1) == [])
      #expect(file.failure == nil)
    }
  }

  @Test("A matrix in Fortran order has its rows put together, and is refused where it is large")
  func fortranOrder() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("m.npy")
      func turned(_ bytes: [UInt8]) -> [UInt8] {
        let text = Array("False,".utf8)
        let place = bytes.indices.first { bytes[$0...].starts(with: text) } ?? 0
        var bytes = bytes
        bytes.replaceSubrange(place..<place + text.count, with: Array("True, ".utf8))
        return bytes
      }
      try FileStore.write(turned(bytes(2, 3, [1, 4, 2, 5, 3, 6])), to: path)
      let file = try #require(try NumpyMatrixFile(path))
      #expect(file.values(0..<2) == [1, 2, 3, 4, 5, 6])
      #expect(file.values(1..<2) == [4, 5, 6])
      try FileStore.write(
        turned(NumpyFile.header("<f4", [4097, 4096])) + Array(repeating: 0, count: 4 * 4097 * 4096),
        to: path)
      let error = #expect(throws: StorageError.self) { _ = try NumpyMatrixFile(path) }
      #expect(
        "\(try #require(error))".contains(
          "It is in Fortran order, in which at most 16.8 million numbers are read. Save "
            + "numpy.ascontiguousarray(array)."))
    }
  }

  @Test("Float32 is widened, and what is not finite is left for the reader to name")
  func floats() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("m.npy")
      var content = NumpyFile.header("<f4", [1, 3])
      LittleEndian.append(
        [Float(0.1), .infinity, -2].map(\.bitPattern), to: &content)
      try FileStore.write(content, to: path)
      let file = try #require(try NumpyMatrixFile(path))
      #expect(file.values(0..<1) == [Double(Float(0.1)), .infinity, -2])
    }
  }

  @Test("Arrays of four extents are pictures, and others are refused with what is wrong")
  func others() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("m.npy")
      let picture = SampleSet(
        count: 1, dimension: 64, shape: PictureShape(width: 8, height: 8, channels: 1),
        storage: .bytes(Array(repeating: 7, count: 64)))
      try NumpyFile.write(picture, to: path)
      #expect(try NumpyMatrixFile(path) == nil)
      for (content, words) in [
        (NumpyFile.bytes(ofVector: [1, 2]), "shape (2,)"),
        (NumpyFile.header(">f4", [1, 1]) + Array(repeating: 0, count: 4), "array.astype('<f4')"),
        (NumpyFile.header("<i8", [1, 1]) + Array(repeating: 0, count: 8), "the type '<i8'"),
        (NumpyFile.header("<f4", [0, 4]), "holds no number"),
        (Array(bytes(2, 2, [1, 2, 3, 4]).dropLast()), "does not fill"),
        (NumpyFile.header("<f8", [1 << 40, 1 << 40]), "does not fill"),
        (Array("plain".utf8), "does not start like a .npy file"),
      ] {
        try FileStore.write(content, to: path)
        let error = #expect(throws: StorageError.self) { _ = try NumpyMatrixFile(path) }
        #expect("\(try #require(error))".contains(words), "\(words)")
      }
    }
  }

  @Test("A file that is cut short while it is read says so, and gives no number")
  func shortened() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("m.npy")
      try FileStore.write(bytes(2, 2, [1, 2, 3, 4]), to: path)
      let file = try #require(try NumpyMatrixFile(path))
      let descriptor = try FileDescriptor.open(path, .writeOnly, options: .truncate)
      try descriptor.close()
      #expect(file.values(0..<2).allSatisfy { $0.isNaN })
      #expect("\(try #require(file.failure))".contains("became shorter"))
    }
  }
}
