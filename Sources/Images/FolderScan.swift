import Storage
import SystemPackage

/// The files below a folder, found without opening any.
///
/// Names that begin with a dot are passed over, and so is a table `attributes.csv` in the folder
/// itself. Links are followed after everything else, and only to what lies inside the folder and
/// was not found before, by device and inode: so loops end, and no file comes twice except by hard
/// links.
struct FolderScan {
  /// The paths of regular files below the folder, sorted by their bytes.
  private(set) var files: [[UInt8]] = []

  /// What is no file or cannot be reached, unsorted.
  private(set) var skipped: [SkippedFile] = []

  private let folder: FilePath
  private let resolvedFolder: [UInt8]
  private var folders: [[UInt8]] = []
  private var visitedFolders: Set<FileStatus.Identity> = []
  private var visitedFiles: Set<FileStatus.Identity> = []
  private var links: [[UInt8]] = []

  /// Looks through a folder to any depth.
  ///
  /// - Throws: ``StorageError`` if the folder itself cannot be listed.
  init(_ folder: FilePath) throws(StorageError) {
    self.folder = folder
    resolvedFolder = try FileStore.resolved(folder).bytes
    visitedFolders.insert(try FileStore.status(of: folder, followingLinks: true).identity)
    try list([])
    repeat {
      while let next = folders.popLast() {
        do { try list(next) } catch { skip(next, error) }
      }
      // The smallest path first, whatever order the links were met in.
      links.sort { $1.lexicographicallyPrecedes($0) }
      if let link = links.popLast() { follow(link) }
    } while !folders.isEmpty || !links.isEmpty
    files.sort { $0.lexicographicallyPrecedes($1) }
  }

  /// The place of a path that is given below the folder.
  static func path(_ path: [UInt8], in folder: FilePath) -> FilePath {
    path.isEmpty ? folder : FilePath(bytes: folder.bytes + [UInt8(ascii: "/")] + path)
  }

  /// The table that a data set may hold beside its classes, as `genloss sprites` draws them.
  private static let attributeTable = Array("attributes.csv".utf8)

  private mutating func list(_ path: [UInt8]) throws(StorageError) {
    for name in try FileStore.names(in: Self.path(path, in: folder)) {
      let bytes = FilePath(root: nil, [name]).bytes
      guard bytes.first != UInt8(ascii: ".") else { continue }
      let child = path.isEmpty ? bytes : path + [UInt8(ascii: "/")] + bytes
      do {
        let status = try FileStore.status(of: Self.path(child, in: folder))
        // The truth about drawn pictures lies beside them; it is not a picture that went wrong.
        if status.kind == .regular, child == Self.attributeTable { continue }
        if status.kind == .link {
          links.append(child)
        } else {
          add(child, status)
        }
      } catch {
        skip(child, error)
      }
    }
  }

  private mutating func add(_ path: [UInt8], _ status: FileStatus) {
    switch status.kind {
    case .regular:
      files.append(path)
      visitedFiles.insert(status.identity)
    case .folder:
      if visitedFolders.insert(status.identity).inserted { folders.append(path) }
    case .link, .special:
      skip(path, .notAFile, "a pipe, socket or device")
    }
  }

  private mutating func follow(_ link: [UInt8]) {
    let path = Self.path(link, in: folder)
    guard let target = try? FileStore.resolved(path),
      let status = try? FileStore.status(of: path, followingLinks: true)
    else { return skip(link, .brokenLink, "a link to nothing, or to itself") }
    let isInside =
      resolvedFolder == [UInt8(ascii: "/")] || target.bytes == resolvedFolder
      || target.bytes.starts(with: resolvedFolder + [UInt8(ascii: "/")])
    guard isInside else {
      return skip(link, .linkOutside, "a link out of the folder, to \(target.printable)")
    }
    let isKnown =
      visitedFolders.contains(status.identity) || visitedFiles.contains(status.identity)
    guard !isKnown else {
      return skip(link, .linkRepeated, "a link to \(target.printable), which is there already")
    }
    add(link, status)
  }

  private mutating func skip(_ path: [UInt8], _ reason: SkipReason, _ detail: String) {
    skipped.append(SkippedFile(path: path, reason: reason, detail: detail))
  }

  private mutating func skip(_ path: [UInt8], _ error: StorageError) {
    let error = DecodingError(error)
    skip(path, error.reason, error.detail)
  }
}
