public import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The only door to the disk: whole files in, whole files out, atomically.
public enum FileStore {
  /// Returns the bytes of a regular file.
  ///
  /// The file is opened without blocking and looked at before it is read, so that a pipe, a socket
  /// or a device costs nothing.
  ///
  /// - Throws: ``StorageError`` if it is not a regular file, is larger than `limit`, or the system
  ///   refuses.
  public static func read(
    _ path: FilePath, limit: Int = 1 << 40
  ) throws(StorageError) -> [UInt8] {
    try attempt(.read, path) {
      let descriptor = try FileDescriptor.open(
        path, .readOnly, options: [.nonBlocking, .closeOnExec])
      defer { try? descriptor.close() }
      let size = try regularFileSize(descriptor, path)
      guard size <= limit else {
        throw StorageError(.read, path, .tooLarge(bytes: size, limit: limit))
      }
      return try unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let raw = UnsafeMutableRawBufferPointer(buffer)
        while count < size {
          let got = try unsafe descriptor.read(
            into: UnsafeMutableRawBufferPointer(rebasing: raw[count...]))
          if got == 0 { break }
          count += got
        }
      }
    }
  }

  /// Writes a whole file: to a temporary name in the same folder, flushed to the disk, renamed, and
  /// the folder flushed. Whoever reads sees the old bytes or the new ones, never a part.
  ///
  /// - Throws: ``StorageError``; nothing is left behind.
  public static func write(_ bytes: [UInt8], to path: FilePath) throws(StorageError) {
    let temporary = path.removingLastComponent().appending(
      ".tmp-\(getpid())-\(path.lastComponent?.string ?? "file")")
    try attempt(.write, path) {
      do {
        let descriptor = try FileDescriptor.open(
          temporary, .writeOnly, options: [.create, .truncate, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
        do {
          _ = try descriptor.writeAll(bytes)
          try flush(descriptor)
        } catch {
          try? descriptor.close()
          throw error
        }
        try descriptor.close()
        try move(temporary, to: path)
      } catch {
        _ = unsafe temporary.withPlatformString { unsafe unlink($0) }
        throw error
      }
    }
    try flushFolder(path.removingLastComponent())
  }

  /// Writes text as UTF-8; see ``write(_:to:)-([UInt8],_)``.
  public static func write(_ text: String, to path: FilePath) throws(StorageError) {
    try write(Array(text.utf8), to: path)
  }

  /// Creates a folder and those above it where they do not exist.
  public static func createFolder(_ path: FilePath) throws(StorageError) {
    if isFolder(path) || path.isEmpty { return }
    let parent = path.removingLastComponent()
    if !parent.isEmpty, parent != path { try createFolder(parent) }
    let status = unsafe path.withPlatformString { unsafe mkdir($0, 0o777) }
    guard status != 0 else { return }
    let errno = Errno.current
    guard errno == .fileExists, isFolder(path) else {
      throw StorageError(.create, path, .system(errno))
    }
  }

  /// Renames a file or folder and flushes the folder that holds it.
  public static func rename(_ path: FilePath, to target: FilePath) throws(StorageError) {
    try attempt(.rename, path) { try move(path, to: target) }
    try flushFolder(target.removingLastComponent())
  }

  /// Removes a file, or a folder with all that is in it; nothing happens if there is none. Links are
  /// removed, not followed.
  public static func remove(_ path: FilePath) throws(StorageError) {
    if isFolder(path, followingLinks: false) {
      for name in try names(in: path) { try remove(path.appending(name)) }
      guard unsafe path.withPlatformString({ unsafe rmdir($0) }) == 0 else {
        throw StorageError(.remove, path, .system(.current))
      }
    } else if unsafe path.withPlatformString({ unsafe unlink($0) }) != 0 {
      let errno = Errno.current
      guard errno == .noSuchFileOrDirectory else {
        throw StorageError(.remove, path, .system(errno))
      }
    }
  }

  /// The names in a folder, sorted by their bytes, without `.` and `..`.
  public static func names(in folder: FilePath) throws(StorageError) -> [FilePath.Component] {
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      throw StorageError(.list, folder, .system(.current))
    }
    defer { unsafe closedir(stream) }
    var names: [(key: [UInt8], component: FilePath.Component)] = []
    while let entry = unsafe readdir(stream) {
      // The name is an array inside the record, to be read where it lies: it may be longer than the
      // Swift type says.
      let bytes = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let start = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
        return unsafe Array(
          UnsafeBufferPointer(
            start: start,
            count: strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))))
      }
      guard bytes != [0x2E], bytes != [0x2E, 0x2E],
        let component = FilePath(bytes: bytes).lastComponent
      else { continue }
      names.append((bytes, component))
    }
    return names.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.component)
  }

  /// Whether the path names a folder.
  public static func isFolder(_ path: FilePath, followingLinks: Bool = true) -> Bool {
    mode(of: path, followingLinks: followingLinks).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether anything is there, of whatever kind.
  public static func exists(_ path: FilePath) -> Bool {
    mode(of: path, followingLinks: false) != nil
  }

  private static func mode(of path: FilePath, followingLinks: Bool) -> mode_t? {
    var status = stat()
    let result = unsafe path.withPlatformString {
      unsafe followingLinks ? stat($0, &status) : lstat($0, &status)
    }
    return result == 0 ? status.st_mode : nil
  }

  private static func regularFileSize(_ descriptor: FileDescriptor, _ path: FilePath) throws -> Int
  {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno.current }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError(.read, path, .notARegularFile)
    }
    return Int(status.st_size)
  }

  private static func flush(_ descriptor: FileDescriptor) throws {
    while fsync(descriptor.rawValue) != 0 {
      guard Errno.current == .interrupted else { throw Errno.current }
    }
  }

  private static func move(_ path: FilePath, to target: FilePath) throws {
    let status = unsafe path.withPlatformString { old in
      unsafe target.withPlatformString { new in unsafe Glibc.rename(old, new) }
    }
    guard status == 0 else { throw Errno.current }
  }

  /// Makes the names in a folder survive a loss of power.
  static func flushFolder(_ path: FilePath) throws(StorageError) {
    let folder = path.isEmpty ? FilePath(".") : path
    try attempt(.write, folder) {
      let descriptor = try FileDescriptor.open(
        folder, .readOnly, options: [.directory, .closeOnExec])
      defer { try? descriptor.close() }
      try flush(descriptor)
    }
  }

  /// Runs `body` and turns what the system throws into a ``StorageError`` that names the path.
  static func attempt<Result>(
    _ operation: StorageError.Operation, _ path: FilePath, _ body: () throws -> Result
  ) throws(StorageError) -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(operation, path, .system(error as? Errno ?? .ioError))
    }
  }
}

extension Errno {
  /// The error of the last call that failed on this thread.
  static var current: Errno { Errno(rawValue: Glibc.errno) }
}
