public import Storage
public import SystemPackage

extension RunFolder {
  /// Creates the folder where there is none, takes its lock, and removes what an interrupted
  /// process left unfinished.
  static func takeFolder(_ path: FilePath) throws(RunFolderError) -> FileLock {
    try storing { () throws(StorageError) in try FileStore.createFolder(path) }
    try requireRunOrNothing(in: path)
    let lock = try takeLock(path)
    for folder in [path, path.appending(generationsName), path.appending(picturesName)]
    where FileStore.isFolder(folder) {
      try storing { () throws(StorageError) in try FileStore.removeTemporaries(in: folder) }
    }
    return lock
  }

  /// Holds a run that is there already, until the value goes away; `nil` if none is there.
  ///
  /// For whoever has dear work to do before opening the run: a folder in use is refused at once.
  ///
  /// - Throws: ``RunFolderError/locked(folder:holder:)``, or what the disk says.
  public static func claim(_ path: FilePath) throws(RunFolderError) -> FileLock? {
    guard FileStore.isFolder(path), try names(in: path).contains(runName) else { return nil }
    return try takeLock(path)
  }

  /// Takes the lock of a folder, or throws who holds it.
  static func takeLock(_ path: FilePath) throws(RunFolderError) -> FileLock {
    do {
      return try FileLock(path.appending(lockName))
    } catch {
      guard case .locked(let holder) = error.cause else { throw .storage(error) }
      throw .locked(folder: path, holder: holder)
    }
  }

  /// The names in the folder; unlike a question for one of them, an answer or an error.
  static func names(in path: FilePath) throws(RunFolderError) -> Set<String> {
    Set(try storing { () throws(StorageError) in try FileStore.names(in: path) }.map(\.string))
  }

  /// Throws if the folder holds anything and no run, so that nobody's files are mixed with ours.
  static func requireRunOrNothing(in path: FilePath) throws(RunFolderError) {
    let names = try storing { () throws(StorageError) in try FileStore.names(in: path) }
    guard !names.contains(where: { $0.string == runName }) else { return }
    // Others write files of this name, too: an index proves itself.
    if names.contains(where: { $0.string == indexName }),
      let bytes = try readIfThere(path.appending(indexName)),
      (try? RunFolderIndex(parsing: bytes)) != nil
    {
      throw .damaged(file: path.appending(runName), problem: .missing, lastWhole: nil)
    }
    let prefix = Array(FileStore.temporaryPrefix.utf8)
    guard
      names.allSatisfy({
        $0.string == lockName
          || FilePath(root: nil, components: $0).bytes.starts(with: prefix)
      })
    else { throw .notARunFolder(path) }
  }

  /// Whether a folder holds a run, whole or damaged, or nothing yet; not for what is no folder.
  public static func holdsRunOrNothing(_ path: FilePath) -> Bool {
    guard FileStore.isFolder(path) else { return false }
    do throws(RunFolderError) {
      try requireRunOrNothing(in: path)
      return true
    } catch {
      if case .damaged = error { return true }
      return false
    }
  }

  /// What `run.json` holds.
  static func run(_ configuration: [JSONValue.Member], _ details: [JSONValue.Member]) -> JSONValue {
    .object(
      [
        JSONValue.Member("schema_version", .integer(schemaVersion)),
        JSONValue.Member("configuration", .object(configuration)),
      ] + details)
  }

  /// Writes `run.json` and the first index.
  static func start(
    _ path: FilePath, configuration: [JSONValue.Member], details: [JSONValue.Member]
  ) throws(RunFolderError) -> (run: JSONValue, state: State) {
    let run = run(configuration, details)
    let bytes = run.bytes(.pretty)
    var index = RunFolderIndex()
    index.files[runName] = RunFolderIndex.Record(of: bytes)
    try storing { () throws(StorageError) in
      try FileStore.write(bytes, to: path.appending(runName))
      try FileStore.write(index.bytes(), to: path.appending(indexName))
    }
    return (run, State(index: index, lines: [], isComplete: false))
  }

