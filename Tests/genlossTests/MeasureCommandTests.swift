import Foundation
import Images
import Samples
import Storage
import SystemPackage
import Testing

@Suite("genloss measure")
struct MeasureCommandTests {
  /// A matrix whose entries are sums of a few digits of squares: spread out, and always the same.
  private func write(
    _ rows: Int, _ columns: Int, scale: Double = 1, seed: Int = 1, isDouble: Bool = false,
    to path: FilePath,
    spoil: (inout [Float]) -> Void = { _ in }
  ) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
    var values = (0..<rows * columns).map { _ in
      var sum = 0.0
      for _ in 0..<6 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        sum += Double(state >> 40) / Double(1 << 24) - 0.5
      }
      return Float(scale * sum)
    }
    spoil(&values)
    // Written here and not by the program, which refuses to write what is not finite.
    let set = SampleSet(
      count: rows, dimension: columns, storage: .floats(Array(repeating: 0, count: rows * columns)))
    var head = Array(NumpyFile.bytes(of: set).dropLast(4 * values.count))
    if isDouble, let type = head.firstIndex(of: UInt8(ascii: "<")) {
      head[type + 2] = UInt8(ascii: "8")
    }
    try FileStore.write(
      head
        + values.flatMap { value in
          isDouble ? littleEndian(Double(value).bitPattern) : littleEndian(value.bitPattern)
        }, to: path)
  }

  private func littleEndian(_ bits: some FixedWidthInteger) -> [UInt8] {
    (0..<bits.bitWidth / 8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
  }

  private func number(_ json: JSONValue, _ metric: String, _ key: String = "value") -> Double? {
    json["measurements"]?.array?.first { $0["metric"]?.string == metric }?[key]?.number
  }

  @Test("Rows: a sentence, a table by |z|, and all parameters in JSON")
  func rows() throws {
    try withTool { genloss in
      try write(200, 5, to: genloss.path("real.npy"))
      try write(200, 5, scale: 0.6, seed: 2, to: genloss.path("small.npy"))
      let words = try genloss("measure", "real.npy", "small.npy", "--splits", "6")
      #expect(words.status == 0, "\(words.messages)")
      let lines = words.output.split(separator: "\n")
      #expect(lines[1].contains("null-widths"))
      #expect(lines[1].contains("alone would call this an improvement"))
      let table = lines.drop { !$0.hasPrefix("metric") }.dropFirst().prefix {
        !$0.hasPrefix("vector:")
      }
      let scores = table.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
      #expect(scores.count > 10)
      #expect(scores.map(abs) == scores.map(abs).sorted(by: >))

      let json = try genloss(
        "measure", "real.npy", "small.npy", "--splits", "6", "--json", "--neighbours", "3,5"
      ).json
      #expect(json["schema_version"]?.integer == 1)
      #expect(try #require(number(json, "energy_distance")) > 0.1)
      #expect(try #require(number(json, "energy_distance", "z")) > 5)
      #expect(try #require(number(json, "recall", "z")) < -3)
      #expect(number(json, "recall_k3") != nil)
      for key in ["n", "m", "d", "null_n", "null_m", "null_low", "null_high", "null_splits"] {
        #expect(number(json, "energy_distance", key) != nil, "\(key)")
      }
      #expect(json["spaces"]?.array?.first?["sigma"]?.number != nil)
      #expect(json["real"]?["sha256"]?.string?.count == 64)
    }
  }

  @Test("Rows without a z stand last in the table")
  func order() throws {
    try withTool { genloss in
      for seed in 1...2 { try write(30, 3, seed: seed, to: genloss.path("\(seed).npy")) }
      // Halves of 15 samples have no distance at infinite size.
      let words = try genloss("measure", "1.npy", "2.npy", "--metrics", "all", "--splits", "6")
      let scores = words.output.split(separator: "\n").drop { !$0.hasPrefix("metric") }.dropFirst()
        .prefix { !$0.hasPrefix("vector:") }.compactMap { $0.split(separator: " ").last }
        .map { Double($0).map(abs) ?? -1 }
      #expect(scores.last == -1 && scores.contains { 0..<1 ~= $0 }, "\(scores)")
      #expect(scores == scores.sorted(by: >))
    }
  }

  @Test("Files of float32 and of float64 with the same numbers give the same measurements")
  func precisions() throws {
    try withTool { genloss in
      for (name, seed, scale) in [("real", 1, 1), ("made", 2, 0.7), ("train", 3, 1)] {
        for (format, isDouble) in [("f4", false), ("f8", true)] {
          try write(
            60, 4, scale: scale, seed: seed, isDouble: isDouble,
            to: genloss.path("\(name).\(format).npy"))
        }
      }
      func measured(_ real: String, _ made: String, _ train: String) throws -> JSONValue {
        let outcome = try genloss(
          "measure", "real.\(real).npy", "made.\(made).npy", "--train", "train.\(train).npy",
          "--metrics", "all", "--splits", "2", "--json")
        #expect(outcome.status == 0, "\(outcome.messages)")
        return try outcome.json
      }
      let single = try measured("f4", "f4", "f4")
      #expect(try #require(single["measurements"]?.array).count > 40)
      for formats in [("f8", "f8", "f8"), ("f8", "f4", "f4"), ("f4", "f8", "f8")] {
        let other = try measured(formats.0, formats.1, formats.2)
        for key in ["measurements", "spaces", "summary"] {
          #expect(other[key] == single[key], "\(formats): \(key)")
        }
      }
    }
  }

  @Test("The sentence says when nothing can be told, and when nothing can be judged")
  func sentences() throws {
    try withTool { genloss in
      for seed in 1...2 { try write(300, 4, seed: seed, to: genloss.path("\(seed).npy")) }
      try write(40, 4, scale: 0, to: genloss.path("constant.npy"))
      for (real, generated, splits, words) in [
        ("1.npy", "2.npy", "10", "No metric that sees a loss is 4 null-widths from halves"),
        ("1.npy", "2.npy", "2", "but 2 splits are too few to judge by."),
        ("1.npy", "2.npy", "0", "There is no null band to judge these numbers by."),
        ("constant.npy", "constant.npy", "4", "where all real samples are the same."),
        ("constant.npy", "1.npy", "4", "where halves of the real set do not differ at all."),
      ] {
        let outcome = try genloss("measure", real, generated, "--splits", splits)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let sentence = outcome.output.split(separator: "\n").dropFirst().first ?? ""
        #expect(sentence.contains(words), "\(real), \(generated): \(sentence)")
      }
    }
  }

  @Test("Without a metric that sees a loss the sentence says so, and names each that does not once")
  func flattering() throws {
    try withTool { genloss in
      for seed in 1...2 { try write(60, 3, seed: seed, to: genloss.path("\(seed).npy")) }
      let outcome = try genloss(
        "measure", "1.npy", "2.npy", "--metrics", "precision", "coverage", "--splits", "4")
      let sentence = outcome.output.split(separator: "\n").dropFirst().first ?? ""
      #expect(sentence.hasPrefix("None of the metrics that see a loss of variety"), "\(sentence)")
      for (seed, scale) in [(1, 1.0), (2, 0.75)] {
        try write(100, 3, scale: scale, seed: seed, to: genloss.path("\(seed).npy"))
      }
      let several = try genloss("measure", "1.npy", "2.npy", "--neighbours", "3,5", "--splits", "8")
      #expect(several.output.contains("; precision or coverage alone would not notice."))
    }
  }

  @Test("A set that shares samples with the real one is said to")
  func copies() throws {
    try withTool { genloss in
      try write(100, 4, to: genloss.path("real.npy"))
      try write(100, 4, to: genloss.path("partly.npy")) { $0[0] += 1 }
      let outcome = try genloss("measure", "real.npy", "partly.npy", "--splits", "4")
      #expect(outcome.output.contains("99 generated samples equal a real one in every feature."))
      // Copies lead where they are many.
      for (name, copied) in [("few", 5), ("many", 40)] {
        try write(100, 4, seed: 3, to: genloss.path("\(name).npy")) { values in
          for index in 0..<copied * 4 { values[index] = 0 }
        }
        try write(80, 4, seed: 4, to: genloss.path("\(name) train.npy")) { values in
          for index in 0..<4 { values[index] = 0 }
        }
        let memorised = try genloss(
          "measure", "real.npy", "\(name).npy", "--train", "\(name) train.npy", "--splits", "4")
        let sentence = memorised.output.split(separator: "\n")[1]
        let words = "\(copied) of 100 generated samples are exact copies of training samples."
        #expect(copied < 10 ? sentence.hasSuffix(words) : sentence.hasPrefix(words), "\(sentence)")
      }
    }
  }

  @Test("The same bytes come out whatever the threads")
  func threads() throws {
    try withTool { genloss in
      try write(300, 4, to: genloss.path("a.npy"))
      try write(300, 4, seed: 2, to: genloss.path("b.npy"))
      let outputs = try ["1", "3"].map {
        try genloss(
          "measure", "a.npy", "b.npy", "--metrics", "all", "--splits", "3", "--json", "--threads",
          $0
        ).output
      }
      #expect(outputs[0] == outputs[1])
      #expect(!outputs[0].isEmpty)
    }
  }

  @Test("Bad input is refused with 65 and the set, row and column; missing input with 66")
  func refused() throws {
    try withTool { genloss in
      try write(30, 4, to: genloss.path("good.npy"))
      try write(30, 4, to: genloss.path("nan.npy")) { $0[17 * 4 + 3] = .nan }
      try write(30, 4, to: genloss.path("infinite.npy")) { $0[5 * 4 + 1] = .infinity }
      try write(1, 4, to: genloss.path("one.npy"))
      try write(30, 5, to: genloss.path("wide.npy"))
      try FileStore.write("no array", to: genloss.path("text.npy"))
      try FileStore.write("pictures", to: genloss.path("data.csv"))
      let whole = try FileStore.read(genloss.path("good.npy"))
      try FileStore.write(Array(whole.dropLast(7)), to: genloss.path("short.npy"))
      for (real, generated, status, words) in [
        ("good.npy", "nan.npy", 65, "nan.npy cannot be used: Row 17, column 3 of the generated"),
        ("infinite.npy", "good.npy", 65, "infinite.npy cannot be used: Row 5, column 1 of the"),
        ("good.npy", "one.npy", 65, "one.npy cannot be used: The generated set has 1 sample and"),
        ("one.npy", "good.npy", 65, "one.npy cannot be used: The real set has 1 sample and"),
        ("good.npy", "wide.npy", 65, "wide.npy cannot be used: The real set has 4 features and"),
        ("good.npy", "text.npy", 65, "does not start like a .npy file"),
        ("good.npy", "short.npy", 65, "does not fill"),
        ("good.npy", "data.csv", 65, "neither a folder of pictures nor a .npy file"),
        ("good.npy", "nothing.npy", 66, "nothing.npy does not exist"),
      ] {
        let outcome = try genloss("measure", real, generated, "--quiet")
        #expect(outcome.status == Int32(status), "\(generated)")
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
        #expect(outcome.output.isEmpty)
      }
      try write(30, 4, seed: 2, to: genloss.path("other.npy"))
      let trained = try genloss("measure", "good.npy", "other.npy", "--train", "nan.npy").messages
      #expect(trained.contains("nan.npy cannot be used: Row 17, column 3 of the training"))
    }
  }

  @Test("Slips are usage errors that say what was meant")
  func slips() throws {
    try withTool { genloss in
      for (arguments, words) in [
        (["measure"], "needs REAL and GENERATED"), (["measure", "a"], "needs GENERATED"),
        (["measure", "a", "b", "--metrics", "recal"], "Did you mean \"recall\""),
        (
          ["measure", "a", "b", "--metrics", "FID"],
          "there is no metric \"FID\". Here it is \"frechet_distance\". `genloss list metrics`"
        ),
        (
          ["run", "a", "--metrics", "kid"],
          "no such metric. Here there are \"kernel_distance\" and \"kernel_distance_subsets\"."
        ),
        (["list", "metrics", "swd"], "metrics has no \"swd\". Here it is \"sliced_wasserstein\"."),
        (
          ["measure", "a", "b", "--neighbours", "3", "5"],
          "measure does not know what to do with \"5\". Write a list between commas: "
            + "--neighbours 3,5."
        ),
        (
          ["threshold", "a", "--grid", "0", "0.1", "0.5"],
          "Write a list between commas: --grid 0,0.1,0.5."
        ),
        (["measure", "a", "b", "--features", "con"], "Did you mean \"conv\""),
        (["measure", "a", "b", "--neighbours", "0"], "whole numbers from 1 to 1000"),
        (["measure", "a", "b", "--generations", "c"], "not both"),
        (["features", "a", "--out", "f.csv"], "must name a .npy file"),
        (["features", "a", "--space", "pixels", "--out", "f.npy"], "--fitted-to"),
      ] {
        let outcome = try genloss.run(arguments)
        #expect(outcome.status == 64, "\(arguments)")
        #expect(outcome.messages.contains(words), "\(outcome.messages)")
      }
    }
  }

  @Test("A sequence is measured against the first set and the one before")
  func generations() throws {
    try withTool { genloss in
      for (index, scale) in [1, 0.8, 0.6].enumerated() {
        try write(80, 3, scale: scale, seed: index + 1, to: genloss.path("g\(index).npy"))
      }
      let outcome = try genloss(
        "measure", "--splits", "3", "--json", "--metrics", "frechet_distance", "--generations",
        "g0.npy", "g1.npy", "g2.npy")
      #expect(outcome.status == 0, "\(outcome.messages)")
      let generations = try #require(try outcome.json["generations"]?.array)
      #expect(generations.count == 2)
      func distance(_ index: Int, _ key: String) -> Double? {
        generations[index][key]?.array?.first?["value"]?.number
      }
      #expect(generations[0]["previous"]?.array?.isEmpty == true)
      let (far, near) = (try #require(distance(1, "first")), try #require(distance(1, "previous")))
      #expect(near < far)
      // The diversity of one set says nothing of the set before.
      let diversity = try genloss(
        "measure", "--splits", "0", "--json", "--metrics", "vendi_rbf", "--generations", "g0.npy",
        "g1.npy", "g2.npy"
      ).json["generations"]?.array?[1]
      func value(_ key: String) -> Double? { diversity?[key]?.array?.first?["value"]?.number }
      #expect(value("previous") == nil && value("first") != nil)
    }
  }

  @Test("A sequence ends in a table with a line for each set, of what moved farthest")
  func sequenceTable() throws {
    try withTool { genloss in
      for (index, scale) in [1, 0.8, 0.3].enumerated() {
        try write(80, 3, scale: scale, seed: index + 1, to: genloss.path("g\(index).npy"))
      }
      let outcome = try genloss(
        "measure", "--splits", "3", "--metrics", "vendi_rbf", "recall", "--generations", "g0.npy",
        "g1.npy", "g2.npy")
      let table = outcome.output.split(separator: "\n").drop { !$0.hasPrefix("From set to set") }
        .dropFirst().map { $0.split(separator: " ").map(String.init) }
      #expect(Set(table[0]) == ["set", "vendi_rbf,", "recall,", "vector"], "\(outcome.output)")
      let details = outcome.output.split(separator: "\n").filter { $0.hasPrefix("vendi_rbf ") }
        .map { $0.split(separator: " ").map(String.init)[2] }
      for (index, name) in ["g1.npy", "g2.npy"].enumerated() {
        #expect(table[1 + index][0] == name)
        #expect(table[1 + index].contains(details[index]))
      }
      // An error names the set.
      try write(1, 3, seed: 9, to: genloss.path("short.npy"))
      let refused = try genloss("measure", "--generations", "g0.npy", "g1.npy", "short.npy")
      #expect(refused.status == 65)
      #expect(refused.messages.contains("short.npy cannot be used:"), "\(refused.messages)")
      // A set beside itself is no good news.
      let same = try genloss("measure", "g0.npy", "g0.npy", "--splits", "3")
      #expect(
        same.output.split(separator: "\n")[1].hasSuffix(
          "80 generated samples equal a real one in every feature."), "\(same.output)")
      // One set is not a sequence.
      let single = try genloss("measure", "g0.npy", "g1.npy", "--splits", "3")
      #expect(!single.output.contains("From set to set"))
    }
  }

  @Test("Options of pictures are refused where no set is a folder of them")
  func optionsOfPictures() throws {
    try withTool { genloss in
      try write(20, 3, scale: 1, seed: 1, to: genloss.path("a.npy"))
      try write(20, 3, scale: 1, seed: 2, to: genloss.path("b.npy"))
      for arguments in [["--limit", "5"], ["--size", "16"], ["--channels", "gray"]] {
        let outcome = try genloss.run(["measure", "a.npy", "b.npy"] + arguments)
        #expect(outcome.status == 65)
        #expect(
          outcome.messages.contains("\(arguments[0]) is about folders of pictures"),
          "\(outcome.messages)")
      }
    }
  }

  @Test("Pictures are measured in their spaces and their spectra, whatever size the second set has")
  func pictures() throws {
    try withIcons { genloss in
      try genloss("sprites", "large", "--count", "40", "--size", "24", "--seed", "2")
      let outcome = try genloss(
        "measure", "icons", "large", "--splits", "3", "--json", "--metrics", "recall",
        "spectrum_distance")
      #expect(outcome.status == 0, "\(outcome.messages)")
      let json = try outcome.json
      #expect(
        json["spaces"]?.array?.compactMap { $0["name"]?.string } == ["pixels", "conv", "spectrum"])
      #expect(json["generated"]?["pictures"]?["width"]?.integer == 16)
      #expect(number(json, "spectrum_distance") != nil)
    }
  }

  @Test("Pictures that are all the same leave no space to measure in, which ends with an error")
  func noSpace() throws {
    try withTool { genloss in
      let shape = PictureShape(width: 8, height: 8, channels: 3)
      let picture = Picture(shape: shape, pixels: Array(repeating: 90, count: 8 * 8 * 3))
      try FileStore.createFolder(genloss.path("grey"))
      for index in 0..<24 {
        try FileStore.write(
          try PNG.encode(picture), to: genloss.path("grey/\(index).png"))
      }
      let measured = try genloss("measure", "grey", "grey")
      #expect(measured.status == 65 && measured.output.isEmpty)
      #expect(measured.messages.contains("are all the same in the space pixels"))
      // Where a number remains it is shown, with the reason for those that are not.
      let spectrum = try genloss("measure", "grey", "grey", "--metrics", "spectrum_distance,recall")
      #expect(spectrum.status == 0)
      #expect(spectrum.output.contains("are all the same in the space conv"))
    }
  }

  @Test("Features are written as rows that measure reads")
  func features() throws {
    try withIcons { genloss in
      let raw = try genloss("features", "icons", "--space", "conv", "--out", "raw.npy")
      #expect(raw.output == "40 rows of 448 features in raw.npy\n", "\(raw.messages)")
      let set = try NumpyFile.read(genloss.path("raw.npy"))
      #expect(set.count == 40)
      #expect(set.dimension == 448)
      let fitted = try genloss(
        "features", "icons", "--space", "pixels", "--fitted-to", "icons", "--out", "fitted.npy")
      #expect(fitted.status == 0, "\(fitted.messages)")
      #expect(
        try genloss("measure", "fitted.npy", "fitted.npy", "--splits", "2").status == 0)
    }
  }
}
