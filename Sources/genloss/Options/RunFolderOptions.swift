import ArgumentParser

/// What is done with the run folder.
struct RunFolderOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "The run folder (default: runs/DATA-STRATEGY-sSEED). The same command continues it.")
  var out: String?

  @Flag(name: .shortAndLong, help: "Delete the run folder first, if it is one.")
  var force = false

  @Flag(
    name: [.customShort("n"), .long],
    help: "Say what would be done and what time, memory and disk it takes; do nothing.")
  var dryRun = false

  @Option(
    name: .long, help: "Write TensorBoard's event files into this folder, too, when the run ends.")
  var tensorboard: String?

  @Option(
    name: .long,
    help: "Keep what runs have in common (null bands, controls) in this folder; studies do.")
  var shared: String?

  @Flag(name: .long, help: "Exit with 3 if any file was skipped.")
  var strict = false

  func validate() throws {
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
    guard shared != "" else { throw ValidationError("--shared must name a folder; it is empty.") }
    guard tensorboard != "" else {
      throw ValidationError("--tensorboard must name a folder; it is empty.")
    }
  }
}
