import ArgumentParser
import Diagnosis
import Export
import GenerationLoss
import Recursion
import Storage
import SystemPackage

/// One self-consuming loop.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train on DATA, resample, retrain on a mixture, measure and draw every generation.",
    usage: "genloss run DATA [options]",
    discussion: """
      Examples:
        genloss run fixtures/sprites --size 16 --samples 200 --generations 2
        genloss run my-pictures --strategy accumulate --samples 500
        genloss run gaussian:d=4 --generator gaussian --generations 50
        genloss run my-pictures --dry-run
        genloss run --config runs/sprites-replace-s1/run.json --out again

      DATA is a folder of PNG and JPEG files (class sub-folders allowed), a .npy matrix of samples, \
      or an endless law: gaussian:d=4 or sprites:size=32,zipf=1. The same command run again continues \
      where it stopped.
      """)

  @Argument(help: "A folder of pictures, a .npy file, or a law such as sprites:size=32.")
  var data: String

  @OptionGroup(title: "Loop") var loop: LoopOptions

  @OptionGroup(title: "Generator") var generator: GeneratorFlags

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @OptionGroup(title: "Division of the data") var division: DivisionOptions

  @OptionGroup(title: "Measurement") var measurement: MeasurementOptions

  @OptionGroup(title: "Run folder") var folder: RunFolderOptions

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    do {
      try configuration.validate()
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// The choices of this command line.
  var configuration: RunConfiguration {
    RunConfiguration(
      of: data, loop: loop, generator: generator, pictures: pictures, division: division,
      measurement: measurement)
  }

  /// Refuses a folder of pictures that would not fit into memory at the size asked for, before they
  /// are read.
  private func requireMemory(_ configuration: RunConfiguration) throws {
    let path = FilePath(data)
    guard let side = pictures.size, FileStore.isFolder(path) else { return }
    let count = min(try PictureFolder.fileCount(path), pictures.limit ?? .max)
    let shape = PictureShape(
      width: side, height: side, channels: pictures.channels == .gray ? 1 : 3)
    try configuration.requireMemory(stored: count, dimension: shape.count, shape: shape)
  }

  /// Refuses a run folder inside the folder of pictures: the next run would be trained on its pictures.
  func requireOutsideData(_ folder: FilePath) throws {
    try OutputFolder.require(folder, outside: FilePath(data), option: "out")
  }

  func run() throws {
    global.apply()
    let configuration = configuration
    try requireMemory(configuration)
    func folder(_ name: String) -> FilePath {
      let strategy = StrategyCatalogue.folderName(of: configuration.strategy)
      return FilePath(self.folder.out ?? "runs/\(name)-\(strategy)-s\(configuration.seed)")
    }
    // Reading the data may take minutes; what is wrong with the folder is said before.
    let name = try DataSource.nameWithoutReading(data)
    if let name { try requireOutsideData(folder(name)) }
    let claimed = self.folder.dryRun ? nil : name
    let realData = try withExtendedLifetime(claimed.map { try RunFolder.claim(folder($0)) }) {
      try DataSource.open(data, pictures: configuration.pictures, seed: configuration.seed)
    }
    try division.requireFingerprint(of: realData)
    let folder = folder(realData.name)
    let run = Run(
      configuration: configuration, data: realData, illustrator: RunPictures(),
      brakeRule: ForecastBrake(),
      command: CommandLine.arguments, version: Release.version,
      shared: self.folder.shared.map { FilePath($0) })
    if self.folder.dryRun {
      let (plan, prospect) = try run.plan(in: folder, isDiscarded: self.folder.force)
      let text = RunPlanText(plan, prospect: prospect, folder: folder)
      try Console.out(text.output(asJSON: global.json))
      return
    }
    if self.folder.force {
      // What would be refused must be refused while the old run is still there.
      _ = try run.plan()
      try RunFolder.discard(folder)
    }
    let progress = RunProgress(global: global, folder: folder)
    Interruption.keeping { progress.kept }
    let summary = try run.perform(in: folder) { event in
      progress.show(event)
      try Interruption.check()
    }
    if let log = self.folder.tensorboard {
      let name = folder.lastComponent?.string ?? realData.name
      try TensorBoardLog(try RunRecord(reading: folder)).write(to: FilePath(log), named: name)
    }
    Console.clear()
    let report = RunReport(summary, data: realData)
    try Console.out(global.json ? report.json.text : report.text)
    if self.folder.strict, let report = realData.report, !report.skipped.isEmpty {
      throw ExitStatus.skippedUnderStrict
    }
  }
}
