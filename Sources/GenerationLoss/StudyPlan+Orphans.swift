import Recursion
import Storage
public import Studies
import SystemPackage

/// The runs in a study's folder that no cell of it has any more.
public struct OrphanedRuns: Sendable {
  /// Their names.
  public let names: [String]

  /// Those of them that are finished and differ from every cell in an option.
  public let finishedCount: Int

  /// The options in which these differ, those that the study sets if there are any.
  public let differences: [Difference]

  /// An option with values that no cell has.
  public struct Difference: Equatable, Sendable {
    /// The name of the option; `data` for what the data hold.
    public let key: String

    /// Its values in those runs, as `run.json` holds them; empty for data.
    public let former: [String]

    /// Its values in the cells.
    public let present: [String]
  }
}

extension StudyPlan {
  private static let fingerprintKey = "data-fingerprint"

  /// The runs that are there beside the cells, and what sets them apart.
  public func orphans(in folder: StudyFolder) -> OrphanedRuns {
    let names = folder.orphans(beside: cells.map(\.name))
    var former: [String: Set<String>] = [:]
    var order: [String] = []
    var count = 0
    for name in names {
      let foreign = foreignOptions(of: name, in: folder)
      guard !foreign.isEmpty else { continue }
      count += 1
      for (key, text) in foreign {
        if former[key] == nil { order.append(key) }
        former[key, default: []].insert(text)
      }
    }
    let set = Set(cells.flatMap(\.cell.settings).map(\.key)).union([Self.fingerprintKey])
    let chosen = order.filter(set.contains)
    return OrphanedRuns(
      names: names, finishedCount: count,
      differences: (chosen.isEmpty ? order : chosen).map { key in
        if key == Self.fingerprintKey {
          return OrphanedRuns.Difference(key: StudyCell.dataKey, former: [], present: [])
        }
        func sorted(_ texts: Set<String>?) -> [String] {
          (texts ?? []).sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        }
        return OrphanedRuns.Difference(
          key: key, former: sorted(former[key]), present: sorted(values[key]))
      })
  }

  /// The options of a finished run with values that no cell has; none where they cannot be read.
  ///
  /// Data may have moved: what they hold tells.
  private func foreignOptions(
    of name: String, in folder: StudyFolder
  ) -> [(key: String, text: String)] {
    let run = folder.runFolder(of: name)
    guard RunFolder.hasCompletion(run),
      let bytes = try? FileStore.read(run.appending("run.json"), limit: 1 << 24),
      let configuration = (try? JSONValue(parsing: bytes))?["configuration"]?.members
    else { return [] }
    return configuration.map { ($0.key, Self.text($0.value)) }
      .filter { $0.0 != StudyCell.dataKey && values[$0.0]?.contains($0.1) != true }
  }

  /// A value as `run.json` has it: text is itself, everything else as JSON writes it.
  static func text(_ value: JSONValue) -> String {
    value.string ?? String(decoding: value.bytes(), as: UTF8.self)
  }
}
