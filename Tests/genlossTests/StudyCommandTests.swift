import Foundation
import Storage
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// A study of runs of a fraction of a second.
private let lines = """
  data: ["gaussian:d=2"]
  strategies: [replace, accumulate]
  seeds: 2
  generator: gaussian
  samples: 30
  generations: 2
  control: false
  """

extension CommandLineTool {
  /// Writes `s.yaml`.
  fileprivate func write(_ text: String) throws {
    try FileStore.write(text + "\n", to: path("s.yaml"))
  }

  /// The names in a folder of the study.
  func names(_ folder: String) throws -> [String] {
    try FileStore.names(in: path("out/\(folder)")).map(\.string)
  }
}

@Suite("genloss study")
struct StudyCommandTests {
  @Test(
    "The same command again keeps what is finished, runs what was added, and renews what changed")
  func continued() throws {
    try withTool { genloss in
      try genloss.write(lines)
      let first = try genloss("study", "s.yaml", "--out", "out", "--json")
      #expect(first.status == 0, "\(first.messages)")
      #expect(try first.json["finished"]?.array?.count == 4)
      let cells = try contents(of: genloss.path("out/cells"))
      #expect(try genloss.names("cells").allSatisfy { $0.contains(/^gaussian-d=2-.*-s[12]-/) })

      let again = try genloss("study", "s.yaml", "--out", "out", "--json").json
      #expect(again["finished"]?.array?.isEmpty == true)
      #expect(again["before"]?.array?.count == 4)

      // A list where a value was, and a default written out: the cells are the same.
      try genloss.write(
        lines.replacing("samples: 30", with: "samples: [30, 20]\nbias: 1"))
      let added = try genloss("study", "s.yaml", "--out", "out", "--json").json
      #expect(added["finished"]?.array?.count == 4)
      #expect(added["before"]?.array?.count == 4)
      let now = try contents(of: genloss.path("out/cells"))
      for (name, bytes) in cells { #expect(now[name] == bytes, "\(name)") }

      try genloss.write(lines.replacing("generations: 2", with: "generations: 1"))
      let changed = try genloss("study", "s.yaml", "--out", "out", "--json").json
      #expect(changed["finished"]?.array?.count == 4)
      #expect(try genloss.names("cells").count == 12)
      let table = try CSV.rows(of: FileStore.read(genloss.path("out/study.csv")))
      let head = table[0].map { String(decoding: $0, as: UTF8.self) }
      #expect(head.prefix(4) == ["cell", "data", "strategy", "seed"])
      #expect(head.suffix(2) == ["m", "note"])
      #expect(Set(table.dropFirst().map { $0[0] }).count == 4)
    }
  }

  @Test("A dry run lists the cells, those done and what is left, and writes nothing")
  func dryRun() throws {
    try withTool { genloss in
      try genloss.write(lines)
      let before = try genloss("study", "s.yaml", "--out", "out", "--dry-run", "--json").json
      #expect(!FileStore.exists(genloss.path("out")))
      #expect(
        before["cells"]?.array?.compactMap { $0["state"]?.string }
          == .init(repeating: "new", count: 4))
      for key in ["seconds", "memory_bytes", "disk_bytes"] {
        #expect((before[key]?.number ?? 0) > 0, "\(key)")
      }
      #expect(try genloss("study", "s.yaml", "--out", "out", "-q", "--shard", "1/2").status == 0)
      let half = try genloss("study", "s.yaml", "--out", "out", "--dry-run")
      #expect(half.output.contains("would run 2 of 4 cells in out"))
      #expect(half.output.contains("  done    gaussian:d=2, replace, seed 1\n"))
      #expect(half.output.contains("\n2 done\n"))
      let merged = try genloss("study", "s.yaml", "--out", "out", "--collect")
      #expect(merged.status == 1)
      #expect(merged.output.contains("2 of 4 cells merged"))
      let table = try FileStore.read(genloss.path("out/study.csv"))
      // Of other cells there is no table yet, and that of these stays.
      try genloss.write(lines.replacing("samples: ", with: "samples: 1"))
      let none = try genloss("study", "s.yaml", "--out", "out", "--collect")
      #expect(none.status == 1 && none.output.contains("0 of 4 cells merged"))
      #expect(try FileStore.read(genloss.path("out/study.csv")) == table)
    }
  }

