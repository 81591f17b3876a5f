import Storage
import Testing

@Suite("genloss run --metrics --features")
struct RunMetricsTests {
  private static let line =
    "run gaussian:d=3 --samples 40 --generations 1 --generator gaussian --no-control -q"

  @Test("The choice is measured, kept in run.json, and another is refused when the run goes on")
  func chosen() throws {
    try withTool { genloss in
      let line = "\"$GENLOSS\" \(Self.line) --metrics ndb,mind --metrics recall -o run"
      let first = try genloss.shell(line)
      #expect(first.status == 0, "\(first.messages)")
      let record = try JSONValue(parsing: try FileStore.read(genloss.path("run/run.json")))
      #expect(record["configuration"]?["metrics"]?.string == "ndb,mind,recall")
      #expect(record["configuration"]?["features"]?.string == "vector")
      let table = String(
        decoding: try FileStore.read(genloss.path("run/metrics.csv")), as: UTF8.self)
      for (metric, isThere) in [
        ("ndb", true), ("mind", true), ("energy_distance", false), ("kernel_distance", false),
        ("total_variance", true), ("distinct_nearest", true),
      ] { #expect(table.contains(",vector,\(metric),") == isThere, "\(metric)") }
      let other = try genloss.shell("\"$GENLOSS\" \(Self.line) --metrics ndb -o run")
      #expect(other.status == 78, "\(other.messages)")
      #expect(other.messages.contains("metrics"))
      let before = try contents(of: genloss.path("run"))
      #expect(try genloss.shell(line).status == 0)
      #expect(try contents(of: genloss.path("run")) == before)
    }
  }

  @Test("A file of options may list them; a slip is told with its line")
  func file() throws {
    try withTool { genloss in
      try FileStore.write(
        "samples: 40\nmetrics: [ndb, mind]\nfeatures:\n  - vector\n", to: genloss.path("o.yaml"))
      let plan = try genloss(
        "run", "gaussian:d=3", "--config", "o.yaml", "--dry-run", "--json")
      #expect(plan.status == 0, "\(plan.messages)")
      #expect(try plan.json["configuration"]?["metrics"]?.string == "ndb,mind")
      try FileStore.write("samples: 40\nmetrics: [ndb, midn]\n", to: genloss.path("o.yaml"))
      let slip = try genloss("run", "gaussian:d=3", "--config", "o.yaml", "--dry-run")
      #expect(slip.messages.contains("o.yaml:2:"), "\(slip.messages)")
      #expect(slip.messages.contains("Did you mean \"mind\""), "\(slip.messages)")
      try FileStore.write("metrics: [[ndb]]\n", to: genloss.path("o.yaml"))
      let nested = try genloss("run", "gaussian:d=3", "--config", "o.yaml", "--dry-run")
      #expect(nested.messages.contains("not lists of lists"), "\(nested.messages)")
    }
  }

  @Test("Slips say what was meant, and spaces must fit the data")
  func slips() throws {
    try withIcons { genloss in
      for (arguments, words) in [
        (["icons", "--metrics", "recal"], "Did you mean \"recall\""),
        (["icons", "--metrics", "z_u"], "`genloss measure` alone"),
        (["icons", "--features", "cnov"], "Did you mean \"conv\""),
        (["icons", "--features", "vector"], "the data are pictures"),
        (["gaussian:d=3", "--features", "conv"], "the space vector alone"),
      ] {
        let outcome = try genloss.run(["run"] + arguments)
        #expect(outcome.status == 64, "\(arguments): \(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
      }
    }
  }

  @Test("Without conv the first space leads every number of the summary")
  func leading() throws {
    try withIcons { genloss in
      let line = [
        "run", "icons", "--samples", "20", "--generations", "1", "--components", "4",
        "--no-control", "--features", "colour,pixels", "--json", "-o", "run",
      ]
      let outcome = try genloss.run(line)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let diagnosed = try genloss("diagnose", "run", "--json")
      #expect(diagnosed.status == 0, "\(diagnosed.messages)")
      let table = String(
        decoding: try FileStore.read(genloss.path("run/metrics.csv")), as: UTF8.self)
      #expect(table.contains(",colour,modes_lost,") && !table.contains(",conv,"))
      #expect(table.contains(",colour,recall_tail,"))
    }
  }
}
