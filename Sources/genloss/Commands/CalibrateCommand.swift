import ArgumentParser
import GenerationLoss
import LinearAlgebra
import Metrics
import Recursion
import Storage
import SystemPackage

/// Which metric finds which damage in a user's data.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Plant known damage in real data, and say which metrics find it.",
    usage: "genloss calibrate DATA [options]",
    discussion: """
      Examples:
        genloss calibrate fixtures/sprites/faces --metrics recall mind --repeats 10
        genloss calibrate my-pictures --strength 0.05 --features conv patches
        genloss calibrate features.npy --json

      Half of the data stands for the real set, the others for a generated one: honest, or with a tenth \
      of the modes missing, without its tails, with copies, shrunk, blurred, noisy, or compressed \
      (--strength says how much). Pictures are seen in all four spaces unless --features chooses. \
      calibration.png, .svg, .csv and .json are written into --out.
      """)

  @Argument(help: "Real data: a folder of pictures or a .npy file.")
  var data: String

  @Option(
    name: .long, help: "How much is damaged, between 0 and 0.6 (default: 0.1).",
    transform: WrittenNumber.real)
  var strength = 0.1

  @Option(
    name: .long, help: "Repetitions, each with new halves (default: 30).",
    transform: WrittenNumber.whole)
  var repeats = 30

  @OptionGroup(title: "Measurement") var metrics: MetricOptions

  @Option(name: .shortAndLong, help: "The folder to write to (default: calibration).")
  var out = "calibration"

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard strength > 0, strength <= 0.6 else {
      throw ValidationError("--strength must lie between 0 and 0.6, not \(strength).")
    }
    guard (5...10_000).contains(repeats) else {
      throw ValidationError("--repeats must lie between 5 and 10000, not \(repeats).")
    }
    guard !out.isEmpty else { throw ValidationError("--out must name a folder; it is empty.") }
    let chosen = try metrics.settings().metrics
    guard chosen.contains(where: { !$0.needsTrainingSet && $0 != .spectrumDistance }) else {
      throw ValidationError(
        "a calibration has no training set and no spectra. Choose other --metrics.")
    }
  }

  func run() throws {
    global.apply()
    let folder = FilePath(out)
    try OutputFolder.require(folder, besides: FilePath(data), option: "out")
    let progress = PassingLine(global: global)
    progress.show("reading \(data)")
    let data = try MeasuredData(data, pictures: pictures.folderOptions(seed: metrics.seed))
    try pictures.requireFolder(among: [data])
    try FileStore.createFolder(folder)
    var settings = Calibration.Settings(try metrics.settings())
    settings.strength = strength
    settings.repeats = repeats
    let calibration = try data.naming {
      try Calibration(of: data, spaces: metrics.spaces, settings: settings) {
        progress.show("calibrating: \($0)")
        try Interruption.check()
      }
    }
    try data.requireWhole()
    let report = CalibrationReport(calibration)
    for file in try report.files() {
      try FileStore.write(file.bytes, to: folder.appending(file.name))
    }
    Console.clear()
    if global.json {
      try Console.out(report.json.text)
    } else {
      try Console.out(
        CalibrationText(
          calibration: calibration, report: report, isWhole: global.verbose
        ).text)
      try Console.out("look at \(folder.appending("calibration.png").printable)\n")
    }
  }
}
