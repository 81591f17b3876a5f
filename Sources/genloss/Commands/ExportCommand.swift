import ArgumentParser
import Export
import Recursion
import Storage
import Studies
import SystemPackage

/// A generation of a run for other programs to train on.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a generation of a run so that other programs can train on it.",
    usage: "genloss export RUN --generation G --out OUT [--format folder|zip|npy]",
    discussion: """
      Examples:
        genloss export runs/sprites-replace-s1 --generation 5 --out generation5
        genloss export runs/sprites-replace-s1 --generation 5 --format zip --out generation5.zip

      A folder or zip holds PNG files, a thousand to a sub-folder, dataset.json (StyleGAN's labels) and \
      metadata.jsonl (image folders). Classes are those that travel with samples under --conditional; \
      without it there are none. An array is uint8 (n, height, width, channels) for pictures, float32 \
      (n, d) for vectors; its labels, if any, stand in NAME-labels.csv.
      """)

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"))
  var recorded: String

  @Option(name: .long, help: "The generation.")
  var generation: Int

  @Option(name: .long, help: "folder, zip or npy.")
  var format = ExportFormat.folder

  @Option(name: .shortAndLong, help: "The folder or file to write; it must not exist.")
  var out: String

  @Flag(name: .long, help: "Round fractional levels (of runs with --carry float) for PNG files.")
  var round = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard !out.isEmpty else { throw ValidationError("--out must name a folder or file.") }
    let wanted = format == .folder ? nil : ".\(format.rawValue)"
    if let wanted, !out.hasSuffix(wanted) {
      throw ValidationError(
        "--out must name a \(wanted) file for --format \(format.rawValue), not "
          + "\(UsageError.shown(out)).")
    }
  }

  /// The most runs of a study that are named.
  private static let mostNamed = 3

  /// Refuses the folder of a study, which holds many runs.
  private func requireRun(in path: FilePath) throws(ExportError) {
    let study = StudyFolder(path)
    guard
      let cells = (try? study.listedCells().map(\.name)) ?? study.unlistedCells
    else { return }
    let runs = cells.map(study.runFolder).filter(RunFolder.holdsRun)
    throw .study(path, runs: Array(runs.prefix(Self.mostNamed)))
  }

  func run() throws {
    global.apply()
    try requireRun(in: FilePath(recorded))
    let progress = PassingLine(global: global)
    progress.show("reading generation \(generation)")
    let export = GenerationExport(try RecordedGeneration(generation, of: FilePath(recorded)))
    progress.show("writing \(export.count) samples")
    let path = FilePath(out)
    try export.write(as: format, to: path, roundsLevels: round)
    Console.clear()
    if global.json {
      try Console.out(
        JSONValue.object([
          .init("schema_version", .integer(1)), .init("out", .string(out)),
          .init("format", .string(format.rawValue)), .init("generation", .integer(generation)),
          .init("samples", .integer(export.count)), .init("labelled", .bool(export.isLabelled)),
        ]).text)
    } else if !global.quiet {
      try Console.out(
        "\(export.count) samples of generation \(generation)"
          + "\(export.isLabelled ? ", with their classes," : "") in \(path.printable)\n")
    }
  }
}
