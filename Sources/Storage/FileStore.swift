import Synchronization
public import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The only door to the disk: whole files in, whole files out, atomically.
public enum FileStore {
  /// The names of files and folders that are not finished start with this.
  public static let temporaryPrefix = ".tmp-"

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
    try reading(path, limit: limit) { try SystemCall.read($0, count: $1) }
  }

  /// Hands over the bytes of a regular file, piece after piece.
  ///
  /// - Parameters:
  ///   - pieceBytes: The bytes of a piece; the last is shorter.
  ///   - body: Receives a piece and the number of bytes in the file, and says whether to go on.
  /// - Throws: ``StorageError`` as above.
  public static func read(
    _ path: FilePath, limit: Int = 1 << 40, pieceBytes: Int = 1 << 22,
    _ body: (_ piece: [UInt8], _ byteCount: Int) -> Bool
  ) throws(StorageError) {
    try reading(path, limit: limit) { descriptor, size in
      var start = 0
      while start < size {
        let piece = try SystemCall.read(
          descriptor, count: min(pieceBytes, size - start), from: start)
        guard !piece.isEmpty, body(piece, size) else { return }
        start += piece.count
      }
    }
  }

  /// Returns the last bytes of a regular file, all of a short one.
  ///
  /// - Throws: ``StorageError`` as above.
  public static func readEnd(
    of path: FilePath, mostBytes: Int
  ) throws(StorageError) -> [UInt8] {
    try reading(path, limit: .max) { descriptor, size in
      let count = min(mostBytes, size)
      return try SystemCall.read(descriptor, count: count, from: size - count)
    }
  }

  /// Opens a regular file for `body`, which receives its size.
  private static func reading<Result>(
    _ path: FilePath, limit: Int, _ body: (FileDescriptor, Int) throws -> Result
  ) throws(StorageError) -> Result {
    try attempt(.read, path) {
      let descriptor = try SystemCall.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
      defer { try? SystemCall.close(descriptor) }
      let status = try SystemCall.status(of: descriptor)
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw StorageError(.read, path, .notARegularFile)
      }
      let size = Int(status.st_size)
      guard size <= limit else {
        throw StorageError(.read, path, .tooLarge(bytes: size, limit: limit))
      }
      return try body(descriptor, size)
    }
  }

  /// Writes a whole file atomically: whoever reads sees the old bytes or the new ones, never a
  /// part.
  ///
  /// The bytes go to a temporary name in the same folder and are flushed to the disk; the name is
  /// changed and the folder flushed.
  ///
  /// - Throws: ``StorageError``; no temporary file is left behind.
  public static func write(_ bytes: [UInt8], to path: FilePath) throws(StorageError) {
    try replace(path, byteCount: bytes.count) { try SystemCall.write(bytes, to: $0) }
  }

  /// Writes a whole file atomically whose pieces are not known before they are made; see
  /// ``write(_:to:)-([UInt8],_)``.
  ///
  /// - Parameter fill: Receives a function that appends bytes to the file.
  /// - Throws: ``StorageError``, or what `fill` throws; no temporary file is left behind.
  public static func write(
    to path: FilePath, filling fill: (_ append: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    var failure: (any Error)?
    do {
      try replace(path, byteCount: 0) { descriptor in
        do {
          try fill { try SystemCall.write($0, to: descriptor) }
        } catch {
          if !(error is Errno) { failure = error }
          throw error
        }
      }
    } catch {
      throw failure ?? error
    }
  }

  /// Writes text as UTF-8; see ``write(_:to:)-([UInt8],_)``.
  public static func write(_ text: String, to path: FilePath) throws(StorageError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes a file that must not exist and flushes it, but not the folder: for folders that are
  /// filled under a temporary name, flushed and then renamed.
  ///
  /// - Throws: ``StorageError``; no part of the file is left behind.
  public static func create(_ path: FilePath, _ bytes: [UInt8]) throws(StorageError) {
    try create(path, FileContent(bytes))
  }

  /// Writes a file of any size that must not exist, as above.
  public static func create(_ path: FilePath, _ content: FileContent) throws(StorageError) {
    try attempt(.create, path, byteCount: content.byteCount) {
      try createFile(path) { descriptor in
        for piece in content.pieces { try SystemCall.write(piece, to: descriptor) }
      }
    }
  }

  /// Creates a folder and those above it where they do not exist, and flushes the folders that got
  /// a new name.
  public static func createFolder(_ path: FilePath) throws(StorageError) {
    if path.isEmpty || isFolder(path) { return }
    let parent = path.removingLastComponent()
    if parent != path { try createFolder(parent) }
    try attempt(.create, path) {
      do {
        try SystemCall.makeFolder(path)
      } catch Errno.fileExists where isFolder(path) {
        return  // Another process was faster.
      }
    }
    try flushFolder(parent)
  }

  /// Creates a folder that must not exist, in one that does.
  public static func createNewFolder(_ path: FilePath) throws(StorageError) {
    try attempt(.create, path) { try SystemCall.makeFolder(path) }
  }

  /// Renames a file or folder and flushes the folder that holds it.
  public static func rename(_ path: FilePath, to target: FilePath) throws(StorageError) {
    try attempt(.rename, path) { try SystemCall.rename(path, to: target) }
    try flushFolder(target.removingLastComponent())
  }

  /// Removes a file, or a folder with all that is in it; nothing happens if there is none.
  ///
  /// Links are removed, not followed.
  public static func remove(_ path: FilePath) throws(StorageError) {
    if isFolder(path, followingLinks: false) {
      for name in try names(in: path) { try remove(path.appending(name)) }
      try attempt(.remove, path) { try SystemCall.removeFolder(path) }
    } else {
      try attempt(.remove, path) {
        do {
          try SystemCall.removeFile(path)
        } catch Errno.noSuchFileOrDirectory {
          return
        }
      }
    }
  }

  /// Removes a folder unless something is in it.
  public static func removeIfEmpty(_ path: FilePath) throws(StorageError) {
    try attempt(.remove, path) {
      do {
        try SystemCall.removeFolder(path)
      } catch Errno.directoryNotEmpty {
        return
      }
    }
  }

  /// Removes what an interrupted writer left in a folder: all names that start with
  /// ``temporaryPrefix``.
  ///
  /// - Parameter seconds: In a folder that others write to at this moment, an age that no file reaches
  ///   before it gets its name.
  public static func removeTemporaries(
    in folder: FilePath, olderThan seconds: Int = 0
  ) throws(StorageError) {
    let prefix = Array(temporaryPrefix.utf8)
    let latest = time(nil) - seconds
    for name in try names(in: folder) {
      let path = folder.appending(name)
      guard FilePath(root: nil, components: name).bytes.starts(with: prefix),
        let status = try? SystemCall.status(of: path, followingLinks: false),
        seconds == 0 || status.st_mtim.tv_sec < latest
      else { continue }
      try remove(path)
    }
  }

  /// The names in a folder, sorted by their bytes, without `.` and `..`.
  public static func names(in folder: FilePath) throws(StorageError) -> [FilePath.Component] {
    try nameBytes(in: folder).compactMap { FilePath(bytes: $0).lastComponent }
  }

  /// The same names as bytes: a million of them take a quarter of the memory.
  package static func nameBytes(in folder: FilePath) throws(StorageError) -> [[UInt8]] {
    try attempt(.list, folder) {
      try SystemCall.names(in: folder).sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Whether the path names a folder.
  public static func isFolder(_ path: FilePath, followingLinks: Bool = true) -> Bool {
    let status = try? SystemCall.status(of: path, followingLinks: followingLinks)
    return status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether anything is there, of whatever kind.
  public static func exists(_ path: FilePath) -> Bool {
    (try? SystemCall.status(of: path, followingLinks: false)) != nil
  }

  /// Makes the names in a folder survive a loss of power.
  public static func flushFolder(_ path: FilePath) throws(StorageError) {
    let folder = path.isEmpty ? FilePath(".") : path
    try attempt(.write, folder) {
      let descriptor = try SystemCall.open(folder, O_RDONLY | O_DIRECTORY)
      defer { try? SystemCall.close(descriptor) }
      try SystemCall.flush(descriptor)
    }
  }

  /// Runs `body` and turns what the system throws into a ``StorageError`` that names the path.
  ///
  /// `byteCount` is what the operation needs room for, told when there is none.
  static func attempt<Result>(
    _ operation: StorageError.Operation, _ path: FilePath, byteCount: Int = 0,
    _ body: () throws -> Result
  ) throws(StorageError) -> Result {
    do {
      return try body()
    } catch let error as StorageError {
      throw error
    } catch {
      let errno = error as? Errno ?? .ioError
      let isFull = errno == .noSpace || errno == Errno(rawValue: EDQUOT)
      throw StorageError(
        operation, path, isFull ? .diskFull(neededBytes: byteCount) : .system(errno))
    }
  }
}

extension FileStore {
  private static let temporaryCount = Atomic<Int>(0)

  /// The mode that the user's mask leaves to a new file.
  ///
  /// The mask can only be read by setting it:
  /// for that moment it is the strictest.
  private static let fileMode: mode_t = {
    let mask = umask(0o077)
    _ = umask(mask)
    return 0o666 & ~mask
  }()

  /// Puts a file that is written and flushed under a name of its own in the place of a path.
  private static func replace(
    _ path: FilePath, byteCount: Int, filling fill: (FileDescriptor) throws -> Void
  ) throws(StorageError) {
    // Renamed over, a device or a pipe would be gone for all who use it.
    if let there = try? status(of: path, followingLinks: true), there.kind == .special {
      throw StorageError(.write, path, .notARegularFile)
    }
    let folder = path.removingLastComponent()
    try attempt(.write, path, byteCount: byteCount) {
      let temporary = try createTemporaryFile(in: folder, filling: fill)
      do {
        try SystemCall.rename(temporary, to: path)
      } catch {
        try? SystemCall.removeFile(temporary)
        throw error
      }
    }
    try flushFolder(folder)
  }

  /// Writes a flushed file with a name of its own.
  private static func createTemporaryFile(
    in folder: FilePath, filling fill: (FileDescriptor) throws -> Void
  ) throws -> FilePath {
    while true {
      let number = temporaryCount.add(1, ordering: .relaxed).oldValue
      let path = folder.appending("\(temporaryPrefix)\(getpid())-\(number)")
      do {
        try createFile(path, filling: fill)
        return path
      } catch Errno.fileExists {
        continue  // A process that had our number was killed here.
      }
    }
  }

  /// Writes a flushed file that must not exist; nobody else can read it before it is whole.
  private static func createFile(
    _ path: FilePath, filling fill: (FileDescriptor) throws -> Void
  ) throws {
    let descriptor = try SystemCall.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    do {
      do {
        try fill(descriptor)
        try SystemCall.setMode(descriptor, fileMode)
        try SystemCall.flush(descriptor)
      } catch {
        try? SystemCall.close(descriptor)
        throw error
      }
      try SystemCall.close(descriptor)
    } catch {
      try? SystemCall.removeFile(path)
      throw error
    }
  }
}
