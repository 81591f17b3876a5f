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

  /// The runs of the folder are there for something else.
  case otherQuestion(FilePath, held: String)

  /// A file of the study's folder was written by a later version of the program.
  case newerSchema(FilePath, version: Int)

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
    case .otherQuestion(let path, let held):
      "\(path.printable) holds the runs of \(FilePath.printable(Array(held.utf8))), and others would be mixed with "
        + "them. Choose another folder with --out."
    case .newerSchema(let path, let version):
      "\(path.printable) cannot be read. It has schema version \(version); this program knows versions up to "
        + "\(StudyFolder.schemaVersion). Use the version of genloss that wrote it, or a later one."
    case .unreadable(let path, let reason): "\(path.printable) cannot be read. \(reason)"
    case .notStarted(let cell, let reason):
      "the process of \(cell) could not be started: \(reason)."
    }
  }
}
