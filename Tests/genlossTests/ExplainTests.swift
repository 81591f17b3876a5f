import Foundation
import Images
import Samples
import Storage
import SystemPackage
import Testing

@Suite("genloss measure --explain")
struct ExplainTests {
  /// Three sorts of plain pictures with gradients, of which `sorts` are there.
  private func write(_ sorts: [Int], count: Int, first: Int, to folder: FilePath) throws {
    let shape = PictureShape(width: 16, height: 16, channels: 3)
    for sort in sorts {
      let sub = folder.appending("sort\(sort)")
      try FileStore.createFolder(sub)
      for number in first..<first + count {
        var pixels: [UInt8] = []
        for index in 0..<shape.count {
          let (x, y, channel) = (index / 3 % 16, index / 48, index % 3)
          let base = channel == sort ? 200 : 40
          let wave: Int = number * 7 + x * (1 + sort) + y * (number % 5)
          pixels.append(UInt8(base + wave % 31))
        }
        let file = try PNG.encode(Picture(shape: shape, pixels: pixels))
        try FileStore.write(file, to: sub.appending(String(format: "%03d.png", number)))
      }
    }
  }

  @Test("A sort that is missing leads the lost, one that is new the hallucinated")
  func planted() throws {
    try withTool { genloss in
      try write([0, 1], count: 50, first: 0, to: genloss.path("real"))
      try write([0, 2], count: 50, first: 100, to: genloss.path("generated"))
      let outcome = try genloss(
        "measure", "real", "generated", "--explain", "why/here", "--splits", "3", "--metrics",
        "recall", "precision", "--json")
      #expect(outcome.status == 0, "\(outcome.messages)")
      let files = try contents(of: genloss.path("why/here"))
      #expect(
        Set(files.keys)
          == ["explain.csv", "explain.json", "lost.png", "hallucinated.png", "directions.png"])
      for (name, bytes) in files where name.hasSuffix(".png") {
        #expect(try PictureDecoder.decode(bytes).shape.width > 600, "\(name)")
      }
      #expect(try outcome.json["explanation"]?["files"]?.array?.count == 5)
      let json = try JSONValue(parsing: files["explain.json"] ?? [])
      let leading = try #require(json["spaces"]?.array?.first)
      #expect(leading["space"]?.string == "conv")
      for (kind, sort) in [("lost", "sort1/"), ("hallucinated", "sort2/")] {
        let names = leading[kind]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(names.count >= 30, "\(kind)")
        #expect(names.prefix(30).allSatisfy { $0.hasPrefix(sort) }, "\(names)")
      }
      #expect(leading["directions"]?.array?.first?["kind"]?.string == "mean")
      let rows = try CSV.rows(of: files["explain.csv"] ?? [])
      let listed = (json["spaces"]?.array ?? []).reduce(0) {
        $0 + ($1["lost"]?.array?.count ?? 0) + ($1["hallucinated"]?.array?.count ?? 0)
      }
      #expect(rows.count == 1 + listed)
    }
  }

  @Test("Rows have the tables alone, and the rows' own numbers")
  func rows() throws {
    try withTool { genloss in
      func write(_ name: String, _ offset: Float, outlier: Int?) throws {
        var values: [Float] = []
        for index in 0..<180 { values.append(Float(index * 7919 % 61) / 10 + offset) }
        if let outlier { for column in 0..<3 { values[3 * outlier + column] = 90 } }
        try NumpyFile.write(
          SampleSet(count: 60, dimension: 3, storage: .floats(values)), to: genloss.path(name))
      }
      try write("real.npy", 0, outlier: nil)
      try write("generated.npy", 0.01, outlier: 41)
      let outcome = try genloss(
        "measure", "real.npy", "generated.npy", "--explain", "why", "--splits", "0")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("look at why/explain.csv why/explain.json"))
      let files = try contents(of: genloss.path("why"))
      #expect(Set(files.keys) == ["explain.csv", "explain.json"])
      let json = try JSONValue(parsing: files["explain.json"] ?? [])
      let first = json["spaces"]?.array?.first?["hallucinated"]?.array?.first
      #expect(first?["row"]?.integer == 41)
      #expect(first?["name"]?.string == "41")
    }
  }

  @Test("Samples that equal a copied one are lost, and it is said why")
  func copies() throws {
    try withTool { genloss in
      let values = (0..<120).map { Float($0 * 7919 % 997) }
      let copied = (0..<80).flatMap { row in values[row % 10 * 3..<row % 10 * 3 + 3] }
      for (name, values) in [("real.npy", values), ("copied.npy", copied)] {
        try NumpyFile.write(
          SampleSet(count: values.count / 3, dimension: 3, storage: .floats(values)),
          to: genloss.path(name))
      }
      let outcome = try genloss("measure", "real.npy", "copied.npy", "--explain", "why")
      #expect(outcome.output.contains("40 of 40 real samples"), "\(outcome.output)")
      #expect(outcome.output.contains("10 of them equal a sample there that has copies"))
    }
  }

  @Test("Sets too small for balls say so once")
  func small() throws {
    try withTool { genloss in
      for (name, offset) in [("real.npy", Float(0)), ("generated.npy", 0.5)] {
        try NumpyFile.write(
          SampleSet(
            count: 4, dimension: 2, storage: .floats((0..<8).map { Float($0 * $0) + offset })),
          to: genloss.path(name))
      }
      let output = try genloss("measure", "real.npy", "generated.npy", "--explain", "why").output
      #expect(output.components(separatedBy: "too few samples for balls").count == 2, "\(output)")
    }
  }

  @Test("Of a sequence each set has a folder of its own, with what it alone would have")
  func sequence() throws {
    try withTool { genloss in
      try write([0, 1], count: 20, first: 0, to: genloss.path("real"))
      try write([0, 1], count: 20, first: 30, to: genloss.path("g1"))
      try write([0, 2], count: 20, first: 50, to: genloss.path("g2"))
      let settings = ["--splits", "0", "--metrics", "recall", "precision", "--json"]
      let sequence = try genloss.run(
        ["measure", "real", "--explain", "why", "--generations", "g1", "g2"] + settings)
      #expect(sequence.status == 0, "\(sequence.messages)")
      let alone = try genloss.run(["measure", "real", "g2", "--explain", "alone"] + settings)
      #expect(alone.status == 0, "\(alone.messages)")
      let files = try contents(of: genloss.path("why"))
      let expected = try contents(of: genloss.path("alone"))
      #expect(expected.count == 5)
      for (name, bytes) in expected { #expect(files["g2/\(name)"] == bytes, "\(name)") }
      #expect(Set(files.keys) == Set(expected.keys.flatMap { ["g1/\($0)", "g2/\($0)"] }))
      #expect(files["g1/explain.csv"] != files["g2/explain.csv"])
      let entries = try #require(try sequence.json["generations"]?.array)
      for (entry, name) in zip(entries, ["g1", "g2"]) {
        let paths = entry["explanation"]?["files"]?.array?.compactMap(\.string) ?? []
        #expect(paths.count == 5 && paths.allSatisfy { $0.hasPrefix("why/\(name)/") })
      }
      #expect(
        entries[1]["explanation"]?["summary"]?.string
          == (try alone.json["explanation"]?["summary"]?.string))
    }
  }

  @Test("Sets of one name are told apart by their numbers")
  func numbered() throws {
    try withTool { genloss in
      for name in ["a/rows.npy", "b/rows.npy", "c/rows.npy"] {
        let values = (0..<60).map { Float($0 * 37 % 61) + (name < "b" ? 0 : 9) }
        try FileStore.createFolder(genloss.path(name).removingLastComponent())
        try NumpyFile.write(
          SampleSet(count: 20, dimension: 3, storage: .floats(values)), to: genloss.path(name))
      }
      let outcome = try genloss(
        "measure", "--generations", "a/rows.npy", "b/rows.npy", "c/rows.npy", "--explain", "why",
        "--splits", "0")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("look at why/2/explain.csv why/2/explain.json"))
      #expect(
        try Set(contents(of: genloss.path("why")).keys)
          == ["1/explain.csv", "1/explain.json", "2/explain.csv", "2/explain.json"])
    }
  }

  @Test("A folder among the data is refused")
  func refusals() throws {
    try withIcons { genloss in
      for (arguments, words) in [
        (["icons", "icons", "--explain", "icons/why"], "lies inside icons"),
        (["--explain", "icons/why", "--generations", "icons", "icons"], "lies inside icons"),
      ] {
        let outcome = try genloss.run(["measure"] + arguments)
        #expect(outcome.status == 64, "\(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
      }
      #expect(!FileStore.exists(genloss.path("icons/why")))
    }
  }
}
