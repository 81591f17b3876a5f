import ArgumentParser
import GenerationLoss
import Sprites
import Storage
import SystemPackage

/// A drawn data set.
struct SpritesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sprites",
    abstract: "Draw a data set of icons with known classes and attributes.",
    usage: "genloss sprites OUT [options]",
    discussion: """
      Examples:
        genloss sprites icons --count 300 --size 32 --seed 1
        genloss sprites equal --zipf 0
        genloss run sprites:size=32,zipf=1 --strategy fresh-data

      OUT gets a sub-folder for each class and attributes.csv with the truth of every picture. \
      Picture i of a seed is always the same, so the same law also runs without a folder, as in the \
      last example.
      """)

  @Argument(help: "The folder to create.")
  var out: String

  @Option(name: .long, help: "How many pictures (default: 1200).", transform: WrittenNumber.whole)
  var count = 1200

  @Option(
    name: .long, help: "Their size in pixels, 16 ... 256 (default: 64).",
    transform: WrittenNumber.whole)
  var size = 64

  @Option(name: .long, help: "The seed of the law (default: 1).", transform: WrittenNumber.seed)
  var seed: UInt64 = 1

  @Option(
    name: .long, help: "Class shares fall as 1 / rank^zipf; 0 makes them equal (default: 1).",
    transform: WrittenNumber.real)
  var zipf = 1.0

  @Flag(name: .shortAndLong, help: "Replace the folder if it exists.")
  var force = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard (1...100_000_000).contains(count) else {
      throw ValidationError("--count must lie between 1 and 100000000, not \(count).")
    }
    guard !out.isEmpty else { throw ValidationError("OUT must name a folder; it is empty.") }
    guard (16...256).contains(size) else {
      throw ValidationError("--size must lie between 16 and 256, not \(size).")
    }
    guard zipf >= 0, zipf <= 8 else {
      throw ValidationError("--zipf must lie between 0 and 8, not \(zipf).")
    }
  }

  func run() throws {
    global.apply()
    let folder = FilePath(out)
    let law = try SpriteLaw(size: size, seed: seed, zipf: zipf)
    Interruption.keeping {
      SpriteFolder.isDataSet(folder)
        ? "the data set that was there stays; the same command starts again."
        : "no data set is whole; the same command starts again."
    }
    let progress = PassingLine(global: global)
    try SpriteFolder.replace(in: folder, mayReplace: force) { drawn in
      try SpriteFolder.write(to: drawn, count: count, law: law) { pictures in
        progress.show("drawing: \(pictures) of \(count) pictures")
        try Interruption.check()
      }
    }
    Console.clear()
    let classes = try Self.classes(in: folder)
    if global.json {
      let members = classes.map { JSONValue.Member($0.name, .integer($0.count)) }
      let object = JSONValue.object([
        .init("schema_version", .integer(1)), .init("folder", .string(out)),
        .init("count", .integer(count)), .init("size", .integer(size)),
        .init("seed", .string(String(seed))), .init("classes", .object(members)),
      ])
      try Console.out(object.text)
    } else if !global.quiet {
      let shares = classes.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      try Console.out(
        "\(count) pictures of \(size) x \(size) in \(folder.printable): \(shares)\n")
    }
  }

  /// The classes that were drawn, with their pictures.
  private static func classes(in folder: FilePath) throws -> [(name: String, count: Int)] {
    try SpriteLaw.classNames.compactMap { name in
      let path = folder.appending(name)
      guard FileStore.isFolder(path) else { return nil }
      return (name, try FileStore.names(in: path).count)
    }
  }
}
