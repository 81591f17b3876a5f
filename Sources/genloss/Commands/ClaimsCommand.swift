import ArgumentParser
import Claims
import Comparison
import Foundation
import GenerationLoss
import Recursion
import Storage
import Studies
import SystemPackage

/// Claims that people make, each a study with a verdict.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract:
      "List what people claim about training on synthetic data, or run a claim and judge it.",
    usage: "genloss claims [NAME] [options]",
    discussion: """
      Examples:
        genloss claims
        genloss claims accumulate
        genloss claims accumulate --dry-run
        genloss claims accumulate --json

      A claim is a study with the key claim: what is said, by whom, and what must be seen if it holds. \
      The verdict comes from the runs alone: every expectation is a difference on the same seeds with a \
      permutation test, corrected for their number. It is confirmed if all hold, refuted if the opposite \
      of one is seen beyond doubt, else undecided. The same command again continues the study.
      """)

  @Argument(help: ArgumentHelp("The claim (default: list all).", valueName: "name"))
  var name: String?

  @Option(name: .long, help: "The folder of the studies (default: fixtures/studies).")
  var studies: String?

  @Option(name: .shortAndLong, help: "The folder of the runs (default: studies/NAME).")
  var out: String?

  @Option(
    name: .long, help: "Runs at a time (default: all threads).", transform: WrittenNumber.whole)
  var jobs: Int?

  @Flag(
    name: [.customShort("n"), .long],
    help: "Run nothing: list the runs, those done, and the time, memory and disk that are needed.")
  var dryRun = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs must lie between 1 and 1024, not \(jobs).")
    }
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
    guard !dryRun || name != nil else {
      throw ValidationError("--dry-run is about one claim. Name it: `genloss claims` lists them.")
    }
  }

  func run() throws {
    global.apply()
    let folder = try folderOfStudies()
    var claims: [ClaimFile] = []
    var faults: [(name: String, error: any Error)] = []
    for file in try FileStore.names(in: folder) where file.extension == "yaml" {
      do {
        if let claim = try ClaimFile(reading: folder.appending(file)) { claims.append(claim) }
      } catch {
        faults.append((file.stem, error))
      }
    }
    guard let name else {
      try list(claims)
      // One file that cannot be read is no reason not to list the others.
      for fault in faults { Console.error("\(fault.error)") }
      if let fault = faults.first { throw ExitStatus(for: fault.error) }
      return
    }
    guard let file = claims.first(where: { $0.claim.name == name }) else {
      if let fault = faults.first(where: { $0.name == name }) { throw fault.error }
      throw ValidationError(
        "there is no claim \(UsageError.shown(name)) in \(folder.printable)."
          + NearestName.question(name, among: claims.map(\.claim.name))
          + " `genloss claims` lists them.")
    }
    try judge(file)
  }

  /// The folder that the user names, else that of the working directory, else that of the checkout in
  /// which the program was built.
  private func folderOfStudies() throws -> FilePath {
    if let studies { return FilePath(studies) }
    let usual = FilePath("fixtures/studies")
    if FileStore.isFolder(usual) { return usual }
    var place = try FileStore.resolved("/proc/self/exe")
    while place.removeLastComponent(), !place.isEmpty {
      let folder = place.pushing(usual)
      if FileStore.isFolder(folder) { return folder }
    }
    throw ValidationError("there is no folder fixtures/studies here. Name one with --studies.")
  }

  private func list(_ claims: [ClaimFile]) throws {
    if global.json {
      return try Console.out(
        JSONValue.array(
          claims.map { file in
            .object([
              .init("name", .string(file.claim.name)), .init("claim", .string(file.claim.says)),
              .init("source", .string(file.claim.source)),
              .init("scope", .string(file.claim.scope)),
              .init("study", .string(file.path.string)),
            ])
          }
        ).text)
    }
    let width = claims.map(\.claim.name.count).max() ?? 0
    let lines = claims.map { file in
      let name = file.claim.name + String(repeating: " ", count: width - file.claim.name.count)
      return "\(name)  \"\(file.claim.says)\" (\(file.claim.source))"
    }
    try Console.out(lines.map { $0 + "\n" }.joined())
  }

  private func judge(_ file: ClaimFile) throws {
    let here = FilePath(FileManager.default.currentDirectoryPath)
    let shown = FilePath(out ?? "studies/\(file.claim.name)")
    let folder = here.pushing(shown).lexicallyNormalized()
    let question = StudyQuestion.claim(file.claim.name)
    var words = [file.path.string, "--out", shown.string]
    if let jobs { words += ["--jobs", "\(jobs)"] }
    if let threads = global.threads { words += ["--threads", "\(threads)"] }
    if dryRun {
      let study = try StudyCommand.parse(words + (global.json ? ["--json"] : []))
      return try study.showPlan(for: question)
    }
    try StudyCommand.parse(words + ["--quiet"]).complete(
      for: question, showing: StudyLines(global: global))
    let runs = try ComparedFolders(reading: [folder])
    let verdict = ClaimVerdict(file.claim, runs.runs)
    var settings = ComparisonSettings()
    settings.equal = .n
    let pictures = folder.appending(StudyFolder.comparisonName)
    let comparison = try Comparison(runs, settings: settings)
    try ComparisonFiles(comparison).write(into: pictures)
    try FileStore.write(verdict.json.bytes(.pretty), to: folder.appending("verdict.json"))
    Console.clear()
    for note in comparison.notes { Console.message("note: \(note)") }
    try Console.out(
      global.json
        ? verdict.json.text
        : verdict.text + "\nlook at \(shown.appending("comparison/metrics.png").printable)\n")
  }
}
