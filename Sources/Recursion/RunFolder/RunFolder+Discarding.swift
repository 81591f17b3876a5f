public import SystemPackage
import Storage

extension RunFolder {
  /// Removes the run in a folder, and nothing else: a folder that holds no run is refused.
  ///
  /// - Throws: ``RunFolderError`` if the folder is no run folder, is in use, or cannot be removed.
  public static func discard(_ path: FilePath) throws(RunFolderError) {
    guard FileStore.exists(path) else { return }
    let lock = try takeFolder(path)
    try storing { () throws(StorageError) in try FileStore.remove(path) }
    withExtendedLifetime(lock) {}
  }
}
