import Recursion
import Storage
import Studies
public import SystemPackage

/// The finished runs of some folders, each of a run or of a study.
public struct ComparedFolders: Sendable {
  /// The runs.
  public private(set) var runs: [ComparedRun] = []

  /// What a reader must know, such as cells that are not finished.
  public private(set) var notes: [String] = []

  /// Reads folders.
  ///
  /// - Throws: ``ComparisonError``, `StudyError`, or `RunFolderError` for a damaged run.
  public init(reading paths: [FilePath], progress: (FilePath) throws -> Void = { _ in }) throws {
    var left = 0
    for path in paths {
      guard FileStore.exists(path) else { throw ComparisonError.missing(path) }
      if FileStore.exists(path.appending(StudyFolder.studyName)) {
        left += try readStudy(path, progress)
      } else if FileStore.exists(path.appending("run.json")) {
        try progress(path)
        let record = try RunRecord(reading: path)
        notes += record.notes.map { "\(path.printable): \($0)" }
        runs.append(ComparedRun(record))
      } else {
        throw ComparisonError.neither(path)
      }
    }
    guard !runs.isEmpty else { throw ComparisonError.nothing(left: left) }
  }

  /// Reads the cells of a study and returns the number of those that are not finished.
  private mutating func readStudy(
    _ path: FilePath, _ progress: (FilePath) throws -> Void
  ) throws -> Int {
    let folder = StudyFolder(path)
    let cells = try folder.listedCells()
    var left = 0
    for cell in cells {
      guard folder.isComplete(cell.name) else {
        left += 1
        continue
      }
      let run = folder.runFolder(of: cell.name)
      try progress(run)
      let record = try RunRecord(reading: run)
      notes += record.notes.map { "\(run.printable): \($0)" }
      runs.append(
        ComparedRun(record, processorSeconds: folder.cost(of: cell.name)?.processorSeconds))
    }
    if left > 0 {
      notes.append(
        "\(left) of the \(cells.count) cells of \(path.printable) are not finished and left out.")
    }
    return left
  }
}
