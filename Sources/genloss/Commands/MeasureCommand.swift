import ArgumentParser
import GenerationLoss
import LinearAlgebra
import Metrics
import Recursion
import Storage
import SystemPackage

/// The metrics alone.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure a generated set beside a real one: folders of pictures, or .npy files.",
    usage: "genloss measure REAL GENERATED [--train TRAIN] [options]",
    discussion: """
      Examples:
        genloss measure fixtures/sprites/faces fixtures/sprites/houses
        genloss measure real.npy generated.npy --train train.npy --json
        genloss measure real generated --metrics recall mind --neighbours 3,5
        genloss measure real generated --explain why
        genloss measure real --generations run/generations/* --explain why

      A .npy file holds features computed elsewhere, a row a sample, float32 or float64, or pictures. \
      Each number stands beside what it gives between halves of the real set, of the same size; z is \
      the distance from it in standard deviations. `genloss list metrics` explains them.
      """)

  @Argument(help: "The real set: a folder of pictures or a .npy file.")
  var real: String?

  @Argument(help: "The generated set, of the same kind.")
  var generated: String?

  @Option(name: .long, help: "The set that the model was trained on, for memorisation.")
  var train: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Measure each of these sets against the first, and against the one before.")
  var generations: [String] = []

  @OptionGroup(title: "Measurement") var metrics: MetricOptions

  @Option(
    name: .long, help: "Splits of the real set for null bands; 0 for none (default: 20).",
    transform: WrittenNumber.whole)
  var splits = 20

  @Option(name: .long, help: "Save mean, covariance and null bands of the real set.")
  var saveReference: String?

  @Option(name: .long, help: "Take the null bands of the same real set from such a file.")
  var reference: String?

  @Option(
    name: .long,
    help:
      "Write which samples carry the distance: tables and, of pictures, grids; each generation's apart."
  )
  var explain: String?

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @Flag(name: .long, help: "Exit with 3 if any file is skipped.")
  var strict = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard generations.isEmpty || generated == nil else {
      throw ValidationError("give GENERATED or --generations, not both.")
    }
    guard !generations.isEmpty || (real != nil && generated != nil) else {
      throw ValidationError(
        "measure needs \(real == nil ? "REAL and GENERATED" : "GENERATED"). "
          + "`genloss measure --help` begins with an example.")
    }
    guard real != nil || generations.count >= 2 else {
      throw ValidationError("--generations takes at least two sets, or REAL before it.")
    }
    if train == nil, let metric = metrics.needingTrainingSet.first {
      throw ValidationError("\(metric) needs --train, the set that the model was trained on.")
    }
    guard splits == 0 || (2...10_000).contains(splits) else {
      throw ValidationError("--splits must be 0 or lie between 2 and 10000, not \(splits).")
    }
  }

  func run() throws {
    global.apply()
    var settings = try metrics.settings()
    settings.splits = splits
    let saved = try reference.map { try SavedReference(FilePath($0)) }
    let progress = PassingLine(global: global)
    if let explain {
      for data in [real, generated, train].compactMap(\.self) + generations {
        try OutputFolder.require(FilePath(explain), apartFrom: FilePath(data), option: "explain")
      }
    }
    if let saveReference {
      try OutputFolder.require(
        file: FilePath(saveReference),
        besides: [real, generated, train].compactMap(\.self) + generations,
        option: "save-reference")
    }
    // What cannot be written is refused before anything is read, and made once all could be.
    let folders =
      [explain.map { FilePath($0) }, saveReference.map { FilePath($0).removingLastComponent() }]
      .compactMap(\.self)
    for folder in folders { try RunFolder.requireWritable(folder) }
    let sets = try open(progress)
    for folder in folders { try FileStore.createFolder(folder) }
    let measurement = try SetMeasurement(
      real: sets.real, generated: sets.generated, train: sets.train,
      spaces: metrics.spaces, settings: settings, saved: saved,
      explains: explain != nil
    ) { what in
      progress.show("measuring \(what)")
      try Interruption.check()
    }
    if let saveReference { try SavedReference.write(measurement, to: FilePath(saveReference)) }
    let explanations = try explain.map {
      try write(measurement, of: sets, to: FilePath($0), progress)
    }
    Console.clear()
    let text = MeasurementText(
      measurement, real: sets.real, generated: sets.generated, train: sets.train,
      explanations: explanations ?? [])
    try Console.out(
      global.json ? text.json(isSequence: !generations.isEmpty).text : text.table)
    let skipped = sets.all.compactMap(\.report).reduce(0) { $0 + $1.skipped.count }
    if strict, skipped > 0 { throw ExitStatus.skippedUnderStrict }
  }

  /// Writes what carries the distance of each set, and returns it in words.
  private func write(
    _ measurement: SetMeasurement, of sets: Sets, to folder: FilePath, _ progress: PassingLine
  ) throws -> [MeasurementText.Explanation] {
    let names = SetExplanation.folderNames(for: sets.generated)
    return try sets.generated.enumerated().map { index, set in
      progress.show("drawing what carries the distance of \(set.name)")
      try Interruption.check()
      let explanation = SetExplanation(
        measurement, real: sets.real, generated: set, index: index)
      let own = generations.isEmpty ? folder : folder.appending(names[index])
      try FileStore.createFolder(own)
      let files = try explanation.files()
      for file in files { try FileStore.write(file.bytes, to: own.appending(file.name)) }
      return MeasurementText.Explanation(
        text: explanation.text, files: files.map { own.appending($0.name) })
    }
  }

  /// The sets of one measurement.
  private struct Sets {
    let real: MeasuredData
    let generated: [MeasuredData]
    let train: MeasuredData?

    var all: [MeasuredData] { [real] + generated + (train.map { [$0] } ?? []) }
  }

  private func open(_ progress: PassingLine) throws -> Sets {
    var paths = generations.isEmpty ? [generated].compactMap(\.self) : generations
    let first = real ?? paths.removeFirst()
    let opened = try ([first] + paths + [train].compactMap(\.self)).map { path in
      progress.show("reading \(path)")
      try Interruption.check()
      return try MeasuredData(path, pictures: pictures.folderOptions(seed: metrics.seed))
    }
    try pictures.requireFolder(among: opened)
    let sets = try MeasuredData.alike(opened)
    return Sets(
      real: sets[0], generated: Array(sets[1..<1 + paths.count]),
      train: train == nil ? nil : sets.last)
  }
}
