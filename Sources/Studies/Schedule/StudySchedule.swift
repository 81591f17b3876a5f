import Foundation
public import Recursion
import Storage
import SystemPackage

/// Runs the cells of a study, some at a time, each in a process of its own.
///
/// A cell is begun only by who holds its lock, and only where it is not finished: any number of
/// schedules may work in one folder, no cell is run twice, and one whose process was killed is taken over
/// by whoever comes to it next.
public struct StudySchedule: Sendable {
  private let folder: StudyFolder
  private let cells: [PlannedCell]
  private let jobs: Int
  private let threads: Int
  private let failsFast: Bool

  /// The memory that all cells together may take, in bytes.
  private let memory: Double

  /// The part of the machine's memory that cells may take.
  private static let memoryShare = 0.8

  /// The time between two looks at what is going on, in milliseconds.
  private static let pause: Int32 = 200

  /// The time before a cell that somebody else works on is looked at again.
  private static let patience = 1.0

  /// Creates a schedule.
  ///
  /// - Parameters:
  ///   - jobs: The cells at a time, at most.
  ///   - threads: The threads of each.
  ///   - failsFast: Whether the first failure ends all.
  ///   - memory: What the machine has, in bytes.
  public init(
    _ cells: [PlannedCell], in folder: StudyFolder, jobs: Int, threads: Int, failsFast: Bool,
    memory: Int = Machine.memory
  ) {
    self.cells = cells
    self.folder = folder
    self.jobs = jobs
    self.threads = threads
    self.failsFast = failsFast
    self.memory = Self.memoryShare * Double(memory)
  }

  /// Runs what is not finished.
  ///
  /// - Parameter report: Told what happens; it may throw to stop, and then all processes are ended, each
  ///   with its state whole on the disk.
  /// - Throws: What `report` throws, `StudyError` or `StorageError`.
  public func perform(_ report: (StudyEvent) throws -> Void) throws -> StudyOutcome {
    var work = Work(self)
    defer { work.stop() }
    while true {
      if !(failsFast && !work.outcome.failed.isEmpty) { try work.start(report) }
      if work.isIdle { break }
      CellProcess.awaitAny(of: work.running.map(\.process), milliseconds: Self.pause)
      try work.reap(report)
      try report(.progress(work.progress))
      if failsFast, !work.outcome.failed.isEmpty { break }
    }
    work.stop()
    return work.outcome
  }
}

extension StudySchedule {
  /// A cell in a process.
  private struct Running {
    let cell: PlannedCell
    let process: CellProcess
    let lock: FileLock
    let start: Date
  }

  /// What there is left to do.
  private struct Work {
    private let schedule: StudySchedule
    private(set) var waiting: [PlannedCell] = []
    private(set) var running: [Running] = []
    private(set) var outcome = StudyOutcome()

    /// When a cell that somebody else works on is looked at again.
    private var lookAgain: [String: Date] = [:]

    /// How often a cell had failed when this schedule began: a failure after that is not tried again.
    private let attempts: [String: Int]

    /// The estimates of what was finished, and what it took, in seconds.
    private var pace = (estimated: 0.0, taken: 0.0)

    init(_ schedule: StudySchedule) {
      self.schedule = schedule
      let folder = schedule.folder
      attempts = Dictionary(
        schedule.cells.map { ($0.name, folder.failure(of: $0.name)?.attempts ?? 0) }
      ) { first, _ in first }
      for cell in schedule.cells {
        if folder.isFinished(cell.name) {
          outcome.before.append(cell)
        } else {
          waiting.append(cell)
        }
      }
    }

    var isIdle: Bool {
      waiting.isEmpty && running.isEmpty
    }

    /// Starts as many cells as there is room for: first those that have nothing in common with one that
    /// is running, as a cell that waits for what another computes keeps its place.
    mutating func start(_ report: (StudyEvent) throws -> Void) throws {
      try start(report) { cell, running in !running.contains { $0.cell.hasCommon(with: cell) } }
      try start(report) { _, _ in true }
    }

    private mutating func start(
      _ report: (StudyEvent) throws -> Void, where isWanted: (PlannedCell, [Running]) -> Bool
    ) throws {
      if schedule.failsFast, !outcome.failed.isEmpty { return }
      var index = 0
      while index < waiting.count, running.count < schedule.jobs {
        let cell = waiting[index]
        guard lookAgain[cell.name].map({ $0 <= Date() }) ?? true, fits(cell),
          isWanted(cell, running)
        else {
          index += 1
          continue
        }
        guard let lock = try schedule.folder.lock(cell.name) else {
          postpone(cell)
          index += 1
          continue
        }
        lookAgain[cell.name] = nil
        waiting.remove(at: index)
        if schedule.folder.isFinished(cell.name) {
          outcome.elsewhere.append(cell)
        } else if let failure = schedule.folder.failure(of: cell.name),
          failure.attempts > attempts[cell.name] ?? 0
        {
          outcome.failed.append((cell, failure))
        } else if case .refused(let reason) = cell.outlook {
          try fail(cell, status: 0, reason, report)
        } else if try repair(cell, report) {
          running.append(try begin(cell, lock))
          try report(.started(cell))
        }
        if schedule.failsFast, !outcome.failed.isEmpty { return }
      }
    }

    private mutating func postpone(_ cell: PlannedCell) {
      lookAgain[cell.name] = Date(timeIntervalSinceNow: StudySchedule.patience)
    }

    /// Whether a cell has room in memory beside those that are running; one alone always has.
    private func fits(_ cell: PlannedCell) -> Bool {
      let taken = running.reduce(0) { $0 + Double($1.cell.estimate?.memoryBytes ?? 0) }
      return running.isEmpty
        || taken + Double(cell.estimate?.memoryBytes ?? 0) <= schedule.memory
    }

