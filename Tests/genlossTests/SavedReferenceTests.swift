import Samples
import Storage
import SystemPackage
import Testing

@Suite("References that measure saves")
struct SavedReferenceTests {
  /// Rows that are all different; another `first` gives other ones.
  private func write(
    _ count: Int, _ columns: Int, first: Int = 0, to path: FilePath
  ) throws {
    let values = (first..<first + columns * count).map { Float($0 * $0 % 1009) }
    try NumpyFile.write(
      SampleSet(count: count, dimension: columns, storage: .floats(values)), to: path)
  }

  private let plain = ["measure", "a.npy", "b.npy", "--splits", "4", "--json"]

  /// `a.npy`, `b.npy` and others, and a reference to `a.npy`.
  private func withReference(_ body: (CommandLineTool) throws -> Void) throws {
    try withTool { genloss in
      try write(100, 3, to: genloss.path("a.npy"))
      try write(100, 3, first: 500, to: genloss.path("b.npy"))
      // The same numbers in other rows.
      try write(75, 4, to: genloss.path("wide.npy"))
      try write(60, 3, first: 900, to: genloss.path("train.npy"))
      try write(40, 3, first: 700, to: genloss.path("fewer.npy"))
      let saved = try genloss.run(plain + ["--save-reference", "a.safetensors"])
      try #require(saved.status == 0, "\(saved.messages)")
      try body(genloss)
    }
  }

  @Test("The same numbers come out with and without it")
  func same() throws {
    try withReference { genloss in
      let measured = try genloss.run(plain + ["--reference", "a.safetensors"])
      #expect(try measured.output == genloss.run(plain).output, "\(measured.messages)")
    }
  }

  @Test("For other data or settings it is refused, with what differs")
  func differences() throws {
    try withReference { genloss in
      let trained = try genloss.run(
        plain + ["--train", "train.npy", "--save-reference", "trained.safetensors"])
      try #require(trained.status == 0, "\(trained.messages)")
      for (arguments, reference, reason) in [
        (
          ["b.npy", "a.npy"], "a",
          "was saved with another file as the real set (100 rows of 3 numbers, float32, there and "
            + "here). Measure without"
        ),
        (
          ["a.npy", "b.npy", "--splits", "5"], "a",
          "was saved with other settings (splits=4 there, splits=5 here)"
        ),
        (
          ["wide.npy", "wide.npy"], "a",
          "was saved with another real set (100 rows of 3 numbers, float32, there; 75 rows of 4 "
            + "numbers, float32, here). Measure"
        ),
        (
          ["a.npy", "b.npy", "--train", "train.npy"], "a",
          "was saved with no training set, and here --train is given. Measure"
        ),
        (
          ["a.npy", "b.npy"], "trained",
          "was saved with a training set, and here --train is missing. Measure"
        ),
        (
          ["b.npy", "a.npy", "--train", "fewer.npy", "--seed", "2"], "trained",
          "was saved with another file as the real set (100 rows of 3 numbers, float32, there and "
            + "here); another training set (60 rows of 3 numbers, float32, there; 40 rows of 3 numbers, float32, "
            + "here); other settings (seed=1 there, seed=2 here). Measure"
        ),
      ] {
        let refused = try genloss.run(
          ["measure"] + arguments + (arguments.contains("--splits") ? [] : ["--splits", "4"])
            + ["--reference", "\(reference).safetensors"])
        #expect(refused.status == 65, "\(arguments)")
        #expect(refused.messages.contains(reason), "\(refused.messages)")
      }
    }
  }

  @Test("The same rows in a file of another layout are not called another set")
  func layout() throws {
    try withReference { genloss in
      let rows = try NumpyFile.read(genloss.path("a.npy"))
      let values = rows.values(0..<rows.count)
      let columns = (0..<3).flatMap { column in
        stride(from: column, to: values.count, by: 3).map { values[$0] }
      }
      let header = "{'descr': '<f4', 'fortran_order': True, 'shape': (100, 3), }\n"
      try FileStore.write(
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
          + columns.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
          }, to: genloss.path("columns.npy"))
      let line = [
        "measure", "columns.npy", "b.npy", "--splits", "4", "--reference", "a.safetensors",
      ]
      #expect(try genloss.run(line).status == 0)
      let refused = try genloss.run(line + ["--seed", "2"])
      #expect(
        refused.messages.contains(
          "was saved with another file as the real set (100 rows of 3 numbers, float32, there and "
            + "here); other settings (seed=1 there, seed=2 here)."), "\(refused.messages)")
    }
  }

  @Test("Another size of the same pictures is told as such")
  func size() throws {
    try withIcons { genloss in
      let line = [
        "measure", "icons", "icons", "--splits", "2", "--metrics", "recall", "--features", "pixels",
      ]
      let saved = try genloss.run(line + ["--save-reference", "r.safetensors"])
      try #require(saved.status == 0, "\(saved.messages)")
      let refused = try genloss.run(line + ["--size", "12", "--reference", "r.safetensors"])
      #expect(
        refused.messages.contains(
          "was saved with another real set (40 pictures of 16 x 16 in colour, there; 40 pictures of "
            + "12 x 12 in colour, here)."), "\(refused.messages)")
    }
  }

  @Test("A file that is cut, was changed, or comes from an older version is refused")
  func damaged() throws {
    try withReference { genloss in
      func refusal(_ bytes: [UInt8]) throws -> String {
        try FileStore.write(bytes, to: genloss.path("bad.safetensors"))
        let outcome = try genloss.run(plain + ["--reference", "bad.safetensors"])
        #expect(outcome.status == 65 && outcome.output.isEmpty)
        #expect(
          outcome.messages.hasSuffix("Save it again with `genloss measure --save-reference`.\n"),
          "\(outcome.messages)")
        return outcome.messages
      }
      let bytes = try FileStore.read(genloss.path("a.safetensors"))
      for count in [4, 100, bytes.count - 1] {
        #expect(
          try refusal(Array(bytes.prefix(count))).contains(
            "bad.safetensors cannot be used: It is cut off, or no reference at all. It"))
      }
      let band = Array("\\\"deviation\\\":".utf8)
      let inBand = try #require(bytes.indices.first { bytes[$0...].starts(with: band) })
      for (place, bit) in [(bytes.count - 9, UInt8(1)), (inBand + band.count + 2, 1)] {
        var changed = bytes
        changed[place] ^= bit
        #expect(
          try refusal(changed).contains("Its contents do not have the SHA-256 that it names"))
      }
      let version = Array("\"genloss_reference\":\"".utf8)
      let mark = try #require(bytes.indices.first { bytes[$0...].starts(with: version) })
      var old = bytes
      old[mark + version.count] = UInt8(ascii: "1")
      #expect(try refusal(old).contains("It is of another version of genloss."))
    }
  }
}
