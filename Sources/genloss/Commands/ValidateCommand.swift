import ArgumentParser
import Recursion
import Storage
import Validation

/// The loop against theory.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Run the loop many times over and hold it against closed-form theory.",
    usage: "genloss validate [options]",
    discussion: """
      Examples:
        genloss validate --quick --only A1,C1,D1
        genloss validate
        genloss validate --quick --json

      Each row is one prediction: what theory says, the mean over many loops of the same engine that \
      `run` uses, and how many standard errors lie between. Exit code 1 if any row is off by more than \
      4.
      """)

  @Flag(name: .long, help: "A small part of the loops, within 20 seconds on two processors.")
  var quick = false

  @Option(
    name: .long, help: "Only these checks, such as A1,C2.",
    transform: { text in
      text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    })
  var only: [String]?

  @Option(name: .long, help: "The seed of all loops (default: 1).", transform: WrittenNumber.seed)
  var seed: UInt64 = 1

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    do {
      _ = try validation
    } catch {
      throw ValidationError(
        "--only has no check \(UsageError.shown(error.id))."
          + NearestName.question(error.id, among: error.known)
          + " There are \(error.known.joined(separator: ", ")).")
    }
  }

  private var validation: LoopValidation {
    get throws(UnknownCheck) {
      try LoopValidation(only: only, effort: quick ? .quick : .full, seed: seed)
    }
  }

  func run() throws {
    global.apply()
    let progress = PassingLine(global: global)
    Interruption.keeping { "nothing is kept; the same command starts again." }
    if !global.json, !global.quiet { try Console.out(ValidationText.head + "\n") }
    let results = try validation.perform { check in
      progress.show("\(check.id): \(check.statement)")
      try Interruption.check()
    } finished: { result in
      Console.clear()
      guard !global.json else { return }
      for line in ValidationText.lines(result, onlyWrong: global.quiet) {
        try Console.out(line + "\n")
      }
    }
    if global.json {
      try Console.out(
        ValidationText.json(results, effort: quick ? .quick : .full, seed: seed).text)
    } else if !global.quiet {
      try Console.out("\n" + ValidationText.verdict(results) + "\n")
    }
    if !results.allSatisfy(\.agrees) { throw ExitStatus.failedCheck }
  }
}
