package import SystemPackage

#if canImport(Glibc)
import Glibc
#endif

/// What the system knows of a file without opening it.
package struct FileStatus: Equatable, Sendable {
  /// What a path names.
  package enum Kind: Equatable, Sendable {
    case regular
    case folder
    case link
    /// A pipe, socket or device.
    case special
  }

  /// One file or folder, however many names and links lead to it.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  /// What the path names.
  package let kind: Kind

  /// Which one it is.
  package let identity: Identity

  /// The bytes of a regular file.
  package let byteCount: Int
}

extension FileStore {
  /// What a path names.
  ///
  /// - Throws: ``StorageError`` if there is nothing, or it may not be seen.
  package static func status(
    of path: FilePath, followingLinks: Bool = false
  ) throws(StorageError) -> FileStatus {
    let status = try attempt(.read, path) {
      try SystemCall.status(of: path, followingLinks: followingLinks)
    }
    let kind: FileStatus.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    return FileStatus(
      kind: kind,
      identity: FileStatus.Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
      byteCount: Int(status.st_size))
  }

  /// The bytes that an unprivileged user may still write where a path is, or will be; `nil` where the system
  /// does not say.
  package static func freeBytes(for path: FilePath) -> Int? {
    var nearest = path
    while !nearest.isEmpty, !isFolder(nearest) { nearest.removeLastComponent() }
    return try? SystemCall.freeBytes(at: nearest.isEmpty ? "." : nearest)
  }

  /// What a link says: a path from the root, or from the folder that the link is in.
  ///
  /// - Throws: ``StorageError`` if there is no link.
  package static func destination(ofLink path: FilePath) throws(StorageError) -> [UInt8] {
    try attempt(.read, path) { try SystemCall.destination(ofLink: path) }
  }

  /// The path without links, `.` and `..`, from the root.
  ///
  /// - Throws: ``StorageError`` if there is nothing.
  package static func resolved(_ path: FilePath) throws(StorageError) -> FilePath {
    try attempt(.read, path) { try SystemCall.resolved(path) }
  }
}