  /// Checks every file of a run against the index, and the run against what is asked for.
  static func check(
    _ path: FilePath, requested: [JSONValue.Member], volatileKeys: Set<String>
  ) throws(RunFolderError) -> (run: JSONValue, state: State) {
    let indexBytes = try readIfThere(path.appending(indexName))
    var index = try checkedIndex(indexBytes, in: path)
    let run = try checkedRun(&index, in: path)
    try requireSame(run, requested, except: volatileKeys, in: path)
    let lines = try checkedGenerations(&index, in: path)
    try requireGenerations(run, requested, whole: lines.count, in: path)
    let isWhole = try dropMissing(from: &index, in: path, generationCount: lines.count)
    let isComplete = try checkedCompletion(indexBytes, in: path, generationCount: lines.count)
    return (run, State(index: index, lines: lines, isComplete: isComplete && isWhole))
  }

  /// Throws if a stored run has other options than those asked for.
  static func requireSame(
    _ run: JSONValue, _ requested: [JSONValue.Member],
    except volatileKeys: Set<String> = volatileKeys,
    in path: FilePath
  ) throws(RunFolderError) {
    let differences = ConfigurationDifference.all(
      stored: run["configuration"]?.members ?? [], requested: requested, except: volatileKeys)
    guard differences.isEmpty else {
      throw .configurationDiffers(folder: path, differences)
    }
  }

  /// Throws if fewer generations are asked for than a stored run has, or was to have.
  static func requireGenerations(
    _ run: JSONValue, _ requested: [JSONValue.Member], whole: Int, in path: FilePath
  ) throws(RunFolderError) {
    guard let asked = JSONValue.object(requested)["generations"]?.integer else { return }
    // Generations count from 0, the fit to real data.
    let held = max(run["configuration"]?["generations"]?.integer ?? 0, whole - 1)
    guard asked >= held else {
      throw .fewerGenerations(folder: path, held: held, requested: asked)
    }
  }

  static func checkedIndex(
    _ bytes: [UInt8]?, in path: FilePath
  ) throws(RunFolderError) -> RunFolderIndex {
    let file = path.appending(indexName)
    guard let bytes else {
      // A process can end between writing run.json and the first index, but not later.
      guard try generationFolders(in: path).isEmpty else {
        throw .damaged(file: file, problem: .missing, lastWhole: nil)
      }
      return RunFolderIndex()
    }
    try requireKnownSchema(bytes, file, known: RunFolderIndex.schemaVersion, nil)
    do {
      return try RunFolderIndex(parsing: bytes)
    } catch {
      throw .damaged(file: file, problem: .malformed(error.description), lastWhole: nil)
    }
  }

