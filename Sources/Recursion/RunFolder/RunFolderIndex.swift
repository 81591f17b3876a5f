import Storage

/// What the files of a run folder are: the contents of `index.json`.
struct RunFolderIndex: Equatable, Sendable {
  /// The version of the format that this program writes, and the last that it reads.
  static let schemaVersion = 1

  /// A file as it was written.
  struct Record: Equatable, Sendable {
    let sha256: String
    let size: Int

    init(of bytes: [UInt8]) {
      self.init(of: FileContent(bytes))
    }

    init(of content: FileContent) {
      var hasher = SHA256()
      for piece in content.pieces { hasher.update(piece) }
      sha256 = hasher.hexDigest()
      size = content.byteCount
    }

    /// What was hashed piece by piece.
    init(_ hasher: consuming SHA256, size: Int) {
      sha256 = hasher.hexDigest()
      self.size = size
    }

    fileprivate init?(_ value: JSONValue) {
      guard let sha256 = value["sha256"]?.string, let size = value["size"]?.integer, size >= 0
      else { return nil }
      self.sha256 = sha256
      self.size = size
    }

    fileprivate var json: JSONValue {
      ["sha256": .string(sha256), "size": .integer(size)]
    }
  }

  /// The files by their paths within the folder, such as `generations/000/grid.png`.
  var files: [String: Record] = [:]

  /// The bytes of `index.json`: the same files always give the same bytes.
  ///
  /// Its checksum makes the index prove itself, as it proves the other files.
  func bytes() -> [UInt8] {
    let list = JSONValue.object(
      files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { JSONValue.Member($0.key, $0.value.json) })
    let value: JSONValue = [
      "schema_version": .integer(Self.schemaVersion),
      "files": list,
      "checksum": .string(SHA256.hexDigest(of: list.bytes())),
    ]
    return value.bytes(.pretty)
  }

  init() {}

  /// Creates the index that `index.json` holds, or throws why it cannot be used.
  init(parsing bytes: [UInt8]) throws(FormatError) {
    for member in try JSONValue(parsing: bytes)["files"]?.members ?? [] {
      // A name that led out of the folder would make us read there.
      guard
        member.key.split(separator: "/", omittingEmptySubsequences: false)
          .allSatisfy({ RunFolder.isName(String($0)) })
      else { throw FormatError("It lists a file outside the folder.") }
      files[member.key] = Record(member.value)
    }
    guard self.bytes() == bytes else { throw FormatError("Its checksum is wrong.") }
  }

  /// The paths of the files of a generation.
  func files(ofGeneration generation: Int) -> [String] {
    let prefix = RunFolder.relativePath(ofGeneration: generation) + "/"
    return files.keys.filter { $0.utf8.starts(with: prefix.utf8) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The number of generations that it lists any file of, counted to the last one.
  var generationCount: Int {
    let generations = files.keys.compactMap { path -> Int? in
      let parts = path.split(separator: "/")
      guard parts.count == 3, parts[0] == RunFolder.generationsName else { return nil }
      return RunFolder.generation(named: String(parts[1]))
    }
    return (generations.max() ?? -1) + 1
  }
}
