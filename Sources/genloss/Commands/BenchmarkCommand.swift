import ArgumentParser
import Comparison
import Foundation
import Generators
import Recursion
import Sprites
import Storage
import SystemPackage

/// The reference card of strategies and generators.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "The reference card: what strategies keep for the real samples they spend.",
    usage: "genloss benchmark [--out DIR] [options]",
    discussion: """
      Examples:
        genloss benchmark
        genloss benchmark --strategy curated:keep=0.7
        genloss benchmark --strategy my-strategy.yaml --generator "exec:python3 my.py"

      The same drawn icons, seeds, strategies and settings for everybody, told by the card's version: \
      \(BenchmarkStudy.pictures.count) icons of \(BenchmarkStudy.pictures.size) x \
      \(BenchmarkStudy.pictures.size), ten strategies, five seeds, ten generations. The card says for \
      each strategy and generator how many real samples its loops have seen, and what is left in the \
      last generation: recall, the Fréchet distance to held-out pictures and the recall of the tail \
      against generation 0's, with 95 % intervals over seeds, and over the thousands of real samples. \
      Enter a strategy or a generator of your own with --strategy and --generator. DIR gets card.md, \
      card.csv, card.json and all runs; the same command again, or one with more entries, continues.
      """)

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Enter a strategy: NAME:key=value,… or a YAML file with the key strategy; repeatable.",
      valueName: "strategy"))
  var strategy: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Enter a generator, such as exec:CMD, with all strategies; repeatable.",
      valueName: "generator"))
  var generator: [String] = []

  @Option(name: .shortAndLong, help: "The folder (default: benchmark).")
  var out = "benchmark"

  @Option(
    name: .long, help: "Runs at a time (default: all threads).", transform: WrittenNumber.whole)
  var jobs: Int?

  @Flag(
    name: [.customShort("n"), .long],
    help: "Run nothing: list the runs, those done, and the time, memory and disk that are needed.")
  var dryRun = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard !out.isEmpty else { throw ValidationError("--out must name a folder; it is empty.") }
    guard global.config == nil else {
      throw ValidationError("--config has no meaning here: the settings are the card's.")
    }
  }

  func run() throws {
    global.apply()
    let here = FilePath(FileManager.default.currentDirectoryPath)
    let shown = FilePath(out)
    try generator.forEach(Self.requireKnown)
    var study = BenchmarkStudy(
      folder: here.pushing(shown).lexicallyNormalized(),
      enteredStrategies: try BenchmarkStudy.strategies(strategy),
      enteredGenerators: generator.map(Self.resolved))
    let runs = study.runs
    if dryRun { study.folder = try draft(of: study) }
    defer { if dryRun { try? FileStore.remove(study.folder) } }
    try FileStore.createFolder(study.folder)
    try draw(into: study.data)
    try FileStore.write(study.text, to: study.file)
    var words = [study.file.string, "--out", runs.string]
    if let jobs { words += ["--jobs", "\(jobs)"] }
    if let threads = global.threads { words += ["--threads", "\(threads)"] }
    if dryRun {
      if global.json { words.append("--json") }
      return try StudyCommand.parse(words + ["--dry-run"]).run()
    }
    try StudyCommand.parse(words + ["--quiet"]).complete(showing: StudyLines(global: global))
    let folders = try ComparedFolders(reading: [study.runs])
    let card = try ReferenceCard(folders.runs, version: BenchmarkStudy.version)
    try FileStore.write(
      Array(card.table.text(.markdown).utf8), to: study.folder.appending("card.md"))
    try FileStore.write(card.csv, to: study.folder.appending("card.csv"))
    try FileStore.write(card.json.bytes(.pretty), to: study.folder.appending("card.json"))
    Console.clear()
    for note in folders.notes { Console.message("note: \(note)") }
    try Console.out(
      global.json
        ? card.json.text
        : card.table.text(.plain) + "look at \(shown.appending("card.md").printable)\n")
  }

  /// Refuses a generator as `run` does, before anything is drawn.
  private static func requireKnown(_ generator: String) throws {
    do {
      _ = try RunCommand.parse([BenchmarkStudy.dataName, "--generator=\(generator)"])
    } catch {
      throw ValidationError(RunCommand.message(for: error))
    }
  }

  /// A folder elsewhere for what a dry run needs, and may not write where the card is to be: the study's
  /// file, and pictures where there are none yet.
  private func draft(of study: BenchmarkStudy) throws -> FilePath {
    let folder = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss-benchmark-\(UUID().uuidString)")
    try FileStore.createFolder(folder)
    if SpriteFolder.isDataSet(study.data) {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(BenchmarkStudy.dataName).string,
        withDestinationPath: study.data.string)
    }
    return folder
  }

  /// Draws the pictures, unless they are all there; a folder of somebody else's is refused.
  private func draw(into folder: FilePath) throws {
    guard !SpriteFolder.isDataSet(folder) else { return }
    let pictures = BenchmarkStudy.pictures
    try SpritesCommand.parse([
      folder.string, "--count", "\(pictures.count)", "--size", "\(pictures.size)", "--seed",
      "\(pictures.seed)", "--quiet",
    ]).run()
  }

  /// A command of the user's with its path from the root, as runs work in another folder.
  private static func resolved(_ generator: String) -> String {
    let prefix = "exec:"
    guard generator.hasPrefix(prefix) else { return generator }
    let here = FilePath(FileManager.default.currentDirectoryPath)
    let words = generator.dropFirst(prefix.count).split(
      separator: " ", omittingEmptySubsequences: false)
    return prefix
      + words.map { word in
        let path = here.pushing(FilePath(String(word))).lexicallyNormalized()
        return !word.isEmpty && !word.hasPrefix("-") && FileStore.exists(path)
          ? path.string : String(word)
      }.joined(separator: " ")
  }
}
