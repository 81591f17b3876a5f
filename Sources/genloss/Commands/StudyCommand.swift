import ArgumentParser
import Foundation
import GenerationLoss
import Recursion
import Storage
import Studies
import SystemPackage

/// Many runs from one file.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Run the cells of STUDY, data sets x strategies x seeds x options, into a folder.",
    usage: "genloss study STUDY.yaml [--out DIR] [options]",
    discussion: """
      Examples:
        genloss study fixtures/studies/small.yaml
        genloss study my.yaml --out my-study --dry-run
        genloss study my.yaml --jobs 2 --keep-going
        genloss study my.yaml --shard 1/4
        genloss study my.yaml --collect

      STUDY.yaml has the keys data, strategies and seeds (a number, or a list), any option of `run` with \
      a value or a list of values, exclude (a list of mappings: cells to leave out) and include (a list \
      of mappings: cells to add, whose keys replace those of the study). Cells are the product. \
      real-budget: B gives each strategy the --samples with which it sees B distinct real samples in \
      all. Paths are relative to the file. A cell is a run folder in DIR/cells; study.csv has the measurements of \
      all. The same command again continues: finished cells are kept, failed ones are tried again. \
      Several processes may work in one folder.
      """)

  @Argument(help: ArgumentHelp("The YAML file of the study.", valueName: "study.yaml"))
  var file: String

  @Option(name: .shortAndLong, help: "The folder of the study (default: studies/NAME).")
  var out: String?

  @Option(
    name: .long,
    help: "Cells at a time, each with its share of the threads (default: all threads).",
    transform: WrittenNumber.whole)
  var jobs: Int?

  @Flag(
    exclusivity: .exclusive,
    help: "Go on when a cell fails (the default), or end all cells at the first failure.")
  var failures: FailurePolicy = .keepGoing

  @Option(
    name: .long, help: "I/N: only every N-th cell, from the I-th on, as one of N processes.",
    transform: Self.shard)
  var shard: StudyShard?

  @Flag(name: .long, help: "Run nothing: write study.csv from the cells that are finished.")
  var collect = false

  @Flag(
    name: .long,
    help: """
      Run nothing: print a batch script for Slurm, of as many tasks as --shard says, or of --jobs cells \
      (default: 1) on --threads processors each (default: --jobs).
      """
  )
  var printSlurm = false

  @Flag(
    name: [.customShort("n"), .long],
    help: "Run nothing: list the cells, those done, and the time, memory and disk that are needed.")
  var dryRun = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  /// What a failure means for the other cells.
  enum FailurePolicy: String, EnumerableFlag {
    case keepGoing
    case failFast
  }

  private static func shard(_ text: String) throws -> StudyShard {
    guard let shard = StudyShard(text) else {
      throw ValidationError("it is I/N with I from 1 to N, such as 1/4.")
    }
    return shard
  }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must lie between 1 and 1024, not \(jobs).")
    }
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
    guard [collect, printSlurm, dryRun].count(where: \.self) < 2 else {
      throw ValidationError(
        "--collect, --print-slurm and --dry-run are three things to do. Choose one.")
    }
    guard global.config == nil else {
      throw ValidationError("--config has no meaning here: the study is a file of options itself.")
    }
  }

  func run() throws {
    global.apply()
    let (setting, shown, plan) = try open()
    let cells = plan.cells
    if printSlurm {
      // Without a wish a task is one cell on one processor: the machine of the task is another.
      let jobs = jobs == nil ? 1 : setting.jobs
      return try Console.out(
        SlurmScript.text(
          study: setting.file.string, out: setting.folder.path.string,
          program: try Self.program().string, cells: cells, tasks: shard?.count, jobs: jobs,
          processors: max(jobs, global.threads ?? 1)))
    }
    try setting.folder.require(.study, of: cells)
    if dryRun { return try show(plan, setting, shown) }
    let mine = (shard ?? .whole).part(of: cells)
    let orphans = plan.orphans(in: setting.folder)
    try prepare(cells, .study, setting, shown)
    if collect { return try merge(cells, setting, shown, orphans: orphans) }
    if orphans.finishedCount > 0, !global.quiet {
      Console.message(CellLine.sentence(about: orphans))
    }
    let lines = StudyLines(global: global)
    let (outcome, table) = try perform(mine, all: cells, setting, shown, lines)
    let part = isWhole ? nil : shard.map { (shard: $0, of: cells.count) }
    let report = StudyReport(
      outcome, table: table, orphans: orphans, setting: setting, shown: shown,
      part: part, seconds: lines.seconds)
    try Console.out(global.json ? report.json.text : report.text)
    if !outcome.failed.isEmpty || table?.damaged.isEmpty == false {
      throw ExitStatus.failedCheck
    }
  }

  /// Completes all cells for whoever makes a report of its own, and says first what that will take.
  ///
  /// - Throws: as the command, and `ExitStatus.failedCheck` if a cell failed.
  func complete(for question: StudyQuestion = .study, showing lines: StudyLines) throws {
    let (setting, shown, plan) = try open()
    try setting.folder.require(question, of: plan.cells)
    lines.foretell(
      StudyPlanText(plan.cells, setting, shown: shown, orphans: plan.orphans(in: setting.folder)))
    try prepare(plan.cells, question, setting, shown)
    let outcome = try perform(plan.cells, all: plan.cells, setting, shown, lines).outcome
    if !outcome.failed.isEmpty { throw ExitStatus.failedCheck }
  }

  /// Says what would be run.
  ///
  /// - Throws: as the command, and `ExitStatus.failedCheck` if a cell cannot be run.
  func showPlan(for question: StudyQuestion) throws {
    let (setting, shown, plan) = try open()
    try setting.folder.require(question, of: plan.cells)
    try show(plan, setting, shown)
  }

  private func show(_ plan: StudyPlan, _ setting: StudySetting, _ shown: FilePath) throws {
    let text = StudyPlanText(
      (shard ?? .whole).part(of: plan.cells), setting, shown: shown,
      orphans: plan.orphans(in: setting.folder))
    try Console.out(text.output(asJSON: global.json))
    if text.hasRefused { throw ExitStatus.failedCheck }
  }

  /// Whether all cells are this process's, and so is the table.
  private var isWhole: Bool { shard == nil || shard == .whole }

  private func prepare(
    _ cells: [PlannedCell], _ question: StudyQuestion, _ setting: StudySetting, _ shown: FilePath
  ) throws {
    let adopted = try setting.folder.prepare().count
    if adopted > 0 {
      Console.message(
        "\(shown.printable) has no \(StudyFolder.studyName), but \(adopted) run\(adopted == 1 ? "" : "s") of "
          + "genloss: it is taken over as the folder of this study.")
    }
    try setting.folder.write(cells, for: question, version: Release.version)
  }

  /// Reads the study and looks at its data.
  private func open() throws -> (
    setting: StudySetting, shown: FilePath, plan: StudyPlan
  ) {
    let path = FilePath(file)
    let study = try StudyFile(reading: path)
    let commands = try study.commands()
    for warning in study.warnings {
      Console.message(warning, label: StyledStream.errors(.yellow, "warning:") + " ")
    }
    let name = path.stem ?? "study"
    let shown = FilePath(out ?? "studies/\(name)")
    let setting = try StudySetting(
      file: path, folder: shown, threads: global.threads ?? Machine.processors,
      jobs: min(jobs ?? global.threads ?? Machine.processors, max(1, commands.count)))
    // From here on paths are relative to the file, for the cells and for this process alike.
    try setting.enter()
    for (_, command) in commands { try command.requireOutsideData(setting.folder.path) }
    return (setting, shown, try plan(study, commands, setting))
  }

  private func plan(
    _ study: StudyFile, _ commands: [(cell: StudyCell, command: RunCommand)],
    _ setting: StudySetting
  ) throws -> StudyPlan {
    let progress = PassingLine(global: global)
    do {
      let plan = try StudyPlan(
        commands.map { ($0.cell, $0.command.configuration) }, in: setting.folder,
        threads: setting.threads, refusal: study.refusal
      ) { data in
        progress.show("reading \(data)")
        try Interruption.check()
      }
      if let repetition = plan.repetitions.first { throw study.failure(repetition) }
      var told: Set<String> = []
      for (data, report) in plan.incomplete where told.insert(data).inserted {
        Console.message(
          FolderReportText.skipped(in: report, of: data),
          label: StyledStream.errors(.yellow, "warning:") + " ")
      }
      return plan
    } catch let error as StudyPlan.UnreadableData {
      Console.error("\(study.failure(error.error, data: error.data))")
      throw ExitStatus(for: error.error)
    }
  }

  private func perform(
    _ cells: [PlannedCell], all: [PlannedCell], _ setting: StudySetting, _ shown: FilePath,
    _ lines: StudyLines
  ) throws -> (outcome: StudyOutcome, table: StudyTable?) {
    Interruption.keeping {
      "finished generations are kept in \(shown.printable), and the same command goes on after them."
    }
    let schedule = StudySchedule(
      cells, in: setting.folder, jobs: setting.jobs, threads: setting.threads,
      failsFast: failures == .failFast)
    let outcome = try schedule.perform { event in
      lines.show(event)
      try Interruption.check()
    }
    Console.clear()
    let table = isWhole ? StudyTable(all, in: setting.folder) : nil
    try table?.write()
    return (outcome, table)
  }

  /// Merges what is there; a cell that is missing or damaged is a failed check.
  private func merge(
    _ cells: [PlannedCell], _ setting: StudySetting, _ shown: FilePath, orphans: OrphanedRuns
  ) throws {
    let table = StudyTable(cells, in: setting.folder)
    // A study that has not been run yet is no reason to lose the table of one of before.
    if !table.merged.isEmpty || !table.damaged.isEmpty { try table.write() }
    let report = StudyMergeText(
      table, orphans: orphans, folder: setting.folder, shown: shown)
    try Console.out(global.json ? report.json.text : report.text)
    if !table.missing.isEmpty || !table.damaged.isEmpty { throw ExitStatus.failedCheck }
  }

  /// The path of this program.
  private static func program() throws(StorageError) -> FilePath {
    try FileStore.resolved("/proc/self/exe")
  }
}
