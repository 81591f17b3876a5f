import Recursion
import Storage
import Studies
public import SystemPackage

/// The runs of some folders, each of a run or of a study.
///
/// Of a study they are those that are finished; a run that is named itself is taken as far as it is whole,
/// finished or not. A run that its brake stopped is finished.
public struct ComparedFolders: Sendable {
  /// A run that is left out because a file of it is not as it was written, or cannot be read.
  public struct LeftOut: Sendable {
    /// The folder of the run.
    public let path: FilePath

    /// What is wrong with which file, and what to do about it.
    public let reason: String
  }

  /// The runs.
  public private(set) var runs: [ComparedRun] = []

  /// The runs that are left out as they are damaged; those that are not finished are in the notes.
  public private(set) var leftOut: [LeftOut] = []

  /// What a reader must know, such as cells that are not finished.
  public private(set) var notes: [String] = []

  /// Reads folders.
  ///
  /// A run that is damaged is left out, and no reason not to read the others.
  ///
  /// - Throws: ``ComparisonError`` for folders that are none of ours or hold no run to compare, `StudyError`
  ///   for a `study.json` that cannot be read.
  public init(reading paths: [FilePath], progress: (FilePath) throws -> Void = { _ in }) throws {
    var left = 0
    for path in paths {
      guard FileStore.exists(path) else { throw ComparisonError.missing(path) }
      if FileStore.exists(path.appending(StudyFolder.studyName)) {
        left += try readStudy(path, progress)
      } else if FileStore.exists(path.appending("run.json")) {
        try progress(path)
        readRun(path)
      } else if let cells = StudyFolder(path).unlistedCells {
        notes.append(
          "\(path.printable) has no \(StudyFolder.studyName): all runs in it are taken for the study's. "
            + "`genloss study` with the study's file writes it anew.")
        left += try readCells(cells, of: path, progress)
      } else {
        throw ComparisonError.neither(path)
      }
    }
    guard !runs.isEmpty else {
      throw ComparisonError.nothing(left: left, damaged: leftOut.map(\.reason))
    }
    notes += leftOut.map { "\($0.path.printable) is left out: \($0.reason)" }
  }

  /// Reads a run of which some generations may be missing.
  private mutating func readRun(_ path: FilePath) {
    do throws(RunFolderError) {
      // A run that was finished has no excuse.
      if RunFolder.hasCompletion(path) { try RunFolder.requireIntact(path) }
      let record = try RunRecord(reading: path)
      notes += record.notes.map { "\(path.printable): \($0)" }
      runs.append(ComparedRun(record))
    } catch {
      leftOut.append(LeftOut(path: path, reason: error.description))
    }
  }

  /// Reads the cells of a study and returns the number of those that are not finished.
  private mutating func readStudy(
    _ path: FilePath, _ progress: (FilePath) throws -> Void
  ) throws -> Int {
    let folder = StudyFolder(path)
    let cells = try folder.listedCells().map(\.name)
    let orphans = folder.orphans(beside: cells).count
    if orphans > 0 {
      notes.append(
        "\(orphans) run\(orphans == 1 ? "" : "s") in \(path.printable) belong\(orphans == 1 ? "s" : "") to "
          + "no cell of the study as it is now, and \(orphans == 1 ? "is" : "are") not compared. "
          + "`genloss study` names \(orphans == 1 ? "it" : "them").")
    }
    return try readCells(cells, of: path, progress)
  }

  private mutating func readCells(
    _ cells: [String], of path: FilePath, _ progress: (FilePath) throws -> Void
  ) throws -> Int {
    let folder = StudyFolder(path)
    var left = 0
    for cell in cells {
      let run = folder.runFolder(of: cell)
      try progress(run)
      do throws(RunFolderError) {
        switch folder.condition(of: cell) {
        case .unfinished: left += 1
        case .damaged(let error): throw error
        case .finished:
          let record = try RunRecord(reading: run)
          notes += record.notes.map { "\(run.printable): \($0)" }
          runs.append(
            ComparedRun(record, processorSeconds: folder.cost(of: cell)?.processorSeconds))
        }
      } catch {
        leftOut.append(
          LeftOut(
            path: run,
            reason: "\(error.fault) Run the study again: it computes what is damaged anew."))
      }
    }
    if left > 0 {
      notes.append(
        "\(left) of the \(cells.count) cells of \(path.printable) are not finished and left out.")
    }
    return left
  }
}
