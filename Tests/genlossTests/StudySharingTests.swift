import Storage
import SystemPackage
import Testing

@Suite("genloss study: what cells have in common")
struct StudySharingTests {
  private static let law = """
    data: ["gaussian:d=2"]
    strategies: [replace]
    generator: gaussian
    samples: 40
    generations: 3

    """

  /// The files of a run but those that tell of its command.
  private func measured(_ folder: FilePath) throws -> [String: [UInt8]] {
    try contents(of: folder).filter { name, _ in
      !["run.json", "index.json", "COMPLETE"].contains { name == $0 || name.hasSuffix("/\($0)") }
    }
  }

  /// The names of a folder that begin in one way.
  private func names(_ genloss: CommandLineTool, _ prefix: String) throws -> [String] {
    try FileStore.names(in: genloss.path("out/shared")).map(\.string)
      .filter { $0.hasPrefix(prefix) && !$0.hasSuffix(".lock") }
  }

  @Test("Cells of a study have the bytes of runs on their own, and one control for all that may")
  func equal() throws {
    try withIcons { genloss in
      try FileStore.write(
        """
        data: [icons]
        strategies: [replace, accumulate, "curated:keep=0.5", "bias:lambda=0.9"]
        samples: 20
        components: 4
        generations: 2

        """, to: genloss.path("s.yaml"))
      let study = try genloss("study", "s.yaml", "--out", "out", "--jobs", "2", "-q")
      #expect(study.status == 0, "\(study.messages)")
      // What is drawn to choose from, and a bias, make a control of their own.
      #expect(try names(genloss, "control-").count == 1)
      #expect(try names(genloss, "nulls-").count == 1)
      for cell in try FileStore.names(in: genloss.path("out/cells")).map(\.string) {
        let alone = try genloss(
          "run", "--config", "out/cells/\(cell)/run.json", "--out", "alone/\(cell)", "-q")
        #expect(alone.status == 0, "\(alone.messages)")
        let expected = try measured(genloss.path("alone/\(cell)"))
        let files = try measured(genloss.path("out/cells/\(cell)"))
        #expect(expected.keys.contains("control/generations/002/metrics.json"))
        let different = Set(files.keys).union(expected.keys).filter { files[$0] != expected[$0] }
        #expect(different == [], "\(cell)")
      }
    }
  }

  @Test("What was damaged is told, thrown away and computed again, and changes no byte")
  func damaged() throws {
    try withTool { genloss in
      try FileStore.write(Self.law, to: genloss.path("s.yaml"))
      #expect(try genloss("study", "s.yaml", "--out", "out", "-q").status == 0)
      let cells = try FileStore.names(in: genloss.path("out/cells")).map(\.string)
      let cell = try #require(cells.first)
      let expected = try measured(genloss.path("out/cells/\(cell)"))
      let control = try #require(try names(genloss, "control-").first)
      let nulls = try #require(try names(genloss, "nulls-").first)
      for file in ["\(control)/generations/002/samples.npy", nulls] {
        let path = genloss.path("out/shared/\(file)")
        var bytes = try FileStore.read(path)
        bytes[bytes.count / 2] ^= 1
        try FileStore.write(bytes, to: path)
      }
      try FileStore.remove(genloss.path("out/cells/\(cell)"))
      #expect(try genloss("study", "s.yaml", "--out", "out", "-q").status == 0)
      let log = try FileStore.read(genloss.path("out/state/\(cell).log"))
      let words = String(decoding: log, as: UTF8.self)
      #expect(words.contains("is not as it was written; the control is computed again."))
      #expect(words.contains("is not as it was written; the bands are computed again."))
      #expect(try measured(genloss.path("out/cells/\(cell)")) == expected)
    }
  }

  @Test("Cells that would wait for each other are not run at a time while there are others")
  func order() throws {
    try withTool { genloss in
      try FileStore.write(
        Self.law.replacing("[replace]", with: "[replace, accumulate]") + "seeds: 2\n",
        to: genloss.path("s.yaml"))
      let study = try genloss("study", "s.yaml", "--out", "out", "--jobs", "2", "--verbose")
      #expect(study.status == 0, "\(study.messages)")
      let started = study.messages.split(separator: "\n").filter { $0.contains("started ") }
      #expect(started.count == 4)
      // In the order of the study the second is that of the other strategy with the same seed.
      #expect(started.first?.contains("replace, seed 1") == true)
      #expect(started.dropFirst().first?.contains("replace, seed 2") == true)
    }
  }

  @Test("A dry run counts what cells have in common once")
  func disk() throws {
    try withTool { genloss in
      func foretold(_ strategies: String) throws -> Int {
        try FileStore.write(
          Self.law.replacing("[replace]", with: strategies), to: genloss.path("s.yaml"))
        let plan = try genloss("study", "s.yaml", "--out", "out", "--dry-run", "--json").json
        return try #require(plan["disk_bytes"]?.integer)
      }
      let one = try foretold("[replace]")
      let three = try foretold("[replace, accumulate, \"window:generations=2\"]")
      #expect(try genloss("study", "s.yaml", "--out", "out", "-q").status == 0)
      let taken = try contents(of: genloss.path("out")).values.map(\.count).reduce(0, +)
      #expect((0.5...2).contains(Double(three) / Double(taken)), "\(three) and \(taken)")
      // Cells of these strategies take the same; what is shared is in each of the two sums once.
      let shared = Double(3 * one - three) / 2
      let found = try contents(of: genloss.path("out/shared")).values.map(\.count).reduce(0, +)
      #expect((0.5...2).contains(shared / Double(found)), "\(shared) and \(found)")
    }
  }

  @Test("A longer study goes on with the control that is there")
  func longer() throws {
    try withTool { genloss in
      try FileStore.write(Self.law, to: genloss.path("s.yaml"))
      #expect(try genloss("study", "s.yaml", "--out", "out", "-q").status == 0)
      try FileStore.write(
        Self.law.replacing("generations: 3", with: "generations: [2, 5]"),
        to: genloss.path("s.yaml"))
      let study = try genloss("study", "s.yaml", "--out", "out", "-q", "--json")
      #expect(study.status == 0, "\(study.messages)")
      #expect(try study.json["finished"]?.array?.count == 2)
      let control = try names(genloss, "control-")
      #expect(control.count == 1)
      let generations = try FileStore.names(
        in: genloss.path("out/shared/\(control[0])/generations"))
      #expect(generations.count == 6)
    }
  }
}
