import ExternalGenerators
import Samples
import Storage
import SystemPackage

/// The control loop of runs that differ in strategy alone: the same real set refitted, from the same
/// generation 0.
struct SharedControl {
  private let work: SharedWork
  private let name: String
  private let entries: [(key: String, value: JSONValue)]
  private let details: [(key: String, value: JSONValue)]

  private var path: FilePath { work.path.appending(name) }

  /// Finds the control of a run; `nil` where it has none that can be shared: see ``identity(of:strategy:details:)``.
  init?(
    _ work: SharedWork, _ prepared: PreparedRun, strategy: Strategy,
    details: [(key: String, value: JSONValue)]
  ) {
    guard
      let (name, entries) = Self.identity(of: prepared, strategy: strategy, details: details)
    else { return nil }
    self.name = name
    self.entries = entries
    self.details = details
    self.work = work
  }

  /// What a shared control is called, and its configuration; `nil` where generation 0 or the control
  /// depends on the strategy, or a command of the user's own decides the samples.
  ///
  /// - Parameters:
  ///   - prepared: The run.
  ///   - strategy: That of the control.
  ///   - details: What computes it: the version of the program and of its libraries.
  static func identity(
    of prepared: PreparedRun, strategy: Strategy, details: [(key: String, value: JSONValue)]
  ) -> (name: String, entries: [(key: String, value: JSONValue)])? {
    let own = prepared.strategy.recipe
    let count = prepared.division.original.count
    guard own.sampling == SamplingRule(), own.step == .identity, own.population == Population(),
      own.mixing.drawnCount(0, budget: count) == count,
      !(prepared.generator is ExternalGenerator)
    else { return nil }
    // The same data under another path, and a loop of another length, are the same control.
    let free: Set<String> = ["data", "generations"]
    let entries = prepared.entries(strategy: strategy).filter { !free.contains($0.key) }
    return ("control-" + SharedWork.key(entries + details), entries)
  }

  /// Brings the generations after 0 into the control's own folder, computing those that nobody has yet.
  ///
  /// - Parameters:
  ///   - folder: The control's own folder, in which some generations are whole.
  ///   - last: The last generation asked for.
  ///   - compute: Computes the generations in a folder that are not there, up to the last.
  /// - Throws: what `progress` and `compute` throw, `RunFolderError`, or `StorageError`.
  func complete(
    _ folder: RunFolder, last: Int, progress: (RunEvent) throws -> Void,
    compute: (RunFolder) throws -> Void
  ) throws {
    let lock = try work.lock(name) { try progress(.waiting) }
    defer { withExtendedLifetime(lock) {} }
    do {
      try copy(to: folder, last: last, compute: compute)
    } catch RunFolderError.damaged(let file, _, _) where file.starts(with: path) {
      try progress(
        .warning("\(file.printable) is not as it was written; the control is computed again."))
      try FileStore.remove(path)
      try copy(to: folder, last: last, compute: compute)
    }
  }

  private func copy(
    to folder: RunFolder, last: Int, compute: (RunFolder) throws -> Void
  ) throws {
    let shared = try RunFolder(path, configuration: entries, details: details)
    if shared.completedGenerations.isEmpty {
      try Self.copy(0, from: folder, to: shared)
    }
    if shared.completedGenerations.count <= last { try compute(shared) }
    for generation in folder.completedGenerations
      .count..<max(
        folder.completedGenerations.count, last + 1)
    {
      try Self.copy(generation, from: shared, to: folder)
    }
  }

  /// Copies a generation of a loop with numbers only.
  static func copy(_ generation: Int, from source: RunFolder, to target: RunFolder) throws {
    let model = "model.safetensors"
    let content = FileContent(try source.file(model, ofGeneration: generation))
    let samples = FileContent(try source.file(RunFolder.samplesName, ofGeneration: generation))
    try target.writeGeneration(
      try source.metrics(ofGeneration: generation),
      contents: [(model, content), (RunFolder.samplesName, samples)])
  }
}
