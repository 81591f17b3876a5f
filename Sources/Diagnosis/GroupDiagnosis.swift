import Foundation
import Metrics
import Recursion

/// The verdicts on runs of one setting and size that differ in their seed.
public struct GroupDiagnosis: Sendable {
  /// The samples drawn each generation.
  public let sampleCount: Int

  /// The runs.
  public let runs: [DiagnosedRun]

  /// One verdict a definition.
  public let verdicts: [Verdict]

  /// What the same tests say of the control loops, in which nothing should fire; `nil` without one.
  public let falseAlarms: FalseAlarms?

  /// The forecasts of each run.
  public let warnings: [EarlyWarning]

  /// How often these forecasts were right on the way.
  public let replay: WarningReplay

  /// The same on the control loops, in which nothing should be warned of.
  public let controlReplay: WarningReplay
}

/// How often tests fire on control loops.
public struct FalseAlarms: Equatable, Sendable {
  /// The tests: definitions times generations, over all runs.
  public let tests: Int

  /// Those that fired after correction.
  public let fired: Int

  /// Those that would have without correction.
  public let uncorrected: Int

  /// The definitions that fired.
  public let definitions: [CollapseDefinition]
}

extension GroupDiagnosis {
  /// Judges runs of one size.
  ///
  /// - Parameter laws: By generation, the scaling laws of this and other sizes; empty where there are
  ///   fewer than three sizes.
  init(
    _ runs: [DiagnosedRun], settings: DiagnosisSettings, laws: [ScalingLaw?], missingSizes: String
  ) {
    self.runs = runs
    sampleCount = runs.first?.sampleCount ?? 0
    var panel = TestPanel(
      series: runs.map(\.series), spreads: runs.map { ControlSpread($0.control, settings) },
      settings: settings)
    panel.judgeScaling(laws, missing: missingSizes)
    let alone = runs.count > 1 ? runs.map { Self.alone($0, settings) } : []
    verdicts = panel.verdicts(alone: alone)
    falseAlarms = Self.falseAlarms(of: runs, settings)
    warnings = runs.map { EarlyWarning($0.record.generations, share: settings.threshold) }
    replay = WarningReplay(runs.map(\.record.generations), share: settings.threshold)
    controlReplay = WarningReplay(runs.map(\.record.control), share: settings.threshold)
  }

  /// The definitions that fire when a run is judged by itself.
  private static func alone(
    _ run: DiagnosedRun, _ settings: DiagnosisSettings
  ) -> Set<CollapseDefinition> {
    let panel = TestPanel(
      series: [run.series], spreads: [ControlSpread(run.control, settings)], settings: settings)
    return Set(panel.verdicts(alone: []).filter { $0.kind == .fired }.map(\.definition))
  }

  private static func falseAlarms(
    of runs: [DiagnosedRun], _ settings: DiagnosisSettings
  ) -> FalseAlarms? {
    let controls = runs.compactMap(\.control)
    guard !controls.isEmpty else { return nil }
    var (tests, fired, uncorrected) = (0, 0, 0)
    var definitions: Set<CollapseDefinition> = []
    for control in controls {
      let panel = TestPanel(
        series: [control], spreads: [ControlSpread(control, settings, isLeavingOut: true)],
        settings: settings)
      for verdict in panel.verdicts(alone: []) {
        tests += verdict.findings.count
        fired += verdict.findings.count(where: \.hasFired)
        uncorrected += verdict.findings.count { $0.pValue < settings.alpha }
        if verdict.kind == .fired { definitions.insert(verdict.definition) }
      }
    }
    return FalseAlarms(
      tests: tests, fired: fired, uncorrected: uncorrected,
      definitions: definitions.sorted { $0.rawValue < $1.rawValue })
  }
}
