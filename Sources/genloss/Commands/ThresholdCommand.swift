import ArgumentParser
import Comparison
import Foundation
import GenerationLoss
import Recursion
import Storage
import Studies
import SystemPackage
import Thresholds

/// How little real data is enough.
struct ThresholdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract:
      "Find the smallest real share, reservoir or n that keeps a metric, or what quality costs.",
    usage: "genloss threshold DATA --keep METRIC=VALUE [options]",
    discussion: """
      Examples:
        genloss threshold my-pictures --keep recall=0.9 --generations 20
        genloss threshold gaussian:d=4 --generator gaussian --keep variance=90% --samples 100 \
      --strategy fresh-data
        genloss threshold my-pictures --keep fd=30 --over samples --strategy accumulate
        genloss threshold my-pictures --keep recall=0.8 --price real=1,synthetic=0.05 --budget 500

      Values are run with the same seeds and the gap in which the mean over seeds crosses the bound is \
      halved (the geometric mean of variances and what is counted from them). A metric that collapse \
      lowers must be at least VALUE at the last generation, one that it raises at most; P% is a part of \
      the same run's value at generation 0. The interval ends where the means' own 95 % intervals cross \
      the bound. Nothing may get worse along the axis: where it does, neighbours share their mean. Runs \
      are cells of a study's folder without a control: the same command again continues, and another \
      --keep uses those that are there. The strategy is synthetic-augmentation (reservoir for a \
      reservoir, replace for samples) unless you name one.
      """)

  @Argument(help: "A folder of pictures, a .npy file, or a law such as sprites:size=32.")
  var data: String

  @OptionGroup(title: "Threshold") var threshold: ThresholdOptions

  @OptionGroup(title: "Loop") var loop: LoopOptions

  @OptionGroup(title: "Generator") var generator: GeneratorFlags

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @OptionGroup(title: "Division of the data") var division: DivisionOptions

  @OptionGroup(title: "Measurement") var measurement: MeasurementOptions

  @Option(
    name: .shortAndLong, help: "The folder of the runs (default: thresholds/DATA-AXIS).")
  var out: String?

  @Option(
    name: .long, help: "Runs at a time, each with its share of the threads (default: all threads).",
    transform: WrittenNumber.whole)
  var jobs: Int?

  @Flag(
    name: [.customShort("n"), .long],
    help: "Run nothing: say how many runs it takes, about, and how long.")
  var dryRun = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  private var runConfiguration: RunConfiguration {
    var configuration = RunConfiguration(
      of: data, loop: loop, generator: generator, pictures: pictures, division: division,
      measurement: measurement)
    configuration.control = loop.control ?? false
    return configuration
  }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must lie between 1 and 1024, not \(jobs).")
    }
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
    guard loop.brake == nil else {
      throw ValidationError(
        "--brake may end a run before the generation that is asked about. Leave it out.")
    }
    guard loop.generations > 0 else {
      throw ValidationError("--generations must be 1 or more: before that there is no loop.")
    }
    guard loop.seed <= UInt64.max - UInt64(threshold.seeds) else {
      throw ValidationError("--seed leaves no room for \(threshold.seeds) seeds after it.")
    }
    do {
      var configuration = runConfiguration
      // What the axis changes is looked at by the search itself.
      configuration.strategy = loop.strategy ?? threshold.over.usualStrategy
      try configuration.validate()
      _ = try KeptBound(threshold.keep)
      _ = try (threshold.range(), threshold.gridValues(), threshold.sizeValues())
      _ = try threshold.price.map(SamplePrice.init)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() throws {
    global.apply()
    let bound = try KeptBound(threshold.keep)
    let name = try DataSource.nameWithoutReading(data) ?? DataSource.lawName(data)
    let shown = FilePath(out ?? "thresholds/\(name)-\(threshold.over.rawValue)")
    let here = FilePath(FileManager.default.currentDirectoryPath)
    let folder = StudyFolder(here.pushing(shown).lexicallyNormalized())
    try OutputFolder.require(shown, outside: FilePath(data), option: "out")
    let threads = global.threads ?? Machine.processors
    let jobs = min(jobs ?? threads, 1024)
    var runs = try ThresholdRuns(
      runConfiguration, strategy: loop.strategy, over: threshold.over,
      seedCount: threshold.seeds, in: folder, jobs: jobs, threads: max(1, threads / jobs),
      resolve: try ResolvedCell().callAsFunction)
    try division.requireFingerprint(of: try runs.data(seed: loop.seed))
    if let price = try threshold.price.map(SamplePrice.init) {
      var question = try FrontierQuestion(
        runs, keeping: bound, price: price, budget: threshold.budget,
        grid: try threshold.gridValues(), sizes: try threshold.sizeValues())
      let cells = try question.plan().flatMap { $0 }
      try runs.requireFolder(for: cells)
      if dryRun {
        return try show(
          plan: cells, of: cells.count, "what \(bound.metric.id) costs", folder, shown, jobs)
      }
      let report = try performing(shown) { lines in
        try question.answer { try lines.report($0) }
      }
      let files = try files(of: cells, report.strategy, question.particulars, in: folder)
      try files.write(report)
      return try show(
        report.json, report.table, report.sentences, shown.appending(files.picture))
    }
    var question = try ThresholdQuestion(
      runs, keeping: bound, in: try threshold.range(), resolution: threshold.resolution)
    let ends = try question.planEnds().flatMap { $0 }
    try runs.requireFolder(for: ends)
    if dryRun {
      return try show(
        plan: ends, of: question.expectedProbes * threshold.seeds,
        "the smallest \(threshold.over.words) that keeps \(bound.words)", folder, shown, jobs)
    }
    let report = try performing(shown) { lines in
      try question.answer { values in
        lines.trying(values, of: threshold.over)
      } report: {
        try lines.report($0)
      }
    }
    let files = try files(of: ends, report.strategy, question.particulars, in: folder)
    try files.write(report)
    try show(report.json, report.table, report.sentences, shown.appending(files.picture))
  }

  private func files(
    of cells: [PlannedCell], _ strategy: String, _ particulars: [String], in folder: StudyFolder
  ) throws -> ThresholdFiles {
    ThresholdFiles(
      in: folder.path, keeping: try KeptBound(threshold.keep), at: loop.generations, cells: cells,
      over: threshold.over, strategy: strategy, particulars: particulars, price: threshold.price)
  }

  /// The lines that are shown while runs go on.
  private struct Lines {
    let study: StudyLines
    let global: GlobalOptions

    func trying(_ values: [Double], of axis: SweptAxis) {
      guard global.verbose else { return }
      Console.message(
        "trying \(axis.words) \(values.map(\.plainText).joined(separator: " and "))")
    }

    func report(_ event: StudyEvent) throws {
      study.show(event)
      try Interruption.check()
    }
  }

  private func performing<Result>(
    _ shown: FilePath, _ body: (Lines) throws -> Result
  ) throws -> Result {
    Interruption.keeping {
      "finished runs are kept in \(shown.printable), and the same command goes on after them."
    }
    do {
      let result = try body(Lines(study: StudyLines(global: global), global: global))
      Console.clear()
      return result
    } catch let failure as ThresholdRuns.Failure {
      Console.error(
        "\(failure.count) run\(failure.count == 1 ? "" : "s") failed, and there is no answer without "
          + "them. The same command tries them again; what they said is in "
          + "\(shown.appending("state").printable).")
      throw ExitStatus.failedCheck
    }
  }

  private func show(
    plan cells: [PlannedCell], of count: Int, _ question: String, _ folder: StudyFolder,
    _ shown: FilePath, _ jobs: Int
  ) throws {
    let text = ThresholdPlanText(
      question: question, cells: cells, runCount: count, folder: folder, shown: shown, jobs: jobs)
    try Console.out(text.output(asJSON: global.json))
  }

  private func show(
    _ json: JSONValue, _ table: ReportTable, _ sentences: [String], _ picture: FilePath
  ) throws {
    if global.json { return try Console.out(json.text) }
    let lines = [table.text(.plain)] + sentences + ["look at \(picture.printable)"]
    // Names of data and strategies are a user's own.
    try Console.out(
      lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        .map { FilePath.printable(Array($0.utf8)) }.joined(separator: "\n") + "\n")
  }
}
