import Storage
public import SystemPackage

extension RunFolder {
  /// Whether the run in a folder was finished, whatever has become of its files since.
  public static func hasCompletion(_ path: FilePath) -> Bool {
    FileStore.exists(path.appending(completeName))
  }

  /// Throws what is wrong with a finished run, after a look that is cheap enough for every start of a study
  /// of thousands of runs.
  ///
  /// Looked at are the run and the loops within it (control and twins): that `COMPLETE` is of the index and
  /// the index of itself; that every file of the index is there with its size, and a control if one was asked
  /// for; and the digests of tables,
  /// `.json` and `.csv`, as theirs are the numbers that comparisons are made of. Samples, models and pictures
  /// of the right size are not read: they are most of the bytes, and whoever does read them, a run that goes
  /// on, checks their digests then.
  ///
  /// - Throws: ``RunFolderError``.
  public static func requireIntact(_ path: FilePath) throws(RunFolderError) {
    var index = try completedIndex(in: path)
    try requireControl(of: try checkedRun(&index, in: path), in: path)
    for (file, record) in index.files.sorted(by: { $0.key < $1.key }) {
      let whole = lastWhole(before: file, count: index.generationCount)
      if file.hasSuffix(".json") || file.hasSuffix(".csv") {
        try read(path.appending(file), record, lastWhole: whole) { _ in }
      } else {
        try requireSize(path.appending(file), record, lastWhole: whole)
      }
    }
    for nested in nested(in: path) { try requireIntact(nested) }
  }

  /// Removes what is damaged in a run, so that the same run goes on from what is whole.
  ///
  /// Every digest is checked. Of a damaged generation the later ones go, too; a damaged file beside the
  /// generations goes alone, as it is made anew; without a whole index and `run.json` everything goes. A
  /// removal that is cut off can be repeated: the run is no longer complete from its beginning on.
  ///
  /// - Returns: What was damaged; nothing for a run that is whole, or that is not there.
  /// - Throws: ``RunFolderError`` if the folder holds no run, is in use, was written by a later version of the
  ///   program, or cannot be read or changed.
  @discardableResult
  public static func repair(_ path: FilePath) throws(RunFolderError) -> [RunFolderError] {
    guard FileStore.isFolder(path) else { return [] }
    let lock = try takeLock(path)
    defer { withExtendedLifetime(lock) {} }
    var damages: [RunFolderError] = []
    for nested in nested(in: path) { damages += try repair(nested) }
    do throws(RunFolderError) {
      try requireRunOrNothing(in: path)
      guard try names(in: path).contains(runName) else { return damages }
      damages += try removeDamaged(in: path)
    } catch {
      guard case .damaged = error else { throw error }
      damages.append(error)
      // Without these two nobody knows what the others were.
      let last = [indexName, runName]
      let others = try names(in: path).subtracting(last + [lockName]).sorted()
      try remove([completeName] + others + last, in: path)
    }
    if !damages.isEmpty { try remove([completeName], in: path) }
    return damages
  }

  /// Returns the bytes of `metrics.csv`, without holding the run.
  ///
  /// - Throws: ``RunFolderError`` if they are not those that the index knows.
  public static func metricsTable(of path: FilePath) throws(RunFolderError) -> [UInt8] {
    let file = path.appending(metricsName)
    let index = try checkedIndex(try readIfThere(path.appending(indexName)), in: path)
    guard let record = index.files[metricsName] else {
      throw .damaged(file: file, problem: .unknown, lastWhole: nil)
    }
    return try read(file, record, lastWhole: lastWhole(before: "", count: index.generationCount))
  }

  /// The folder of the control of the run in a folder; `nil` if it has none.
  public static func control(of path: FilePath) -> FilePath? {
    let control = path.appending(controlName)
    return FileStore.isFolder(control) ? control : nil
  }

  /// The folders of the loops within a run.
  private static func nested(in path: FilePath) -> [FilePath] {
    nestedNames.sorted().map { path.appending($0) }.filter { FileStore.isFolder($0) }
  }

  /// The index of a run that is finished and says so.
  private static func completedIndex(in path: FilePath) throws(RunFolderError) -> RunFolderIndex {
    let indexBytes = try readIfThere(path.appending(indexName))
    let index = try checkedIndex(indexBytes, in: path)
    let file = path.appending(completeName)
    let whole = lastWhole(before: "", count: index.generationCount)
    guard let completion = try readIfThere(file) else {
      throw .damaged(file: file, problem: .missing, lastWhole: whole)
    }
    guard let indexBytes, isCompletion(completion, of: indexBytes) else {
      throw .damaged(file: file, problem: .changed, lastWhole: whole)
    }
    return index
  }

