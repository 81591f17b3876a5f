public import Storage
import SystemPackage

/// The measurements of all cells of a study in one tidy table: `study.csv`.
public struct StudyTable {
  private let folder: StudyFolder

  /// The cells that are missing.
  public private(set) var missing: [PlannedCell] = []

  /// The cells that are in the table.
  public private(set) var merged: [PlannedCell] = []

  private var measurements: UnitedTable
  private let keys: [String]

  /// The columns beside the options: the cell, and whose measurements they are.
  private static let leading = "cell"
  private static let loop = "loop"

  /// Reads the cells that are finished.
  ///
  /// Columns are `cell`, the options that the study sets as they were written, `loop` (`run` or
  /// `control`), and those of the runs' `metrics.csv`, empty where a run has no such column.
  ///
  /// - Throws: `StorageError`, or ``StudyError/unreadable(_:reason:)``.
  public init(_ cells: [PlannedCell], in folder: StudyFolder) throws {
    self.folder = folder
    var keys: [String] = []
    for setting in cells.flatMap(\.cell.settings) where !keys.contains(setting.key) {
      keys.append(setting.key)
    }
    let first = [StudyCell.dataKey, StudyCell.strategyKey, StudyCell.seedKey]
    self.keys = first.filter(keys.contains) + keys.filter { !first.contains($0) }
    measurements = UnitedTable(leading: [Self.leading] + self.keys + [Self.loop])
    for cell in cells {
      guard folder.isComplete(cell.name) else {
        missing.append(cell)
        continue
      }
      try add(cell)
      merged.append(cell)
    }
  }

  private mutating func add(_ cell: PlannedCell) throws {
    let run = folder.runFolder(of: cell.name)
    for (loop, path) in [("run", run), ("control", run.appending("control"))] {
      let file = path.appending("metrics.csv")
      guard FileStore.exists(file) else { continue }
      let rows: [[[UInt8]]]
      do {
        rows = try CSV.rows(of: try FileStore.read(file))
      } catch let error as FormatError {
        throw StudyError.unreadable(file, reason: error.description)
      }
      measurements.add(
        rows,
        behind: [.text(cell.name)] + keys.map { .text(cell.cell.text(of: $0) ?? "") }
          + [.text(loop)])
    }
  }

  /// Writes the table; nothing without a finished cell.
  public func write() throws(StorageError) {
    guard let bytes = measurements.bytes else { return }
    try FileStore.write(bytes, to: folder.table)
  }
}
