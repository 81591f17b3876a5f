import Metrics
import Recursion
import Storage

/// The verdict on runs under each of the eight published definitions of collapse.
public struct Diagnosis: Sendable {
  /// The version of `diagnosis.json`.
  public static let schemaVersion = 1

  /// What was taken for enough.
  public let settings: DiagnosisSettings

  /// Runs of one size each, the sizes ascending.
  public let groups: [GroupDiagnosis]

  /// Judges runs of one setting.
  ///
  /// Runs may differ in their seed, whose spread is then the error, and in their size, which definition 4
  /// needs.
  ///
  /// - Parameter runs: At least one.
  /// - Throws: ``DiagnosisError`` for runs of different settings, or one run twice.
  public init(
    of runs: [DiagnosedRun], settings: DiagnosisSettings = DiagnosisSettings()
  ) throws(DiagnosisError) {
    precondition(!runs.isEmpty, "there is no run to diagnose")
    for (index, run) in runs.enumerated() {
      for other in runs[..<index] {
        let differences = other.differences(from: run)
        guard differences.isEmpty else {
          throw .configurationsDiffer(other.record.path, run.record.path, differences)
        }
        guard other.seed != run.seed || other.sampleCount != run.sampleCount else {
          throw .sameSeed(other.record.path, run.record.path, seed: run.seed)
        }
      }
    }
    self.settings = settings
    let sizes = Set(runs.map(\.sampleCount)).sorted()
    let bySize = sizes.map { size in runs.filter { $0.sampleCount == size } }
    let laws = Self.scalingLaws(bySize)
    let missing =
      sizes.count < ScalingLaw.fewestSizes
      ? "it takes runs of \(ScalingLaw.fewestSizes) or more sample sizes (--samples); "
        + "\(sizes.count == 1 ? "all of these have" : "these have") n = "
        + sizes.map(String.init).joined(separator: ", ")
      : "the risk was not measured in every run"
    groups = bySize.map {
      GroupDiagnosis($0, settings: settings, laws: laws, missingSizes: missing)
    }
  }

  /// The scaling law of every generation; empty for fewer than three sizes, `nil` where a run has no
  /// risk.
  private static func scalingLaws(_ bySize: [[DiagnosedRun]]) -> [ScalingLaw?] {
    guard bySize.count >= ScalingLaw.fewestSizes else { return [] }
    let count = bySize.joined().map(\.series.count).min() ?? 0
    return (0..<count).map { generation in
      let points = bySize.compactMap { scalingPoint($0, generation) }
      return points.count == bySize.count ? ScalingLaw(points) : nil
    }
  }

  /// The mean risk of the runs of one size, with the larger of its error of measurement and its error
  /// over seeds.
  private static func scalingPoint(
    _ runs: [DiagnosedRun], _ generation: Int
  ) -> ScalingLaw.Point? {
    let risks = runs.compactMap { $0.series.model(.bitsPerDimension, generation) }
    let values = risks.compactMap(\.value)
    guard values.count == runs.count else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let between = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
    let within = risks.reduce(0) { $0 + ($1.standardError ?? 0) * ($1.standardError ?? 0) } / n
    return ScalingLaw.Point(
      sampleCount: runs[0].sampleCount, risk: mean,
      standardError: (max(between, within) / n).squareRoot())
  }
}
