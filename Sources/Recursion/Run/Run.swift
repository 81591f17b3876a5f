import Foundation
import Generators
import Images
import LinearAlgebra
import Metrics
import Samples
import Storage
public import SystemPackage

/// One self-consuming loop over real data, kept in a run folder.
///
/// Everything that decides its bytes is in the configuration and the data; a run that was stopped
/// at any moment is continued by performing it again, and gives the same bytes.
public struct Run: Sendable {
  /// Every choice that decides the bytes.
  public let configuration: RunConfiguration

  /// The real data.
  public let data: RealData

  private let illustrator: (any Illustrator)?
  private let brakeRule: (any BrakeRule)?
  private let command: [String]
  private let version: String
  private let shared: SharedWork?

  /// The cells of a generation's grid and the columns of a filmstrip.
  private static let displayCount = 100

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - illustrator: Draws the pictures; without one the run has numbers only.
  ///   - brakeRule: Warns of what the configuration's brake acts on; needed with a brake.
  ///   - command: The command line, for `run.json`.
  ///   - version: The version of the program, for `run.json`.
  ///   - shared: The folder in which runs keep what they have in common; `nil` shares nothing. It does not
  ///     change a byte of what they write.
  public init(
    configuration: RunConfiguration, data: RealData, illustrator: (any Illustrator)?,
    brakeRule: (any BrakeRule)? = nil, command: [String], version: String,
    shared: FilePath? = nil
  ) {
    self.shared = shared.map { SharedWork(path: $0) }
    self.configuration = configuration
    self.data = data
    self.illustrator = illustrator
    self.brakeRule = brakeRule
    self.command = command
    self.version = version
  }

  /// Performs the run in a folder, or continues it there.
  ///
  /// - Parameters:
  ///   - path: The run folder; created if it does not exist.
  ///   - progress: Told what happens, where everything done so far is whole on the disk: it may throw
  ///     there to stop the run.
  /// - Throws: What `progress` throws, or ``RecursionError``, ``RunFolderError``, `StorageError`, `GeneratorError`,
  ///   `MetricsError`, each with a sentence. Whole generations stay valid.
  public func perform(
    in path: FilePath, progress: (RunEvent) throws -> Void
  ) throws -> RunSummary {
    let prepared = try PreparedRun(configuration: configuration, data: data)
    precondition(configuration.brake == nil || brakeRule != nil, "a brake needs a rule")
    let isNew = !FileStore.exists(path)
    do {
      return try perform(prepared, in: path, progress: progress)
    } catch {
      // Before generation 0 is whole nothing is worth keeping, and a folder left behind would
      // refuse the command that mends the failure because its options differ.
      let first = RunFolder.relativePath(ofGeneration: 0)
      let kept = [
        path, path.appending(RunFolder.floatTwinName), path.appending(RunFolder.twinName),
      ]
      if isNew, !kept.contains(where: { FileStore.exists($0.appending(first)) }) {
        try? RunFolder.discard(path)
      }
      throw error
    }
  }

  private func perform(
    _ found: PreparedRun, in path: FilePath, progress: (RunEvent) throws -> Void
  ) throws -> RunSummary {
    try progress(
      .prepared(
        training: found.division.original.count, heldOut: found.division.heldOut.count,
        features: found.division.features.count, note: found.division.note))
    if let words = found.strategy.neverBegins(within: configuration.generations) {
      try progress(.warning(words))
    }
    let folder = try open(path, found, strategy: found.strategy)
    if let report = data.report { try folder.write("skipped.csv", report.skippedCSV()) }
    let prepared =
      configuration.truth == .model ? found.twin(try truth(found, in: folder)) : found
    let budget = configuration.errorBudget ? try performTwins(found, parent: folder, progress) : nil
    let evaluator = try evaluator(prepared, folder: folder, progress: progress)
    let loop = RecordedLoop(
      prepared: prepared, engine: prepared.engine(strategy: prepared.strategy).working(in: path),
      evaluator: evaluator, folder: folder, illustrator: illustrator, isControl: false,
      brake: configuration.brake.flatMap { action in brakeRule.map { (action, $0) } },
      budget: budget, last: configuration.generations,
      displayCount: data.shape == nil ? 0 : Self.displayCount)
    let record = try loop.perform(progress: progress)
    try folder.write("lineage.csv", Lineage.table(record.lineages))
    let control = try performControl(
      prepared, evaluator: evaluator, parent: folder, last: record.measurements.count - 1,
      progress: progress)
    try progress(.drawing)
    let view = try loop.view(of: record, control: control)
    let pictures = try illustrator?.pictures(of: view) ?? []
    try folder.writePictures(pictures)
    let braking = Braking.first(in: record.measurements)
    try folder.markComplete(reason: braking?.stops == true ? braking?.reason : nil)
    return RunSummary(
      folder: path, title: view.title, generations: record.measurements, control: control,
      pictures: pictures.map { "pictures/\($0.name)" }, braking: braking,
      resumedGenerations: record.resumed)
  }

  /// The model of generation 0 on the data, kept in `truth.safetensors`.
  private func truth(
    _ prepared: PreparedRun, in folder: RunFolder
  ) throws -> any GenerativeModel {
    if let stored = try folder.file(Self.truthName) {
      return try GeneratorCatalogue.restore(
        prepared.generator.name, from: try Safetensors(parsing: stored).tensors)
    }
    let model = try prepared.fittedTruth()
    let metadata = ["generator": prepared.generator.name]
    let bytes = Safetensors(tensors: model.tensors, metadata: metadata).bytes()
    try folder.write(Self.truthName, bytes)
    // What is restored, not what was fitted: a run that is gone on with has no other.
    return try GeneratorCatalogue.restore(
      prepared.generator.name, from: try Safetensors(parsing: bytes).tensors)
  }