  @Test(
    "What is wrong in the file is told with line and column, and nothing is run",
    arguments: [
      ("sede: 3", "s.yaml:1:1: there is no key \"sede\". Did you mean \"seed\"?"),
      ("data: [a]\nsamples: 1.5", "s.yaml:2:10: "),
      ("data: [a]\nstrategies: [replace, replce]", "s.yaml:2:23: "),
      ("data: [a]\nseeds: 0", "s.yaml:2:8: seeds is a number of seeds from 1 to 10000"),
      ("data: [a]\nseeds: 1.5", "s.yaml:2:8: seeds is a number of seeds from 1 to 10000"),
      (
        "data: [a]\nseeds: [1, 1.5]",
        "s.yaml:2:12: seeds takes whole numbers from 0 to 18446744073709551615, not \"1.5\"."
      ),
      ("data: [a]\n\"*b\": 1\n\"*b\": 2", "s.yaml:2:1: *b stands twice."),
      ("data: [a]\nseeds: [1, 1]", "s.yaml:2:12: seeds lists \"1\" twice."),
      ("data: [a]\nseeds: 2\nseed: 3", "s.yaml: seed is set twice, by two of its names."),
      ("data: [a]\nout: b", "s.yaml:2:1: out is no option of a cell."),
      ("data: [a]\nexclude: {seed: 1}", "s.yaml:2:10: exclude is a list of mappings"),
      ("data: [a]\nexclude:\n- {seeds: 2}", "s.yaml:3:11: seeds could be a number of seeds here"),
      ("data: [a]\nexclude:\n- {sed: 1}", "s.yaml:3:4: there is no key \"sed\"."),
      ("data: &x [a]", "s.yaml:1:7: anchors and aliases are not supported"),
      ("data: &x\n  b: c", "s.yaml:1:7: anchors and aliases are not supported"),
      ("data: [\"x &y\", d]]", "s.yaml:1:18: it is not YAML"),
      ("data: [a]\nstrategies: *x", "s.yaml:2:13: anchors and aliases are not supported"),
      ("strategies: [replace]", "s.yaml: it has no data."),
      ("data: []", "s.yaml:1:7: data is an empty list."),
      ("data:\nseeds: 2", "s.yaml:1:6: data is empty. Write what is real, such as"),
      ("data: \"\"", "s.yaml:1:7: data is empty. Write what is real, such as"),
      ("data: [a]\nlabel-noise: 0.1", "s.yaml:2:14: "),
      ("data: [a]\nexclude: [{data: a}]", "s.yaml: nothing is left of it"),
      ("data: [\n", "s.yaml:3:1: it is not YAML"),
    ])
  func mistakes(text: String, words: String) throws {
    try withTool { genloss in
      try genloss.write(text)
      let outcome = try genloss("study", "s.yaml", "--out", "out")
      #expect(outcome.status == 78, "\(outcome.messages)")
      #expect(outcome.messages.contains("genloss: " + words), "\(outcome.messages)")
      #expect(!FileStore.exists(genloss.path("out")))
    }
  }

