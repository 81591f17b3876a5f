import Storage
import SystemPackage
import Testing

/// A command that cannot succeed: what is made ready, what is typed, how it ends, and what is said.
struct Provocation: Sendable, CustomTestStringConvertible {
  let name: String
  let line: String
  let status: Int32
  let message: String
  var prepare: @Sendable (CommandLineTool) throws -> Void = { _ in }

  var testDescription: String { name }

  /// What a user may do wrong, each with the words that tell it and the remedy.
  static let all: [Provocation] = words + options + data + folders + files

  private static let words = [
    Provocation(
      name: "an unknown command", line: "rnu icons", status: 64,
      message: """
        there is no command "rnu". Did you mean "run"? `genloss --help` shows what there is.
        """),
    Provocation(
      name: "an unknown option", line: "run icons --genrations 3", status: 64,
      message: """
        run has no option "--genrations". Did you mean "--generations"? `genloss run --help` shows \
        them all.
        """),
    Provocation(
      name: "no data", line: "run", status: 64,
      message: "run needs DATA. `genloss run --help` begins with an example."),
    Provocation(
      name: "an option without its value", line: "run icons --out", status: 64,
      message: "--out takes a value. Write --out VALUE."),
    Provocation(
      name: "a word too many", line: "run icons more", status: 64,
      message: """
        run does not know what to do with "more". `genloss run --help` shows how it is used.
        """),
    Provocation(
      name: "an unknown metric", line: "list metrics recal", status: 64,
      message: "metrics has no \"recal\". Did you mean \"recall\"?"),
  ]

  private static let data = [
    Provocation(
      name: "a folder that is missing", line: "run nothing", status: 66,
      message: "nothing does not exist. Check the path."),
    Provocation(
      name: "an empty folder", line: "run empty", status: 65,
      message: """
        No usable picture in empty: the folder holds no file. Put PNG or JPEG files into it.
        """
    ) { try FileStore.createFolder($0.path("empty")) },
    Provocation(
      name: "a folder with broken files alone", line: "run broken", status: 65,
      message: """
        No usable picture in broken: found 2 files, skipped 1 empty, 1 not-image. Put PNG or JPEG \
        files into it; `genloss inspect` names each skipped file.
        """
    ) { genloss in
      try FileStore.createFolder(genloss.path("broken"))
      try FileStore.write("<html>", to: genloss.path("broken/a.png"))
      try FileStore.write("", to: genloss.path("broken/b.png"))
    },
    Provocation(
      name: "too few pictures", line: "run icons --limit 3", status: 65,
      message: """
        At least 4 samples are needed, 2 to train on and 2 to hold out; found 3. Add samples.
        """),
    Provocation(
      name: "a file of another kind", line: "run icons/attributes.csv", status: 65,
      message: """
        icons/attributes.csv cannot be used: it is neither a folder of pictures nor a .npy matrix nor \
        a law such as gaussian:d=4.
        """),
    Provocation(
      name: "a law with an unknown key", line: "run sprites:sise=16", status: 65,
      message: """
        sprites:sise=16 cannot be used: sprites has no key "sise"; it has size, zipf, rare, seed. Did \
        you mean "size"?
        """),
    Provocation(
      name: "a law with a bad value", line: "run gaussian:d=0", status: 65,
      message: "gaussian:d=0 cannot be used: d must lie between 1 and 4096, not 0."),
    Provocation(
      name: "vectors for a generator of pictures", line: "run gaussian:d=4 --generator patches",
      status: 65,
      message: """
        The generator patches models pictures, and these samples are plain vectors. Use gmm, gaussian \
        or bootstrap, or pass a folder of pictures.
        """),
    Provocation(
      name: "fresh pictures that run out", line: "run icons --strategy fresh-data --samples 20",
      status: 65,
      message: """
        fresh-data needs 100 fresh real samples for 10 generations, and 12 are left beside generation \
        0's training set. Use --samples 4 or fewer, fewer --generations, an endless law such as \
        sprites:size=64, or --reuse-real to draw the same pictures again.
        """),
    Provocation(
      name: "a matrix with NaN", line: "run nan.npy", status: 65,
      message: """
        nan.npy cannot be used: The number in row 1, column 1, counted from 0, is NaN, infinite or \
        too large for float32. Remove or replace it.
        """
    ) { try $0.writeMatrix("nan.npy", values: [0, 1, 2, .nan, 4, 5, 6, 7]) },
    Provocation(
      name: "a big-endian matrix", line: "run big.npy", status: 65,
      message: """
        big.npy cannot be used: Its numbers are big-endian ('>f4'). Save array.astype('<f4').
        """
    ) {
      try $0.writeMatrix("big.npy", values: [0, 1, 2, 3, 4, 5, 6, 7], type: ">f4")
    },
    Provocation(
      name: "a matrix of objects", line: "run object.npy", status: 65,
      message: """
        object.npy cannot be used: It holds Python objects, which are never read because they can \
        run code. Give a plain float32 or float64 matrix.
        """
    ) {
      try $0.writeMatrix(
        "object.npy", values: [0, 1, 2, 3, 4, 5, 6, 7], type: "|O")
    },
  ]

