public import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A lock on a file, held by this process until the value goes away or the process ends, however it
/// ends.
///
/// The system keeps the lock (`flock`), so a killed process leaves nothing to clear. The file
/// stays; it says who holds the lock, or held it last: `process 4711 on HOST since
/// 2026-01-31T12:00:00Z`.
public final class FileLock: Sendable {
  /// The file that is locked.
  public let path: FilePath

  private let descriptor: FileDescriptor

  /// Takes the lock, at once or not at all; creates the file where there is none.
  ///
  /// - Throws: ``StorageError`` with the cause ``StorageError/Cause/locked(holder:)`` if another
  ///   process, or another value in this one, holds it.
  public init(_ path: FilePath) throws(StorageError) {
    self.path = path
    descriptor = try FileStore.attempt(.lock, path) {
      let descriptor = try SystemCall.open(
        path, O_RDWR | O_CREAT | O_NONBLOCK | O_NOCTTY, mode: 0o666)
      do {
        guard try SystemCall.status(of: descriptor).st_mode & S_IFMT == S_IFREG else {
          throw StorageError(.lock, path, .notARegularFile)
        }
        do {
          try SystemCall.lock(descriptor)
        } catch Errno.wouldBlock {
          throw StorageError(.lock, path, .locked(holder: try Self.words(in: descriptor)))
        }
        try SystemCall.truncate(descriptor, to: 0)
        try SystemCall.write(Array((Self.holder() + "\n").utf8), to: descriptor)
        return descriptor
      } catch {
        Self.release(descriptor)
        throw error
      }
    }
  }

  deinit { Self.release(descriptor) }

  /// Gives the lock up, if it is held, and closes the file.
  ///
  /// To close it is not enough: a child process that is just being started still has a copy.
  private static func release(_ descriptor: FileDescriptor) {
    SystemCall.unlock(descriptor)
    try? SystemCall.close(descriptor)
  }

  /// What the holder wrote about itself.
  ///
  /// It may have taken the lock this very moment: its words are waited for, a fifth of a second.
  private static func words(in descriptor: FileDescriptor) throws -> String {
    for _ in 0..<20 {
      let words = try SystemCall.read(descriptor, count: 512).prefix { $0 != 0x0A }
      if !words.isEmpty { return FilePath.printable(Array(words)) }
      usleep(10_000)
    }
    return "another process"
  }

  /// This process, in words.
  private static func holder() -> String {
    var name = [CChar](repeating: 0, count: 256)
    let status = unsafe gethostname(&name, name.count - 1)
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let host = status == 0 && !bytes.isEmpty ? FilePath.printable(bytes) : "this host"
    return "process \(getpid()) on \(host) since \(timestamp())"
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
