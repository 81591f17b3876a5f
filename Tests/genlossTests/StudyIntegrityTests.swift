import Storage
import SystemPackage
import Testing

@Suite("genloss study: damaged folders")
struct StudyIntegrityTests {
  /// Runs of a fraction of a second, with a control.
  private static let study = """
    data: ["gaussian:d=2"]
    strategies: [replace, accumulate]
    seeds: 2
    generator: gaussian
    samples: 30
    generations: 2

    """

  /// The words of a study in `out`.
  private static func words(_ more: String...) -> [String] {
    ["study", "s.yaml", "--out", "out", "--jobs", "1"] + more
  }

  /// Runs a test with a finished study in `out`: with the path of the cell of a strategy and seed 1, and the
  /// bytes of all cells.
  private func withStudy(
    _ body: (CommandLineTool, (String) throws -> FilePath, [String: [UInt8]]) throws -> Void
  ) throws {
    try withTool { genloss in
      try FileStore.write(Self.study, to: genloss.path("s.yaml"))
      #expect(try genloss.run(Self.words("-q")).status == 0)
      let cells = genloss.path("out/cells")
      func cell(_ strategy: String) throws -> FilePath {
        let name = try FileStore.names(in: cells).map(\.string)
          .first { $0.contains("-\(strategy)-s1-") }
        return cells.appending(try #require(name))
      }
      try body(genloss, cell, try contents(of: cells))
    }
  }

  /// Writes other bytes into a file.
  private func change(_ file: FilePath, _ change: (inout [UInt8]) -> Void) throws {
    var bytes = try FileStore.read(file)
    change(&bytes)
    try FileStore.write(bytes, to: file)
  }

  @Test(
    "Damaged finished cells are told, and computed again to the same bytes",
    arguments: [
      "generations/001/samples.npy", "generations/002/metrics.json", "pictures/timeline.svg",
      "control/generations/001/model.safetensors", "metrics.csv", "COMPLETE",
    ])
  func repaired(name: String) throws {
    try withStudy { genloss, cell, files in
      let file = try cell("replace").appending(name)
      try change(file) { $0.removeLast($0.count / 2) }
      let plan = try genloss.run(Self.words("--dry-run"))
      #expect(plan.output.contains("would run 1 of 4 cells"))
      #expect(plan.output.contains("  damaged gaussian:d=2, replace, seed 1: "))
      #expect(plan.output.contains("\(file) is damaged"), "\(plan.output)")
      #expect(plan.output.contains("1 damaged and computed again"))
      let again = try genloss.run(Self.words())
      #expect(again.status == 0, "\(again.messages)")
      #expect(again.output.contains("4 cells: 1 finished, 3 done before"), "\(again.output)")
      let words = "damaged: gaussian:d=2, replace, seed 1: \(file) is damaged"
      #expect(again.messages.contains(words) && again.output.contains(words))
      #expect(try contents(of: genloss.path("out/cells")) == files)
      #expect(try genloss.run(Self.words()).output.contains("4 cells: 4 done before"))
    }
  }

  @Test("Numbers that were edited are not merged; the others are, and the cell is named")
  func edited() throws {
    try withStudy { genloss, cell, _ in
      let table = try FileStore.read(genloss.path("out/study.csv"))
      for file in [
        try cell("replace").appending("metrics.csv"),
        try cell("accumulate").appending("control/metrics.csv"),
      ] {
        try change(file) { $0[$0.count / 2] ^= 1 }
      }
      let merged = try genloss.run(Self.words("--collect"))
      #expect(merged.status == 1)
      #expect(merged.output.contains("2 of 4 cells merged"))
      for (strategy, name) in [("replace", "metrics.csv"), ("accumulate", "control/metrics.csv")] {
        let file = try cell(strategy).appending(name)
        #expect(
          merged.output.contains(
            "damaged: gaussian:d=2, \(strategy), seed 1: \(file) is damaged: its bytes are not those"
          ),
          "\(merged.output)")
      }
      #expect(merged.output.contains("without --collect, computes damaged cells again"))
      let rows = try CSV.rows(of: FileStore.read(genloss.path("out/study.csv"))).dropFirst()
      #expect(Set(rows.map { $0[0] }).count == 2)
      let json = try genloss.run(Self.words("--collect", "--json")).json
      #expect(json["left_out"]?.array?.count == 2)
      #expect(try genloss.run(Self.words("-q")).status == 0)
      #expect(try FileStore.read(genloss.path("out/study.csv")) == table)
    }
  }

  @Test("A table is not left behind when none of its cells is whole any more")
  func nothingWhole() throws {
    try withStudy { genloss, _, _ in
      for name in try FileStore.names(in: genloss.path("out/cells")) {
        try FileStore.write("", to: genloss.path("out/cells/\(name)/index.json"))
      }
      let merged = try genloss.run(Self.words("--collect"))
      #expect(merged.status == 1)
      #expect(merged.output.contains("0 of 4 cells merged"))
      #expect(!FileStore.exists(genloss.path("out/study.csv")))
      let compared = try genloss("compare", "out")
      #expect(compared.status == 65)
      #expect(compared.messages.contains("there is no finished run to compare"))
      #expect(compared.messages.contains("Run the study again"), "\(compared.messages)")
    }
  }

