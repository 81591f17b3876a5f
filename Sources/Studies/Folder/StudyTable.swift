import Recursion
public import Storage
import SystemPackage

/// The measurements of all cells of a study in one tidy table: `study.csv`.
public struct StudyTable {
  private let folder: StudyFolder

  /// The cells that are missing.
  public private(set) var missing: [PlannedCell] = []

  /// The cells that are left out because a file of theirs is not as it was written, and which.
  public private(set) var damaged: [(cell: PlannedCell, reason: String)] = []

  /// The cells that are in the table.
  public private(set) var merged: [PlannedCell] = []

  private var measurements: UnitedTable
  private let keys: [String]

  /// The columns beside the options: the cell, and whose measurements they are.
  private static let leading = "cell"
  private static let loop = "loop"

  /// Reads the cells that are finished and whole.
  ///
  /// Columns are `cell`, the options that the study sets as they were written (`option_space` for one that
  /// is called as a column of `metrics.csv`), `loop` (`run` or
  /// `control`), and those of the runs' `metrics.csv`, whose digests are checked; empty where a run has no
  /// such column.
  public init(_ cells: [PlannedCell], in folder: StudyFolder) {
    self.folder = folder
    var keys: [String] = []
    for setting in cells.flatMap(\.cell.settings) where !keys.contains(setting.key) {
      keys.append(setting.key)
    }
    let first = [StudyCell.dataKey, StudyCell.strategyKey, StudyCell.seedKey]
    self.keys = first.filter(keys.contains) + keys.filter { !first.contains($0) }
    measurements = UnitedTable(leading: [Self.leading] + self.keys + [Self.loop])
    for cell in cells {
      switch folder.condition(of: cell.name) {
      case .unfinished: missing.append(cell)
      case .damaged(let error): damaged.append((cell, error.fault))
      case .finished:
        do {
          try add(cell)
          merged.append(cell)
        } catch let error as RunFolderError {
          damaged.append((cell, error.fault))
        } catch {
          damaged.append((cell, "\(error)"))
        }
      }
    }
  }

  /// Whether a file begins as a table of a study does.
  static func isTable(_ file: FilePath) -> Bool {
    var isTable = false
    // Nobody's table need be read to its end.
    try? FileStore.read(file) { piece, _ in
      isTable = piece.starts(with: "\(leading),".utf8)
      return false
    }
    return isTable
  }

  /// Adds all rows of a cell, or none.
  private mutating func add(_ cell: PlannedCell) throws {
    let run = folder.runFolder(of: cell.name)
    let control = RunFolder.control(of: run).map { [("control", $0)] } ?? []
    let tables = try ([("run", run)] + control).map { loop, path in
      (loop, try CSV.rows(of: try RunFolder.metricsTable(of: path)))
    }
    for (loop, rows) in tables {
      measurements.add(
        rows,
        behind: [.text(cell.name)] + keys.map { .text(cell.cell.text(of: $0) ?? "") }
          + [.text(loop)])
    }
  }

  /// Writes the table; without a whole cell there is none, and one of before is removed.
  public func write() throws(StorageError) {
    guard let bytes = measurements.bytes else { return try FileStore.remove(folder.table) }
    try FileStore.write(bytes, to: folder.table)
  }
}
