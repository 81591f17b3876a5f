public import Recursion
import Storage

/// How far a cell is, by what its folder holds.
public enum CellCondition: Equatable, Sendable {
  /// There is something left to do.
  case unfinished
  /// It is finished, and what it measured is as it was written.
  case finished
  /// It was finished, and now a file of it is missing, changed or cannot be read.
  case damaged(RunFolderError)
}

extension StudyFolder {
  /// How far a cell is; see `RunFolder.requireIntact` for what is looked at.
  public func condition(of name: String) -> CellCondition {
    let run = runFolder(of: name)
    guard RunFolder.hasCompletion(run) else { return .unfinished }
    do throws(RunFolderError) {
      try RunFolder.requireIntact(run)
      return .finished
    } catch {
      // Who goes on with a run takes its completion back first.
      return RunFolder.hasCompletion(run) ? .damaged(error) : .unfinished
    }
  }

  /// Whether a cell is finished and whole.
  public func isFinished(_ name: String) -> Bool { condition(of: name) == .finished }
}