  @Test("A comparison leaves a damaged cell out by name, says how many runs it has, and fails")
  func compared() throws {
    try withStudy { genloss, cell, _ in
      let file = try cell("replace").appending("generations/001/metrics.json")
      try change(file) { $0.removeAll() }
      let words = try genloss("compare", "out")
      #expect(words.status == 1)
      #expect(words.output.contains("is left out: out/cells/"), "\(words.output)")
      #expect(words.output.contains("generations/001/metrics.json is damaged"))
      #expect(words.output.contains("Run the study again: it computes what is damaged anew."))
      #expect(words.messages.contains("1 run is damaged and left out"))
      let csv = try genloss("compare", "out", "--csv")
      #expect(csv.status == 1)
      #expect(csv.messages.contains("generations/001/metrics.json is damaged"))
      let json = try genloss("compare", "out", "--json").json
      let seeds = json["data_sets"]?.array?.first?["strategies"]?.array?.map {
        $0["seeds"]?.array?.count
      }
      #expect(seeds?.sorted { ($0 ?? 0) < ($1 ?? 0) } == [1, 2])
      #expect(json["schema_version"]?.integer == 2)
    }
  }

  @Test("A folder that lost its study.json is taken over where its cells are runs, and only there")
  func adopted() throws {
    try withStudy { genloss, cell, files in
      let list = genloss.path("out/study.json")
      let bytes = try FileStore.read(list)
      try FileStore.write("mine", to: genloss.path("out/notes.txt"))
      try FileStore.remove(list)
      let compared = try genloss("compare", "out")
      #expect(compared.status == 0, "\(compared.messages)")
      #expect(compared.output.contains("note: out has no study.json: all runs in it are taken"))
      let again = try genloss.run(Self.words())
      #expect(again.status == 0, "\(again.messages)")
      #expect(again.messages.contains("out has no study.json, but 4 runs of genloss: it is taken"))
      #expect(again.output.contains("4 cells: 4 done before"))
      #expect(try FileStore.read(list) == bytes)
      #expect(try contents(of: genloss.path("out/cells")) == files)
      try FileStore.remove(list)
      let other = genloss.path("out/cells/other")
      try FileStore.createFolder(other)
      try FileStore.write("mine", to: other.appending("thesis.txt"))
      let refused = try genloss.run(Self.words())
      #expect(refused.status == 73)
      #expect(refused.messages.contains("out/cells/other is no run of genloss"))
      #expect(!FileStore.exists(list))
    }
  }

  @Test("A study.json that cannot be read is told with the remedy, and the study writes it anew")
  func unreadableList() throws {
    try withStudy { genloss, _, _ in
      try FileStore.write("", to: genloss.path("out/study.json"))
      let compared = try genloss("compare", "out")
      #expect(compared.status == 65)
      #expect(compared.messages.contains("`genloss study` with the study's file writes it anew"))
      #expect(try genloss.run(Self.words("-q")).status == 0)
      #expect(try genloss("compare", "out").status == 0)
    }
  }

  @Test("Runs that no cell has any more are counted, named, and in no table")
  func orphans() throws {
    try withStudy { genloss, cell, _ in
      let old = try cell("replace").lastComponent?.string ?? ""
      try FileStore.write(
        Self.study.replacing("samples: 30", with: "samples: 20"), to: genloss.path("s.yaml"))
      let changed = try genloss.run(Self.words())
      #expect(changed.status == 0, "\(changed.messages)")
      let sentence =
        "4 runs belong to no cell of this study any more, in no table: 4 finished with another setting "
        + "(samples 30, now 20) and kept untouched."
      #expect(changed.output.contains(sentence), "\(changed.output)")
      // It is told before the cells are computed anew, too.
      #expect(changed.messages.contains(sentence), "\(changed.messages)")
      #expect(changed.output.contains("  out/cells/\(old)\n"), "\(changed.output)")
      for more in ["--dry-run", "--collect"] {
        let text = try genloss.run(Self.words(more)).output
        #expect(text.contains(sentence), "\(more)")
        let json = try genloss.run(Self.words(more, "--json")).json
        #expect(json["orphans"]?.array?.count == 4, "\(more)")
      }
      let compared = try genloss("compare", "out")
      #expect(compared.status == 0)
      #expect(compared.output.contains("note: 4 runs in out belong to no cell of the study"))
      let json = try genloss("compare", "out", "--json").json
      let samples = json["data_sets"]?.array?.first?["strategies"]?.array?.map {
        $0["samples"]?.integer
      }
      #expect(samples == [20, 20])
    }
  }

