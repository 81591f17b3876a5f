import Foundation
import Recursion
public import Storage
public import SystemPackage

/// The folder of a study.
///
///     study.json     the cells that it has: their names and options
///     cells/NAME/    the run folder of each
///     state/         for each: NAME.lock while a process works on it, NAME.log with what the run said,
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

  /// Creates the folder where there is none, or takes over one that has lost its `study.json`.
  ///
  /// - Returns: The names of the runs that were taken over; none where there is a `study.json`.
  /// - Throws: ``StudyError/notAStudyFolder(_:)`` or ``StudyError/foreignCell(_:)`` for one that holds
  ///   something else, or `StorageError`.
  @discardableResult
  public func prepare() throws -> [String] {
    var adopted: [String] = []
    if FileStore.isFolder(path), !FileStore.exists(path.appending(Self.studyName)) {
      let prefix = FileStore.temporaryPrefix
      let known: Set<String> = [
        Self.cellsName, Self.stateName, Self.sharedName, Self.tableName, Self.comparisonName,
      ]
      adopted = heldCells
      if let foreign = adopted.first(where: { !RunFolder.holdsRunOrNothing(runFolder(of: $0)) }) {
        throw StudyError.foreignCell(runFolder(of: foreign))
      }
      let names = try FileStore.names(in: path).map(\.string)
      guard
        !adopted.isEmpty || names.allSatisfy({ known.contains($0) || $0.hasPrefix(prefix) })
      else { throw StudyError.notAStudyFolder(path) }
    }
    for folder in [Self.cellsName, Self.stateName] {
      try FileStore.createFolder(path.appending(folder))
    }
    return adopted
  }

  /// The names of all that lies where cells do, in the order of their bytes.
  private var heldCells: [String] {
    let names = (try? FileStore.names(in: path.appending(Self.cellsName))) ?? []
    return names.map(\.string).filter { !$0.hasPrefix(FileStore.temporaryPrefix) }
  }

  /// The runs that no cell of the study has, such as those of data that have changed since: they are in no
  /// table and no comparison.
  ///
  /// - Parameter names: The names of the cells.
  public func orphans(beside names: [String]) -> [String] {
    let names = Set(names)
    return heldCells.filter { !names.contains($0) }
  }

  /// The cells of a folder that has lost its `study.json`: all runs in it; `nil` if it has one, or is no
  /// study's.
  public var unlistedCells: [String]? {
    let cells = heldCells
    guard !FileStore.exists(path.appending(Self.studyName)), !cells.isEmpty,
      cells.allSatisfy({ RunFolder.holdsRunOrNothing(runFolder(of: $0)) })
    else { return nil }
    return cells
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

extension StudyFolder {
  /// Writes which cells the study has, unless the file says so already.
  public func write(_ cells: [PlannedCell], version: String) throws(StorageError) {
    let value: JSONValue = [
      "schema_version": .integer(Self.schemaVersion),
      "version": .string(version),
      "cells": .array(
        cells.map { planned in
          [
            "name": .string(planned.name),
            "settings": .object(
              planned.cell.settings.map { .init($0.key, .string($0.value.text)) }),
          ]
        }),
    ]
    let file = path.appending(Self.studyName)
    let bytes = value.bytes(.pretty)
    if (try? FileStore.read(file)) != bytes { try FileStore.write(bytes, to: file) }
  }

  /// A cell as `study.json` lists it.
  public struct Listed: Equatable, Sendable {
    /// The name of its run folder.
    public let name: String

    /// The options that the study sets, as they were written.
    public let settings: [(key: String, text: String)]

    /// Whether both are the same cell.
    public static func == (left: Listed, right: Listed) -> Bool {
      left.name == right.name && left.settings.elementsEqual(right.settings) { $0 == $1 }
    }
  }

  private static let studyRemedy = "`genloss study` with the study's file writes it anew."

  /// The cells that the study has, as `study.json` lists them.
  ///
  /// - Throws: ``StudyError/unreadable(_:reason:)`` or `StorageError`.
  public func listedCells() throws -> [Listed] {
    let file = path.appending(Self.studyName)
    let bytes = try FileStore.read(file, limit: 1 << 28)
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw StudyError.unreadable(file, reason: "\(error.description) \(Self.studyRemedy)")
    }
    guard let version = value["schema_version"]?.integer, let cells = value["cells"]?.array else {
      throw StudyError.unreadable(
        file, reason: "It has no schema version or no cells. \(Self.studyRemedy)")
    }
    guard version <= Self.schemaVersion else {
      throw StudyError.unreadable(
        file,
        reason: "It has schema version \(version); this program knows versions up to "
          + "\(Self.schemaVersion). Use the version of genloss that wrote it, or a later one.")
    }
    return try cells.map { cell in
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
  }
}