  /// Throws if a finished run has lost its control, which a loop of refits has not.
  private static func requireControl(
    of run: JSONValue, in path: FilePath
  ) throws(RunFolderError) {
    let configuration = run["configuration"]
    let strategy = configuration?["strategy"]
    let control = path.appending(controlName)
    guard configuration?["control"]?.bool == true,
      strategy?.string ?? strategy?["name"]?.string != controlStrategyName,
      !FileStore.isFolder(control)
    else { return }
    throw .damaged(file: control, problem: .missing, lastWhole: nil)
  }

  /// Removes what is damaged in a run whose index and `run.json` are whole.
  private static func removeDamaged(in path: FilePath) throws(RunFolderError) -> [RunFolderError] {
    let indexBytes = try readIfThere(path.appending(indexName))
    var index = try checkedIndex(indexBytes, in: path)
    let run = try checkedRun(&index, in: path)
    var (damages, lost): ([RunFolderError], [String]) = ([], [])
    var firstLost: Int?
    for (file, record) in index.files.sorted(by: { $0.key < $1.key }) {
      let generation = generation(of: file)
      if let firstLost, let generation, generation >= firstLost { continue }
      do throws(RunFolderError) {
        let whole = lastWhole(before: file, count: index.generationCount)
        try read(path.appending(file), record, lastWhole: whole) { _ in }
      } catch {
        guard case .damaged = error else { throw error }
        damages.append(error)
        if let generation { firstLost = generation } else { lost.append(file) }
      }
    }
    if hasCompletion(path) {
      do throws(RunFolderError) { try requireControl(of: run, in: path) } catch {
        damages.append(error)
      }
    }
    for generation in try generationFolders(in: path) where generation > index.generationCount {
      // The next one may be there: it was renamed an instant before the process ended.
      let file = path.appending(relativePath(ofGeneration: generation))
      damages.append(.damaged(file: file, problem: .unknown, lastWhole: nil))
      firstLost = min(firstLost ?? generation, generation)
    }
    if let completion = try readIfThere(path.appending(completeName)),
      indexBytes.map({ !isCompletion(completion, of: $0) }) ?? true
    {
      damages.append(
        .damaged(file: path.appending(completeName), problem: .changed, lastWhole: nil))
    }
    guard !damages.isEmpty else { return [] }
    try remove([completeName] + lost, in: path)
    if let firstLost {
      // From the end on: a run goes on after generations whose last ones are gone, not after a gap.
      let generations = try generationFolders(in: path).filter { $0 >= firstLost }
      try remove(generations.sorted(by: >).map(relativePath(ofGeneration:)), in: path)
    }
    return damages
  }

  private static func remove(_ names: [String], in path: FilePath) throws(RunFolderError) {
    try storing { () throws(StorageError) in
      for name in names { try FileStore.remove(path.appending(name)) }
      try FileStore.flushFolder(path)
    }
  }

  /// The generation whose file this is; `nil` for one beside them.
  static func generation(of file: String) -> Int? {
    let parts = file.split(separator: "/").map(String.init)
    return parts.count == 3 && parts[0] == generationsName ? generation(named: parts[1]) : nil
  }

  /// The last generation that is whole if this file is not.
  private static func lastWhole(before file: String, count: Int) -> Int? {
    let last = (generation(of: file) ?? count) - 1
    return last >= 0 ? last : nil
  }

  private static func requireSize(
    _ file: FilePath, _ record: RunFolderIndex.Record, lastWhole: Int?
  ) throws(RunFolderError) {
    let status: FileStatus
    do throws(StorageError) {
      status = try FileStore.status(of: file, followingLinks: true)
    } catch {
      switch error.cause {
      case .system(.noSuchFileOrDirectory), .system(.notDirectory):
        throw .damaged(file: file, problem: .missing, lastWhole: lastWhole)
      default: throw .storage(error)
      }
    }
    guard status.kind == .regular, status.byteCount == record.size else {
      throw .damaged(file: file, problem: .changed, lastWhole: lastWhole)
    }
  }
}
