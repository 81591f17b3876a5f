/// What happens while a study is run.
public enum StudyEvent: Sendable {
  /// A cell that was finished, or begun, is damaged, for this reason; it is computed again from there.
  case damaged(PlannedCell, reason: String)

  /// A cell was begun or gone on with.
  case started(PlannedCell)

  /// A cell was finished by this process.
  case finished(PlannedCell, seconds: Double)

  /// A cell failed.
  case failed(PlannedCell, CellFailure)

  /// What is going on, some times a second: nothing is half done at that moment.
  case progress(StudyProgress)
}

/// How far a study is.
public struct StudyProgress: Sendable {
  /// A cell that is being run by this process.
  public struct Running: Sendable {
    /// The cell.
    public let cell: PlannedCell

    /// The time since it was started, in seconds.
    public let seconds: Double

    /// The generations that are written, those of the control too.
    public let generations: Int
  }

  /// The cells of this process.
  public let total: Int

  /// Those that are finished, by whomever.
  public let done: Int

  /// Those that failed.
  public let failed: Int

  /// Those that another process is working on.
  public let elsewhere: Int

  /// Those that this process is working on.
  public let running: [Running]

  /// The time that is left, in seconds; `nil` where nobody knows.
  public let secondsLeft: Double?
}

/// What became of the cells of a study.
public struct StudyOutcome: Sendable {
  /// Those that were finished when the study was begun.
  public internal(set) var before: [PlannedCell] = []

  /// Those that this process finished.
  public internal(set) var finished: [PlannedCell] = []

  /// Those that were damaged when this process came to them, and why.
  public internal(set) var damaged: [(cell: PlannedCell, reason: String)] = []

  /// Those that other processes finished meanwhile.
  public internal(set) var elsewhere: [PlannedCell] = []

  /// Those that failed, and why.
  public internal(set) var failed: [(cell: PlannedCell, failure: CellFailure)] = []

  /// Those that were not begun, or not finished, because another failed.
  public internal(set) var left: [PlannedCell] = []
}