  @Test("A finished cell that lost its control or a twin is computed again to the same bytes")
  func lostLoops() throws {
    try withTool { genloss in
      let study = Self.study.replacing("seeds: 2", with: "error-budget: true")
        .replacing("[replace, accumulate]", with: "[replace]")
      try FileStore.write(study, to: genloss.path("s.yaml"))
      let first = try genloss.run(Self.words("-q"))
      #expect(first.status == 0, "\(first.messages)")
      let files = try contents(of: genloss.path("out/cells"))
      let cell = try #require(
        try FileStore.names(in: genloss.path("out/cells")).map(\.string).first)
      for loop in ["control", "twin-float"] {
        let folder = genloss.path("out/cells/\(cell)/\(loop)")
        #expect(FileStore.isFolder(folder))
        try FileStore.remove(folder)
        let merged = try genloss.run(Self.words("--collect"))
        #expect(merged.status == 1)
        #expect(merged.output.contains("\(folder) is missing"), "\(merged.output)")
        #expect(try genloss.run(Self.words("-q")).status == 0)
        #expect(try contents(of: genloss.path("out/cells")) == files, "\(loop)")
      }
    }
  }

  @Test("A cell whose index is lost is set aside whole, told so, and computed again")
  func setAside() throws {
    try withStudy { genloss, cell, files in
      let folder = try cell("replace")
      let name = folder.lastComponent?.string ?? ""
      try FileStore.write("mine", to: folder.appending("notes.txt"))
      try FileStore.write("{}", to: folder.appending("index.json"))
      let before = try contents(of: folder)
      let again = try genloss.run(Self.words())
      #expect(again.status == 0, "\(again.messages)")
      #expect(again.output.contains("4 cells: 1 finished, 3 done before"), "\(again.output)")
      let words = "The folder is kept as \(folder).damaged-1"
      #expect(again.messages.contains(words) && again.output.contains(words))
      #expect(try contents(of: genloss.path("out/cells/\(name).damaged-1")) == before)
      let now = try contents(of: genloss.path("out/cells"))
      #expect(now.filter { !$0.key.hasPrefix("\(name).damaged-1/") } == files)
      // It is no cell, and stays to be looked at.
      let next = try genloss.run(Self.words())
      #expect(next.output.contains("4 cells: 4 done before"))
      #expect(next.output.contains("  out/cells/\(name).damaged-1\n"), "\(next.output)")
      try FileStore.remove(genloss.path("out/study.json"))
      let compared = try genloss("compare", "out")
      #expect(compared.status == 0, "\(compared.messages)")
    }
  }

  @Test(
    "A folder with files of one's own and no run is not taken for a study's",
    arguments: [
      ["cells/empty/", "study.csv", "thesis.txt"], ["study.csv"], ["comparison/mine.png"],
      ["study.json"], ["cells/x-0123456789/index.json"],
    ])
  func notTaken(names: [String]) throws {
    try withTool { genloss in
      try FileStore.write(Self.study, to: genloss.path("s.yaml"))
      for name in names {
        let file = genloss.path("out/\(name)")
        if name.last == "/" {
          try FileStore.createFolder(file)
        } else {
          try FileStore.createFolder(file.removingLastComponent())
          try FileStore.write("{\"mine\": 1}", to: file)
        }
      }
      let files = try contents(of: genloss.path("out"))
      let refused = try genloss.run(Self.words())
      #expect(refused.status == 73, "\(refused.messages)")
      #expect(refused.messages.contains("Choose another folder with --out") || names.count == 1)
      #expect(try contents(of: genloss.path("out")) == files)
      #expect(!FileStore.exists(genloss.path("out/state")))
    }
  }

  @Test("A table of one's own beside a study's cells is not overwritten when its list is lost")
  func ownTable() throws {
    try withStudy { genloss, _, _ in
      try FileStore.remove(genloss.path("out/study.json"))
      try FileStore.write("name,mark\nme,1\n", to: genloss.path("out/study.csv"))
      let refused = try genloss.run(Self.words())
      #expect(refused.status == 73)
      #expect(refused.messages.contains("out/study.csv was not written by a study of genloss"))
      #expect(try FileStore.read(genloss.path("out/study.csv")).starts(with: "name,mark".utf8))
    }
  }

  @Test("A study.json of a later version is left as it is by a study and a threshold")
  func laterList() throws {
    try withStudy { genloss, _, _ in
      let list = genloss.path("out/study.json")
      try change(list) { bytes in
        bytes = Array(
          String(decoding: bytes, as: UTF8.self)
            .replacing("\"schema_version\": 1", with: "\"schema_version\": 7").utf8)
      }
      let bytes = try FileStore.read(list)
      for words in [
        Self.words(),
        [
          "threshold", "gaussian:d=2", "--generator", "gaussian", "--samples", "30",
          "--generations", "1", "--seeds", "2", "--strategy", "fresh-data", "--keep", "fd=1000",
          "--out", "out",
        ],
      ] {
        let refused = try genloss.run(words)
        #expect(refused.status == 65, "\(refused.messages)")
        #expect(refused.messages.contains("out/study.json cannot be read. It has schema version 7"))
        #expect(try FileStore.read(list) == bytes)
      }
    }
  }
}
