import Storage
public import SystemPackage

extension SpriteFolder {
  /// A folder that a data set must not be put into.
  public struct Occupied: Error, Equatable, Sendable, CustomStringConvertible {
    /// The folder.
    public let path: FilePath

    /// Whether it holds a data set of sprites, which might be replaced.
    public let isDataSet: Bool

    /// What happened, and what to do about it.
    public var description: String {
      let state =
        isDataSet
        ? "holds a data set already. Use --force to replace it, or choose another folder."
        : "is not empty and holds no data set of sprites. Choose another folder."
      return "\(path.printable) \(state)"
    }
  }

  /// Whether a folder holds a whole data set.
  public static func isDataSet(_ folder: FilePath) -> Bool {
    FileStore.exists(folder.appending(tableName))
  }

  /// Puts a new data set into a folder, in the place of the one that it may hold.
  ///
  /// The new set is drawn, and the old one kept, under temporary names within the folder until the
  /// new table is in its place: that moment decides which of the two the folder holds. A process may
  /// end anywhere, the next call puts the folder in order first.
  ///
  /// - Parameters:
  ///   - folder: The folder; created where it does not exist.
  ///   - mayReplace: Whether a data set in the folder may be replaced.
  ///   - draw: Writes a data set into the folder that it is given.
  /// - Throws: ``Occupied``, `StorageError`, or what `draw` throws. One of the two sets is whole
  ///   then, or nothing is left where there was no set.
  public static func replace(
    in folder: FilePath, mayReplace: Bool, drawing draw: (FilePath) throws -> Void
  ) throws {
    let isNew = !FileStore.exists(folder)
    if FileStore.isFolder(folder) {
      try settle(folder)
      try requireRoom(in: folder, mayReplace: mayReplace)
    }
    let hadSet = isDataSet(folder)
    do {
      try FileStore.createFolder(folder)
      let places = Places(folder)
      try draw(places.drawn)
      try exchange(in: places)
    } catch {
      try? hadSet ? settle(folder) : withdraw(from: folder, isNew: isNew)
      throw error
    }
  }

  /// The names of a set: the table, which makes it one, is the last to come and the first to go.
  private static var names: [String] { SpriteLaw.classNames + [tableName] }

  /// Where the parts of a replacement lie.
  private struct Places {
    let folder: FilePath
    /// The new set while it is drawn.
    let drawn: FilePath
    /// What is left of the new set to be put in place, once all of the old one is aside.
    let ready: FilePath
    /// What has been put aside of the old set.
    let old: FilePath

    init(_ folder: FilePath) {
      self.folder = folder
      let prefix = "\(FileStore.temporaryPrefix)sprites"
      (drawn, ready, old) = (
        folder.appending(prefix), folder.appending("\(prefix)-ready"),
        folder.appending("\(prefix)-old")
      )
    }
  }

  /// Puts what was drawn in the place of what was there.
  private static func exchange(in places: Places) throws {
    try FileStore.createFolder(places.old)
    try move(names.reversed(), from: places.folder, to: places.old)
    try FileStore.rename(places.drawn, to: places.ready)
    try move(names, from: places.ready, to: places.folder)
    try removeTemporaries(places)
  }

  /// Ends a replacement that was cut off: the folder holds the new set if its table is in place,
  /// otherwise the old one, and nothing else of ours.
  private static func settle(_ folder: FilePath) throws {
    let places = Places(folder)
    if !isDataSet(folder) {
      if FileStore.exists(places.ready) {
        // The old set had gone, so what bears the names of classes is new.
        try move(SpriteLaw.classNames, from: folder, to: places.ready)
        try FileStore.rename(places.ready, to: places.drawn)
      }
      try move(names, from: places.old, to: folder)
    }
    try removeTemporaries(places)
  }

  /// Removes whatever was put into a folder that held nothing.
  private static func withdraw(from folder: FilePath, isNew: Bool) throws {
    for name in names.reversed() { try FileStore.remove(folder.appending(name)) }
    try removeTemporaries(Places(folder))
    if isNew, try FileStore.names(in: folder).isEmpty { try FileStore.remove(folder) }
  }

  private static func move(_ names: [String], from source: FilePath, to target: FilePath) throws {
    for name in names where FileStore.exists(source.appending(name)) {
      try FileStore.rename(source.appending(name), to: target.appending(name))
    }
  }

  private static func removeTemporaries(_ places: Places) throws {
    for path in [places.drawn, places.ready, places.old] { try FileStore.remove(path) }
  }

  /// Refuses a folder that is not empty, so that nobody's files are mixed with ours; where
  /// `mayReplace` is set an earlier data set is welcome.
  private static func requireRoom(in folder: FilePath, mayReplace: Bool) throws {
    let names = try FileStore.names(in: folder).map(\.string)
    guard names.contains(where: { !$0.hasPrefix(FileStore.temporaryPrefix) }) else { return }
    guard isDataSet(folder), mayReplace else {
      throw Occupied(path: folder, isDataSet: isDataSet(folder))
    }
  }
}
