import Storage
public import SystemPackage

extension RunFolder {
  /// Removes the run in a folder, and nothing else: a folder that holds no run is refused.
  ///
  /// - Throws: ``RunFolderError`` if the folder is no run folder, is in use, or cannot be removed.
  public static func discard(_ path: FilePath) throws(RunFolderError) {
    guard FileStore.exists(path) else { return }
    let lock = try takeFolder(path)
    // The names by which a folder is known as a run go last: a removal that is cut off can be repeated.
    let last = [indexName, runName, lockName]
    let others = try names(in: path).subtracting(last).sorted()
    try storing { () throws(StorageError) in
      for name in others + last { try FileStore.remove(path.appending(name)) }
      // Without its lock the folder is anybody's: who takes it now keeps what is put there.
      try FileStore.removeIfEmpty(path)
    }
    withExtendedLifetime(lock) {}
  }
}