    /// Removes what is damaged in a cell that was finished or begun; its run goes on from there.
    ///
    /// - Returns: Whether the cell can be run: not where its folder cannot be read or changed.
    private mutating func repair(
      _ cell: PlannedCell, _ report: (StudyEvent) throws -> Void
    ) throws -> Bool {
      let damages: [RunFolderError]
      do throws(RunFolderError) {
        damages = try RunFolder.repair(schedule.folder.runFolder(of: cell.name))
      } catch {
        if case .locked = error {
          // A run of somebody's own works there.
          waiting.append(cell)
          postpone(cell)
        } else {
          try fail(cell, status: 0, error.description, report)
        }
        return false
      }
      guard let first = damages.first else { return true }
      // Of each folder that is kept the user must know.
      let kept = damages.filter { if case .setAside = $0 { true } else { false } }
      let told = kept.isEmpty ? [first] : kept
      let others = damages.count - told.count
      let reason =
        told.map(\.fault).joined(separator: " ")
        + (others == 0 ? "" : " So \(others == 1 ? "is one other" : "are \(others) others").")
      outcome.damaged.append((cell, reason))
      try report(.damaged(cell, reason: reason))
      return true
    }

    private func begin(_ cell: PlannedCell, _ lock: FileLock) throws -> Running {
      let folder = schedule.folder
      let log = folder.log(of: cell.name)
      try FileStore.remove(log)
      let words =
        ["genloss", "run"] + cell.cell.arguments
        + [
          "--out=\(folder.runFolder(of: cell.name))", "--shared=\(folder.shared)",
          "--threads=\(schedule.threads)",
          "--color=never",
        ]
      do {
        return Running(
          cell: cell, process: try CellProcess(words, log: log), lock: lock, start: Date())
      } catch {
        throw StudyError.notStarted(cell: cell.cell.title, reason: "\(error)")
      }
    }

    /// Takes note of the processes that have ended.
    mutating func reap(_ report: (StudyEvent) throws -> Void) throws {
      while let index = running.firstIndex(where: \.process.hasEnded) {
        let ended = running.remove(at: index)
        let (end, processorSeconds) = ended.process.finish()
        let seconds = -ended.start.timeIntervalSinceNow
        let folder = schedule.folder
        let name = ended.cell.name
        try folder.add(
          CellCost(processes: 1, processorSeconds: processorSeconds, seconds: seconds), to: name)
        switch end {
        case .exit(status: 0) where RunFolder.hasCompletion(folder.runFolder(of: name)):
          try folder.forgetFailure(of: name)
          outcome.finished.append(ended.cell)
          pace.estimated += ended.cell.estimate?.seconds ?? 0
          pace.taken += seconds
          try report(.finished(ended.cell, seconds: seconds))
        case .exit(status: StudySchedule.lockedStatus):
          // The run of a process that is just being ended; its folder is free in a moment.
          waiting.append(ended.cell)
          postpone(ended.cell)
        case .exit(let status):
          try fail(
            ended.cell, status: status, CellLog(folder.log(of: name)).reason(status: status), report
          )
        case .signal(let number):
          try fail(
            ended.cell, status: 128 + number, CellLog.words(ofSignal: number), report)
        }
        withExtendedLifetime(ended.lock) {}
      }
    }

    private mutating func fail(
      _ cell: PlannedCell, status: Int, _ message: String, _ report: (StudyEvent) throws -> Void
    ) throws {
      let before = schedule.folder.failure(of: cell.name)?.attempts ?? 0
      let failure = CellFailure(attempts: before + 1, status: status, message: message)
      try schedule.folder.record(failure, of: cell)
      outcome.failed.append((cell, failure))
      try report(.failed(cell, failure))
    }

    /// Ends all processes and waits for them.
    mutating func stop() {
      for cell in running { cell.process.stop() }
      for cell in running {
        let seconds = cell.process.finish().processorSeconds
        // What an interruption cost counts as well; that nobody could note it is no reason to fail.
        try? schedule.folder.add(
          CellCost(
            processes: 1, processorSeconds: seconds, seconds: -cell.start.timeIntervalSinceNow),
          to: cell.cell.name)
        withExtendedLifetime(cell.lock) {}
      }
      outcome.left += running.map(\.cell) + waiting
      running = []
      waiting = []
    }

    var progress: StudyProgress {
      let done = outcome.before.count + outcome.finished.count + outcome.elsewhere.count
      return StudyProgress(
        total: schedule.cells.count, done: done, failed: outcome.failed.count,
        elsewhere: lookAgain.count,
        running: running.map { cell in
          StudyProgress.Running(
            cell: cell.cell, seconds: -cell.start.timeIntervalSinceNow,
            generations: schedule.folder.generationCount(of: cell.cell.name))
        }, secondsLeft: secondsLeft)
    }

    /// The estimates of what is left, corrected by how they were for what was finished.
    private var secondsLeft: Double? {
      let correction = pace.estimated > 0 ? pace.taken / pace.estimated : 1
      let queued = waiting.reduce(0) { $0 + ($1.estimate?.seconds ?? 0) } * correction
      let begun = running.map { cell in
        max(1, (cell.cell.estimate?.seconds ?? 0) * correction + cell.start.timeIntervalSinceNow)
      }
      let lanes = Double(max(1, min(schedule.jobs, waiting.count + running.count)))
      return max((queued + begun.reduce(0, +)) / lanes, begun.max() ?? 0)
    }
  }

  /// The exit status of a run whose folder somebody else works in.
  private static let lockedStatus = 75
}
