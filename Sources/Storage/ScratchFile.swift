import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// A file without a name for numbers that need not be in memory: the system takes its room back when
/// the value goes away or the process ends, however it ends.
///
/// It is written once, from its beginning, and then read in any order. It is not mapped into memory:
/// what is read counts only while it is used, and a failing disk is an answer, not a signal.
final class ScratchFile: Sendable {
  private let descriptor: FileDescriptor

  /// Creates an empty file in the folder for temporary files.
  ///
  /// - Throws: `Errno` if the system refuses.
  static func create() throws -> ScratchFile {
    ScratchFile(try open(in: folder))
  }

  private init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? SystemCall.close(descriptor) }

  /// `TMPDIR`, or the folder for large temporary files, which is on a disk where `/tmp` may be not.
  static var folder: FilePath {
    guard let value = unsafe getenv("TMPDIR") else { return "/var/tmp" }
    let path = unsafe FilePath(platformString: value)
    return path.isEmpty ? "/var/tmp" : path
  }

  private static func open(in folder: FilePath) throws -> FileDescriptor {
    // The C header spells this flag as a sum that Swift does not import.
    let nameless = 0o20_000_000 | O_DIRECTORY
    if let descriptor = try? SystemCall.open(folder, nameless | O_RDWR, mode: 0o600) {
      return descriptor
    }
    // A file system that knows no nameless files: the name is taken away at once.
    let path = folder.appending("\(FileStore.temporaryPrefix)scratch-\(getpid())")
    let descriptor = try SystemCall.open(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    try? SystemCall.removeFile(path)
    return descriptor
  }

  /// Writes bytes after those written before.
  func append<Element: BitwiseCopyable>(_ elements: [Element]) throws {
    try SystemCall.writeElements(elements, to: descriptor)
  }

  /// Returns elements by their place in the file.
  ///
  /// What was written and cannot be read again leaves nothing to go on with: the process says so and
  /// ends with status 74, as it does for every failure of a disk; what is in a run folder stays whole.
  func elements<Element: BitwiseCopyable>(_ range: Range<Int>) -> [Element] {
    switch Result(catching: { try SystemCall.readElements(range, of: descriptor) as [Element] }) {
    case .success(let elements): return elements
    case .failure(let error): Self.giveUp(error)
    }
  }

  private static func giveUp(_ error: any Error) -> Never {
    let sentence = "error: Cannot read a temporary file in \(folder.printable) again: \(error).\n"
    try? SystemCall.write(Array(sentence.utf8), to: .standardError)
    exit(74)
  }
}
