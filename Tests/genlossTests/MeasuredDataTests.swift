import Samples
import Storage
import SystemPackage
import Testing

@Suite("What measure, features and calibrate take for data")
struct MeasuredDataTests {
  /// Rows that are all different; another `first` gives other ones.
  private func rows(_ count: Int = 20, first: Int = 0) -> SampleSet {
    let values = (first..<first + 3 * count).map { Float($0 * 37 % 61) }
    return SampleSet(count: count, dimension: 3, storage: .floats(values))
  }

  private func expect(
    _ genloss: CommandLineTool, _ arguments: [String], status: Int32, _ words: String
  ) throws {
    let outcome = try genloss.run(arguments)
    #expect(outcome.status == status, "\(arguments): \(outcome.messages)")
    #expect(outcome.messages.contains(words), "\(arguments): \(outcome.messages)")
    #expect(outcome.output.isEmpty, "\(arguments)")
  }

  @Test("A run and its folder of generations are refused, and a generation is measured")
  func run() throws {
    try withIcons { genloss in
      let generation = genloss.path("run/generations/000")
      try FileStore.createFolder(generation)
      try FileStore.write("{}", to: genloss.path("run/run.json"))
      try NumpyFile.write(rows(), to: generation.appending("samples.npy"))
      let words = "it is a run: give one of its generations, "
      for (arguments, path) in [
        (["measure", "icons", "run"], "run/generations/NNN."),
        (["measure", "run/generations/", "icons"], "run/generations/NNN."),
        (["measure", "icons", "icons", "--train", "./run"], "./run/generations/NNN."),
        (["measure", "icons", "--generations", "run/generations"], "run/generations/NNN."),
        (["features", "run", "--space", "conv", "--out", "f.npy"], "run/generations/NNN."),
        (["calibrate", "run/generations"], "run/generations/NNN."),
      ] {
        try expect(genloss, arguments, status: 65, words + path)
      }
      try NumpyFile.write(rows(first: 7), to: genloss.path("real.npy"))
      let measured = try genloss(
        "measure", "real.npy", "run/generations/000", "--metrics", "recall", "--splits", "0")
      #expect(measured.status == 0, "\(measured.messages)")
    }
  }

  @Test("An explanation is kept apart from all data: beside, inside and around them")
  func explanation() throws {
    try withIcons { genloss in
      try genloss("sprites", "all/train", "--count", "20", "--size", "16", "--seed", "2")
      let line = ["measure", "icons", "icons", "--train", "all/train", "--explain"]
      for (folder, words) in [
        ("icons", "it is icons"), ("./all/../icons/", "it is icons"),
        ("icons/why", "lies inside icons"), ("all/train", "it is all/train"),
        ("all/train/why", "lies inside all/train"), ("all", "it holds all/train"),
      ] {
        try expect(genloss, line + [folder], status: 64, words)
      }
      #expect(try contents(of: genloss.path("icons")).count == 41)
      #expect(try contents(of: genloss.path("all")).count == 21)
    }
  }

