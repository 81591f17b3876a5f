import Storage
public import SystemPackage

extension RunFolder {
  /// Removes what is damaged in a run, so that the same run goes on from what is whole.
  ///
  /// Every digest is checked. Of a damaged generation the later ones go, too; a damaged file beside the
  /// generations goes alone, as it is made anew. Without a whole index and `run.json` nobody knows which files
  /// are the run's: then nothing goes, and the folder gets another name. Nor does anything go through a link,
  /// or that the run has not written. A removal that is cut off can be repeated: the run is no longer complete
  /// from its beginning on.
  ///
  /// - Returns: What was damaged; nothing for a run that is whole, or that is not there.
  /// - Throws: ``RunFolderError`` if the folder holds no run, is in use, was written by a later version of the
  ///   program, holds files of somebody else's among those to be removed, or cannot be read or changed.
  @discardableResult
  public static func repair(_ path: FilePath) throws(RunFolderError) -> [RunFolderError] {
    guard FileStore.isFolder(path) else { return [] }
    var lost: RunFolderError?
    // Before anything is changed, or a lock is put there.
    do throws(RunFolderError) { try requireRunOrNothing(in: path) } catch {
      guard case .damaged = error else { throw error }
      lost = error
    }
    let isRun = try names(in: path).contains(runName)
    guard isRun || lost != nil else { return [] }
    let lock = try takeLock(path)
    defer { withExtendedLifetime(lock) {} }
    var damages: [RunFolderError]
    do throws(RunFolderError) {
      if let lost { throw lost }
      let indexBytes = try readIfThere(path.appending(indexName))
      var index = try checkedIndex(indexBytes, in: path)
      let run = try checkedRun(&index, in: path)
      damages = try removeDamaged(run, index, indexBytes, in: path)
    } catch {
      guard case .damaged(let file, let problem, _) = error else { throw error }
      return [.setAside(file: file, problem: problem, folder: try setAside(path))]
    }
    for name in nestedNames.sorted() {
      let nested = path.appending(name)
      if FileStore.isFolder(nested, followingLinks: false) { damages += try repair(nested) }
    }
    if !damages.isEmpty { try remove([completeName], in: path) }
    return damages
  }

  /// Removes what is damaged in a run whose index and `run.json` are whole.
  private static func removeDamaged(
    _ run: JSONValue, _ index: RunFolderIndex, _ indexBytes: [UInt8]?, in path: FilePath
  ) throws(RunFolderError) -> [RunFolderError] {
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
      do throws(RunFolderError) { try requireLoops(of: run, index, in: path) } catch {
        damages.append(error)
      }
    }
    if let completion = try readIfThere(path.appending(completeName)),
      indexBytes.map({ !isCompletion(completion, of: $0) }) ?? true
    {
      damages.append(
        .damaged(file: path.appending(completeName), problem: .changed, lastWhole: nil))
    }
    let generations = try generationFolders(in: path)
    // The next one may be there: it was renamed an instant before the process ended.
    if let unknown = generations.first(where: { $0 > index.generationCount }) {
      throw .foreign(path.appending(relativePath(ofGeneration: unknown)))
    }
    guard !damages.isEmpty else { return [] }
    // From the end on: a run goes on after generations whose last ones are gone, not after a gap.
    let gone = generations.filter { $0 >= firstLost ?? .max }.sorted(by: >)
      .map(relativePath(ofGeneration:))
    for file in lost { try requireOwn(file, .regular, in: path) }
    let names = Set(
      index.files.keys.filter { generation(of: $0) != nil }
        .compactMap { $0.split(separator: "/").last.map(String.init) })
    for folder in gone {
      try requireOwn(folder, .folder, in: path)
      for name in try self.names(in: path.appending(folder)).subtracting(names).sorted() {
        throw .foreign(path.appending(folder).appending(name))
      }
      for name in names { try requireOwn("\(folder)/\(name)", .regular, in: path) }
    }
    try remove([completeName] + lost + gone, in: path)
    return damages
  }

  /// Throws if something at a path within a run is of another kind than what a run writes, or is reached by a
  /// link: it is somebody else's.
  private static func requireOwn(
    _ relative: String, _ kind: FileStatus.Kind, in path: FilePath
  ) throws(RunFolderError) {
    var place = path
    let parts = relative.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      place.append(part)
      guard let status = try? FileStore.status(of: place) else { return }
      guard status.kind == (index == parts.count - 1 ? kind : .folder) else {
        throw .foreign(place)
      }
    }
  }

  /// Gives a folder a name beside its own under which nobody looks for a run.
  private static func setAside(_ path: FilePath) throws(RunFolderError) -> FilePath {
    let name = path.lastComponent?.string ?? ""
    var (number, place) = (0, path)
    repeat {
      number += 1
      place = path.removingLastComponent().appending("\(name).damaged-\(number)")
    } while FileStore.exists(place)
    try storing { () throws(StorageError) in try FileStore.rename(path, to: place) }
    return place
  }

  private static func remove(_ names: [String], in path: FilePath) throws(RunFolderError) {
    try storing { () throws(StorageError) in
      for name in names { try FileStore.remove(path.appending(name)) }
      try FileStore.flushFolder(path)
    }
  }
}
