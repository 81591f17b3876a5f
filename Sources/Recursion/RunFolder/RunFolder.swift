import Samples
public import Storage
import Synchronization
public import SystemPackage

/// The folder of one run: written so that it can be cut off at any moment and gone on with, and
/// read only where it is whole.
///
///     run.json            what was asked for; written first, and again when more generations are
///     generations/000/    metrics.json and the files of a generation; appears whole or not at all
///     metrics.csv         all measurements, rebuilt from the generations
///     pictures/           pictures of the whole run
///     index.json          SHA-256 and size of every file but itself, run.lock and COMPLETE
///     run.lock            locked while a process works here
///     COMPLETE            SHA-256 of index.json; written last
///
/// A file counts only while the index knows it. Before a file is replaced its entry leaves the
/// index, so that the index is never wrong about a file, at whatever moment the process ends.
public final class RunFolder: Sendable {
  /// The options that may differ when a run is gone on with: they do not change what it computes.
  ///
  /// More generations than before are welcome, fewer are refused.
  public static let volatileKeys: Set<String> = ["threads", "progress", "out", "generations"]

  /// The version of `run.json` that this program writes, and the last that it reads.
  static let schemaVersion = 1

  static let runName = "run.json"
  static let indexName = "index.json"
  static let metricsName = "metrics.csv"
  static let generationMetricsName = "metrics.json"
  static let lockName = "run.lock"
  static let completeName = "COMPLETE"
  static let generationsName = "generations"
  static let picturesName = "pictures"

  /// The folder, in that of a run, of the run's control, which is a run of its own.
  static let controlName = "control"

  /// The strategy of the control; a run of it has none.
  static let controlStrategyName = "refit"

  /// The folders of the run's realisable twins, with the run's carry and without one.
  static let twinName = "twin"
  static let floatTwinName = "twin-float"

  /// The folders, in that of a run, that are runs of their own.
  static let nestedNames: Set<String> = [controlName, twinName, floatTwinName]

  /// The folder.
  public let path: FilePath

  /// What `run.json` holds: `schema_version`, `configuration` and the details of the start that asked
  /// for the most generations.
  public let run: JSONValue

  let state: Mutex<State>

  private let lock: FileLock

  /// What is known about the files.
  struct State: Sendable {
    var index: RunFolderIndex
    /// The lines in `metrics.csv` of each whole generation.
    var lines: [[UInt8]]
    /// Whether the file that says so is there and right.
    var isComplete: Bool
  }

  /// Opens the run in a folder, or starts one where there is none, and keeps others out until the
  /// value goes away.
  ///
  /// All files are checked against the index. What an interrupted process left unfinished is
  /// removed.
  ///
  /// - Parameters:
  ///   - path: The folder; created with those above it.
  ///   - configuration: The options, in the order to be written.
  ///   - details: What else `run.json` should tell, such as the version and the command; not
  ///     compared.
  ///   - volatileKeys: The options that may differ from those of the run in the folder.
  /// - Throws: ``RunFolderError``.
  public init(
    _ path: FilePath, configuration: [(key: String, value: JSONValue)],
    details: [(key: String, value: JSONValue)] = [], volatileKeys: Set<String> = volatileKeys
  ) throws(RunFolderError) {
    self.path = path
    let requested = configuration.map { JSONValue.Member($0.key, $0.value) }
    lock = try Self.takeFolder(path)
    let opened: (run: JSONValue, state: State)
    if try Self.names(in: path).contains(Self.runName) {
      opened = try Self.check(path, requested: requested, volatileKeys: volatileKeys)
    } else {
      opened = try Self.start(
        path, configuration: requested, details: details.map { JSONValue.Member($0.key, $0.value) })
    }
    let asked = JSONValue.object(requested)["generations"]?.integer
    let isLonger = asked.map { $0 != opened.run["configuration"]?["generations"]?.integer } ?? false
    // A longer run is one run: its run.json is that of the command that asked for all of it.
    run =
      isLonger
      ? Self.run(requested, details.map { JSONValue.Member($0.key, $0.value) }) : opened.run
    state = Mutex(opened.state)
    if isLonger { try writeRun() }
    try updateMetricsTable()
  }

  /// The whole generations, from 0 on.
  public var completedGenerations: Range<Int> {
    0..<state.withLock { $0.lines.count }
  }

  /// Whether the run was finished and all its files are still there.
  public var isComplete: Bool {
    state.withLock { $0.isComplete }
  }
}

extension RunFolder {
  /// Returns the bytes of a file of a whole generation.
  ///
  /// - Throws: ``RunFolderError/damaged(file:problem:lastWhole:)`` if it is not as it was written.
  public func file(_ name: String, ofGeneration generation: Int) throws(RunFolderError) -> [UInt8] {
    let (file, record) = try recorded(name, ofGeneration: generation)
    return try Self.read(file, record, lastWhole: generation > 0 ? generation - 1 : nil)
  }

  /// Returns the samples in a `.npy` file of a whole generation, without ever holding the file.
  ///
  /// - Throws: ``RunFolderError/damaged(file:problem:lastWhole:)`` if it is not as it was written.
  func samples(
    _ name: String, ofGeneration generation: Int
  ) throws(RunFolderError) -> SampleSet {
    let (file, record) = try recorded(name, ofGeneration: generation)
    return try Self.samples(file, record, lastWhole: generation > 0 ? generation - 1 : nil)
  }