  static func checkedRun(
    _ index: inout RunFolderIndex, in path: FilePath
  ) throws(RunFolderError) -> JSONValue {
    let file = path.appending(runName)
    let bytes: [UInt8]
    if let record = index.files[runName] {
      bytes = try read(file, record, lastWhole: nil)
    } else {
      bytes = try storing { () throws(StorageError) in try FileStore.read(file) }
      index.files[runName] = RunFolderIndex.Record(of: bytes)
    }
    try requireKnownSchema(bytes, file, known: schemaVersion, nil)
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw .damaged(file: file, problem: .malformed(error.description), lastWhole: nil)
    }
  }

  /// Returns the lines in `metrics.csv` of the generations that are whole.
  ///
  /// A generation that the index does not know yet was renamed an instant before the process ended:
  /// it is removed and computed again, to the same bytes. Generations that somebody removed from
  /// the end on leave the index, and are computed again too.
  private static func checkedGenerations(
    _ index: inout RunFolderIndex, in path: FilePath
  ) throws(RunFolderError) -> [[UInt8]] {
    let folders = try generationFolders(in: path)
    var lines: [[UInt8]] = []
    for generation in 0..<index.generationCount {
      let relative = relativePath(ofGeneration: generation)
      let lastWhole = generation > 0 ? generation - 1 : nil
      if !folders.contains(generation) {
        if folders.contains(where: { $0 > generation }) {
          throw .damaged(file: path.appending(relative), problem: .missing, lastWhole: lastWhole)
        }
        for lost in generation..<index.generationCount {
          for file in index.files(ofGeneration: lost) { index.files[file] = nil }
        }
        break
      }
      var metrics: GenerationMetrics?
      for file in index.files(ofGeneration: generation) {
        guard let record = index.files[file] else { continue }
        if file == "\(relative)/\(generationMetricsName)" {
          let bytes = try read(path.appending(file), record, lastWhole: lastWhole)
          metrics = try Self.metrics(bytes, in: path, generation: generation)
        } else {
          try read(path.appending(file), record, lastWhole: lastWhole) { _ in }
        }
      }
      guard let metrics, metrics.generation == generation else {
        throw .damaged(
          file: path.appending(relative).appending(generationMetricsName), problem: .unknown,
          lastWhole: lastWhole)
      }
      lines.append(metrics.lines)
    }
    for generation in folders where generation >= lines.count {
      let folder = path.appending(relativePath(ofGeneration: generation))
      guard generation == lines.count else {
        throw .damaged(
          file: folder, problem: .unknown, lastWhole: lines.isEmpty ? nil : lines.count - 1)
      }
      try storing { () throws(StorageError) in try FileStore.remove(folder) }
    }
    return lines
  }

  /// Checks the files beside the generations; those that somebody removed leave the index, to be
  /// made anew.
  ///
  /// - Returns: Whether all were there.
  private static func dropMissing(
    from index: inout RunFolderIndex, in path: FilePath, generationCount: Int
  ) throws(RunFolderError) -> Bool {
    var isWhole = true
    let lastWhole = generationCount > 0 ? generationCount - 1 : nil
    for (file, record) in index.files.sorted(by: { $0.key < $1.key })
    where !file.utf8.starts(with: "\(generationsName)/".utf8) {
      do {
        try read(path.appending(file), record, lastWhole: lastWhole) { _ in }
      } catch RunFolderError.damaged(_, .missing, _) {
        index.files[file] = nil
        isWhole = false
      }
    }
    return isWhole
  }

  private static func checkedCompletion(
    _ indexBytes: [UInt8]?, in path: FilePath, generationCount: Int
  ) throws(RunFolderError) -> Bool {
    let file = path.appending(completeName)
    guard let bytes = try readIfThere(file) else { return false }
    guard let indexBytes, isCompletion(bytes, of: indexBytes) else {
      throw .damaged(
        file: file, problem: .changed, lastWhole: generationCount > 0 ? generationCount - 1 : nil)
    }
    return true
  }

  /// Whether a file says that the run with this index is finished, and at most a comment beside it.
  static func isCompletion(_ bytes: [UInt8], of indexBytes: [UInt8]) -> Bool {
    let completion = completion(of: indexBytes)
    guard bytes.starts(with: completion) else { return false }
    let rest = bytes.dropFirst(completion.count)
    let newline = UInt8(ascii: "\n")
    return rest.isEmpty
      || rest.first == UInt8(ascii: "#") && rest.firstIndex(of: newline) == rest.endIndex - 1
  }

  /// The numbers of the generation folders that are there, ascending.
  static func generationFolders(in path: FilePath) throws(RunFolderError) -> [Int] {
    let folder = path.appending(generationsName)
    guard FileStore.isFolder(folder) else { return [] }
    let names = try storing { () throws(StorageError) in try FileStore.names(in: folder) }
    return names.compactMap { generation(named: $0.string) }.sorted()
  }

  static func readIfThere(_ file: FilePath) throws(RunFolderError) -> [UInt8]? {
    do {
      return try FileStore.read(file)
    } catch {
      guard error.cause != .system(.noSuchFileOrDirectory) else { return nil }
      throw .storage(error)
    }
  }

  /// Runs `body` and passes its error on as one of a run folder.
  static func storing<Result>(
    _ body: () throws(StorageError) -> Result
  ) throws(RunFolderError) -> Result {
    do {
      return try body()
    } catch {
      throw .storage(error)
    }
  }
}
