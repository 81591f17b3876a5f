import Storage
import SystemPackage

/// The files below a folder, found without opening any.
///
/// Names that begin with a dot are passed over, and so is a table `attributes.csv` in the folder
/// itself. Links are followed after everything else, and only to what lies inside the folder and
/// was not found before, by device and inode: so loops end, and no file comes twice except by hard
/// links. Links that lie behind links come after those that do not, and otherwise the smallest path
/// first, whatever order the system lists them in.
struct FolderScan {
  /// The paths of regular files below the folder, sorted by their bytes.
  private(set) var files: [[UInt8]] = []

  /// What is no file or cannot be reached, unsorted.
  private(set) var skipped: [SkippedFile] = []

  private let folder: FilePath
  private let resolvedFolder: [UInt8]
  private var folders: [[UInt8]] = []
  private var links: [[UInt8]] = []

  /// The path by which each file and folder was found first.
  private var known: [FileStatus.Identity: [UInt8]] = [:]

  /// What is said of a link to a known file or folder: one text for all of them, since a million
  /// links may lead to one file.
  private var repetitions: [FileStatus.Identity: String] = [:]

  /// Where folders that links lead into lie, by the paths that the links give.
  private var resolvedFolders: [[UInt8]: [UInt8]] = [:]

  /// The most such folders that are remembered: a million links may lead into as many.
  private static let rememberedFolders = 1 << 14

  /// Looks through a folder to any depth.
  ///
  /// - Throws: ``StorageError`` if the folder itself cannot be listed.
  init(_ folder: FilePath) throws(StorageError) {
    self.folder = folder
    resolvedFolder = try FileStore.resolved(folder).bytes
    known[try FileStore.status(of: folder, followingLinks: true).identity] = []
    try list([])
    listFolders()
    while !links.isEmpty {
      let round = links.sorted { $0.lexicographicallyPrecedes($1) }
      links = []
      for link in round {
        follow(link)
        listFolders()
      }
    }
    files.sort { $0.lexicographicallyPrecedes($1) }
  }

  /// The place of a path that is given below the folder.
  static func path(_ path: [UInt8], in folder: FilePath) -> FilePath {
    path.isEmpty ? folder : FilePath(bytes: folder.bytes + [UInt8(ascii: "/")] + path)
  }

  /// The table that a data set may hold beside its classes, as `genloss sprites` draws them.
  private static let attributeTable = Array("attributes.csv".utf8)

  private mutating func listFolders() {
    while let next = folders.popLast() {
      do { try list(next) } catch { skip(next, error) }
    }
  }

  private mutating func list(_ path: [UInt8]) throws(StorageError) {
    for bytes in try FileStore.nameBytes(in: Self.path(path, in: folder)) {
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
      if known[status.identity] == nil { known[status.identity] = path }
    case .folder:
      guard known[status.identity] == nil else { return }
      known[status.identity] = path
      folders.append(path)
    case .link, .special:
      skip(path, .notAFile, "a pipe, socket or device")
    }
  }

  private mutating func follow(_ link: [UInt8]) {
    let path = Self.path(link, in: folder)
    guard let status = try? FileStore.status(of: path, followingLinks: true) else {
      return skip(link, .brokenLink, "a link to nothing, or to itself")
    }
    if let first = known[status.identity] {
      return skip(link, .linkRepeated, repetition(of: status.identity, first))
    }
    guard let target = try? target(of: path) else {
      return skip(link, .brokenLink, "a link to nothing, or to itself")
    }
    let isInside =
      resolvedFolder == [Self.slash] || target.starts(with: resolvedFolder + [Self.slash])
    guard isInside else {
      let place = FilePath.printable(target)
      return skip(link, .linkOutside, "a link out of the folder, to \(place)")
    }
    add(link, status)
  }

  private static let slash = UInt8(ascii: "/")

  /// The path without links of what a link leads to.
  ///
  /// The system looks at every folder on the way. Many links lead into few folders, so these are
  /// asked for once.
  private mutating func target(of link: FilePath) throws(StorageError) -> [UInt8] {
    let words = try FileStore.destination(ofLink: link)
    let path =
      words.first == Self.slash ? words : link.removingLastComponent().bytes + [Self.slash] + words
    let end = path.lastIndex(of: Self.slash) ?? 0
    let name = path[path.index(after: end)...]
    guard end > 0, !name.isEmpty, name != [UInt8(ascii: ".")], name != Array("..".utf8)[...] else {
      return try FileStore.resolved(link).bytes
    }
    let target = try resolvedFolder(Array(path[..<end])) + [Self.slash] + name
    // What lies there may be a link, too.
    let isLink = try FileStore.status(of: FilePath(bytes: target)).kind == .link
    return isLink ? try FileStore.resolved(link).bytes : target
  }

  private mutating func resolvedFolder(_ path: [UInt8]) throws(StorageError) -> [UInt8] {
    if let known = resolvedFolders[path] { return known }
    let resolved = try FileStore.resolved(FilePath(bytes: path)).bytes
    // The root's path ends in the slash that follows every other one.
    let place = resolved == [Self.slash] ? [] : resolved
    if resolvedFolders.count == Self.rememberedFolders { resolvedFolders = [:] }
    resolvedFolders[path] = place
    return place
  }

  private mutating func repetition(of identity: FileStatus.Identity, _ first: [UInt8]) -> String {
    if let text = repetitions[identity] { return text }
    let name = first.isEmpty ? "the folder itself" : FilePath.printable(first)
    let text = "a link to \(name), which is there already"
    repetitions[identity] = text
    return text
  }

  private mutating func skip(_ path: [UInt8], _ reason: SkipReason, _ detail: String) {
    skipped.append(SkippedFile(path: path, reason: reason, detail: detail))
  }

  private mutating func skip(_ path: [UInt8], _ error: StorageError) {
    let error = DecodingError(error)
    skip(path, error.reason, error.detail)
  }
}