  @Test("Features of a folder with broken pictures say which were skipped")
  func skipped() throws {
    try withIcons { genloss in
      for name in 1...5 { try FileStore.write("<html>", to: genloss.path("icons/\(name).png")) }
      let line = ["features", "icons", "--space", "colour", "--out", "f.npy"]
      let words = try genloss.run(line)
      #expect(words.status == 0)
      #expect(
        words.messages.contains(
          "icons: skipped 5 of 45 files: 1.png, 2.png, 3.png and 2 more; `genloss inspect` says why."
        ),
        "\(words.messages)")
      #expect(words.output == "40 rows of 15 features in f.npy\n")
      #expect(try genloss.run(line + ["--json"]).json["skipped"]?.integer == 5)
      let fitted = try genloss(
        "features", "icons/faces", "--fitted-to", "icons", "--out", "f.npy", "--json")
      #expect(fitted.messages.contains("icons: skipped 5"), "\(fitted.messages)")
      #expect(try fitted.json["skipped"]?.integer == 0)
      #expect(try genloss.run(line + ["--quiet"]).messages.isEmpty)
    }
  }

  @Test("A metric that cannot be measured here says what it needs")
  func unmeasurable() throws {
    try withTool { genloss in
      for (metric, words) in [
        ("authpct", "authpct needs --train"), ("c_t", "c_t needs --train"),
        ("bits_per_dim", "bits_per_dim needs a model: only `genloss run` measures it"),
        ("precision_train", "precision_train needs a run: only `genloss run` measures it"),
        ("bits_per_dmi", "there is no metric \"bits_per_dmi\""),
      ] {
        try expect(
          genloss, ["measure", "a.npy", "b.npy", "--metrics", "recall", metric], status: 64, words)
      }
      for (index, name) in ["a.npy", "b.npy"].enumerated() {
        try NumpyFile.write(rows(first: index), to: genloss.path(name))
      }
      let all = try genloss("measure", "a.npy", "b.npy", "--metrics", "all", "--splits", "0")
      #expect(all.status == 0, "\(all.messages)")
    }
  }

  @Test("Paths that an option before them took for its words are told to stand first")
  func order() throws {
    try withTool { genloss in
      try NumpyFile.write(rows(), to: genloss.path("a.npy"))
      for option in ["--metrics", "--features"] {
        try expect(
          genloss, ["measure", option, "a.npy", "b.npy"], status: 64, "Put paths before \(option).")
      }
    }
  }

  @Test("The real set is no training set, whatever its name")
  func trainingSet() throws {
    try withTool { genloss in
      for name in ["real.npy", "copy.npy"] {
        try NumpyFile.write(rows(), to: genloss.path(name))
      }
      try NumpyFile.write(rows(first: 7), to: genloss.path("made.npy"))
      for train in ["real.npy", "copy.npy"] {
        try expect(
          genloss, ["measure", "real.npy", "made.npy", "--train", train], status: 65,
          "\(train) cannot be used: it holds the same samples as real.npy.")
      }
    }
  }

  @Test(
    "Pictures on other scales are refused; black ones, levels and what overshoots are measured"
  )
  func levels() throws {
    try withTool { genloss in
      func write(_ name: String, _ value: (Int) -> Float) throws {
        let shape = PictureShape(width: 8, height: 8, channels: 1)
        try NumpyFile.write(
          SampleSet(
            count: 20, dimension: 64, shape: shape,
            storage: .floats((0..<20 * 64).map(value))), to: genloss.path(name))
      }
      try write("shares.npy") { Float($0 * 37 % 61) / 60 }
      try write("about0.npy") { Float($0 * 37 % 61) / 30 - 1 }
      try write("levels.npy") { Float($0 * 37 % 61) + 0.5 }
      try write("deep.npy") { $0 % 5 == 0 ? Float($0 * 97 % 65_536) : 0 }
      try write("overshot.npy") { Float($0 * 37 % 61) * 30 - 800 }
      try write("a little over.npy") { $0 % 50 == 0 ? 900 : Float($0 * 37 % 61) }
      // Eight of the 20 pictures, or one number in a hundred, ran away to one side.
      try write("pictures away.npy") { Float(100 + $0 * 37 % 61) * ($0 < 8 * 64 ? 40 : 1) }
      try write("pixels away.npy") { $0 % 100 == 0 ? 40_000 : Float($0 * 37 % 61) }
      try write("white.npy") { Float(250 + $0 * 37 % 11) }
      try write("all deep.npy") { Float($0 * 97 % 65_536) }
      try write("deeper.npy") { Float(1000 + $0 * 97) }
      try write("black.npy") { _ in 0 }
      let words = "lie from 0 to 1, where levels from 0 to 255 are meant. Multiply them by 255."
      try expect(genloss, ["measure", "levels.npy", "shares.npy"], status: 65, words)
      try expect(
        genloss, ["measure", "levels.npy", "about0.npy"], status: 65,
        "lie from -1 to 1, where levels from 0 to 255 are meant. Add 1 and multiply by 127.5.")
      try expect(
        genloss, ["features", "shares.npy", "--space", "conv", "--out", "f.npy"], status: 65, words)
      try expect(genloss, ["calibrate", "shares.npy"], status: 65, words)
      for deep in ["deep.npy", "all deep.npy"] {
        try expect(
          genloss, ["measure", "levels.npy", deep], status: 65,
          "where levels from 0 to 255 are meant. Multiply those of 16-bit pictures by 255/65535.")
      }
      try expect(
        genloss, ["measure", "levels.npy", "deeper.npy"], status: 65,
        "where levels from 0 to 255 are meant. Bring them to that scale.")
      for legitimate in [
        "black.npy", "overshot.npy", "a little over.npy", "pictures away.npy", "pixels away.npy",
        "white.npy",
      ] {
        let outcome = try genloss(
          "measure", "levels.npy", legitimate, "--features", "pixels", "--metrics", "recall",
          "--splits", "0")
        #expect(outcome.status == 0, "\(outcome.messages)")
      }
    }
  }

  @Test("Arrays of three extents are told with the remedy")
  func remedies() throws {
    try withTool { genloss in
      let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4, 4), }\n"
      try FileStore.write(
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
          + Array(repeating: 0, count: 32), to: genloss.path("grey.npy"))
      try expect(
        genloss, ["measure", "grey.npy", "grey.npy"], status: 65,
        "Give a matrix (n, d), one sample a row, or pictures (n, height, width, channels).")
    }
  }

  @Test("Folders for what is written are made, as for an explanation")
  func newFolders() throws {
    try withIcons { genloss in
      let features = try genloss(
        "features", "icons", "--space", "colour", "--out", "new/folder/f.npy")
      #expect(features.status == 0, "\(features.messages)")
      #expect(try NumpyFile.read(genloss.path("new/folder/f.npy")).count == 40)
      let saved = try genloss(
        "measure", "new/folder/f.npy", "new/folder/f.npy", "--metrics", "recall", "--splits", "2",
        "--save-reference", "another/one/r.safetensors")
      #expect(saved.status == 0, "\(saved.messages)")
      #expect(FileStore.exists(genloss.path("another/one/r.safetensors")))
      // What cannot be made is told before anything is read.
      for arguments in [
        ["features", "nothing", "--out", "icons/attributes.csv/f.npy"],
        ["measure", "no", "no", "--save-reference", "icons/attributes.csv/r.safetensors"],
      ] {
        try expect(genloss, arguments, status: 73, "icons/attributes.csv")
      }
    }
  }

  @Test("No folder is left behind where data cannot be opened")
  func noFolders() throws {
    try withIcons { genloss in
      for arguments in [
        ["features", "nothing", "--out", "made/for/f.npy"],
        ["features", "icons", "--fitted-to", "nothing", "--out", "made/f.npy"],
        ["measure", "icons", "nothing", "--save-reference", "made/for/r.safetensors"],
        ["measure", "icons", "nothing", "--explain", "made/why"],
      ] {
        try expect(genloss, arguments, status: 66, "nothing")
        #expect(!FileStore.exists(genloss.path("made")), "\(arguments)")
      }
      try expect(
        genloss, ["measure", "no", "no", "--explain", "icons/attributes.csv/why"], status: 73,
        "icons/attributes.csv")
    }
  }
}
