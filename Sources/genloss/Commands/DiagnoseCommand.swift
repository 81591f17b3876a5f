import ArgumentParser
import Diagnosis
import GenerationLoss
import Storage
import SystemPackage

/// The eight definitions of collapse, decided.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract:
      "Say of finished runs which of the eight published definitions of collapse they fulfil.",
    usage: "genloss diagnose RUN… [options]",
    discussion: """
      Examples:
        genloss diagnose runs/sprites-replace-s1
        genloss diagnose runs/sprites-replace-s1 runs/sprites-replace-s2 runs/sprites-replace-s3
        genloss diagnose runs/sprites-replace-s1 --json

      Runs may differ in their seed, whose spread is then the error, and in --samples, which the scaling \
      law needs. diagnosis.json, diagnosis.png and diagnosis.svg are written into the folder of the first \
      run, or into --out. A run that is not finished is judged by its whole generations.
      """)

  @Argument(
    help: ArgumentHelp(
      "Run folders, of runs that differ in --seed and --samples alone.", valueName: "run"))
  var runs: [String]

  @Option(name: .shortAndLong, help: "The folder of diagnosis.json and its picture.")
  var out: String?

  @Option(
    name: .long, help: "The probability of any wrong alarm among all tests (default: 0.05).",
    transform: WrittenNumber.real)
  var alpha = 0.05

  @Option(
    name: .long,
    help:
      "The share of generation 0's value below which variance and tails are lost (default: 0.5).",
    transform: WrittenNumber.real)
  var threshold = 0.5

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard !runs.isEmpty else { throw ValidationError("diagnose needs RUN, the folder of a run.") }
    guard alpha > 0, alpha < 1 else {
      throw ValidationError("--alpha must lie between 0 and 1, not \(alpha).")
    }
    guard threshold > 0, threshold < 1 else {
      throw ValidationError("--threshold must lie between 0 and 1, not \(threshold).")
    }
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
  }

  func run() throws {
    global.apply()
    var settings = DiagnosisSettings()
    settings.alpha = alpha
    settings.threshold = threshold
    let folders = runs.map { FilePath($0) }
    let diagnosis = try Diagnosis(
      of: try folders.map { try DiagnosedRun(reading: $0) }, settings: settings)
    let folder = out.map { FilePath($0) } ?? folders[0]
    try DiagnosisFiles(diagnosis).write(into: folder)
    try Console.out(global.json ? diagnosis.json.text : diagnosis.text)
    if !global.json {
      try Console.out("look at \(folder.appending("diagnosis.png").printable)\n")
    }
  }
}
