public import SystemPackage

/// A file or folder that could not be read, written or locked.
public struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried.
  public enum Operation: String, Equatable, Sendable {
    case read
    case write
    case create
    case list
    case rename
    case remove
    case lock
  }

  /// Why it failed.
  public enum Cause: Equatable, Sendable {
    /// The system said so.
    case system(Errno)
    /// There is no room, or no quota, for so many bytes; 0 where the number is not known.
    case diskFull(neededBytes: Int)
    /// The path names a folder, pipe, socket or device where a regular file is needed.
    case notARegularFile
    /// The file holds more bytes than the limit allows.
    case tooLarge(bytes: Int, limit: Int)
    /// A live process holds the lock; its own words say who.
    case locked(holder: String)
    /// The bytes are not what the format asks for.
    case malformed(String)
  }

  /// What was tried.
  public let operation: Operation

  /// The file or folder.
  public let path: FilePath

  /// Why it failed.
  public let cause: Cause

  /// Creates an error.
  public init(_ operation: Operation, _ path: FilePath, _ cause: Cause) {
    self.operation = operation
    self.path = path
    self.cause = cause
  }

  /// What happened, and what to do about it.
  public var description: String {
    let name = path.printable
    return switch cause {
    case .system(.noSuchFileOrDirectory)
    where [.write, .create].contains(operation) && FileStore.isFolder(path.removingLastComponent()):
      "Cannot \(operation.rawValue) \(name): \(folderName) takes no files or folders of users. "
        + "Choose another path."
    case .system(.noSuchFileOrDirectory) where [.write, .create].contains(operation):
      "Cannot \(operation.rawValue) \(name): the folder \(folderName) does not exist. "
        + "Create it or choose another path."
    case .system(.noSuchFileOrDirectory): "\(name) does not exist. Check the path."
    case .system(.permissionDenied), .system(.notPermitted):
      "No permission to \(operation.rawValue) \(name). Change its mode or choose another path."
    case .diskFull(let neededBytes):
      """
      The disk is full: cannot \(operation.rawValue) \(name)\(Self.need(neededBytes)). \
      Make room and run the same command again.
      """
    case .system(let errno): "Cannot \(operation.rawValue) \(name): \(errno)."
    case .notARegularFile: "\(name) is not a regular file. Give the path of a file."
    case .tooLarge(let bytes, let limit):
      "\(name) has \(bytes) bytes; the limit is \(limit). Use a smaller file."
    case .locked(let holder):
      "\(name) is in use by \(holder). Wait for it, or choose another folder."
    case .malformed(let reason): "\(name) cannot be used: \(reason)"
    }
  }

  /// The folder that holds the path.
  private var folderName: String {
    let folder = path.removingLastComponent()
    return folder.isEmpty ? "." : folder.printable
  }

  private static func need(_ bytes: Int) -> String {
    switch bytes {
    case 0: ""
    case ..<1_000_000: ", which needs \(bytes) bytes"
    default: ", which needs about \((bytes + 500_000) / 1_000_000) MB"
    }
  }
}

extension FilePath {
  /// The path for a message: control characters, quotes' neighbours and bytes that are not UTF-8
  /// are written as `\xNN`, so that no name can command a terminal or forge a line.
  public var printable: String {
    isEmpty ? "\"\"" : Self.printable(bytes)
  }

  /// The bytes of the path as the system stores them.
  public var bytes: [UInt8] {
    unsafe withPlatformString { pointer in
      unsafe Array(UnsafeRawBufferPointer(start: pointer, count: length))
    }
  }

  /// Creates a path from bytes as the system stores them; a zero byte ends it.
  public init(bytes: some Sequence<UInt8>) {
    let terminated = Array(bytes).map { CInterop.PlatformChar(bitPattern: $0) } + [0]
    self = unsafe terminated.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return FilePath() }
      return unsafe FilePath(platformString: start)
    }
  }

  /// Bytes for a message, with everything that is not printable escaped.
  public static func printable(_ bytes: [UInt8]) -> String {
    // Most names are plain, and there may be a million of them.
    if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) {
      return String(decoding: bytes, as: UTF8.self)
    }
    var text = ""
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var position = 0
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return text
      case .scalarValue(let scalar):
        let width = UTF8.width(scalar)
        if scalar.isPrintable {
          text.unicodeScalars.append(scalar)
        } else {
          for byte in String(scalar).utf8 { text += escape(byte) }
        }
        position += width
      case .error:
        // The decoder does not say how many bytes it took; start again one byte further on.
        text += escape(bytes[position])
        position += 1
        iterator = Array(bytes[position...]).makeIterator()
        decoder = UTF8()
      }
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = Array("0123456789abcdef")
    return "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
  }
}

extension Unicode.Scalar {
  /// Whether a terminal shows this scalar and does nothing else.
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
