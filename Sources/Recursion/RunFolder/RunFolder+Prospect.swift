import Foundation
public import Storage
public import SystemPackage

extension RunFolder {
  /// What a run would find in its folder.
  public enum Prospect: Equatable, Sendable {
    /// Nothing: generation 0 comes first.
    case new
    /// A run of which so many generations are whole, and so many of its control.
    case stored(generations: Int, control: Int)
    /// A run with nothing left to do.
    case complete
  }

  /// Looks at a folder as opening it would, and leaves it as it is.
  ///
  /// - Parameters:
  ///   - path: The folder; it need not exist.
  ///   - configuration: The options of the run, in the order in which they are written.
  ///   - isDiscarded: Whether the run in the folder is to be removed first.
  /// - Throws: ``RunFolderError``, the same that opening the folder would throw.
  public static func prospect(
    of path: FilePath, configuration: [(key: String, value: JSONValue)], isDiscarded: Bool = false
  ) throws(RunFolderError) -> Prospect {
    try requireWritable(path)
    guard FileStore.exists(path) else { return .new }
    try requireRunOrNothing(in: path)
    // Taking the lock would write into the folder, which is welcome only where a run has done so.
    let lock = FileStore.exists(path.appending(lockName)) ? try takeLock(path) : nil
    defer { withExtendedLifetime(lock) {} }
    guard !isDiscarded, FileStore.exists(path.appending(runName)) else { return .new }
    let requested = configuration.map { JSONValue.Member($0.key, $0.value) }
    let indexBytes = try readIfThere(path.appending(indexName))
    var index = try checkedIndex(indexBytes, in: path)
    let run = try checkedRun(&index, in: path)
    try requireSame(run, requested, in: path)
    try requireGenerations(run, requested, whole: wholeGenerations(index, in: path), in: path)
    let whole = try checkedCount(index, in: path)
    let asked = JSONValue.object(requested)["generations"]?.integer ?? 0
    return whole > asked && FileStore.exists(path.appending(completeName))
      ? .complete : .stored(generations: whole, control: try controlGenerations(of: path))
  }

  /// The whole generations of a run's control, whose files are looked at, too; 0 before it starts.
  private static func controlGenerations(of path: FilePath) throws(RunFolderError) -> Int {
    let control = path.appending(controlName)
    guard FileStore.exists(control.appending(runName)) else { return 0 }
    let index = try checkedIndex(try readIfThere(control.appending(indexName)), in: control)
    return try checkedCount(index, in: control)
  }

  /// The generations whose folders are there, from 0 on.
  private static func wholeGenerations(_ index: RunFolderIndex, in path: FilePath) -> Int {
    (0..<index.generationCount).prefix { generation in
      FileStore.isFolder(path.appending(relativePath(ofGeneration: generation)))
    }.count
  }

  /// Returns the number of whole generations after a look at every file that is there.
  private static func checkedCount(
    _ index: RunFolderIndex, in path: FilePath
  ) throws(RunFolderError) -> Int {
    let whole = wholeGenerations(index, in: path)
    for (file, record) in index.files.sorted(by: { $0.key < $1.key })
    where FileStore.exists(path.appending(file)) {
      let before = (generation(of: file) ?? whole) - 1
      _ = try read(path.appending(file), record, lastWhole: before >= 0 ? before : nil)
    }
    return whole
  }

  /// Throws if a folder cannot be made or written to.
  public static func requireWritable(_ path: FilePath) throws(RunFolderError) {
    var nearest = path
    while !FileStore.exists(nearest), !nearest.isEmpty { nearest.removeLastComponent() }
    if nearest.isEmpty { nearest = path.isAbsolute ? "/" : "." }
    guard FileStore.isFolder(nearest) else {
      throw .storage(
        StorageError(.create, path, .system(nearest == path ? .fileExists : .notDirectory)))
    }
    guard FileManager.default.isWritableFile(atPath: nearest.string) else {
      throw .storage(StorageError(.create, path, .system(.permissionDenied)))
    }
  }
}
