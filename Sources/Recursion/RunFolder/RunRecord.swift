public import Metrics
public import Storage
public import SystemPackage

/// What a run folder says, read without holding or changing it: a run that is finished, stopped or still
/// going on.
public struct RunRecord: Sendable {
  /// The folder.
  public let path: FilePath

  /// What `run.json` holds.
  public let run: JSONValue

  /// The measurements of every whole generation, from 0 on.
  public let generations: [[MetricValue]]

  /// The same of the control loop; empty without one.
  public let control: [[MetricValue]]

  /// What a reader must know: that the run is not finished, or which generations are damaged.
  public let notes: [String]

  /// Every option resolved, by its name.
  public var configuration: [JSONValue.Member] { run["configuration"]?.members ?? [] }

  /// Creates a record of measurements that are in no folder.
  public init(
    path: FilePath, run: JSONValue, generations: [[MetricValue]], control: [[MetricValue]],
    notes: [String] = []
  ) {
    self.path = path
    self.run = run
    self.generations = generations
    self.control = control
    self.notes = notes
  }

  /// Reads a run.
  ///
  /// Generations are read up to the first that is missing or damaged, which a note names.
  ///
  /// - Throws: ``RunFolderError`` if the folder is none, or holds no whole generation.
  public init(reading path: FilePath) throws(RunFolderError) {
    let own = try Self.measurements(in: path)
    var notes = own.notes
    let folder = path.appending(RunFolder.controlName)
    var control: [[MetricValue]] = []
    if FileStore.exists(folder.appending(RunFolder.runName)) {
      do {
        control = try Self.measurements(in: folder).generations
      } catch {
        notes.append("The control loop cannot be read: \(error)")
      }
    }
    let asked = own.run["configuration"]?["generations"]?.integer ?? 0
    if own.notes.isEmpty, own.generations.count <= asked,
      !FileStore.exists(path.appending(RunFolder.completeName))
    {
      notes.append(
        "The run is not finished: generations 0 to \(own.generations.count - 1) of \(asked) are whole."
      )
    }
    self.init(
      path: path, run: own.run, generations: own.generations, control: control, notes: notes)
  }

  private static func measurements(
    in path: FilePath
  ) throws(RunFolderError) -> (run: JSONValue, generations: [[MetricValue]], notes: [String]) {
    var index = try RunFolder.checkedIndex(
      try RunFolder.readIfThere(path.appending(RunFolder.indexName)), in: path)
    let run = try RunFolder.checkedRun(&index, in: path)
    var generations: [[MetricValue]] = []
    var notes: [String] = []
    for generation in 0..<index.generationCount {
      do {
        generations.append(try measurements(of: generation, index, in: path))
      } catch {
        guard generation > 0 else { throw error }
        notes.append("Only generations 0 to \(generation - 1) are read: \(error)")
        break
      }
    }
    guard !generations.isEmpty else {
      throw .damaged(
        file: path.appending(RunFolder.relativePath(ofGeneration: 0)), problem: .missing,
        lastWhole: nil)
    }
    return (run, generations, notes)
  }

  private static func measurements(
    of generation: Int, _ index: RunFolderIndex, in path: FilePath
  ) throws(RunFolderError) -> [MetricValue] {
    let name =
      "\(RunFolder.relativePath(ofGeneration: generation))/\(RunFolder.generationMetricsName)"
    let lastWhole = generation > 0 ? generation - 1 : nil
    guard let record = index.files[name] else {
      throw .damaged(file: path.appending(name), problem: .unknown, lastWhole: lastWhole)
    }
    let bytes = try RunFolder.read(path.appending(name), record, lastWhole: lastWhole)
    let metrics = try RunFolder.metrics(bytes, in: path, generation: generation)
    guard metrics.generation == generation else {
      throw .damaged(file: path.appending(name), problem: .changed, lastWhole: lastWhole)
    }
    return metrics.measurements
  }

  /// Returns the bytes of a file of a generation; `nil` if none of this name was written.
  ///
  /// - Throws: ``RunFolderError`` if it is not as it was written.
  public func file(
    _ name: String, ofGeneration generation: Int
  ) throws(RunFolderError) -> [UInt8]? {
    let index = try RunFolder.checkedIndex(
      try RunFolder.readIfThere(path.appending(RunFolder.indexName)), in: path)
    let relative = "\(RunFolder.relativePath(ofGeneration: generation))/\(name)"
    return try index.files[relative].map { (record) throws(RunFolderError) in
      try RunFolder.read(
        path.appending(relative), record, lastWhole: generation > 0 ? generation - 1 : nil)
    }
  }
}
