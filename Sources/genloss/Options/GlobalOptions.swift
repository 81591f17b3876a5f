import ArgumentParser
import LinearAlgebra
import Recursion
import Synchronization

/// Options that every command understands.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long, help: "Threads to use (default: the processors this process may use).",
    transform: WrittenNumber.whole)
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print results only, no progress and no messages.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more about what is done.")
  var verbose = false

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Option(
    name: .long, help: "Colours: auto (on a terminal, unless NO_COLOR is set), always, never.")
  var color: ColorChoice = .auto

  @Option(
    name: .long,
    help: "Read options from a YAML file, \"option: value\" a line, or a run.json; flags win.")
  var config: String?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must lie between 1 and 1024, not \(threads).")
    }
    if quiet, verbose {
      throw ValidationError("--quiet and --verbose contradict each other. Leave one out.")
    }
  }

  /// Puts the options into effect.
  func apply() {
    Parallelism.threads = threads ?? Machine.processors
    StyledStream.choice.withLock { $0 = color }
  }
}