  /// Performs the loops of the realisable twin in folders of their own: one with the run's carry and, if
  /// that changes samples, one without.
  private func performTwins(
    _ prepared: PreparedRun, parent: RunFolder, _ progress: (RunEvent) throws -> Void
  ) throws -> ErrorBudget {
    let model = try truth(prepared, in: parent)
    var judge: Evaluator?
    func loop(_ name: String, carry: Carry) throws -> [[MetricValue]] {
      let twin = prepared.twin(model, carry: carry)
      let folder = try open(parent.path.appending(name), twin, strategy: twin.strategy)
      let evaluator = try judge ?? evaluator(twin, folder: folder, progress: progress)
      judge = evaluator
      var engine = twin.engine(strategy: twin.strategy)
      engine.followsAncestry = false
      let record = try RecordedLoop(
        prepared: twin, engine: engine, evaluator: evaluator, folder: folder, illustrator: nil,
        isControl: true, last: configuration.generations, displayCount: 0
      ).perform { event in
        guard case .finished(let generation, let last, _, let measurements) = event else {
          return try progress(event)
        }
        try progress(
          .twinFinished(generation: generation, of: last, carry: carry, measurements: measurements))
      }
      try folder.markComplete()
      return record.measurements
    }
    let float = try loop(RunFolder.floatTwinName, carry: .float)
    let carried =
      prepared.carry == .float ? float : try loop(RunFolder.twinName, carry: prepared.carry)
    return ErrorBudget(twin: carried, floatTwin: float, hasCarry: prepared.carry != .float)
  }

  /// Performs the control loop in the folder `control/`.
  ///
  /// The same real training set is refitted every generation, with new latents; generation 0 is the
  /// run's own, and the last the one at which the run ended.
  private func performControl(
    _ prepared: PreparedRun, evaluator: Evaluator, parent: RunFolder,
    last: Int, progress: (RunEvent) throws -> Void
  ) throws -> [[MetricValue]] {
    guard let strategy = try prepared.controlStrategy() else { return [] }
    let folder = try open(
      parent.path.appending(RunFolder.controlName), prepared, strategy: strategy)
    let isWhole = folder.completedGenerations.count > last
    if folder.completedGenerations.isEmpty {
      let model = "model.safetensors"
      let samples = "samples.npy"
      try folder.writeGeneration(
        try parent.metrics(ofGeneration: 0),
        contents: [
          (model, FileContent(try parent.file(model, ofGeneration: 0))),
          (samples, NumpyFile.content(of: try parent.samples(samples, ofGeneration: 0))),
        ])
    }
    func perform(in folder: RunFolder) throws {
      var engine = prepared.engine(strategy: strategy).working(in: folder.path)
      engine.followsAncestry = false
      _ = try RecordedLoop(
        prepared: prepared, engine: engine, evaluator: evaluator, folder: folder,
        illustrator: nil, isControl: true, last: last, displayCount: 0
      ).perform(progress: progress)
    }
    let common = shared.flatMap {
      SharedControl(
        $0, prepared, strategy: strategy, details: [("version", .string(version)), blasDetail])
    }
    if !isWhole {
      if let common {
        try common.complete(folder, last: last, progress: progress, compute: perform)
      } else {
        try perform(in: folder)
      }
    }
    try folder.markComplete()
    return try folder.completedGenerations.map { try folder.metrics(ofGeneration: $0).measurements }
  }

  private var blasDetail: (key: String, value: JSONValue) { ("blas", .string(blasKernelName)) }

  private static let nullsName = "nulls.json"

  static let truthName = "truth.safetensors"

  private func open(
    _ path: FilePath, _ prepared: PreparedRun, strategy: Strategy
  ) throws -> RunFolder {
    var details: [(key: String, value: JSONValue)] = [
      ("version", .string(version)), ("command", .array(command.map(JSONValue.string))),
      blasDetail,
    ]
    if configuration.conditional {
      let names = prepared.division.original.classNames
      details.append((RunFolder.classesKey, .array(names.map(JSONValue.string))))
    }
    return try RunFolder(
      path, configuration: prepared.entries(strategy: strategy), details: details)
  }

  /// The judge of all generations; its null bands are kept in `nulls.json`.
  private func evaluator(
    _ prepared: PreparedRun, folder: RunFolder, progress: (RunEvent) throws -> Void
  ) throws -> Evaluator {
    let own = try folder.file(Self.nullsName)
    let name = SharedWork.nullsName(prepared.entries(strategy: prepared.strategy))
    // Held until the bands are stored: whoever comes meanwhile waits for them.
    let lock =
      own == nil ? try shared?.lock(name) { try progress(.waiting) } : nil
    defer { withExtendedLifetime(lock) {} }
    let known =
      try own
      ?? shared?.content(name) { file in
        try progress(
          .warning("\(file.printable) is not as it was written; the bands are computed again."))
      }
    let stored = known.flatMap { try? JSONDecoder().decode(NullBands.self, from: Data($0)) }
    if stored == nil { try progress(.computingNullBands) }
    let division = prepared.division
    let evaluator = try Evaluator(
      train: division.original, heldOut: division.heldOut, features: division.features,
      spaces: prepared.spaces, metrics: prepared.metrics, generatedCount: division.original.count,
      seed: configuration.seed, cachedNulls: stored,
      freshSamples: division.nullSamples)
    if evaluator.nulls != stored || own == nil {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let bytes = Array(try encoder.encode(evaluator.nulls))
      try folder.write(Self.nullsName, bytes)
      if evaluator.nulls != stored { try shared?.store(bytes, as: name) }
    }
    return evaluator
  }
}
