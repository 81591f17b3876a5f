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
  /// the index of itself; that every file of the index is there with its size, and every loop that the
  /// configuration implies; and the digests of tables, `.json` and `.csv`, as theirs are the numbers that
  /// comparisons are made of. Samples, models and pictures
  /// of the right size are not read: they are most of the bytes, and whoever does read them, a run that goes
  /// on, checks their digests then.
  ///
  /// - Throws: ``RunFolderError``.
  public static func requireIntact(_ path: FilePath) throws(RunFolderError) {
    var index = try completedIndex(in: path)
    let run = try checkedRun(&index, in: path)
    try requireLoops(of: run, index, in: path)
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

  /// Throws if a finished run has lost a loop that its configuration implies: the control, which a loop of
  /// refits has not, or a twin.
  static func requireLoops(
    of run: JSONValue, _ index: RunFolderIndex, in path: FilePath
  ) throws(RunFolderError) {
    let configuration = run["configuration"]
    let strategy = configuration?["strategy"]
    var names: [String] = []
    if configuration?["control"]?.bool == true,
      strategy?.string ?? strategy?["name"]?.string != controlStrategyName
    {
      names.append(controlName)
    }
    // A control has the options of its run, but no model of the data, and so no twins of its own.
    if configuration?["error-budget"]?.bool == true, index.files[Run.truthName] != nil {
      names.append(floatTwinName)
      if configuration?["carry"]?.string != Carry.float.description { names.append(twinName) }
    }
    for loop in names.map({ path.appending($0) }) where !FileStore.isFolder(loop) {
      throw .damaged(file: loop, problem: .missing, lastWhole: nil)
    }
  }

  /// The generation whose file this is; `nil` for one beside them.
  static func generation(of file: String) -> Int? {
    let parts = file.split(separator: "/").map(String.init)
    return parts.count == 3 && parts[0] == generationsName ? generation(named: parts[1]) : nil
  }

  /// The last generation that is whole if this file is not.
  static func lastWhole(before file: String, count: Int) -> Int? {
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
