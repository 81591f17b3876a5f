import ArgumentParser
import GenerationLoss
import Recursion
import Storage
import SystemPackage

/// One self-consuming loop.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train on DATA, resample, retrain on a mixture, measure and draw every generation.",
    usage: """
      genloss run DATA [options]

      Example: genloss run fixtures/sprites --strategy replace --generations 10
      """,
    discussion: """
      DATA is a folder of PNG and JPEG files (class sub-folders allowed), a .npy matrix of samples, \
      or an endless law: gaussian:d=4 or sprites:size=32,zipf=1.
      """)

  @Argument(help: "A folder of pictures, a .npy file, or a law such as sprites:size=32.")
  var data: String

  @Option(name: .long, help: "The mixing strategy; see `genloss list strategies`.")
  var strategy = "replace"

  @Option(name: .long, help: "The last generation; generation 0 is the fit to real data.")
  var generations = 10

  @Option(
    name: .long,
    help: "Samples drawn each generation and trained on in generation 0 (default: at most 1000).")
  var samples: Int?

  @Option(name: .long, help: "The seed of every random number.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "Real share p of training sets of fixed size.")
  var realShare = 0.5

  @Flag(name: .long, help: "Let fresh real samples be drawn again when a folder runs out.")
  var reuseReal = false

  @OptionGroup(title: "Generator") var generator: GeneratorFlags

  @Option(name: .long, help: "Pixel coordinates: logit or linear.")
  var space = PixelCoordinates.Space.logit

  @Option(
    name: .long,
    help: "Between generations: float, png8 or jpeg:Q (default: png8; float for vectors).")
  var carry: Carry?

  @Option(name: .long, help: "Share of the data held out to measure against.")
  var holdout = 0.2

  @Option(name: .long, help: "Share of the data that feature spaces are fitted on.")
  var featureShare = 0.1

  @Option(
    name: .long, help: "pictures (stratified by class) or folders (whole folders on one side).")
  var split = RealParts.Unit.pictures

  @Flag(name: .customLong("no-control"), help: "Skip the control loop refit.")
  var noControl = false

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @Option(
    name: .shortAndLong,
    help: "The run folder (default: runs/DATA-STRATEGY-sSEED). The same command continues it.")
  var out: String?

  @Flag(name: .shortAndLong, help: "Delete the run folder first, if it is one.")
  var force = false

  @Flag(name: [.customShort("n"), .long], help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Exit with 3 if any file was skipped.")
  var strict = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard out != "" else { throw ValidationError("--out must name a folder; it is empty.") }
  }

  /// The choices of this command line.
  private var configuration: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.data = data
    configuration.strategy = strategy
    configuration.generations = generations
    configuration.generator = generator.generator
    configuration.generatorOptions = generator.options
    configuration.sampling = generator.sampling
    configuration.samples = samples
    configuration.seed = seed
    configuration.realShare = realShare
    configuration.reuseReal = reuseReal
    configuration.carry = carry
    configuration.space = space
    configuration.holdout = holdout
    configuration.featureShare = featureShare
    configuration.split = split
    configuration.control = !noControl
    configuration.pictures = pictures.folderOptions(seed: seed)
    return configuration
  }

  func run() throws {
    try ExitStatus.reporting {
      global.apply()
      let configuration = configuration
      try configuration.validate()
      func folder(_ name: String) -> FilePath {
        FilePath(out ?? "runs/\(name)-\(configuration.strategy)-s\(configuration.seed)")
      }
      // Reading the data may take minutes; that the folder is in use is said before.
      let name = dryRun ? nil : try DataSource.nameWithoutReading(data)
      let realData = try withExtendedLifetime(name.map { try RunFolder.claim(folder($0)) }) {
        try DataSource.open(data, pictures: configuration.pictures, seed: configuration.seed)
      }
      let folder = folder(realData.name)
      let run = Run(
        configuration: configuration, data: realData, illustrator: RunPictures(),
        command: CommandLine.arguments, version: Release.version)
      if dryRun {
        try Console.out(RunPlanText(try run.plan(), folder: folder).output(asJSON: global.json))
        return
      }
      let progress = RunProgress(global: global)
      if force {
        // What would be refused must be refused while the old run is still there.
        _ = try run.plan()
        try RunFolder.discard(folder)
      }
      let summary = try run.perform(in: folder) { progress.show($0) }
      progress.finish()
      let report = RunReport(summary, data: realData)
      try Console.out(global.json ? report.json.text : report.text)
      if strict, let report = realData.report, !report.skipped.isEmpty {
        throw ExitStatus.skippedUnderStrict
      }
    }
  }
}
