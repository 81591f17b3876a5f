import Samples
import Storage
import SystemPackage
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
  private let contents = Safetensors(
    tensors: [
      Tensor(name: "levels", shape: [3], values: .uint8([0, 1, 255])),
      Tensor(name: "mean", shape: [2], values: .float32([1.5, -2])),
      Tensor(name: "covariance", shape: [2, 1], values: .float64([0.1, 1e-300])),
      Tensor(name: "counts", shape: [1, 1], values: .int32([-7])),
      Tensor(name: "none", shape: [0, 4], values: .float64([])),
      Tensor(name: "scalar", shape: [], values: .float64([3])),
    ],
    metadata: ["generator": "gmm", "note": "\"quoted\" \u{E9}"])

  /// The bytes of a file with a header of our own.
  private func file(_ header: String, numbers: Int) -> [UInt8] {
    let length = UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) }
      + Array(header.utf8) + Array(repeating: 0, count: numbers)
  }

  @Test("What is written is read back")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("model.safetensors")
      try contents.write(to: path)
      let read = try Safetensors.read(path)
      #expect(read == contents)
      #expect(read["mean"]?.values == .float32([1.5, -2]))
      #expect(read["absent"] == nil)
      #expect(try Safetensors(parsing: Safetensors(tensors: []).bytes()).tensors.isEmpty)
    }
  }

  @Test("The numbers start at a multiple of 8 bytes, the widest first")
  func alignment() {
    #expect(
      contents.tensors.map(\.name) == ["covariance", "none", "scalar", "mean", "counts", "levels"])
    for name in ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"] {
      let bytes = Safetensors(
        tensors: [Tensor(name: name, shape: [1], values: .float64([1]))]
      ).bytes()
      #expect(bytes.count % 8 == 0)
      #expect(bytes[0] % 8 == 0)
    }
  }

  @Test(
    "Headers that lie are refused with the reason",
    arguments: [
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 8, "does not fill its 4 bytes"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "leave a gap"),
      (
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
          + #""b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#, 6, "tensors overlap"
      ),
      (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 5, "and 5 follow"),
      (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, 3, "and 3 follow"),
      (#"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#, 2, "Use F64, F32, I32 or U8."),
      (#"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,4]}}"#, 4, "whole numbers"),
      (#"{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}"#, 1, "whole numbers"),
      (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}"#, 4, "not just a dtype"),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}}"#, 1, "not just a dtype"),
      (
        #"{"a":{"dtype":"F64","shape":[2305843009213693952,8],"data_offsets":[0,8]}}"#, 8,
        "does not fill"
      ),
      (#"{"a":1,"a":2}"#, 0, "in the object already"),
      (#"{"__metadata__":{"a":1}}"#, 0, "different strings"),
      (#"[1]"#, 0, "not a JSON object"),
      (#"{"a":"#, 0, "Give valid JSON"),
    ])
  func refusals(header: String, numbers: Int, reason: String) {
    let error = #expect(throws: FormatError.self) {
      try Safetensors(parsing: file(header, numbers: numbers))
    }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("A header that claims more than the file or the limit is refused without taking memory")
  func claims() {
    for claim: [UInt8] in [
      Array(repeating: 0xFF, count: 8), [0, 0, 0, 0, 0, 0, 0, 0x80], [1, 0, 0, 0, 0, 0, 0, 0],
      [], [1, 0],
    ] {
      #expect(throws: FormatError.self) { try Safetensors(parsing: claim) }
    }
  }

  @Test("A file cut or changed at any place is refused or read, never worse")
  func damage() {
    let bytes = contents.bytes()
    for position in bytes.indices {
      #expect(throws: FormatError.self) { try Safetensors(parsing: Array(bytes[..<position])) }
      for bit in 0..<8 {
        var changed = bytes
        changed[position] ^= 1 << UInt8(bit)
        _ = try? Safetensors(parsing: changed)
      }
    }
  }

  @Test(
    "Python's safetensors opens what we write",
    .enabled(if: Python.has("safetensors.numpy"), "needs Python with safetensors"))
  func pythonReads() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("model.safetensors")
      try contents.write(to: path)
      let program = """
        import safetensors, sys
        with safetensors.safe_open(sys.argv[1], "np") as f:
            print(sorted(f.metadata().items()))
            for name in sorted(f.keys()):
                a = f.get_tensor(name)
                print(name, a.dtype, a.shape, a.ravel().tolist())
        """
      #expect(
        Python.output(of: program, [path.string]) == """
          [('generator', 'gmm'), ('note', '"quoted" é')]
          counts int32 (1, 1) [-7]
          covariance float64 (2, 1) [0.1, 1e-300]
          levels uint8 (3,) [0, 1, 255]
          mean float32 (2,) [1.5, -2.0]
          none float64 (0, 4) []
          scalar float64 () [3.0]

          """)
    }
  }

  @Test(
    "The bad files of the corpus are refused with a reason",
    .enabled(if: FileStore.isFolder(tensorCorpus), "needs ../shared/corpus"))
  func corpus() throws {
    for name in try FileStore.names(in: tensorCorpus)
    where name.string.hasPrefix("bad") && name.extension == "safetensors" {
      let path = tensorCorpus.appending(name)
      let error = #expect(throws: StorageError.self) { try Safetensors.read(path) }
      guard case .malformed = error?.cause else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
  }
}
