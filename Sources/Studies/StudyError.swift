import Storage
public import SystemPackage

/// A study that cannot be done as asked.
public enum StudyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds other things than a study.
  case notAStudyFolder(FilePath)

  /// The folder has no `study.json`, and among its cells there is something that is no run.
  case foreignCell(FilePath)

  /// The folder has no `study.json`, and its table is none of a study.
  case foreignTable(FilePath)

  /// A file of the study's folder cannot be read.
  case unreadable(FilePath, reason: String)

  /// The process of a cell could not be started.
  case notStarted(cell: String, reason: String)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .notAStudyFolder(let path):
      "\(path.printable) is not empty and holds no study. Choose another folder with --out."
    case .foreignCell(let path):
      "\(path.printable) is no run of genloss, and its study has lost its \(StudyFolder.studyName). Move "
        + "it elsewhere and run the same command again, or choose another folder with --out."
    case .foreignTable(let path):
      "\(path.printable) was not written by a study of genloss, and would be overwritten. Move it elsewhere and "
        + "run the same command again, or choose another folder with --out."
    case .unreadable(let path, let reason): "\(path.printable) cannot be read. \(reason)"
    case .notStarted(let cell, let reason):
      "the process of \(cell) could not be started: \(reason)."
    }
  }
}
