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
      try write([0, 1], count: 30, first: 0, to: genloss.path("real"))
      try write([0, 2], count: 30, first: 50, to: genloss.path("generated"))
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

  @Test("A sequence, and a folder among the data, are refused")
  func refusals() throws {
    try withIcons { genloss in
      for (arguments, words) in [
        (["icons", "icons", "--explain", "icons/why"], "lies inside icons"),
        (["--explain", "why", "--generations", "icons", "icons"], "about one generated set"),
      ] {
        let outcome = try genloss.run(["measure"] + arguments)
        #expect(outcome.status == 64, "\(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
      }
      #expect(!FileStore.exists(genloss.path("icons/why")))
    }
  }
}
