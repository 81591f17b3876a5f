public import Recursion
import Storage
public import SystemPackage

/// A run with what a diagnosis must know of its setting.
public struct DiagnosedRun: Sendable {
  /// What its folder says.
  public let record: RunRecord

  /// The seed as it is written.
  public let seed: String

  /// The samples drawn each generation.
  public let sampleCount: Int

  let series: GenerationSeries

  /// The control loop; `nil` without one.
  let control: GenerationSeries?

  /// Reads a run from its folder.
  ///
  /// - Throws: ``DiagnosisError``, or `RunFolderError` if the folder is damaged.
  public init(reading path: FilePath) throws {
    guard FileStore.exists(path) else { throw DiagnosisError.missing(path) }
    guard
      FileStore.exists(path.appending("run.json")) || FileStore.exists(path.appending("index.json"))
    else { throw DiagnosisError.noRun(path) }
    self.init(try RunRecord(reading: path))
  }

  /// Takes a run that was read.
  public init(_ record: RunRecord) {
    self.record = record
    let configuration = record.run["configuration"]
    seed = configuration?["seed"]?.string ?? configuration?["seed"]?.integer.map(String.init) ?? "?"
    sampleCount = configuration?["samples"]?.integer ?? 0
    series = GenerationSeries(record.generations)
    control = record.control.count > 1 ? GenerationSeries(record.control) : nil
  }

  /// The options that runs of one setting may differ in: the seed, where the run ends, and what is run
  /// beside it.
  private static let free: Set<String> = ["seed", "generations", "control", "threads", "out"]

  /// Those that follow from the number of samples.
  private static let sized: Set<String> = ["samples", "components", "dimensions"]

  /// The options in which another run differs, in words; empty for two runs of one setting.
  func differences(from other: DiagnosedRun) -> [String] {
    // A law is named by its seed, too.
    let isLaw = record.run["configuration"]?["data"]?.string?.contains(":") ?? false
    let ignored = Self.free.union(Self.sized).union(isLaw ? ["data-fingerprint"] : [])
    func text(_ value: JSONValue?) -> String {
      value.map { String(decoding: $0.bytes(), as: UTF8.self) } ?? "nothing"
    }
    let keys = (record.configuration + other.record.configuration).map(\.key)
    var seen: Set<String> = []
    return keys.filter { !ignored.contains($0) && seen.insert($0).inserted }.compactMap { key in
      let mine = record.run["configuration"]?[key]
      let theirs = other.record.run["configuration"]?[key]
      guard mine?.bytes() != theirs?.bytes() else { return nil }
      return "\(key) is \(text(mine)) in the one and \(text(theirs)) in the other"
    }
  }
}