  @Test(
    "Two ways to write one value are refused by both with the line of the second",
    arguments: [
      (
        "data: [icons]\nstrategies: [fresh-data, \"fresh-data:share=0.5\"]",
        "s.yaml:2:26: strategy \"fresh-data:share=0.5\" comes to the same as \"fresh-data\" (line 2, "
          + "column 14)"
      ),
      (
        "data: [icons]\nbias: [1, 0.9, 1.0]",
        "s.yaml:2:16: bias \"1.0\" comes to the same as \"1\" (line 2, column 8)"
      ),
      (
        "data: [icons/, ./icons]\nstrategies: [replace, accumulate]",
        "s.yaml:1:16: data \"./icons\" comes to the same as \"icons/\" (line 1, column 8)"
      ),
    ])
  func repetitions(text: String, words: String) throws {
    try withIcons { genloss in
      try genloss.write(text + "\nsamples: 12\ncomponents: 4\nreuse-real: true")
      let outcome = try genloss("study", "s.yaml", "--out", "out")
      #expect(outcome.status == 78, "\(outcome.messages)")
      #expect(outcome.messages.contains("genloss: " + words), "\(outcome.messages)")
      #expect(!FileStore.exists(genloss.path("out")))
    }
  }

  @Test("What an inclusion writes in another way, and is there already, is one cell")
  func includedTwice() throws {
    try withTool { genloss in
      try genloss.write(
        lines.replacing("[replace, accumulate]", with: "[replace]")
          + "\ninclude: [{strategy: refit, carry: float}, {carry: float}]")
      let plan = try genloss("study", "s.yaml", "--out", "out", "--dry-run", "--json").json
      #expect(plan["cells"]?.array?.count == 4)
    }
  }

