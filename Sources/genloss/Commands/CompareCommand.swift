import ArgumentParser
import Comparison
import GenerationLoss
import Recursion
import Storage
import Studies
import SystemPackage

/// Runs of several strategies and seeds, compared.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Rank the strategies of studies and runs over seeds, and say what is sure.",
    usage: "genloss compare DIR… [options]",
    discussion: """
      Examples:
        genloss compare studies/small
        genloss compare studies/small --metric recall --equal n
        genloss compare studies/small --baseline replace --markdown
        genloss compare runs/sprites-replace-s1 runs/sprites-accumulate-s1 --out both

      DIR is a study's folder or a run's. Runs that differ in their seed alone are one strategy; options \
      that differ tell strategies apart. Strategies are ranked among those that saw as many distinct real \
      samples (--equal n: that draw as many samples), and differences are judged on the same seeds by a \
      permutation test with Holm's correction. Tables and pictures are written into DIR/comparison \
      where DIR is one study, else into comparison in the working folder: the rankings are comparison.csv, \
      the differences differences.csv.
      """)

  @Argument(help: ArgumentHelp("Folders of studies or runs.", valueName: "dir"))
  var folders: [String]

  @Option(name: .long, help: "The metric that ranks.")
  var metric = "frechet_distance"

  @Option(
    name: .long, help: "The generation (default: the last that all have).",
    transform: WrittenNumber.whole)
  var generation: Int?

  @Option(name: .long, help: "What is made equal: real (distinct real samples) or n (--samples).")
  var equal = ComparedBudget.real

  @Option(name: .long, help: "Compare with this strategy only, as the table writes it.")
  var baseline: String?

  @Option(
    name: .long, help: "The probability of any wrong claim on a data set (default: 0.05).",
    transform: WrittenNumber.real)
  var alpha = 0.05

  @Flag(help: "Print the tables in this form.")
  var format: PrintedFormat?

  @Option(
    name: .shortAndLong,
    help: "The folder of tables and pictures (default: comparison, in DIR if that is one study).")
  var out: String?

  @OptionGroup(title: "Output") var global: GlobalOptions

  /// How tables are printed.
  enum PrintedFormat: String, EnumerableFlag {
    case csv
    case markdown
    case latex
  }

  func validate() throws {
    guard !folders.isEmpty else {
      throw ValidationError("compare needs DIR, the folder of a study or a run.")
    }
    guard alpha > 0, alpha < 1 else {
      throw ValidationError("--alpha must lie between 0 and 1, not \(alpha).")
    }
    if let generation, generation < 0 {
      throw ValidationError("--generation must be 0 or more, not \(generation).")
    }
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
    guard !global.json || format == nil else {
      throw ValidationError("--json and another form contradict each other. Leave one out.")
    }
  }

  func run() throws {
    global.apply()
    var settings = ComparisonSettings()
    settings.metric = metric
    settings.generation = generation
    settings.equal = equal
    settings.baseline = baseline
    settings.alpha = alpha
    // A run's folder is the run's own; that of a study is everybody's.
    let first = FilePath(folders[0])
    let isStudy =
      FileStore.exists(first.appending(StudyFolder.studyName))
      || StudyFolder(first).unlistedCells != nil
    let folder =
      out.map { FilePath($0) }
      ?? (isStudy && folders.count == 1
        ? first.appending(StudyFolder.comparisonName) : "comparison")
    try ComparisonFiles.requireRoom(in: folder)
    let progress = PassingLine(global: global)
    let read = try ComparedFolders(reading: folders.map { FilePath($0) }) { run in
      progress.show("reading \(run.printable)")
      try Interruption.check()
    }
    let comparison = try Comparison(read, settings: settings)
    progress.show("drawing")
    let pictures = try ComparisonFiles(comparison).write(into: folder)
    Console.clear()
    try Console.out(output(comparison, in: folder, pictures: pictures))
    try requireWhole(read.leftOut)
  }

  /// Tells of runs that are left out where no note does, and makes them a failed check.
  private func requireWhole(_ leftOut: [ComparedFolders.LeftOut]) throws(ExitStatus) {
    guard !leftOut.isEmpty else { return }
    let count = leftOut.count == 1 ? "1 run is" : "\(leftOut.count) runs are"
    let hasNotes = global.json || format == nil
    Console.error(
      hasNotes
        ? "\(count) damaged and left out; the notes say which, and what to do."
        : leftOut.map { "\($0.path.printable) is left out: \($0.reason)" }
          .joined(separator: "\n"))
    throw .failedCheck
  }

  private func output(
    _ comparison: Comparison, in folder: FilePath, pictures: [String]
  ) -> String {
    if global.json { return comparison.json.text }
    func tables(_ format: ReportTable.Format) -> String {
      comparison.tables.map { $0.text(format) }.joined(separator: "\n")
    }
    switch format {
    case .csv: return String(decoding: comparison.csv, as: UTF8.self)
    case .markdown: return tables(.markdown)
    case .latex: return tables(.latex)
    case nil:
      var lines = comparison.sentences + comparison.notes.map { "note: \($0)" }
      let shown = pictures.filter { name in
        ["metrics", "ranking", "survival"].contains { name.hasPrefix($0) }
      }
      lines.append(
        "look at "
          + shown.map { folder.appending($0).printable }.joined(separator: ", "))
      // Names of data and strategies are a user's own.
      return (tables(.plain) + "\n" + lines.joined(separator: "\n") + "\n")
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { FilePath.printable(Array($0.utf8)) }.joined(separator: "\n")
    }
  }
}
