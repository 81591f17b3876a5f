import Foundation
import Storage
import SystemPackage
import Testing

@Suite("genloss run")
struct RunCommandTests {
  /// A run of a second: 20 samples, two generations.
  private static let line = "icons --samples 20 --generations 1 --components 4"

  private func run(_ genloss: CommandLineTool, _ more: String) throws -> CommandLineTool.Outcome {
    try genloss.shell("\"$GENLOSS\" run \(Self.line) \(more)")
  }

  @Test("A run folder inside the pictures is refused before anything is read or written")
  func outInsideData() throws {
    try withIcons { genloss in
      for command in ["run icons --out icons/runs/a", "run . --dry-run", "run icons -o ./icons/a"] {
        let refused = try genloss.shell("\"$GENLOSS\" \(command)")
        #expect(refused.status == 64, "\(refused.messages)")
        #expect(refused.messages.contains("it lies inside"))
      }
      #expect(!FileStore.exists(genloss.path("icons/runs")))
    }
  }

  @Test("A run on pictures that are all the same says why it has no distances")
  func identicalPictures() throws {
    try withIcons { genloss in
      let outcome = try genloss.shell(
        """
        mkdir same && first=$(find icons -name '*.png' | sort | head -1) \
        && for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cp "$first" same/$i.png; done \
        && "$GENLOSS" run same --generations 1 --no-control
        """)
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("warning: no FD: "))
    }
  }

  @Test("It prints a table and where to look, and again the same with the same bytes")
  func endToEnd() throws {
    try withIcons { genloss in
      let first = try run(genloss, "")
      #expect(first.status == 0, "\(first.messages)")
      let lines = first.output.split(separator: "\n")
      #expect(lines[0] == "icons, replace, patches, seed 1")
      #expect(
        lines[1].split(separator: " ") == [
          "generation", "FD", "recall", "distinct", "variance", "precision",
        ])
      #expect(lines[2].split(separator: " ").first == "0")
      #expect(lines[3].split(separator: " ").first == "1")
      #expect(first.output.contains("runs/icons-replace-s1/pictures/filmstrip.png"))
      let before = try contents(of: genloss.path("runs/icons-replace-s1"))
      #expect(before["COMPLETE"] != nil)
      let again = try run(genloss, "")
      #expect(again.output == first.output)
      #expect(try contents(of: genloss.path("runs/icons-replace-s1")) == before)
      let longer = try genloss.shell(
        "\"$GENLOSS\" run icons --samples 20 --generations 2 --components 4")
      #expect(longer.messages.contains("continuing after generation 1"))
      #expect(FileStore.isFolder(genloss.path("runs/icons-replace-s1/generations/002")))
    }
  }

  @Test("--json prints one object of strict JSON, --quiet no message at all")
  func json() throws {
    try withIcons { genloss in
      let outcome = try run(genloss, "--json --quiet")
      #expect(outcome.status == 0)
      #expect(outcome.messages.isEmpty)
      let json = try outcome.json
      #expect(json["schema_version"]?.integer == 1)
      #expect(json["folder"]?.string == "runs/icons-replace-s1")
      #expect(json["generations"]?.array?.count == 2)
      #expect(json["control"]?.array?.count == 2)
      let first = try #require(json["generations"]?.array?.first?.array?.first)
      #expect(first["metric"]?.string == "frechet_distance")
      #expect(first["value"]?.number != nil)
    }
  }

  @Test("--dry-run says what would be done and writes nothing")
  func dryRun() throws {
    try withIcons { genloss in
      let before = try contents(of: genloss.folder)
      let words = try run(genloss, "--dry-run")
      #expect(words.status == 0)
      #expect(words.output.contains("would run in runs/icons-replace-s1"))
      #expect(words.output.contains("generation 1: 0 real + 20 synthetic samples"))
      let json = try run(genloss, "--dry-run --json").json
      #expect(json["configuration"]?["samples"]?.integer == 20)
      #expect(try contents(of: genloss.folder) == before)
      #expect(!FileStore.exists(genloss.path("runs")))
    }
  }

  @Test("Wrong words are refused with the word that was meant, and no run folder is made")
  func wrongWords() throws {
    try withIcons { genloss in
      for (more, status, words) in [
        ("icons --strategy replce", 64, "Did you mean \"replace\"?"),
        ("icons --generator ptches", 64, "Did you mean \"patches\"?"),
        ("icons --generator bootstrap --rank 3", 64, "has no setting rank"),
        ("icons --samples 0", 64, "--samples 0 cannot be used"),
        ("icons --samples 1", 64, "--samples 1 cannot be used"),
        ("icons --samples 1000", 64, "the training part holds 32 of 40 samples"),
        ("icons --bias nan", 64, "invalid for '--bias <bias>'"),
        ("icons --holdout 0.99 --feature-share 0", 65, "needs at least 2 samples"),
        ("icons --limit 3", 65, "At least 4 samples are needed"),
        ("icons --split folders --limit 1", 65, "needs at least 3 class folders"),
        ("icons --strategy fresh-data --samples 20", 65, "--reuse-real"),
        ("icons --generator gmm --components 100", 65, "needs at least 100 samples"),
        ("sprites:sise=16", 65, "Did you mean \"size\"?"),
        ("gausian:d=3", 65, "Did you mean \"gaussian\"?"),
        ("sprites:size=8", 65, "from 16 to 256"),
        ("gaussian:d=2 --carry png8", 64, "--carry float"),
        ("nothing", 66, "nothing does not exist"), ("icons/attributes.csv", 65, "cannot be used"),
      ] {
        let outcome = try genloss.shell("\"$GENLOSS\" run \(more)")
        #expect(outcome.status == Int32(status), "\(more): \(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(more): \(outcome.messages)")
        #expect(outcome.output.isEmpty)
      }
      let left =
        FileStore.exists(genloss.path("runs"))
        ? try FileStore.names(in: genloss.path("runs")).map(\.string) : []
      #expect(left == [])
    }
  }

  @Test("A folder without a usable picture is refused with counts by reason, and leaves no run")
  func emptyFolder() throws {
    try withTool { genloss in
      try FileStore.createFolder(genloss.path("empty"))
      let empty = try genloss("run", "empty")
      #expect(empty.status == 65)
      #expect(empty.messages.contains("holds no file"))
      try FileStore.createFolder(genloss.path("bad"))
      try FileStore.write("<html>", to: genloss.path("bad/a.png"))
      try FileStore.write("", to: genloss.path("bad/b.png"))
      let bad = try genloss("run", "bad")
      #expect(bad.status == 65)
      #expect(bad.messages.contains("found 2 files"))
      #expect(bad.messages.contains("1 empty") && bad.messages.contains("1 not-image"))
      #expect(!FileStore.exists(genloss.path("runs")))
    }
  }

  @Test("Skipped files are counted and listed; --strict ends with 3 after the run")
  func skipped() throws {
    try withIcons { genloss in
      try FileStore.write("<html>", to: genloss.path("icons/page.png"))
      let outcome = try run(genloss, "--strict")
      #expect(outcome.status == 3)
      #expect(outcome.output.contains("skipped 1 of 41 files"))
      let table = String(
        decoding: try FileStore.read(genloss.path("runs/icons-replace-s1/skipped.csv")),
        as: UTF8.self)
      #expect(table.contains("page.png") && table.contains("not-image"))
    }
  }

  @Test("Somebody's folder is refused, with --force too, and stays as it is")
  func foreignFolder() throws {
    try withIcons { genloss in
      try FileStore.createFolder(genloss.path("mine"))
      try FileStore.write("precious", to: genloss.path("mine/thesis.txt"))
      for more in ["-o mine", "-o mine --force", "-o icons", "-o icons --force"] {
        let outcome = try run(genloss, more)
        #expect(outcome.status == 73, "\(more): \(outcome.messages)")
        #expect(outcome.messages.contains("is not empty and holds no run"))
      }
      #expect(Array(try contents(of: genloss.path("mine")).keys) == ["thesis.txt"])
      #expect(try contents(of: genloss.path("icons")).count == 41)
    }
  }

  @Test("Another configuration is refused with what differs; --force starts afresh")
  func otherConfiguration() throws {
    try withIcons { genloss in
      #expect(try run(genloss, "-o out").status == 0)
      let other = try run(genloss, "-o out --seed 2 --bias 0.9")
      #expect(other.status == 78)
      #expect(other.messages.contains("seed is \"1\" there and \"2\" here"))
      #expect(other.messages.contains("bias is"))
      let fewer = try genloss.shell(
        "\"$GENLOSS\" run icons --samples 20 --generations 0 --components 4 -o out")
      #expect(fewer.status == 78)
      #expect(fewer.messages.contains("more than the 0 asked for"))
      #expect(try run(genloss, "-o out --seed 2 --force").status == 0)
    }
  }

  @Test("A folder that a live process works in is refused with 75")
  func locked() throws {
    try withIcons { genloss in
      try FileStore.createFolder(genloss.path("out"))
      let lock = try FileLock(genloss.path("out/run.lock"))
      let outcome = try withExtendedLifetime(lock) { try run(genloss, "-o out") }
      #expect(outcome.status == 75)
      #expect(outcome.messages.contains("is in use by process"))
    }
  }

  @Test("A run in use is refused before the data are read, and one that is not goes on")
  func lockedBeforeReading() throws {
    try withIcons { genloss in
      #expect(try run(genloss, "-o out").status == 0)
      try FileStore.rename(genloss.path("icons"), to: genloss.path("aside"))
      let locked = try withExtendedLifetime(try FileLock(genloss.path("out/run.lock"))) {
        try run(genloss, "-o out")
      }
      #expect(locked.status == 75, "\(locked.messages)")
      #expect(try run(genloss, "-o out").status == 66)
      try FileStore.rename(genloss.path("aside"), to: genloss.path("icons"))
    }
  }

  @Test("A damaged file is named, and ends with 65")
  func damaged() throws {
    try withIcons { genloss in
      #expect(try run(genloss, "-o out").status == 0)
      try FileStore.write("{}", to: genloss.path("out/generations/001/metrics.json"))
      let outcome = try run(genloss, "-o out")
      #expect(outcome.status == 65)
      #expect(outcome.messages.contains("generations/001/metrics.json is damaged"))
    }
  }

  @Test("A reader that leaves early or a stream that is closed does not crash it or harm the run")
  func closedStreams() throws {
    try withIcons { genloss in
      let whole = try run(genloss, "-o out")
      let head = try genloss.shell("\"$GENLOSS\" run \(Self.line) -o out | head -1")
      #expect(head.output == "icons, replace, patches, seed 1\n")
      // The reader is gone before a word is written; the shell reports the command's own status.
      let gone = try genloss.shell(
        "{ \"$GENLOSS\" run \(Self.line) -o gone --verbose; echo $? > status; } 2>&1 | true")
      #expect(gone.status == 0)
      #expect(try FileStore.read(genloss.path("status")) == Array("141\n".utf8))
      let closed = try run(genloss, "-o closed --verbose >&- 2>&- <&-")
      #expect(closed.status == 74)
      let full = try run(genloss, "-o full > /dev/full")
      #expect(full.status == 74)
      let files = try contents(of: genloss.path("out"))
      for name in ["gone", "closed", "full"] {
        let others = try contents(of: genloss.path(name))
        #expect(others["metrics.csv"] == files["metrics.csv"], "\(name)")
        #expect(others["COMPLETE"] != nil, "\(name)")
      }
      let lock = try FileStore.read(genloss.path("closed/run.lock"))
      #expect(lock.isEmpty, "messages went into the lock file")
      #expect(whole.status == 0)
    }
  }

  @Test("Options come from a file too; flags win, and an unknown key is named with its line")
  func configurationFile() throws {
    try withIcons { genloss in
      try FileStore.write(
        "samples: 20\ngenerations: 1\ncomponents: 4\nseed: 3\n", to: genloss.path("run.yaml"))
      let outcome = try genloss(
        "run", "icons", "--config", "run.yaml", "--seed", "4", "--dry-run", "--json")
      let configuration = try outcome.json["configuration"]
      #expect(configuration?["seed"]?.string == "4")
      #expect(configuration?["generations"]?.integer == 1)
      try FileStore.write("samples: 20\ngeneratons: 1\n", to: genloss.path("slip.yaml"))
      let slip = try genloss("run", "icons", "--config", "slip.yaml")
      #expect(slip.status == 78)
      #expect(slip.messages.contains("slip.yaml:2:1"))
      #expect(slip.messages.contains("Did you mean \"generations\"?"))
    }
  }
}
