import Storage
import Testing

@Suite("genloss measure, of few pictures and beside its own data")
struct MeasuredFewTests {
  @Test("Few pictures of one law are told apart neither from each other nor as copies")
  func fewPictures() throws {
    try withTool { genloss in
      for (count, seeds) in [(40, 1...2), (100, 3...4), (190, 5...6)] {
        for seed in seeds {
          let drawn = try genloss(
            "sprites", "\(seed)", "--count", "\(count)", "--size", "16", "--seed", "\(seed)")
          #expect(drawn.status == 0, "\(drawn.messages)")
        }
        let outcome = try genloss("measure", "\(seeds.lowerBound)", "\(seeds.upperBound)")
        let sentence = outcome.output.split(separator: "\n").dropFirst().first ?? ""
        #expect(sentence.hasPrefix("No metric that sees a loss is 4 null-widths"), "\(sentence)")
      }
    }
  }

  @Test("Too few real pictures for halves are measured without a yardstick")
  func noYardstick() throws {
    try withTool { genloss in
      for (name, count) in [("few", 12), ("fewer", 4), ("other", 30)] {
        try genloss("sprites", name, "--count", "\(count)", "--size", "16")
      }
      for name in ["few", "fewer"] {
        let outcome = try genloss("measure", name, "other", "--json")
        #expect(outcome.status == 0, "\(outcome.messages)")
        let values = try outcome.json["measurements"]?.array ?? []
        #expect(!values.isEmpty)
        #expect(values.allSatisfy { $0["z"]?.number == nil }, "\(name)")
        #expect(try outcome.json["summary"]?.string?.hasPrefix("There is no null band") == true)
      }
    }
  }

  @Test("What is read is never written over")
  func ownData() throws {
    try withIcons { genloss in
      try genloss("features", "icons", "--out", "real.npy")
      try genloss("features", "icons", "--out", "made.npy")
      let before = try FileStore.read(genloss.path("real.npy"))
      for words in [
        ["measure", "real.npy", "made.npy", "--save-reference", "./real.npy"],
        ["measure", "made.npy", "--generations", "real.npy", "--save-reference", "real.npy"],
        ["features", "icons", "--fitted-to", "real.npy", "--out", "real.npy"],
        ["features", "real.npy", "--out", "real.npy"],
      ] {
        let outcome = try genloss.run(words)
        #expect(outcome.status == 64, "\(words): \(outcome.messages)")
        #expect(outcome.messages.contains("it is data that is read here, and would be lost."))
        #expect(try FileStore.read(genloss.path("real.npy")) == before)
      }
    }
  }

  @Test("A metric of pictures alone is refused for rows")
  func pictureMetric() throws {
    try withIcons { genloss in
      try genloss("features", "icons", "--out", "real.npy")
      let outcome = try genloss(
        "measure", "real.npy", "real.npy", "--metrics", "spectrum_distance")
      #expect(outcome.status == 65, "\(outcome.messages)")
      #expect(outcome.messages.contains("spectrum_distance needs pictures."))
    }
  }
}