  private static let folders = [
    Provocation(
      name: "somebody's folder", line: "run icons -o mine", status: 73,
      message: "mine is not empty and holds no run. Choose another folder with --out."
    ) {
      try FileStore.createFolder($0.path("mine"))
      try FileStore.write("precious", to: $0.path("mine/thesis.txt"))
    },
    Provocation(
      name: "a file for a folder", line: "run icons -o file", status: 73,
      message: "Cannot create file: File exists."
    ) { try FileStore.write("", to: $0.path("file")) },
    Provocation(
      name: "another run's folder", line: "\(small) -o done --seed 2", status: 78,
      message: """
        done holds a run with other options: seed is "1" there and "2" here. Ask for the same, or \
        choose another folder with --out.
        """, prepare: run("done")),
    Provocation(
      name: "fewer generations than there are", line: "\(small) -o more --generations 0",
      status: 78,
      message: """
        more holds a run of 1 generations, more than the 0 asked for. Ask for 1 or more, or choose \
        another folder with --out.
        """, prepare: run("more")),
    Provocation(
      name: "a damaged run", line: "\(small) -o hurt", status: 65,
      message: """
        hurt/generations/001/metrics.json is damaged: its bytes are not those that index.json knows. \
        Generation 0 is the last whole one. Remove generations/001 and those after it, and run the \
        same command again to go on from there.
        """
    ) {
      try run("hurt")($0)
      try FileStore.write("{}", to: $0.path("hurt/generations/001/metrics.json"))
    },
    Provocation(
      name: "a data set over another", line: "sprites icons --count 3", status: 73,
      message: """
        icons holds a data set already. Use --force to replace it, or choose another folder.
        """),
  ]

  private static let files = [
    (
      "strategy: replace\nsamples: many\n",
      """
      o.yaml:2:10: The value 'many' is invalid for '--samples <samples>': it must be a whole number in \
      digits, such as 20. `genloss run --help` shows the options.
      """
    ),
    (
      "real-share: 2\n",
      """
      o.yaml:1:13: --real-share 2.0 cannot be used: a share lies between 0 and 1. `genloss run --help` \
      shows the options.
      """
    ),
    (
      "samples: 5000\n",
      """
      o.yaml:1:10: --samples 5000 cannot be used: the training part holds 32 of 40 samples. Lower \
      --samples, --holdout or --feature-share, or add data.
      """
    ),
    (
      "generator: bootstrap\nrank: 3\n",
      """
      o.yaml:2:7: The generator bootstrap has no setting rank. It has none: leave it out.
      """
    ),
    (
      "bias: 1e400\n",
      """
      o.yaml:1:7: The value '1e400' is invalid for '--bias <bias>': it must be a number in decimal \
      notation, such as 0.5. `genloss run --help` shows the options.
      """
    ),
    (
      "strategy: bias:lambda=.9\nbias: .8\n",
      """
      o.yaml: bias:lambda=0.9 and --bias 0.8 contradict each other. Leave one of them out.
      """
    ),
    (
      "strategy:\n  name: half\n  parts:\n    - pools: last\n      chioce: random\n",
      """
      o.yaml:5:7: there is no key "chioce" here. Did you mean "choice"? The keys are pools, size, \
      count, choice, weight, filters.
      """
    ),
    (
      "strategy:\n  name: half\n  parts:\n    - {pools: original, size: half}\n",
      """
      o.yaml:4:25: size cannot be "half": it is a number from 0 to 1000 or a schedule of such, like \
      0.5/0.6/0.7, 0/0.5@4 or 0.5..0.9@5, all or rest.
      """
    ),
    (
      "samples: 0x10\n",
      """
      o.yaml:1:10: The value '0x10' is invalid for '--samples <samples>': it must be a whole number in \
      digits, such as 20. `genloss run --help` shows the options.
      """
    ),
    (
      "samples: 1_000\n",
      """
      o.yaml:1:10: The value '1_000' is invalid for '--samples <samples>': it must be a whole number \
      in digits, such as 20. `genloss run --help` shows the options.
      """
    ),
    (
      "smples: 3\n",
      """
      o.yaml:1:1: there is no option "smples". Did you mean "samples"?
      """
    ),
    (
      "seed: 3\nseed: 4\n",
      """
      o.yaml:1:1: seed stands twice. Keep one of the lines.
      """
    ),
    (
      "x: b 'c\na: &a [z]\n",
      """
      o.yaml:2:4: anchors and aliases are not supported. Write the value out, or in quotes.
      """
    ),
    (
      "seed: [3, 4]\n",
      """
      o.yaml:1:7: seed takes one value, not a list or a mapping.
      """
    ),
    (
      "seed: \(String(repeating: "[", count: 5000))\n",
      """
      o.yaml:1:8: it is nested too deeply. It must hold lines of the form "option: value".
      """
    ),
    (
      "seed: 'x\n",
      """
      o.yaml:2:1: it is not YAML: found unexpected end of stream.
      """
    ),
    (
      "control: maybe\n",
      """
      o.yaml:1:10: control is true or false, not "maybe".
      """
    ),
  ].map { text, message in
    Provocation(
      name: "the file \(text.prefix(30).debugDescription)", line: "run icons --config o.yaml",
      status: 78, message: message
    ) { try FileStore.write(text, to: $0.path("o.yaml")) }
  }

  private static let small = "run icons --samples 20 --generations 1 --components 4 --no-control -q"

  private static func run(_ folder: String) -> @Sendable (CommandLineTool) throws -> Void {
    { genloss in
      let outcome = try genloss.shell("\"$GENLOSS\" \(small) -o \(folder)")
      try #require(outcome.status == 0, "\(outcome.messages)")
    }
  }
}

extension CommandLineTool {
  /// Writes a matrix of four rows and two columns as numpy does.
  fileprivate func writeMatrix(
    _ name: String, values: [Float], type: String = "<f4"
  ) throws {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (4, 2), }"
    let padding = String(repeating: " ", count: 127 - 10 - header.utf8.count)
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
    bytes += Array((header + padding + "\n").utf8)
    for value in values {
      for shift in stride(from: 0, to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(shift)))
      }
    }
    try FileStore.write(bytes, to: path(name))
  }
}
