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
        genloss measure real --generations run/generations/*

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

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Spaces: pixels and conv for pictures, vector for rows (default: all that fit).")
  var features: [String] = []

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Metrics by their ids, or all (default: those that see a collapse, and the usual ones).")
  var metrics: [String] = []

  @Option(name: .long, help: "Numbers of neighbours, such as 3,5,10.")
  var neighbours = "5"

  @Option(
    name: .long, help: "Directions of sliced distances (default: 1000).",
    transform: WrittenNumber.whole)
  var directions = 1000

  @Option(
    name: .long, help: "Splits of the real set for null bands; 0 for none (default: 20).",
    transform: WrittenNumber.whole)
  var splits = 20

  @Option(
    name: .long, help: "The seed of directions, subsets and splits (default: 1).",
    transform: WrittenNumber.seed)
  var seed: UInt64 = 1

  @Option(name: .long, help: "Save mean, covariance and null bands of the real set.")
  var saveReference: String?

  @Option(name: .long, help: "Take the null bands of the same real set from such a file.")
  var reference: String?

  @Option(
    name: .long,
    help: "Write which samples carry the distance to this folder: tables and, of pictures, grids.")
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
    guard generations.isEmpty || explain == nil else {
      throw ValidationError("--explain is about one generated set: give GENERATED.")
    }
    guard real != nil || generations.count >= 2 else {
      throw ValidationError("--generations takes at least two sets, or REAL before it.")
    }
    guard (2...1_000_000).contains(directions) else {
      throw ValidationError("--directions must lie between 2 and 1000000, not \(directions).")
    }
    guard splits == 0 || (2...10_000).contains(splits) else {
      throw ValidationError("--splits must be 0 or lie between 2 and 10000, not \(splits).")
    }
    if let wrong = Self.words(features).first(where: { SpaceName(rawValue: $0) == nil }) {
      let names = SpaceName.allCases.map(\.rawValue)
      throw ValidationError(
        "there is no space \(UsageError.shown(wrong)); there are \(names.joined(separator: ", "))."
          + NearestName.question(wrong, among: names))
    }
    _ = try chosenMetrics()
    _ = try neighbourNumbers()
  }

  /// Words that stand apart or between commas.
  private static func words(_ texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",").map(String.init) }
  }

  private func neighbourNumbers() throws -> [Int] {
    let numbers = neighbours.split(separator: ",", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }
    guard numbers.allSatisfy({ (1...1000).contains($0) }) else {
      throw ValidationError("--neighbours takes whole numbers from 1 to 1000, such as 3,5,10.")
    }
    return Set(numbers).sorted()
  }

  private func chosenMetrics() throws -> Set<MeasuredMetric> {
    let words = Self.words(metrics)
    guard !words.isEmpty else { return Set(MeasuredMetric.allCases.filter(\.isDefault)) }
    var chosen: Set<MeasuredMetric> = []
    for word in words {
      if word == "all" {
        chosen.formUnion(MeasuredMetric.allCases)
      } else if let metric = MeasuredMetric(rawValue: word) {
        chosen.insert(metric)
      } else {
        let names = MeasuredMetric.allCases.map(\.rawValue) + ["all"]
        throw ValidationError(
          "there is no metric \(UsageError.shown(word))."
            + NearestName.question(word, among: names)
            + " `genloss list metrics` explains them.")
      }
    }
    return chosen
  }

  func run() throws {
    global.apply()
    var settings = MeasureSettings(metrics: try chosenMetrics())
    settings.neighbours = try neighbourNumbers()
    settings.directions = directions
    settings.splits = splits
    settings.seed = seed
    let saved = try reference.map { try SavedReference(FilePath($0)) }
    let progress = PassingLine(global: global)
    if let explain {
      for data in [real, generated].compactMap(\.self) {
        try OutputFolder.require(FilePath(explain), outside: FilePath(data), option: "explain")
      }
      // What cannot be written is refused before anything is measured.
      try FileStore.createFolder(FilePath(explain))
    }
    let sets = try open(progress)
    let names = Self.words(features).compactMap(SpaceName.init(rawValue:))
    let measurement = try SetMeasurement(
      real: sets.real, generated: sets.generated, train: sets.train,
      spaces: names.isEmpty ? nil : names, settings: settings, saved: saved,
      explains: explain != nil
    ) { what in
      progress.show("measuring \(what)")
      try Interruption.check()
    }
    if let saveReference { try SavedReference.write(measurement, to: FilePath(saveReference)) }
    let explanation = try explain.map {
      try write(measurement, of: sets, to: FilePath($0), progress)
    }
    Console.clear()
    let text = MeasurementText(
      measurement, real: sets.real, generated: sets.generated, train: sets.train,
      explanation: explanation)
    try Console.out(
      global.json ? text.json(isSequence: !generations.isEmpty).text : text.table)
    let skipped = sets.all.compactMap(\.report).reduce(0) { $0 + $1.skipped.count }
    if strict, skipped > 0 { throw ExitStatus.skippedUnderStrict }
  }

  /// Writes what carries the distance, and returns it in words.
  private func write(
    _ measurement: SetMeasurement, of sets: Sets, to folder: FilePath, _ progress: PassingLine
  ) throws -> MeasurementText.Explanation {
    progress.show("drawing what carries the distance")
    let explanation = SetExplanation(
      measurement, real: sets.real, generated: sets.generated[0])
    let files = try explanation.files()
    for file in files { try FileStore.write(file.bytes, to: folder.appending(file.name)) }
    return MeasurementText.Explanation(
      text: explanation.text, files: files.map { folder.appending($0.name) })
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
      return try MeasuredData(path, pictures: pictures.folderOptions(seed: seed))
    }
    let sets = try MeasuredData.alike(opened)
    return Sets(
      real: sets[0], generated: Array(sets[1..<1 + paths.count]),
      train: train == nil ? nil : sets.last)
  }
}
