import Foundation
import Recursion
import Storage
public import SystemPackage

/// The folder of a study.
///
///     study.json     the cells that it has: their names and options
///     cells/NAME/    the run folder of each
///     state/         study.lock while a process changes study.json; for each cell: NAME.lock while a process works on it, NAME.log with what the run said,
///                    NAME.cost.json with what it took, NAME.failure.json where it failed
///     shared/        what cells have in common, computed once (see `genloss run --shared`); it may be
///                    deleted while no cell is run
///     study.csv      the measurements of all cells, written at the end
///
/// Any number of processes may work in it at a time.
public struct StudyFolder: Sendable {
  /// The version of `study.json` that this program writes, and the last that it reads.
  public static let schemaVersion = 1

  /// The file that makes a folder a study's.
  public static let studyName = "study.json"

  static let cellsName = "cells"
  static let stateName = "state"
  static let tableName = "study.csv"
  static let sharedName = "shared"

  /// The folder in which a comparison of the study is put.
  public static let comparisonName = "comparison"

  /// The folder.
  public let path: FilePath

  /// Creates the value, not the folder.
  public init(_ path: FilePath) {
    self.path = path
  }

  /// The run folder of a cell.
  public func runFolder(of name: String) -> FilePath {
    path.appending(Self.cellsName).appending(name)
  }

  /// The file into which the process of a cell writes.
  public func log(of name: String) -> FilePath { state(name, "log") }

  /// The folder of what cells have in common.
  var shared: FilePath { path.appending(Self.sharedName) }

  /// The table of all measurements.
  public var table: FilePath { path.appending(Self.tableName) }

  func state(_ name: String, _ kind: String) -> FilePath {
    path.appending(Self.stateName).appending("\(name).\(kind)")
  }

  /// Creates the folder where there is none, or takes over one that has lost its `study.json`, if it has a
  /// cell's run.
  ///
  /// - Returns: The names of the runs that were taken over; none where there is a `study.json`.
  /// - Throws: ``StudyError/notAStudyFolder(_:)``, ``StudyError/foreignCell(_:)`` or
  ///   ``StudyError/foreignTable(_:)`` for one that holds something else, or `StorageError`.
  @discardableResult
  public func prepare() throws -> [String] {
    var adopted: [String] = []
    if FileStore.isFolder(path), !holdsList {
      let prefix = FileStore.temporaryPrefix
      // Others have tables of that name: nothing but runs makes a folder that of a study.
      let known: Set<String> = [Self.cellsName, Self.stateName, Self.sharedName]
      if let foreign = heldCells.first(where: { !RunFolder.holdsRunOrNothing(runFolder(of: $0)) }) {
        throw StudyError.foreignCell(runFolder(of: foreign))
      }
      let runs = heldRuns
      let names = try FileStore.names(in: path).map(\.string)
      guard !runs.isEmpty || names.allSatisfy({ known.contains($0) || $0.hasPrefix(prefix) }) else {
        throw StudyError.notAStudyFolder(path)
      }
      if FileStore.exists(table), !StudyTable.isTable(table) {
        throw StudyError.foreignTable(table)
      }
      if !FileStore.exists(path.appending(Self.studyName)) { adopted = runs }
    }
    for folder in [Self.cellsName, Self.stateName] {
      try FileStore.createFolder(path.appending(folder))
    }
    for folder in [path, path.appending(Self.stateName), path.appending(Self.sharedName)]
    where FileStore.isFolder(folder) {
      try FileStore.removeTemporaries(in: folder, olderThan: Self.longestWrite)
    }
    return adopted
  }

  /// The seconds after which a file with a temporary name is nobody's any more: others may be writing
  /// theirs, on this machine or another.
  private static let longestWrite = 3600

  /// Whether there is a list, and it is one of ours.
  private var holdsList: Bool {
    guard let bytes = try? FileStore.read(path.appending(Self.studyName), limit: 1 << 28),
      let value = try? JSONValue(parsing: bytes)
    else { return false }
    return value["schema_version"]?.integer != nil && value["cells"]?.array != nil
  }

  /// The names of all that lies where cells do, in the order of their bytes.
  private var heldCells: [String] {
    let names = (try? FileStore.names(in: path.appending(Self.cellsName))) ?? []
    return names.map(\.string).filter { !$0.hasPrefix(FileStore.temporaryPrefix) }
  }

  /// The names of the cells that are known as runs by their names and their `run.json`.
  private var heldRuns: [String] {
    heldCells.filter {
      PlannedCell.hash(inName: $0) != nil && RunFolder.holdsRun(runFolder(of: $0))
    }
  }

  /// The runs that no cell of the study has, such as those of data that have changed since: they are in no
  /// table and no comparison.
  ///
  /// - Parameter names: The names of the cells.
  public func orphans(beside names: [String]) -> [String] {
    let names = Set(names)
    return heldCells.filter { !names.contains($0) }
  }

  /// The cells of a folder that has lost its `study.json`: all runs in it but those that were set aside; `nil`
  /// if it has one, or is no study's.
  public var unlistedCells: [String]? {
    let cells = heldCells
    guard !FileStore.exists(path.appending(Self.studyName)), !heldRuns.isEmpty,
      cells.allSatisfy({ RunFolder.holdsRunOrNothing(runFolder(of: $0)) })
    else { return nil }
    return cells.filter { PlannedCell.hash(inName: $0) != nil }
  }

  /// The names of the cells' folders that are there, by their hash.
  public var namesByHash: [String: String] {
    heldCells.reduce(into: [:]) { names, name in
      if let hash = PlannedCell.hash(inName: name) { names[hash] = name }
    }
  }

  /// The generations of a cell that are on the disk, those of its control, too.
  public func generationCount(of name: String) -> Int {
    let run = runFolder(of: name)
    return [run, run.appending("control")].reduce(0) { sum, folder in
      let names = (try? FileStore.names(in: folder.appending("generations"))) ?? []
      return sum + names.count { !$0.string.hasPrefix(FileStore.temporaryPrefix) }
    }
  }

  /// Keeps others from working on a cell until the value goes away; `nil` if somebody does.
  ///
  /// - Throws: `StorageError`.
  func lock(_ name: String) throws(StorageError) -> FileLock? {
    do {
      return try FileLock(state(name, "lock"))
    } catch {
      if case .locked = error.cause { return nil }
      throw error
    }
  }
}
