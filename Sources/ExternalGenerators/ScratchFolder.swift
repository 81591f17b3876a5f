import Storage
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A folder for the files that this process and a command exchange, removed with the value.
///
/// In a run folder it has a temporary name, so that what a killed process leaves behind is swept away at
/// the next start.
final class ScratchFolder: Sendable {
  let path: FilePath

  private static let count = Atomic<Int>(0)

  /// Creates a folder in another; `nil` for the system's folder of temporary files.
  ///
  /// - Throws: `StorageError`.
  init(in parent: FilePath?) throws(StorageError) {
    let parent = parent ?? Self.systemFolder
    let number = Self.count.add(1, ordering: .relaxed).oldValue
    let word = String(UInt32.random(in: .min ... .max), radix: 36)
    // A command may well change its working directory.
    path = try FileStore.resolved(parent).appending(
      "\(FileStore.temporaryPrefix)exec-\(getpid())-\(number)-\(word)")
    try FileStore.createNewFolder(path)
  }

  deinit { try? FileStore.remove(path) }

  private static var systemFolder: FilePath {
    guard let folder = unsafe getenv("TMPDIR"), unsafe folder.pointee != 0 else { return "/tmp" }
    return unsafe FilePath(platformString: folder)
  }

  /// A file or folder in it.
  func appending(_ name: String) -> FilePath { path.appending(name) }
}
