import Storage
import SystemPackage
import Testing

@Suite("genloss export")
struct ExportCommandTests {
  private static let run =
    "run icons --samples 30 --generations 1 --components 4 --no-control -q -o out"

  @Test("The folder of a study is told to be one, with its runs")
  func study() throws {
    try withTool { genloss in
      try FileStore.write(
        """
        data: ["gaussian:d=2"]
        generator: gaussian
        samples: 20
        generations: 1
        control: false

        """, to: genloss.path("s.yaml"))
      #expect(try genloss("study", "s.yaml", "--out", "s", "-q").status == 0)
      let cell = try #require(try FileStore.names(in: genloss.path("s/cells")).first)
      for hasList in [true, false] {
        if !hasList { try FileStore.remove(genloss.path("s/study.json")) }
        let outcome = try genloss("export", "s", "--generation", "1", "--out", "e")
        #expect(outcome.status == 65)
        #expect(
          outcome.messages
            == "genloss: s is the folder of a study, not of a run. Name one of its runs, such as "
            + "s/cells/\(cell).\n")
      }
      #expect(!FileStore.exists(genloss.path("e")))
    }
  }

  @Test("A generation of a run with classes is written with them; every refusal says what to do")
  func export() throws {
    try withIcons { genloss in
      func shell(_ line: String) throws -> (status: Int32, output: String, messages: String) {
        let outcome = try genloss.shell("\"$GENLOSS\" \(line)")
        return (outcome.status, outcome.output, outcome.messages)
      }
      let run = try shell("\(Self.run) --conditional --size 8")
      #expect(run.status == 0, "\(run.messages)")
      let folder = try shell("export out --generation 1 --out exported")
      #expect(folder.status == 0, "\(folder.messages)")
      #expect(folder.output.contains("30 samples of generation 1, with their classes,"))
      let lines = try FileStore.read(genloss.path("exported/metadata.jsonl"))
        .split(separator: UInt8(ascii: "\n"))
      #expect(lines.count == 30)
      let first = try JSONValue(parsing: Array(lines[0]))
      let name = try #require(first["class"]?.string)
      #expect(FileStore.isFolder(genloss.path("icons/\(name)")), "a class of the data")
      let zip = try shell("export out --generation 0 --format zip --out e.zip --json")
      #expect(zip.output.contains("\"labelled\": true"))
      for zone in ["UTC0", "EST5", "JST-9"] {
        let line = "export out --generation 0 --format zip --out \(zone).zip"
        #expect(try genloss.shell("TZ=\(zone) \"$GENLOSS\" \(line)").status == 0)
        let bytes = try FileStore.read(genloss.path("\(zone).zip"))
        #expect(try bytes == FileStore.read(genloss.path("e.zip")), "\(zone)")
      }
      let refusals = [
        ("export out --generation 1 --out exported", 73, "exported is there already."),
        ("export out --generation 2 --out e", 64, "the run has generations 0 to 1."),
        ("export out --generation 1 --format npy --out e", 64, "--out must name a .npy file"),
        ("export icons --generation 1 --out e", 66, "icons"),
        ("export nothing --generation 1 --out e", 66, "nothing"),
      ]
      for (line, status, words) in refusals {
        let outcome = try shell(line)
        #expect(outcome.status == status, "\(line): \(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(line): \(outcome.messages)")
        #expect(!FileStore.exists(genloss.path("e")))
      }
    }
  }
}
