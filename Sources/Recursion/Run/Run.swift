public import Generators
import Images
import LinearAlgebra
public import Metrics
import Samples
public import Storage
public import SystemPackage

/// One self-consuming loop over real data, kept in a run folder.
///
/// Everything that decides its bytes is in the configuration and the data; a run that was stopped at
/// any moment is continued by performing it again, and gives the same bytes.
public struct Run: Sendable {
  /// Every choice that decides the bytes.
  public let configuration: RunConfiguration

  /// The real data.
  public let data: RealData

  private let illustrator: (any Illustrator)?
  private let command: [String]
  private let version: String

  /// The cells of a generation's grid and the columns of a filmstrip.
  private static let displayCount = 100

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - illustrator: Draws the pictures; without one the run has numbers only.
  ///   - command: The command line, for `run.json`.
  ///   - version: The version of the program, for `run.json`.
  public init(
    configuration: RunConfiguration, data: RealData, illustrator: (any Illustrator)?,
    command: [String], version: String
  ) {
    self.configuration = configuration
    self.data = data
    self.illustrator = illustrator
    self.command = command
    self.version = version
  }

  /// Performs the run in a folder, or continues it there.
  ///
  /// - Parameters:
  ///   - path: The run folder; created if it does not exist.
  ///   - progress: Told what happens.
  /// - Throws: ``RecursionError``, ``RunFolderError``, `StorageError`, `GeneratorError`,
  ///   `MetricsError`, each with a sentence. Whole generations stay valid.
  public func perform(
    in path: FilePath, progress: (RunEvent) -> Void
  ) throws -> RunSummary {
    let prepared = try PreparedRun(configuration: configuration, data: data)
    progress(
      .prepared(
        training: prepared.division.original.count, heldOut: prepared.division.heldOut.count,
        features: prepared.division.features.count, note: prepared.division.note))
    let folder = try RunFolder.open(
      path, configuration: prepared.entries, volatile: Self.volatileKeys,
      facts: facts(prepared))
    defer { folder.close() }
    if let report = data.report {
      try folder.write("skipped.csv", report.skippedCSV())
    }
    let evaluator = try evaluator(prepared, folder: folder, progress: progress)
    let loop = RecordedLoop(
      prepared: prepared, engine: prepared.engine(strategy: prepared.strategy),
      evaluator: evaluator, folder: folder, illustrator: illustrator, isControl: false,
      displayCount: data.shape == nil ? 0 : Self.displayCount)
    let record = try loop.perform(progress: progress)
    let control = try performControl(
      prepared, evaluator: evaluator, parent: folder, progress: progress)
    progress(.drawing)
    let view = try loop.view(of: record, control: control)
    var pictures: [String] = []
    for file in try illustrator?.pictures(of: view) ?? [] {
      try folder.write("pictures/\(file.name)", file.bytes)
      pictures.append("pictures/\(file.name)")
    }
    try folder.markComplete()
    return RunSummary(
      folder: path, title: view.title, generations: record.measurements, control: control,
      pictures: pictures, resumedGenerations: record.resumed)
  }
}
