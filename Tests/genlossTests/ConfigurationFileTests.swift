import Samples
import Storage
import SystemPackage
import Testing

@Suite("Options from a file, --config")
struct ConfigurationFileTests {
  private func withRows(_ body: (CommandLineTool) throws -> Void) throws {
    try withTool { genloss in
      for (index, name) in ["real.npy", "made.npy"].enumerated() {
        let values = (0..<60).map { Float(($0 + 7 * index) * 37 % 61) }
        try NumpyFile.write(
          SampleSet(count: 20, dimension: 3, storage: .floats(values)), to: genloss.path(name))
      }
      try body(genloss)
    }
  }

  @Test(
    "measure takes its options from a file, wherever the file is named",
    arguments: [
      ["real.npy", "made.npy", "--config", "c.yaml"],
      ["--config", "c.yaml", "real.npy", "made.npy"],
      ["--config=c.yaml", "real.npy", "--generations", "made.npy"],
    ])
  func measure(words: [String]) throws {
    try withRows { genloss in
      try FileStore.write(
        "splits: 5\nseed: 3\nmetrics: [recall, mind]\n", to: genloss.path("c.yaml"))
      let outcome = try genloss.run(["measure", "--json"] + words)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let settings = try outcome.json["settings"]
      #expect(settings?["splits"]?.integer == 5)
      #expect(settings?["seed"]?.string == "3")
    }
  }

  @Test("The sets may stand in the file, in any order, and what is typed wins")
  func sets() throws {
    try withRows { genloss in
      try FileStore.write(
        "generated: made.npy\nmetrics: recall\nreal: real.npy\nsplits: 5\n",
        to: genloss.path("c.yaml"))
      let json = try genloss("measure", "--config", "c.yaml", "--splits", "3", "--json").json
      #expect(json["real"]?["path"]?.string == "real.npy")
      #expect(json["generated"]?["path"]?.string == "made.npy")
      #expect(json["settings"]?["splits"]?.integer == 3)
    }
  }

  @Test("features and calibrate, whose options take many words, too")
  func others() throws {
    try withIcons { genloss in
      try FileStore.write("space: colour\nout: f.npy\n", to: genloss.path("f.yaml"))
      let features = try genloss("features", "icons", "--config", "f.yaml")
      #expect(features.output == "40 rows of 15 features in f.npy\n", "\(features.messages)")
      try FileStore.write(
        "metrics: [recall]\nfeatures: [pixels]\nrepeats: 5\n", to: genloss.path("c.yaml"))
      let calibrated = try genloss("calibrate", "icons", "--config", "c.yaml", "--json")
      #expect(calibrated.status == 0, "\(calibrated.messages)")
      #expect(try calibrated.json["metrics"]?.array?.count == 1)
    }
  }

  @Test("The line that a command refuses is named, and no line where another word is wrong")
  func refusals() throws {
    try withRows { genloss in
      for (file, words, status, message) in [
        ("seed: 2\nsplits: 1\n", [], 78, "c.yaml:2:9: --splits must be 0 or lie"),
        ("seed: x\nsplits: 1\n", [], 78, "c.yaml:1:7: "),
        ("metrics: recal\n", [], 78, "c.yaml:1:10: there is no metric \"recal\""),
        ("splits: 5\n", ["--directions", "0"], 64, "--directions must lie"),
        ("quiet: true\nverbose: true\n", [], 78, "c.yaml: --quiet and --verbose contradict"),
      ] as [(String, [String], Int32, String)] {
        try FileStore.write(file, to: genloss.path("c.yaml"))
        let outcome = try genloss.run(
          ["measure", "real.npy", "made.npy", "--config", "c.yaml"] + words)
        #expect(outcome.status == status, "\(file): \(outcome.messages)")
        #expect(outcome.messages.contains(message), "\(file): \(outcome.messages)")
      }
      try FileStore.write("splits: 5\n", to: genloss.path("c.yaml"))
      let missing = try genloss("measure", "real.npy", "--config", "c.yaml")
      #expect(missing.status == 64)
      #expect(missing.messages.contains("measure needs GENERATED"), "\(missing.messages)")
      try FileStore.write("space: colour\nout: f.csv\n", to: genloss.path("c.yaml"))
      let features = try genloss("features", "real.npy", "--config", "c.yaml")
      #expect(features.messages.contains("c.yaml:2:6: --out must name a .npy file"))
    }
  }

  @Test(
    "Stars and ampersands in comments, quotes and words are text",
    arguments: [
      "# *all* & &every\nsplits: 5 # & *so on", "splits: 5\nmetrics: [recall] #*x &y",
      "\"splits\": '5' # it's *fine*", "{\"splits\": 5, # \"*a\" &b\n seed: 3}",
      "splits: 5\n# données: *é",
    ])
  func stars(text: String) throws {
    try withRows { genloss in
      try FileStore.write(text, to: genloss.path("c.yaml"))
      let outcome = try genloss("measure", "real.npy", "made.npy", "--config", "c.yaml", "--json")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(try outcome.json["settings"]?["splits"]?.integer == 5)
      for name in ["*.npy", "&.npy"] {
        try FileStore.write(FileStore.read(genloss.path("made.npy")), to: genloss.path(name))
        try FileStore.write(
          "generated: \"\(name)\" # *\nreal: 'real.npy'\n", to: genloss.path("c.yaml"))
        let quoted = try genloss("measure", "--config", "c.yaml", "--json")
        #expect(try quoted.json["generated"]?["path"]?.string == name, "\(quoted.messages)")
      }
    }
  }

  @Test(
    "Real anchors and aliases are refused with their place, however they are written",
    arguments: [
      ("seed: &a 3\nsplits: *a\n", "1:7"), ("splits: # *x\n  *a\n", "2:3"),
      ("metrics: [&a recall, *a]\n", "1:11"), ("metrics: {a: &b [c]}\n", "1:14"),
      ("seed: !!int &a 3\n", "1:7"), ("? *a\n: 3\n", "1:3"), ("- &a\n  - b\n", "1:3"),
      ("seed: 3 # '\nsplits: *a # '\n", "2:9"), ("{\"seed\":*a}\n", "1:9"),
      ("real: \"a\n  # *b\"\nseed: *a\n", "3:7"),
    ])
  func references(text: String, place: String) throws {
    try withRows { genloss in
      try FileStore.write(text, to: genloss.path("c.yaml"))
      let outcome = try genloss("measure", "real.npy", "made.npy", "--config", "c.yaml")
      #expect(outcome.status == 78)
      #expect(
        outcome.messages.contains("c.yaml:\(place): anchors and aliases are not supported."),
        "\(outcome.messages)")
    }
  }

  @Test("Nested aliases as keys, which would keep the parser busy for ever, are refused at once")
  func bomb() throws {
    try withRows { genloss in
      let levels = (1...40).map { "l\($0): &l\($0) {? *l\($0 - 1) : 1, ? [*l\($0 - 1)] : 2}" }
      let text = "# harmless: *\nl0: &l0 {a: 1}\n" + levels.joined(separator: "\n") + "\n"
      try FileStore.write(text, to: genloss.path("c.yaml"))
      let outcome = try genloss("measure", "real.npy", "made.npy", "--config", "c.yaml")
      #expect(outcome.status == 78)
      #expect(outcome.messages.contains("anchors and aliases are not supported."))
    }
  }
}
