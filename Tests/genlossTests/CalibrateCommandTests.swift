import Samples
import Storage
import SystemPackage
import Testing

@Suite("genloss calibrate")
struct CalibrateCommandTests {
  @Test("A sentence, a table, four files, and the same bytes whatever the threads")
  func icons() throws {
    try withIcons { genloss in
      let line = [
        "calibrate", "icons", "--repeats", "6", "--strength", "0.3", "--metrics", "recall",
        "total_variance", "mind", "--directions", "20", "--features", "pixels", "conv",
      ]
      let words = try genloss.run(line + ["--out", "one", "--threads", "1", "--quiet"])
      #expect(words.status == 0, "\(words.messages)")
      let lines = words.output.split(separator: "\n")
      #expect(lines[0].hasPrefix("With 13 real and "))
      #expect(lines[1].hasPrefix("metric") && lines[1].contains("false alarms"))
      #expect(lines.last == "look at one/calibration.png")
      let json = try genloss.run(line + ["--out", "two", "--threads", "2", "--json"])
      #expect(json.status == 0, "\(json.messages)")
      #expect(try json.json["metrics"]?.array?.count == 6)
      #expect(try contents(of: genloss.path("one")) == contents(of: genloss.path("two")))
      #expect(
        try json.output
          == String(
            decoding: contents(of: genloss.path("two"))["calibration.json"] ?? [], as: UTF8.self))
      #expect(try contents(of: genloss.path("one")).count == 4)
    }
  }

  @Test("Bad input is refused with what to do, before anything is written")
  func refusals() throws {
    try withIcons { genloss in
      for (arguments, status, words) in [
        (["icons", "--strength", "0"], 64, "between 0 and 0.6"),
        (["icons", "--strength", "0.9"], 64, "between 0 and 0.6"),
        (["icons", "--repeats", "3"], 64, "between 5 and 10000"),
        (["icons", "--metrics", "recal"], 64, "Did you mean \"recall\""),
        (["icons", "--features", "color"], 64, "Did you mean \"colour\""),
        (["icons", "--metrics", "z_u"], 64, "no training set"),
        (["icons", "--out", ""], 64, "it is empty"),
        (["icons", "--out", "icons/faces/c"], 64, "lies inside icons"),
        (["icons", "--out", "./icons"], 64, "it is icons, whose pictures are data"),
        (["nothing"], 66, "nothing does not exist"), ([], 64, "needs DATA"),
        (["icons", "--limit", "20"], 65, "Add samples"),
      ] as [([String], Int32, String)] {
        let outcome = try genloss.run(["calibrate"] + arguments + ["--quiet"])
        #expect(outcome.status == status, "\(arguments): \(outcome.messages)")
        #expect(outcome.messages.contains(words), "\(arguments): \(outcome.messages)")
        #expect(outcome.output.isEmpty)
      }
      #expect(!FileStore.exists(genloss.path("icons/faces/c")))
      // Rows of the user's own are looked at as closely as by measure.
      let rows = SampleSet(
        count: 50, dimension: 3, storage: .floats((0..<150).map { Float($0 * 37 % 101) }))
      var bytes = NumpyFile.bytes(of: rows)
      bytes.replaceSubrange(bytes.count - 4 * 30..<bytes.count - 4 * 29, with: [0, 0, 0xC0, 0x7F])
      try FileStore.write(bytes, to: genloss.path("nan.npy"))
      let refused = try genloss("calibrate", "nan.npy")
      #expect(
        refused.status == 65 && refused.messages.contains("nan.npy cannot be used: Row 40"),
        "\(refused.messages)")
      let same = SampleSet(
        count: 50, dimension: 3, storage: .floats(Array(repeating: 0.1, count: 150)))
      try NumpyFile.write(same, to: genloss.path("same.npy"))
      let constant = try genloss("calibrate", "same.npy")
      #expect(constant.status == 65 && constant.output.isEmpty)
      #expect(
        constant.messages.contains(
          "same.npy cannot be used: all its rows are equal, and what is planted in them cannot show. "
            + "Give data that vary."), "\(constant.messages)")
    }
  }
}
