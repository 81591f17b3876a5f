import Foundation
import Storage
import SystemPackage

extension StudyFolder {
  /// Writes which cells the study has, unless the file says so already.
  ///
  /// - Throws: ``StudyError/newerSchema(_:version:)`` for a list of a later version, or `StorageError`.
  public func write(
    _ cells: [PlannedCell], for question: StudyQuestion = .study, version: String
  ) throws {
    try changeList(of: question, version: version) { _ in cells.map(Listed.init) }
  }

  /// Writes that the study has these cells, too, beside those of before: each question about one loop has
  /// its own.
  ///
  /// Cells of before whose data have changed since are left out.
  ///
  /// - Throws: ``StudyError/newerSchema(_:version:)`` for a list of a later version, or `StorageError`.
  public func add(
    _ cells: [PlannedCell], for question: StudyQuestion, version: String
  ) throws {
    let new = cells.map(Listed.init)
    try changeList(of: question, version: version) { listed in
      let old = listed.filter { old in !new.contains { $0.replaces(old) } }
      let names = Set(old.map(\.name))
      return old + new.filter { !names.contains($0.name) }
    }
  }

  /// Replaces the list by what is made of it, while nobody else changes it.
  private func changeList(
    of question: StudyQuestion, version: String, _ change: ([Listed]) -> [Listed]
  ) throws {
    let lock = try lockList()
    defer { withExtendedLifetime(lock) {} }
    var listed: [Listed] = []
    do {
      listed = try listedCells()
    } catch StudyError.unreadable {
      // As good as none: whoever asks again adds what is missing.
    } catch let error as StorageError where error.cause == .system(.noSuchFileOrDirectory) {
    }
    try write(change(listed), question, version: version)
  }

  /// The time between two attempts at the lock, and all that is spent on them, in seconds: it is held for as
  /// long as it takes to write a file.
  private static let listPatience = (pause: 0.02, attempts: 3000)

  /// Keeps others from changing the list until the value goes away; waits for whoever does.
  ///
  /// - Throws: `StorageError`, also if it is held for a minute.
  private func lockList() throws(StorageError) -> FileLock {
    let file = state("study", "lock")
    try FileStore.createFolder(file.removingLastComponent())
    for _ in 0..<Self.listPatience.attempts {
      do {
        return try FileLock(file)
      } catch {
        guard case .locked = error.cause else { throw error }
        Thread.sleep(forTimeInterval: Self.listPatience.pause)
      }
    }
    return try FileLock(file)
  }

  private func write(
    _ cells: [Listed], _ question: StudyQuestion, version: String
  ) throws(StorageError) {
    var members: [JSONValue.Member] = [
      .init("schema_version", .integer(Self.schemaVersion)), .init("version", .string(version)),
    ]
    if let asked = question.json { members.append(.init(Self.questionKey, asked)) }
    let list = cells.map { cell -> JSONValue in
      [
        "name": .string(cell.name),
        "settings": .object(cell.settings.map { .init($0.key, .string($0.text)) }),
      ]
    }
    members.append(.init("cells", .array(list)))
    let file = path.appending(Self.studyName)
    let bytes = JSONValue.object(members).bytes(.pretty)
    if (try? FileStore.read(file)) != bytes { try FileStore.write(bytes, to: file) }
  }

  /// A cell as `study.json` lists it.
  public struct Listed: Equatable, Sendable {
    /// The name of its run folder.
    public let name: String

    /// The options that the study sets, as they were written.
    public let settings: [(key: String, text: String)]

    /// The option that tells what data hold.
    private static let fingerprintKey = "data-fingerprint"

    /// What the data held; `nil` where the study does not set it.
    var fingerprint: String? { text(of: Self.fingerprintKey) }

    init(_ planned: PlannedCell) {
      self.init(
        name: planned.name,
        settings: planned.cell.settings.map { (key: $0.key, text: $0.value.text) })
    }

    fileprivate init(name: String, settings: [(key: String, text: String)]) {
      self.name = name
      self.settings = settings
    }

    /// What is read, and how.
    private static let readingKeys = [
      StudyCell.dataKey, StudyCell.seedKey, "size", "channels", "fit", "limit", "max-pixels",
      "allow-truncated",
    ]

    /// Whether another cell is of the same data, read in the same way, but of a time when they were others.
    fileprivate func replaces(_ other: Listed) -> Bool {
      func isSame(_ key: String) -> Bool { text(of: key) == other.text(of: key) }
      return Self.readingKeys.allSatisfy(isSame) && !isSame(Self.fingerprintKey)
    }

    private func text(of key: String) -> String? { settings.first { $0.key == key }?.text }

    /// Whether both are the same cell.
    public static func == (left: Listed, right: Listed) -> Bool {
      left.name == right.name && left.settings.elementsEqual(right.settings) { $0 == $1 }
    }
  }

  private static let questionKey = "question"

  /// What the folder is there for, and its cells; `nil` where no list can be read.
  ///
  /// - Throws: ``StudyError/newerSchema(_:version:)``.
  func heldQuestion() throws -> (question: StudyQuestion, cells: [Listed])? {
    do {
      let (cells, question) = try list()
      return (question, cells)
    } catch let error as StudyError {
      if case .newerSchema = error { throw error }
      return nil
    } catch {
      return nil
    }
  }

  private static let studyRemedy = "`genloss study` with the study's file writes it anew."

  /// The cells that the study has, as `study.json` lists them.
  ///
  /// - Throws: ``StudyError/unreadable(_:reason:)``, ``StudyError/newerSchema(_:version:)`` or `StorageError`.
  public func listedCells() throws -> [Listed] { try list().cells }

  private func list() throws -> (cells: [Listed], question: StudyQuestion) {
    let file = path.appending(Self.studyName)
    let bytes = try FileStore.read(file, limit: 1 << 28)
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw StudyError.unreadable(file, reason: "\(error.description) \(Self.studyRemedy)")
    }
    let version = value["schema_version"]?.integer
    if let version, version > Self.schemaVersion {
      throw StudyError.newerSchema(file, version: version)
    }
    guard version != nil, let cells = value["cells"]?.array else {
      throw StudyError.unreadable(
        file, reason: "It has no schema version or no cells. \(Self.studyRemedy)")
    }
    let listed = try cells.map { cell in
      // A name that led out of the folder would make us read there.
      guard let name = cell["name"]?.string, PlannedCell.hash(inName: name) != nil,
        !name.utf8.contains(UInt8(ascii: "/")), let settings = cell["settings"]?.members
      else {
        throw StudyError.unreadable(
          file, reason: "A cell has no name or no settings. \(Self.studyRemedy)")
      }
      return Listed(
        name: name, settings: settings.map { (key: $0.key, text: $0.value.string ?? "") })
    }
    return (listed, StudyQuestion(value[Self.questionKey]))
  }
}
