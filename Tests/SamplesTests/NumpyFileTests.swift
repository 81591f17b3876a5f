import Samples
import Storage
import SystemPackage
import Testing

@Suite("Numpy files")
struct NumpyFileTests {
  private let vectors = SampleSet(
    count: 2, dimension: 3, storage: .floats([1, -2.5, 0, .pi, .leastNonzeroMagnitude, 1e30]))
  private let pictures = SampleSet(
    count: 2, dimension: 12, shape: PictureShape(width: 2, height: 2, channels: 3),
    storage: .bytes((0..<24).map { UInt8($0 * 11) }))
  private let floatPictures = SampleSet(
    count: 2, dimension: 6, shape: PictureShape(width: 3, height: 2, channels: 1),
    storage: .floats((0..<12).map { Float($0) * 0.25 }))

  /// The bytes of a file with a header of our own.
  private func file(
    _ header: String, version: [UInt8] = [1, 0], numbers: [UInt8] = []
  ) -> [UInt8] {
    let length = UInt32(header.utf8.count)
    let lengthBytes = (0..<(version[0] == 1 ? 2 : 4)).map {
      UInt8(truncatingIfNeeded: length >> UInt32(8 * $0))
    }
    return [0x93] + Array("NUMPY".utf8) + version + lengthBytes + Array(header.utf8) + numbers
  }

