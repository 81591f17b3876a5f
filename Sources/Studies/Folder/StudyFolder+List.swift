public import Storage
import SystemPackage

extension StudyFolder {
  /// Writes which cells the study has, unless the file says so already.
  public func write(_ cells: [PlannedCell], version: String) throws(StorageError) {
    try write(cells.map(Listed.init), version: version)
  }

  /// Writes that the study has these cells, too, beside those of before: each question about one loop has
  /// its own.
  ///
  /// Cells of before whose data have changed since are left out.
  public func add(_ cells: [PlannedCell], version: String) throws(StorageError) {
    let new = cells.map(Listed.init)
    // A list that cannot be read is as good as none: whoever asks again adds what is missing.
    let old = ((try? listedCells()) ?? []).filter { old in !new.contains { $0.replaces(old) } }
    let names = Set(old.map(\.name))
    try write(old + new.filter { !names.contains($0.name) }, version: version)
  }

  private func write(_ cells: [Listed], version: String) throws(StorageError) {
    let value: JSONValue = [
      "schema_version": .integer(Self.schemaVersion),
      "version": .string(version),
      "cells": .array(
        cells.map { cell in
          [
            "name": .string(cell.name),
            "settings": .object(cell.settings.map { .init($0.key, .string($0.text)) }),
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

    init(_ planned: PlannedCell) {
      self.init(
        name: planned.name,
        settings: planned.cell.settings.map { (key: $0.key, text: $0.value.text) })
    }

    fileprivate init(name: String, settings: [(key: String, text: String)]) {
      self.name = name
      self.settings = settings
    }

    /// Whether another cell is of the same data and seed, but of a time when the data were others.
    fileprivate func replaces(_ other: Listed) -> Bool {
      func isSame(_ key: String) -> Bool { text(of: key) == other.text(of: key) }
      return isSame(StudyCell.dataKey) && isSame(StudyCell.seedKey) && !isSame("data-fingerprint")
    }

    private func text(of key: String) -> String? { settings.first { $0.key == key }?.text }

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
