package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// The only door to the system's file calls.
///
/// Each call is made again when a signal interrupts it and throws the system's error otherwise. As
/// every call passes here, a test can make any of them fail.
package enum SystemCall {
  /// The calls that a test can make fail.
  package enum Name: Sendable {
    case open, read, write, flush, close, rename, makeFolder, remove, truncate, setMode, lock, list
  }

  /// What a test lets happen instead of a call.
  package enum Fault: Equatable, Sendable {
    /// The call fails.
    case error(Errno)
    /// A read or write moves one byte only.
    case short
    /// The call is not made and seems to succeed, as a flush does on a machine that never loses
    /// power.
    case omitted
  }

  /// A test's decision about every call.
  package struct FaultPlan: Sendable {
    let fault: @Sendable (Name) -> Fault?

    /// Creates a plan from a function that is asked before every call; `nil` lets it happen.
    package init(_ fault: @escaping @Sendable (Name) -> Fault?) {
      self.fault = fault
    }

    /// Runs `body` by this plan.
    package func run<Result>(_ body: () throws -> Result) rethrows -> Result {
      try SystemCall.$faultPlan.withValue(self, operation: body)
    }
  }

  /// What fails; `nil` outside tests.
  @TaskLocal private static var faultPlan: FaultPlan?

  static func open(
    _ path: FilePath, _ flags: Int32, mode: mode_t = 0
  ) throws(Errno) -> FileDescriptor {
    let number = try retrying(.open) {
      unsafe path.withPlatformString { unsafe Glibc.open($0, flags | O_CLOEXEC, mode) }
    }
    return FileDescriptor(rawValue: number)
  }

  /// Fills an array with the bytes of a file from `start` on, up to `count`, fewer where the file ends
  /// before.
  static func read(
    _ descriptor: FileDescriptor, count: Int, from start: Int = 0
  ) throws -> [UInt8] {
    try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: raw[filled..<count])
        let got = try retrying(.read) { shortened in
          unsafe Glibc.pread(
            descriptor.rawValue, rest.baseAddress, shortened ? 1 : rest.count,
            off_t(start + filled))
        }
        if got == 0 { break }
        filled += got
      }
    }
  }

  /// Returns elements by their place in a file that holds nothing else, wherever it was read last.
  ///
  /// - Throws: `Errno`; ``Errno/ioError`` if the file ends before.
  static func readElements<Element: BitwiseCopyable>(
    _ range: Range<Int>, of descriptor: FileDescriptor
  ) throws -> [Element] {
    try unsafe [Element](unsafeUninitializedCapacity: range.count) { buffer, filled in
      try unsafe fill(
        UnsafeMutableRawBufferPointer(buffer), from: descriptor,
        at: range.lowerBound * MemoryLayout<Element>.stride)
      filled = range.count
    }
  }

  private static func fill(
    _ bytes: UnsafeMutableRawBufferPointer, from descriptor: FileDescriptor, at offset: Int
  ) throws(Errno) {
    var filled = 0
    while filled < bytes.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let place = off_t(offset + filled)
      let got = try retrying(.read) { shortened in
        unsafe pread(descriptor.rawValue, rest.baseAddress, shortened ? 1 : rest.count, place)
      }
      guard got > 0 else { throw .ioError }
      filled += got
    }
  }

  /// Writes all bytes, however few the system takes at a time.
  static func write(_ bytes: [UInt8], to descriptor: FileDescriptor) throws {
    try unsafe bytes.withUnsafeBytes { try unsafe write($0, to: descriptor) }
  }

  /// Writes the bytes of all elements of an array.
  static func writeElements<Element: BitwiseCopyable>(
    _ elements: [Element], to descriptor: FileDescriptor
  ) throws {
    try unsafe elements.withUnsafeBytes { try unsafe write($0, to: descriptor) }
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: FileDescriptor
  ) throws(Errno) {
    var written = 0
    while written < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
      written += try retrying(.write) { shortened in
        unsafe Glibc.write(descriptor.rawValue, rest.baseAddress, shortened ? 1 : rest.count)
      }
    }
  }

  /// Waits until the bytes of a file, or the names in a folder, are on the disk.
  static func flush(_ descriptor: FileDescriptor) throws(Errno) {
    _ = try retrying(.flush) { fsync(descriptor.rawValue) }
  }

  /// Linux frees the descriptor whatever `close` answers, so an interrupted one is not made again.
  static func close(_ descriptor: FileDescriptor) throws(Errno) {
    let fault = faultPlan?.fault(.close)
    let status = Glibc.close(descriptor.rawValue)
    if case .error(let errno) = fault, errno != .interrupted { throw errno }
    guard status == 0 || Errno.current == .interrupted else { throw Errno.current }
  }

  static func truncate(_ descriptor: FileDescriptor, to size: Int) throws(Errno) {
    _ = try retrying(.truncate) { ftruncate(descriptor.rawValue, off_t(size)) }
  }

  static func setMode(_ descriptor: FileDescriptor, _ mode: mode_t) throws(Errno) {
    _ = try retrying(.setMode) { fchmod(descriptor.rawValue, mode) }
  }

  static func rename(_ path: FilePath, to target: FilePath) throws(Errno) {
    _ = try retrying(.rename) {
      unsafe path.withPlatformString { old in
        unsafe target.withPlatformString { new in unsafe Glibc.rename(old, new) }
      }
    }
  }

  static func makeFolder(_ path: FilePath) throws(Errno) {
    _ = try retrying(.makeFolder) {
      unsafe path.withPlatformString { unsafe mkdir($0, 0o777) }
    }
  }

  static func removeFile(_ path: FilePath) throws(Errno) {
    _ = try retrying(.remove) { unsafe path.withPlatformString { unsafe unlink($0) } }
  }

  static func removeFolder(_ path: FilePath) throws(Errno) {
    _ = try retrying(.remove) { unsafe path.withPlatformString { unsafe rmdir($0) } }
  }

  /// Takes the lock of an open file, or throws ``Errno/wouldBlock`` at once.
  static func lock(_ descriptor: FileDescriptor) throws(Errno) {
    _ = try retrying(.lock) { flock(descriptor.rawValue, LOCK_EX | LOCK_NB) }
  }

  /// Empties an open file, if that can be done.
  static func erase(_ descriptor: FileDescriptor) {
    _ = ftruncate(descriptor.rawValue, 0)
  }

  /// Gives up the lock of an open file, if it is held.
  static func unlock(_ descriptor: FileDescriptor) {
    _ = flock(descriptor.rawValue, LOCK_UN)
  }

  static func status(of descriptor: FileDescriptor) throws(Errno) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno.current }
    return status
  }

  static func status(of path: FilePath, followingLinks: Bool) throws(Errno) -> stat {
    var status = stat()
    let result = unsafe path.withPlatformString {
      unsafe followingLinks ? stat($0, &status) : lstat($0, &status)
    }
    guard result == 0 else { throw Errno.current }
    return status
  }

  /// The bytes that are free for everybody on the disk that holds a folder.
  static func freeBytes(at folder: FilePath) throws(Errno) -> Int {
    var status = statvfs()
    let result = unsafe folder.withPlatformString { unsafe statvfs($0, &status) }
    guard result == 0 else { throw Errno.current }
    return Int(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
  }

  /// The path without links, `.` and `..`, from the root.
  static func resolved(_ path: FilePath) throws(Errno) -> FilePath {
    let resolved = unsafe path.withPlatformString { unsafe realpath($0, nil) }
    guard let resolved = unsafe resolved else { throw Errno.current }
    defer { unsafe free(resolved) }
    return unsafe FilePath(platformString: resolved)
  }

  /// What a link says: a path from the root, or from the folder that the link is in.
  static func destination(ofLink path: FilePath) throws(Errno) -> [UInt8] {
    var words = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe path.withPlatformString { unsafe readlink($0, &words, words.count) }
    guard length >= 0 else { throw Errno.current }
    return words.prefix(length).map { UInt8(bitPattern: $0) }
  }

  /// The names in a folder, as bytes, in the order of the system, without `.` and `..`.
  static func names(in folder: FilePath) throws(Errno) -> [[UInt8]] {
    _ = try retrying(.list) { 0 }
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      throw Errno.current
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      // The end and an error both answer nil, and only `errno` tells them apart.
      Glibc.errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard Glibc.errno == 0 else { throw Errno.current }
        return names
      }
      // The name is an array inside the record, to be read where it lies: it may be longer than the
      // Swift type says.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let start = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
        let length = unsafe strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
        return unsafe Array(UnsafeBufferPointer(start: start, count: length))
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
  }

  private static func retrying(
    _ name: Name, _ call: () -> Int32
  ) throws(Errno) -> Int32 {
    Int32(try retrying(name) { _ in Int(call()) })
  }

  /// Makes a call until no signal interrupts it.
  ///
  /// `call` is told whether to take a short write.
  private static func retrying(
    _ name: Name, _ call: (_ shortened: Bool) -> Int
  ) throws(Errno) -> Int {
    while true {
      let fault = faultPlan?.fault(name)
      if case .error(let errno) = fault {
        if errno == .interrupted { continue }
        throw errno
      }
      if fault == .omitted { return 0 }
      let result = call(fault == .short)
      if result >= 0 { return result }
      let errno = Errno.current
      guard errno == .interrupted else { throw errno }
    }
  }
}

extension Errno {
  /// The error of the last call that failed on this thread.
  static var current: Errno { Errno(rawValue: Glibc.errno) }
}
