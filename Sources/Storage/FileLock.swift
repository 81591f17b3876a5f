public import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A lock on a file, held by this process until the value goes away or the process ends, however it
/// ends.
///
/// The system keeps the lock (`flock`), so a killed process leaves nothing to clear. The file
/// stays; while the lock is held it says by whom, `process 4711 on HOST since
/// 2026-01-31T12:00:00Z`, and it is empty when the lock has been given up.
public final class FileLock: Sendable {
  /// The file that is locked.
  public let path: FilePath

  private let descriptor: FileDescriptor

  /// Takes the lock, at once or not at all; creates the file where there is none.
  ///
  /// A symbolic link is not followed: the file that it leads to may be anything, and it would be
  /// emptied.
  ///
  /// - Throws: ``StorageError`` with the cause ``StorageError/Cause/locked(holder:)`` if another
  ///   process, or another value in this one, holds it.
  public init(_ path: FilePath) throws(StorageError) {
    self.path = path
    descriptor = try FileStore.attempt(.lock, path) {
      guard !Self.isLink(path) else { throw StorageError(.lock, path, .notARegularFile) }
      let descriptor = try SystemCall.open(
        path, O_RDWR | O_CREAT | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW, mode: 0o666)
      do {
        guard try SystemCall.status(of: descriptor).st_mode & S_IFMT == S_IFREG else {
          throw StorageError(.lock, path, .notARegularFile)
        }
        do {
          try SystemCall.lock(descriptor)
        } catch Errno.wouldBlock {
          throw StorageError(.lock, path, .locked(holder: try Self.holder(of: descriptor)))
        }
        // Between the two calls somebody may have put another file there.
        guard Self.isAt(path, descriptor) else {
          throw StorageError(.lock, path, .locked(holder: "another process"))
        }
        try SystemCall.truncate(descriptor, to: 0)
        let words = "\(Self.process(getpid())) since \(Self.timestamp())\n"
        try SystemCall.write(Array(words.utf8), to: descriptor)
        return descriptor
      } catch {
        Self.release(descriptor)
        throw error
      }
    }
  }

  /// Whether a path is that of a symbolic link.
  private static func isLink(_ path: FilePath) -> Bool {
    let status = try? SystemCall.status(of: path, followingLinks: false)
    return status.map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
  }

  /// Whether an open file is the one at a path.
  private static func isAt(_ path: FilePath, _ descriptor: FileDescriptor) -> Bool {
    guard let open = try? SystemCall.status(of: descriptor),
      let found = try? SystemCall.status(of: path, followingLinks: false)
    else { return false }
    return open.st_dev == found.st_dev && open.st_ino == found.st_ino
  }

  deinit {
    // So that nobody takes them for the words of the next holder.
    SystemCall.erase(descriptor)
    Self.release(descriptor)
  }

  /// Gives the lock up, if it is held, and closes the file.
  ///
  /// To close it is not enough: a child process that is just being started still has a copy.
  private static func release(_ descriptor: FileDescriptor) {
    SystemCall.unlock(descriptor)
    try? SystemCall.close(descriptor)
  }

  /// What the holder wrote about itself, if it is certain that the words are the holder's.
  ///
  /// It may have taken the lock this very moment, and the file still hold the words of one that was
  /// killed: the holder's own are waited for, a fifth of a second.
  private static func holder(of descriptor: FileDescriptor) throws -> String {
    let file = try SystemCall.status(of: descriptor)
    for _ in 0..<20 {
      let words = try SystemCall.read(descriptor, count: 512)
      if let end = words.firstIndex(of: 0x0A) {
        let text = FilePath.printable(Array(words[..<end]))
        if isFromProcess(text, thatHasOpen: file) { return text }
      }
      usleep(10_000)
    }
    return "another process"
  }

  /// Whether the process that words name is on this host, alive, and has the file open.
  private static func isFromProcess(_ words: String, thatHasOpen file: stat) -> Bool {
    let parts = words.split(separator: " ")
    guard parts.count > 1, let number = pid_t(parts[1]), number > 0,
      words.utf8.starts(with: "\(process(number)) since ".utf8)
    else { return false }
    let folder = FilePath("/proc/\(number)/fd")
    let open = (try? SystemCall.names(in: folder)) ?? []
    return open.contains { name in
      let path = folder.appending(FilePath(bytes: name).components)
      let status = try? SystemCall.status(of: path, followingLinks: true)
      return status?.st_dev == file.st_dev && status?.st_ino == file.st_ino
    }
  }

  /// A process of this host, in words.
  private static func process(_ number: pid_t) -> String {
    var name = [CChar](repeating: 0, count: 256)
    let status = unsafe gethostname(&name, name.count - 1)
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let host = status == 0 && !bytes.isEmpty ? FilePath.printable(bytes) : "this host"
    return "process \(number) on \(host)"
  }

  /// The time now, in UTC, as ISO 8601 writes it.
  private static func timestamp() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    var text = [CChar](repeating: 0, count: 32)
    let length = unsafe strftime(
      &text, text.count, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts))
    return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