  @Test("A real budget gives every strategy the samples with which it is met")
  func realBudget() throws {
    try withTool { genloss in
      let strategies = "[replace, \"fresh-data:share=0.5\", real-only]"
      let text = lines.replacing("samples: 30", with: "real-budget: 200")
        .replacing("[replace, accumulate]", with: strategies)
      try genloss.write(text)
      let run = try genloss("study", "s.yaml", "--out", "out", "-q")
      #expect(run.status == 0, "\(run.messages)")
      let compared = try genloss("compare", "out", "--json").json
      let variants = compared["data_sets"]?.array?.first?["strategies"]?.array ?? []
      // Two generations with half of N, or N, beside the N of generation 0.
      let samples = variants.map { ($0["strategy"]?.string ?? "", $0["samples"]?.integer ?? 0) }
      #expect(
        Dictionary(uniqueKeysWithValues: samples) == [
          "replace": 200, "fresh-data": 100, "real-only": 66,
        ])
      #expect(variants.compactMap { $0["budget_group"]?.integer } == [0, 0, 0])
      try genloss.write(text + "\nsamples: 30")
      let both = try genloss("study", "s.yaml", "--out", "out")
      #expect(both.status == 78)
      #expect(both.messages.contains("real-budget decides on samples"))
    }
    try withIcons { genloss in
      try genloss.write("data: [icons]\nreal-budget: 300\nstrategies: [replace]\ncomponents: 4")
      let plan = try genloss("study", "s.yaml", "--out", "out")
      #expect(
        plan.messages.contains(
          "real-budget 300 takes 300 samples a generation, which cannot be: the training part holds 32 of "
            + "40 samples. Lower real-budget, --holdout"), "\(plan.messages)")
    }
  }

  @Test("Data that are missing are told with their line before anything is run")
  func missingData() throws {
    try withTool { genloss in
      try genloss.write("seeds: 2\ndata: [nowhere]")
      let outcome = try genloss("study", "s.yaml", "--out", "out")
      #expect(outcome.status == 66)
      #expect(outcome.messages.contains("s.yaml:2:8: nowhere"), "\(outcome.messages)")
      #expect(!FileStore.exists(genloss.path("out")))
    }
  }

  @Test("Paths are relative to the file, and an exclusion of nothing is a warning")
  func relative() throws {
    try withIcons { genloss in
      try FileStore.createFolder(genloss.path("deep"))
      try FileStore.write(
        """
        data: [../icons]
        samples: 20
        components: 4
        generations: 1
        control: false
        exclude: [{strategy: refit}]

        """, to: genloss.path("deep/s.yaml"))
      try FileStore.write("no picture", to: genloss.path("icons/faces/broken.png"))
      let outcome = try genloss("study", "deep/s.yaml")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(
        outcome.messages.contains("warning: deep/s.yaml:6:11: this exclusion matches no cell; "))
      let skipped = "warning: ../icons: skipped 1 of 41 files: faces/broken.png"
      #expect(outcome.messages.contains(skipped))
      #expect(outcome.output.contains("look at studies/s/study.csv"))
      let inside = try genloss("study", "deep/s.yaml", "--out", "icons/out")
      #expect(inside.status == 64)
      #expect(inside.messages.contains("lies inside"))
    }
  }

  @Test("A failure is told, kept and told again, ends no other cell, and is tried again")
  func failures() throws {
    try withTool { genloss in
      try genloss.write(
        lines.replacing("generator: gaussian", with: "generator: [\"exec:sh fit.sh\", gaussian]")
          .replacing("[replace, accumulate]", with: "[replace]"))
      let failed = try genloss("study", "s.yaml", "--out", "out", "--jobs", "1")
      #expect(failed.status == 1)
      #expect(failed.output.contains("4 cells: 2 finished, 2 failed"), "\(failed.output)")
      let words = "failed: gaussian:d=2, replace, generator exec:sh fit.sh, seed 1: "
      #expect(failed.messages.contains(words))
      #expect(failed.output.contains(words))
      let records = try genloss.names("state").filter { $0.hasSuffix(".failure.json") }
      #expect(records.count == 2)
      let record = try JSONValue(
        parsing: FileStore.read(genloss.path("out/state/\(try #require(records.first))")))
      #expect(record["attempts"]?.integer == 1)
      #expect(record["message"]?.string?.contains("fit.sh") == true)
      // What the shell said last: that there is no such file.
      #expect(record["message"]?.string?.contains("cannot open fit.sh") == true)
      #expect(failed.messages.contains("cannot open fit.sh"))
      #expect(failed.output.contains("cannot open fit.sh"))
      let again = try genloss("study", "s.yaml", "--out", "out", "--json")
      #expect(again.status == 1)
      #expect(try again.json["failed"]?.array?.first?["attempts"]?.integer == 2)
      // A memoriser: the model is the training set, a draw is the model.
      try FileStore.write(
        "case $1 in fit) cp \"$2\" \"$3\";; draw) cp \"$2\" \"$5\";; *) exit 64;; esac\n",
        to: genloss.path("fit.sh"))
      let mended = try genloss("study", "s.yaml", "--out", "out", "--json")
      #expect(mended.status == 0, "\(mended.messages)")
      #expect(try mended.json["finished"]?.array?.count == 2)
      #expect(try genloss.names("state").filter { $0.hasSuffix(".failure.json") } == [])
    }
  }

  @Test("The first failure ends all cells where that is asked for")
  func failFast() throws {
    try withTool { genloss in
      try genloss.write(lines.replacing("generator: gaussian", with: "generator: \"exec:false\""))
      let outcome = try genloss(
        "study", "s.yaml", "--out", "out", "--jobs", "1", "--fail-fast", "--json")
      #expect(outcome.status == 1)
      #expect(try outcome.json["failed"]?.array?.count == 1)
      #expect(try outcome.json["left"]?.array?.count == 3)
    }
  }

  @Test("A dry run counts what cells share once, says what is free, and fails where a cell would")
  func dryRunCosts() throws {
    try withTool { genloss in
      let icons = lines.replacing("gaussian:d=2", with: "sprites:size=16")
        .replacing("generator: gaussian\n", with: "components: 2\n")
        .replacing("control: false", with: "control: true")
      try genloss.write(icons)
      let words = ["study", "s.yaml", "--out", "out", "--jobs", "1", "--dry-run", "--json"]
      // Within one dry run: the next measures the speed of the machine anew.
      let both = try genloss.run(words).json
      let seconds = (both["cells"]?.array ?? []).compactMap { $0["seconds"]?.number }
      try #require(seconds.count == 4)
      // By seeds: the first of each computes the control and the null bands of both, and so costs more
      // than the second, whose strategy keeps more.
      #expect(seconds[1] < seconds[0] && seconds[3] < seconds[2], "\(seconds)")
      #expect((both["disk_free_bytes"]?.integer ?? 0) > 0)
      #expect(both["disk_left_bytes"] == both["disk_bytes"])
    }
    try withIcons { genloss in
      try genloss.write(
        """
        data: [icons]
        strategies: [replace, fresh-data]
        seeds: 2
        samples: 20
        components: 4
        """)
      let refused = try genloss("study", "s.yaml", "--out", "out", "--dry-run")
      #expect(refused.status == 1, "\(refused.output)")
      #expect(refused.output.contains("2 cannot be run and would fail"), "\(refused.output)")
      #expect(refused.output.contains("  refused icons, fresh-data, seed 1: "))
      #expect(refused.output.contains(" free)"))
    }
  }

  @Test("A shard says how the table is made, and one without cells that it has none")
  func shards() throws {
    try withTool { genloss in
      try genloss.write(lines)
      let collects =
        "\na shard writes no study.csv: when all shards are done, the same command with --collect in place of "
        + "--shard does\n"
      let half = try genloss("study", "s.yaml", "--out", "out", "--shard", "2/2")
      #expect(half.output.hasPrefix("2 cells: 2 finished\n"))
      #expect(half.output.hasSuffix(collects), "\(half.output)")
      let none = try genloss("study", "s.yaml", "--out", "out", "--shard", "5/5")
      #expect(none.status == 0)
      #expect(none.output.hasPrefix("shard 5/5 has no cells: the study has 4"), "\(none.output)")
      let whole = try genloss("study", "s.yaml", "--out", "out")
      #expect(!whole.output.contains("--collect"))
    }
  }

  @Test("A script for Slurm runs each shard of the study by absolute paths")
  func slurm() throws {
    try withTool { genloss in
      try genloss.write(lines)
      let script = try genloss("study", "s.yaml", "--out", "out", "--print-slurm")
      #expect(script.status == 0)
      #expect(!FileStore.exists(genloss.path("out")))
      #expect(script.output.hasPrefix("#!/bin/bash\n"))
      #expect(script.output.contains("#SBATCH --array=1-4\n"))
      #expect(script.output.contains("#SBATCH --cpus-per-task=1\n"))
      // Cells at a time, and the processors that they share, are those that were asked for.
      for (more, array, processors, jobs) in [
        (["--jobs", "2"], "1-2", 2, 2), (["--jobs", "3", "--threads", "6"], "1-2", 6, 3),
        (["--threads", "4"], "1-4", 4, 1), (["--jobs", "2", "--shard", "1/3"], "1-3", 2, 2),
      ] {
        let text = try genloss.run(["study", "s.yaml", "--out", "out", "--print-slurm"] + more)
          .output
        #expect(text.contains("#SBATCH --array=\(array)\n"), "\(more)")
        #expect(text.contains("#SBATCH --cpus-per-task=\(processors)\n"), "\(more)")
        #expect(text.contains(" --jobs \(jobs) --threads \(processors)\n"), "\(more)")
      }
      // A name is one word of a directive.
      let spaced = try genloss("study", "s.yaml", "--out", "my study; 1", "--print-slurm").output
      #expect(spaced.contains("#SBATCH --job-name=genloss-my-study--1\n"))
      #expect(spaced.contains("/my study; 1' --shard"))
      try FileStore.write(script.output, to: genloss.path("job.sh"))
      let task = try genloss.shell("cd / && SLURM_ARRAY_TASK_ID=2 bash \(genloss.path("job.sh"))")
      #expect(task.status == 0, "\(task.messages)")
      #expect(task.output.contains("1 cell: 1 finished"))
      #expect(try genloss.names("cells").count == 1)
    }
  }
}