  private func bytes(_ values: [Double]) -> [UInt8] {
    values.flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
    }
  }

  @Test("What is written is read back: vectors, pictures of bytes, pictures of floats")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("samples.npy")
      for samples in [vectors, pictures, floatPictures] {
        try NumpyFile.write(samples, to: path)
        #expect(try NumpyFile.read(path) == samples)
        #expect(try FileStore.read(path) == NumpyFile.bytes(of: samples))
      }
    }
  }

  @Test("The header is numpy's, and the numbers start at a multiple of 64 bytes")
  func headerBytes() {
    let bytes = NumpyFile.bytes(of: vectors)
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
    var header = [0x93] + Array("NUMPY".utf8)
    header += [1, 0, 118, 0]
    header += Array(text.utf8)
    header += Array(repeating: 0x20, count: 127 - header.count)
    header.append(0x0A)
    #expect(Array(bytes.prefix(128)) == header)
    #expect(bytes.count == 128 + 24)
  }

  @Test("Bytes without a picture's shape become a matrix of float32")
  func plainBytes() throws {
    let plain = SampleSet(count: 1, dimension: 2, storage: .bytes([0, 255]))
    #expect(
      try NumpyFile.parse(NumpyFile.bytes(of: plain)).storage == .floats([0, 255]))
  }

  @Test("Headers of versions 1 to 3, in any spelling Python reads, are read")
  func headerSpellings() throws {
    let numbers = bytes([1.5, -2])
    let headers = [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }      \n",
      "{'descr':'<f8','fortran_order':False,'shape':(1,2)}",
      "{\"shape\": (1, 2,), \"descr\": \"<f8\", \"fortran_order\": False}\n",
    ]
    for header in headers {
      for version: [UInt8] in [[1, 0], [2, 0], [3, 0]] {
        let samples = try NumpyFile.parse(file(header, version: version, numbers: numbers))
        #expect(samples == SampleSet(count: 1, dimension: 2, storage: .floats([1.5, -2])))
      }
    }
  }

  @Test(
    "Arrays of other kinds are refused with the reason",
    arguments: [
      ("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1), }", "Python objects"),
      ("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", "named fields"),
      ("{'descr': '<f8', 'fortran_order': True, 'shape': (4097, 4096), }", "Fortran order"),
      ("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }", "array.astype('<f8')"),
      ("{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1), }", "float32 ('<f4')"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", "shape (1,)"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "shape ()"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1), }", "holds no number"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }", "needs 16 bytes"),
      (
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 2), }",
        "needs more than 2⁶³ bytes"
      ),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2, 2), }", "2 channels"),
      ("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 8), }", "the type '|u1'"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), 'x': 1}", "dictionary"),
      ("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}", "dictionary"),
      ("{'descr': '<f8', 'fortran_order': False}", "dictionary"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 1), }", "dictionary"),
      ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), } x", "dictionary"),
      (
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 1), }",
        "dictionary"
      ),
    ])
  func refusals(header: String, reason: String) {
    let numbers = header.contains("|u1") ? Array(repeating: 0, count: 8) : bytes([1])
    let error = #expect(throws: FormatError.self) {
      try NumpyFile.parse(file(header, numbers: numbers))
    }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("Arrays in Fortran order are read as those in C order, however they arrive in pieces")
  func fortranOrder() throws {
    let matrix = file(
      "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
      numbers: bytes([1, 4, 2, 5, 3, 6]))
    let rows = SampleSet(count: 2, dimension: 3, storage: .floats([1, 2, 3, 4, 5, 6]))
    // Two pictures of two rows, three columns and three channels, whose levels count up in C order.
    let levels = (0..<36).map { UInt8($0) }
    var turned: [UInt8] = []
    for channel in 0..<3 {
      for column in 0..<3 {
        for row in 0..<2 {
          turned += [0, 18].map { levels[$0 + row * 9 + column * 3 + channel] }
        }
      }
    }
    let array = file(
      "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 3, 3), }", numbers: turned)
    let pictures = SampleSet(
      count: 2, dimension: 18, shape: PictureShape(width: 3, height: 2, channels: 3),
      storage: .bytes(levels))
    for (content, expected) in [(matrix, rows), (array, pictures)] {
      #expect(try NumpyFile.parse(content) == expected)
      var reader = NumpyReader(byteCount: content.count)
      try reader.append(Array(content[..<101]))
      for byte in content[101...] { try reader.append([byte]) }
      #expect(try reader.finish() == expected)
    }
    let broken = file(
      "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
      numbers: bytes([1, 4, 2, 5, 3, .nan]))
    let error = #expect(throws: FormatError.self) { try NumpyFile.parse(broken) }
    #expect(error?.description.contains("row 1, column 2, counted from 0") == true)
  }

  @Test("A number that is not finite is refused by row and column, also if float32 cannot hold it")
  func notFinite() {
    for value in [Double.nan, .infinity, 1e39] {
      let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"
      let error = #expect(throws: FormatError.self) {
        try NumpyFile.parse(file(header, numbers: bytes([0, 0, 0, 0, value, 0])))
      }
      #expect(error?.description.contains("row 1, column 1, counted from 0") == true)
    }
  }

  @Test("An unknown version, another file and a header beyond the file are refused")
  func otherFiles() {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }"
    #expect(throws: FormatError.self) {
      try NumpyFile.parse(file(header, version: [9, 0], numbers: bytes([1])))
    }
    #expect(throws: FormatError.self) { try NumpyFile.parse(Array("PK".utf8)) }
    #expect(throws: FormatError.self) { try NumpyFile.parse([]) }
    let claim: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF] + Array(header.utf8)
    #expect(throws: FormatError.self) { try NumpyFile.parse(claim) }
  }

  @Test("A file cut or changed at any place is refused or read, never worse")
  func damage() {
    let bytes = NumpyFile.bytes(of: pictures)
    for position in bytes.indices {
      #expect(throws: FormatError.self) { try NumpyFile.parse(Array(bytes[..<position])) }
      for bit in 0..<8 {
        var changed = bytes
        changed[position] ^= 1 << UInt8(bit)
        _ = try? NumpyFile.parse(changed)
      }
    }
  }

  @Test("Numpy opens what we write", .enabled(if: Python.has("numpy"), "needs Python with numpy"))
  func numpyReads() throws {
    try withTemporaryFolder { folder in
      let program = """
        import numpy, sys
        for path in sys.argv[1:]:
            a = numpy.load(path)
            print(a.dtype, a.shape, a.sum(dtype=numpy.float64), a.ravel()[-1])
        """
      let paths = ["vectors", "pictures", "floats"].map { folder.appending("\($0).npy") }
      for (path, samples) in zip(paths, [vectors, pictures, floatPictures]) {
        try NumpyFile.write(samples, to: path)
      }
      #expect(
        Python.output(of: program, paths.map(\.string)) == """
          float32 (2, 3) 1.0000000150474662e+30 1e+30
          uint8 (2, 2, 2, 3) 3036.0 253
          float32 (2, 2, 3, 1) 16.5 2.75

          """)
    }
  }

  @Test("We open what numpy writes", .enabled(if: Python.has("numpy"), "needs Python with numpy"))
  func readsNumpy() throws {
    try withTemporaryFolder { folder in
      let program = """
        import numpy, sys
        a = numpy.arange(6).reshape(2, 3) / 4
        numpy.save(sys.argv[1] + "/a.npy", a)
        numpy.save(sys.argv[1] + "/b.npy", a.astype("f4"))
        with open(sys.argv[1] + "/c.npy", "wb") as f:
            numpy.lib.format.write_array(f, a, version=(3, 0))
        """
      #expect(Python.output(of: program, [folder.string]) != nil)
      let expected = SampleSet(
        count: 2, dimension: 3, storage: .floats([0, 0.25, 0.5, 0.75, 1, 1.25]))
      for name in ["a", "b", "c"] {
        let read = try NumpyFile.read(folder.appending("\(name).npy"))
        #expect(read == expected)
      }
    }
  }

  @Test(
    "The bad arrays of the corpus are refused with a reason",
    .enabled(if: FileStore.isFolder(tensorCorpus), "needs ../shared/corpus"))
  func corpus() throws {
    for name in try FileStore.names(in: tensorCorpus)
    where name.string.hasPrefix("bad") && name.extension == "npy" {
      let path = tensorCorpus.appending(name)
      let error = #expect(throws: StorageError.self) { try NumpyFile.read(path) }
      guard case .malformed = error?.cause else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
  }
}
