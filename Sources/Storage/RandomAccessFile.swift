import Synchronization
public import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A regular file that is read in parts, wherever it was read last, by any thread.
///
/// It is not mapped into memory: a file that somebody else cuts short would end the process.
public final class RandomAccessFile: Sendable {
  /// The file's path.
  public let path: FilePath

  /// The number of bytes when it was opened.
  public let byteCount: Int

  private let descriptor: FileDescriptor
  private let firstFailure = Mutex<StorageError?>(nil)

  /// Opens a file.
  ///
  /// - Throws: ``StorageError`` if it is not a regular file or the system refuses.
  public init(_ path: FilePath) throws(StorageError) {
    self.path = path
    (descriptor, byteCount) = try FileStore.attempt(.read, path) {
      let descriptor = try SystemCall.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
      do {
        let status = try SystemCall.status(of: descriptor)
        guard status.st_mode & S_IFMT == S_IFREG else {
          throw StorageError(.read, path, .notARegularFile)
        }
        return (descriptor, Int(status.st_size))
      } catch {
        try? SystemCall.close(descriptor)
        throw error
      }
    }
  }

  deinit { try? SystemCall.close(descriptor) }

  /// Returns some of its bytes.
  ///
  /// - Throws: ``StorageError`` if they cannot be read, or are no longer there.
  public func bytes(_ range: Range<Int>) throws(StorageError) -> [UInt8] {
    do throws(StorageError) {
      return try FileStore.attempt(.read, path) {
        let bytes = try SystemCall.read(descriptor, count: range.count, from: range.lowerBound)
        guard bytes.count == range.count else {
          throw StorageError(
            .read, path, .malformed("It became shorter while it was read. Start again."))
        }
        return bytes
      }
    } catch {
      firstFailure.withLock { $0 = $0 ?? error }
      throw error
    }
  }

  /// The first failure of reading it, for callers that could not take it when it happened.
  public var failure: StorageError? { firstFailure.withLock { $0 } }
}
