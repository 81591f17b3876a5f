import ArgumentParser
import LinearAlgebra

/// Options that every command understands.
struct GlobalOptions: ParsableArguments {
  @Option(name: .long, help: "Threads to use (default: the processors there are).")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print results only, no progress and no messages.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more about what is done.")
  var verbose = false

  @Flag(name: .long, help: "Print one JSON object on standard output.")
  var json = false

  @Option(name: .long, help: "Colours on a terminal: auto, always or never.")
  var color: ColorChoice = .auto

  @Option(
    name: .long, help: "Read options from a YAML file, \"option: value\" a line; flags win.")
  var config: String?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must lie between 1 and 1024, not \(threads).")
    }
  }

  /// Puts the options into effect.
  func apply() {
    if let threads { Parallelism.threads = threads }
  }
}

/// When to use colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}