  /// Returns the samples in a `.npy` file if it is that of its record.
  static func samples(
    _ file: FilePath, _ record: RunFolderIndex.Record, lastWhole: Int?
  ) throws(RunFolderError) -> SampleSet {
    var reader = NumpyReader(byteCount: record.size)
    var failure: FormatError?
    try read(file, record, lastWhole: lastWhole) { piece in
      guard failure == nil else { return }
      do throws(FormatError) { try reader.append(piece) } catch { failure = error }
    }
    do throws(FormatError) {
      if let failure { throw failure }
      return try reader.finish()
    } catch {
      throw .damaged(file: file, problem: .malformed(error.description), lastWhole: lastWhole)
    }
  }

  private func recorded(
    _ name: String, ofGeneration generation: Int
  ) throws(RunFolderError) -> (file: FilePath, record: RunFolderIndex.Record) {
    let relative = "\(Self.relativePath(ofGeneration: generation))/\(name)"
    guard let record = state.withLock({ $0.index.files[relative] }) else {
      throw .damaged(
        file: path.appending(relative), problem: .missing,
        lastWhole: generation > 0 ? generation - 1 : nil)
    }
    return (path.appending(relative), record)
  }

  /// Returns what was measured about a whole generation.
  public func metrics(ofGeneration generation: Int) throws(RunFolderError) -> GenerationMetrics {
    try Self.metrics(
      file(Self.generationMetricsName, ofGeneration: generation), in: path, generation: generation)
  }

  /// Returns the bytes of a file beside the generations, such as `nulls.json`; `nil` if none was
  /// written to the end.
  public func file(_ name: String) throws(RunFolderError) -> [UInt8]? {
    let (record, count) = state.withLock { ($0.index.files[name], $0.lines.count) }
    guard let record else { return nil }
    return try Self.read(path.appending(name), record, lastWhole: count > 0 ? count - 1 : nil)
  }
}

extension RunFolder {
  /// The path, within the folder, of a generation's folder: three digits or more.
  static func relativePath(ofGeneration generation: Int) -> String {
    let digits = "\(generation)"
    return "\(generationsName)/\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
  }

  /// The generation that a folder's name stands for.
  static func generation(named name: String) -> Int? {
    guard let generation = Int(name), generation >= 0,
      relativePath(ofGeneration: generation) == "\(generationsName)/\(name)"
    else { return nil }
    return generation
  }

  /// Whether a file can have this name: short, and the same on every system.
  static func isName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return (1...200).contains(bytes.count) && bytes[0] != UInt8(ascii: ".")
      && bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "/") }
  }

  /// Returns the bytes of a file if they are those of its record.
  static func read(
    _ file: FilePath, _ record: RunFolderIndex.Record, lastWhole: Int?
  ) throws(RunFolderError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(record.size)
    try read(file, record, lastWhole: lastWhole) { bytes += $0 }
    return bytes
  }

  /// Hands over the bytes of a file piece by piece, and throws in the end if they are not those of
  /// its record.
  static func read(
    _ file: FilePath, _ record: RunFolderIndex.Record, lastWhole: Int?, _ body: ([UInt8]) -> Void
  ) throws(RunFolderError) {
    var hasher = SHA256()
    var size = 0
    do throws(StorageError) {
      try FileStore.read(file, limit: record.size) { piece, _ in
        hasher.update(piece)
        size += piece.count
        body(piece)
        return true
      }
    } catch {
      switch error.cause {
      case .system(.noSuchFileOrDirectory), .system(.notDirectory):
        throw .damaged(file: file, problem: .missing, lastWhole: lastWhole)
      case .tooLarge, .notARegularFile:
        throw .damaged(file: file, problem: .changed, lastWhole: lastWhole)
      default: throw .storage(error)
      }
    }
    guard RunFolderIndex.Record(hasher, size: size) == record else {
      throw .damaged(file: file, problem: .changed, lastWhole: lastWhole)
    }
  }

  /// Returns what a generation's `metrics.json` says.
  static func metrics(
    _ bytes: [UInt8], in folder: FilePath, generation: Int
  ) throws(RunFolderError) -> GenerationMetrics {
    let file = folder.appending(relativePath(ofGeneration: generation))
      .appending(generationMetricsName)
    let lastWhole = generation > 0 ? generation - 1 : nil
    try requireKnownSchema(bytes, file, known: GenerationMetrics.schemaVersion, lastWhole)
    do {
      return try GenerationMetrics(parsing: bytes)
    } catch {
      throw .damaged(file: file, problem: .malformed(error.description), lastWhole: lastWhole)
    }
  }

  /// Throws if a file was written by a later version of the program, or has no version.
  static func requireKnownSchema(
    _ bytes: [UInt8], _ file: FilePath, known: Int, _ lastWhole: Int?
  ) throws(RunFolderError) {
    let version: Int?
    do {
      version = try JSONValue(parsing: bytes)["schema_version"]?.integer
    } catch {
      throw .damaged(file: file, problem: .malformed(error.description), lastWhole: lastWhole)
    }
    guard let version, version > 0 else {
      throw .damaged(
        file: file, problem: .malformed("It has no schema version."), lastWhole: lastWhole)
    }
    guard version <= known else {
      throw .newerSchema(file: file, version: version, known: known)
    }
  }
}
