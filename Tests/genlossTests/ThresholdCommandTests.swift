import Foundation
import Storage
import Synchronization
import SystemPackage
import Testing

@Suite("genloss threshold")
struct ThresholdCommandTests {
  /// Runs of a fraction of a second.
  private static let loop = [
    "threshold", "gaussian:d=4", "--generator", "gaussian", "--samples", "60", "--generations", "8",
    "--strategy", "fresh-data", "--seeds", "4", "--out", "out",
  ]

  /// The names of the cells.
  private func cells(_ genloss: CommandLineTool) throws -> [String] {
    try FileStore.names(in: genloss.path("out/cells")).map(\.string)
  }

  @Test("The answer lies in its interval, theory's is near, and the same command only reads again")
  func found() throws {
    try withTool { genloss in
      let words = Self.loop + ["--keep", "fd=0.8", "--resolution", "0.1"]
      let first = try genloss.run(words + ["--json"])
      #expect(first.status == 0, "\(first.messages)")
      let json = try first.json
      let threshold = try #require(json["threshold"]?.number)
      let low = json["threshold_low"]?.number ?? 0
      let high = json["threshold_high"]?.number ?? 1
      #expect(low <= threshold && threshold <= high)
      #expect(high > low)
      let theory = try #require(json["theory"]?["threshold"]?.number)
      #expect(theory > 0 && theory < 0.5)
      let probes = try #require(json["probes"]?.array)
      #expect(probes.count > 4 && probes.count < 20)
      #expect(probes.allSatisfy { $0["values"]?.array?.count == 4 })
      #expect(probes.first?["keeps"]?.bool == false && probes.last?["keeps"]?.bool == true)
      #expect(probes.first?["x"]?.number == 0 && probes.last?["x"]?.number == 1)
      let names = try cells(genloss)
      #expect(names.count == 4 * probes.count)
      #expect(names.allSatisfy { $0.contains(/^gaussian-d=4-fresh-data-share=.*-s[1-4]-/) })
      let files = try contents(of: genloss.path("out"))
      let answers = files.keys.filter { $0.hasPrefix("threshold-frechet_distance-0.8-g8-") }
      #expect(answers.map { String($0.suffix(3)) }.sorted() == ["csv", "png", "son", "svg"])
      let again = try genloss.run(words)
      #expect(again.status == 0)
      #expect(again.output.contains("the smallest real share that keeps frechet_distance at 0.8"))
      #expect(again.output.contains("\ntheory: about 0."))
      #expect(try contents(of: genloss.path("out")) == files)
      // Another bound is sought among the same runs first.
      let more = ["--keep", "fd=0.79", "--resolution", "0.1", "--json"]
      let other = try genloss.run(Self.loop + more)
      #expect(other.status == 0)
      // The first answer, and the cells behind it, are still there.
      let now = try contents(of: genloss.path("out"))
      for name in answers { #expect(now[name] == files[name], "\(name)") }
      #expect(now.keys.count { $0.hasPrefix("threshold-frechet_distance-0.79-g8-") } == 4)
      let list = try JSONValue(parsing: try #require(now["study.json"]))
      let listed = list["cells"]?.array?.compactMap { $0["name"]?.string } ?? []
      #expect(Set(listed) == Set(try cells(genloss)))
      let new = Set(try cells(genloss)).subtracting(names)
      #expect(new.count < names.count / 2)
      let compared = try genloss("compare", "out", "--metric", "total_variance", "-q")
      #expect(compared.status == 0, "\(compared.messages)")
    }
  }

  @Test("Killed and started again, it ends with the bytes of a search left alone")
  func killed() throws {
    try withTool { genloss in
      let words = Self.loop + ["--keep", "fd=0.6", "-q", "--seeds", "2", "--generations", "4"]
      let start = Date()
      #expect(try genloss.run(words).status == 0)
      let duration = -start.timeIntervalSinceNow
      func results() throws -> [String: [UInt8]] {
        // What it took, and what runs said, is not the same twice; files that a killed process had not
        // finished are swept away when they are old enough to be nobody's.
        try contents(of: genloss.path("out")).filter {
          !$0.key.hasPrefix("state/") && !$0.key.hasPrefix(FileStore.temporaryPrefix)
        }
      }
      let expected = try results()
      try FileStore.remove(genloss.path("out"))
      for moment in [0.2, 0.3, 0.15] {
        _ = try genloss.run(words, killedAfter: moment * duration)
      }
      #expect(try genloss.run(words).status == 0)
      let files = try results()
      let different = Set(files.keys).union(expected.keys).filter { files[$0] != expected[$0] }
      #expect(different == [])
    }
  }

  @Test("Counts are sought as whole numbers, up to what there is")
  func samples() throws {
    try withTool { genloss in
      let outcome = try genloss(
        "threshold", "gaussian:d=2", "--generator", "gaussian", "--generations", "4", "--over",
        "samples", "--keep", "variance=90%", "--seeds", "2", "--between", "10..200",
        "--resolution", "0.2", "--out", "out", "--json")
      #expect(outcome.status == 0, "\(outcome.messages)")
      let json = try outcome.json
      #expect(json["over"]?.string == "samples")
      let places = json["probes"]?.array?.compactMap { $0["x"]?.number } ?? []
      #expect(places.allSatisfy { $0 == $0.rounded() && (10...200).contains($0) })
      #expect(json["theory"]?["threshold"]?.number.map { (20...60).contains($0) } == true)
    }
  }

  @Test(
    "Every axis works with its own defaults, a reservoir from the number that is drawn on",
    arguments: [("real-share", "0", "1"), ("reservoir", "10", "20"), ("samples", "16", "32")])
  func defaults(axis: String, low: String, high: String) throws {
    try withIcons { genloss in
      let words = [
        "threshold", "icons", "--over", axis, "--keep", "recall=0.5", "--generations", "1",
        "--seeds",
        "1", "--components", "4", "--resolution", "0.5", "--out", "out", "--json",
      ]
      let samples = axis == "samples" ? [] : ["--samples", "20"]
      let outcome = try genloss.run(words + samples)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let json = try outcome.json
      #expect(json["low"]?.number?.plain == low)
      #expect(json["high"]?.number?.plain == high)
      let priced = try genloss.run(
        words.map { $0 == "out" ? "costs" : $0 } + ["--price", "real=1", "-n"])
      #expect(priced.status == 0, "\(priced.messages)")
    }
  }

  @Test("A reservoir that each generation would empty is told with what to change")
  func emptied() throws {
    try withIcons { genloss in
      let outcome = try genloss(
        "threshold", "icons", "--over", "reservoir", "--keep", "recall=0.5", "--samples", "20",
        "--strategy", "reservoir:real=20", "--components", "4", "--out", "out")
      #expect(outcome.status == 64, "\(outcome.messages)")
      #expect(outcome.messages.contains("each generation draws 20 of the 20 originals there are."))
    }
  }

  @Test(
    "A bound that nothing keeps, or that all keep, is said to be so, and so is theory's silence")
  func ends() throws {
    try withTool { genloss in
      let words = Self.loop + ["--seeds", "2", "--generations", "2"]
      let never = try genloss.run(words + ["--keep", "vendi_rbf=1000"])
      #expect(never.status == 0, "\(never.messages)")
      #expect(
        never.output.contains(
          "not even real share 1, the most that was tried, keeps vendi_rbf at 1000")
      )
      #expect(never.output.contains("theory does not say: it has no closed form for vendi_rbf"))
      #expect(never.output.contains("two seeds give an interval that is hardly one"))
      #expect(try cells(genloss).count == 4)
      let always = try genloss.run(words + ["--keep", "fd=1000"])
      #expect(always.output.contains("real share 0, the least that was tried, keeps"))
      #expect(try cells(genloss).count == 4)
    }
  }

  @Test("Under prices every setting has a cost, and the best within the budget is named")
  func price() throws {
    try withTool { genloss in
      let words =
        Self.loop + [
          "--keep", "fd=0.5", "--price", "real=1,synthetic=0.1", "--budget", "200", "--grid",
          "0,0.5,1", "--sizes", "20,60", "--seeds", "2", "--generations", "4",
        ]
      let dry = try genloss.run(words + ["--dry-run", "--json"])
      #expect(try dry.json["runs"]?.integer == 12)
      #expect(!FileStore.exists(genloss.path("out")))
      let outcome = try genloss.run(words + ["--json"])
      #expect(outcome.status == 0, "\(outcome.messages)")
      let json = try outcome.json
      let points = try #require(json["points"]?.array)
      func cost(_ x: Double, _ n: Int) -> Double? {
        points.first { $0["x"]?.number == x && $0["samples"]?.integer == n }?["cost"]?.number
      }
      // Generation 0's set; in each of 4 generations half of it new, and half synthetic.
      let costs: [Double?] = [cost(0.5, 20), cost(0, 60), cost(1, 20)]
      let expected: [Double?] = [64, 84, 100]
      #expect(costs == expected)
      #expect(json["best"]?["cost"]?.number.map { $0 <= 200 } == true)
      let files = try contents(of: genloss.path("out"))
      let name = try #require(
        files.keys.first { $0.contains(/^frontier-frechet_distance-0.5-g4-.*csv$/) })
      let table = try CSV.rows(of: try #require(files[name]))
      #expect(table.count == 7)
      #expect(files[name.replacing(".csv", with: ".png")] != nil)
    }
  }

  /// The names of the cells that the list has.
  private func listed(_ genloss: CommandLineTool) throws -> Set<String> {
    let list = try JSONValue(parsing: FileStore.read(genloss.path("out/study.json")))
    return Set(list["cells"]?.array?.compactMap { $0["name"]?.string } ?? [])
  }

  @Test("Another grid, size, budget, range, resolution or number of seeds has files of its own")
  func particulars() throws {
    try withTool { genloss in
      let loop = Self.loop + ["--generations", "1", "--keep", "fd=1000"]
      let priced = loop + ["--seeds", "2", "--price", "real=1"]
      let questions: [[String]] = [
        priced + ["--grid", "0.2,1", "--sizes", "30", "--budget", "100"],
        priced + ["--grid", "0.2,0.6", "--sizes", "30", "--budget", "100"],
        priced + ["--grid", "0.2,0.6", "--sizes", "30", "--budget", "20"],
        priced + ["--grid", "0.2,0.6", "--sizes", "30,20", "--budget", "20"],
        loop + ["--seeds", "2"], loop + ["--seeds", "3"],
        loop + ["--seeds", "3", "--seed", "2"],
        loop + ["--seeds", "3", "--between", "0..0.5"],
        loop + ["--seeds", "3", "--resolution", "0.1"],
      ]
      var answers: [String: [UInt8]] = [:]
      for (number, words) in questions.enumerated() {
        let outcome = try genloss.run(words)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let files = try contents(of: genloss.path("out"))
        for (name, bytes) in answers { #expect(files[name] == bytes, "\(number): \(name)") }
        answers = files.filter {
          $0.key.hasPrefix("frontier-") || $0.key.hasPrefix("threshold-")
        }
        #expect(answers.count == 4 * (number + 1), "\(number): \(answers.keys)")
      }
      #expect(try listed(genloss) == Set(try cells(genloss)))
    }
  }

  @Test("Pictures read in another way are other cells, and those of before stay in the list")
  func sizes() throws {
    try withIcons { genloss in
      for size in ["8", "10"] {
        let outcome = try genloss(
          "threshold", "icons", "--size", size, "--keep", "recall=0.5", "--generations", "1",
          "--seeds", "1", "--components", "4", "--samples", "16", "--resolution", "0.5", "--out",
          "out")
        #expect(outcome.status == 0, "\(outcome.messages)")
      }
      #expect(try listed(genloss) == Set(try cells(genloss)))
      // Of data that have changed, those of before do not.
      let before = try listed(genloss)
      let icon = try #require(
        try contents(of: genloss.path("icons")).keys.filter { $0.hasSuffix(".png") }.sorted().first)
      try FileStore.remove(genloss.path("icons/\(icon)"))
      let changed = try genloss(
        "threshold", "icons", "--size", "10", "--keep", "recall=0.5", "--generations", "1",
        "--seeds", "1", "--components", "4", "--samples", "16", "--resolution", "0.5", "--out",
        "out")
      #expect(changed.status == 0, "\(changed.messages)")
      let kept = try listed(genloss).intersection(before)
      #expect(!kept.isEmpty && kept.count < before.count)
    }
  }

  @Test("Questions that are asked at a time all add their cells to the list")
  func together() throws {
    try withTool { genloss in
      let statuses = Mutex<[Int32]>([])
      DispatchQueue.concurrentPerform(iterations: 6) { index in
        let words = Self.loop.map { $0 == "60" ? "\(20 + index)" : $0 }
        let more = ["--generations", "1", "--seeds", "1", "--keep", "fd=1000", "-q"]
        let outcome = try? genloss.run(words + more)
        statuses.withLock { $0.append(outcome?.status ?? -1) }
      }
      #expect(statuses.withLock { $0 } == .init(repeating: 0, count: 6))
      let (listed, cells) = (try listed(genloss), try cells(genloss))
      #expect(listed == Set(cells))
    }
  }

  @Test("A dry run says how much it takes, and writes nothing")
  func dryRun() throws {
    try withTool { genloss in
      let outcome = try genloss.run(Self.loop + ["--keep", "fd=1", "--dry-run"])
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(
        outcome.output.contains(
          "would find the smallest real share that keeps frechet_distance at 1 or less with about"))
      #expect(!FileStore.exists(genloss.path("out")))
    }
  }

  @Test(
    "What cannot be sought is refused with what was meant, and nothing is run",
    arguments: [
      ("--keep recal=0.9", "Did you mean \"recall\"?"),
      ("--keep recall", "\"recall\" is no bound. Write METRIC=VALUE, such as recall=0.9"),
      ("--keep recall=1.5", "recall lies between 0 and 1."),
      ("--keep fd=-1", "frechet_distance is never below 0."),
      ("--keep brake=1", "so that nothing of it can be kept. Choose another metric with --keep."),
      ("", "--keep"),
      ("--keep fd=1 --over real-shrae", "Did you mean \"real-share\"?"),
      ("--keep fd=1 --strategy replace", "replace has no share, which --over real-share changes."),
      (
        "--keep fd=1 --strategy fresh-data:share=0.5",
        "sets what --over real-share changes. Leave it out."
      ),
      ("--keep fd=1 --strategy fresh-dta", "Did you mean \"fresh-data\"?"),
      ("--keep fd=1 --real-share 0.2 --strategy fresh-data", "--real-share sets what"),
      ("--keep fd=1 --over samples --samples 20", "--samples sets what --over samples changes."),
      ("--keep fd=1 --between 0.5", "write it as LOW..HIGH, such as 0.1..0.5."),
      ("--keep fd=1 --between 0.5..0.1", "its ends are in the wrong order."),
      ("--keep fd=1 --between 0..2", "a share lies between 0 and 1."),
      ("--keep fd=1 --budget 3", "--budget has a meaning with --price alone."),
      ("--keep fd=1 --price reel=1", "Did you mean \"real\"?"),
      ("--keep fd=1 --price real=1 --grid 0,x", "write numbers between commas."),
      ("--keep fd=1 --resolution 2", "--resolution must lie between 0.001 and 0.5"),
      ("--keep fd=1 --brake stop", "--brake may end a run before"),
      ("--keep fd=1 --seeds 0", "--seeds must lie between 1 and 1000"),
    ])
  func mistakes(more: String, words: String) throws {
    try withTool { genloss in
      let outcome = try genloss.shell(
        "\"$GENLOSS\" threshold gaussian:d=2 --generator gaussian --out out \(more)")
      #expect(outcome.status == 64, "\(outcome.messages)")
      #expect(outcome.messages.contains(words), "\(outcome.messages)")
      #expect(!FileStore.exists(genloss.path("out")))
    }
  }

  @Test("Fresh pictures that run out at the high end are told before anything is run")
  func runsOut() throws {
    try withIcons { genloss in
      let outcome = try genloss(
        "threshold", "icons", "--keep", "recall=0.5", "--strategy", "fresh-data", "--samples", "20",
        "--out", "out")
      #expect(outcome.status == 65)
      #expect(outcome.messages.contains("or --reuse-real to draw the same pictures again."))
      #expect(!FileStore.exists(genloss.path("out")))
    }
  }
}

extension Double {
  /// The number without a fraction that is none.
  fileprivate var plain: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
