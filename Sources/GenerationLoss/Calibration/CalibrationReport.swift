import Foundation
import Metrics
import Pictures
public import Recursion
public import Storage

/// A calibration in words, as tables and as a picture.
public struct CalibrationReport: Sendable {
  /// A metric in a space.
  public struct Row: Sendable {
    /// The name of the space.
    public let space: String

    /// Its power and false alarms.
    public let power: MetricPower

    /// Both names.
    public var name: String { "\(power.id) in \(space)" }
  }

  /// A damage is found where this share of repetitions is found out.
  public static let goodPower = 0.8

  private let calibration: Calibration

  /// Reports on a calibration.
  public init(_ calibration: Calibration) {
    self.calibration = calibration
  }

  /// The metrics, those that find most first.
  public var rows: [Row] {
    let rows = calibration.spaces.flatMap { space in
      space.metrics.map { Row(space: space.name, power: $0) }
    }
    return rows.indices.sorted { first, second in
      let (a, b) = (rows[first].power.meanPower, rows[second].power.meanPower)
      return a == b ? first < second : a > b
    }.map { rows[$0] }
  }

  /// Whether a metric gives more false alarms than its level allows, beyond chance.
  public func isUnreliable(_ row: Row) -> Bool {
    row.power.falseAlarms.interval.lowerBound > calibration.settings.level
  }

  /// Which metric to trust here, in a sentence.
  public var sentence: String {
    let counts =
      "With \(calibration.counts.real) real and \(calibration.counts.generated) other samples"
    guard let top = rows.first(where: { !isUnreliable($0) }) else {
      return "\(counts), no metric can be trusted."
    }
    let found = calibration.damages.filter {
      (top.power.power[$0]?.value ?? 0) >= Self.goodPower
    }
    let alarms = Self.percent(top.power.falseAlarms.value)
    var text = "\(counts), "
    if found.isEmpty {
      text +=
        "no metric can be trusted to find damage of strength \(strength): the best, \(top.name), finds "
        + "\(Self.percent(top.power.meanPower)) of the damaged sets"
    } else {
      text +=
        "trust \(top.name): it finds \(found.count) of \(calibration.damages.count) damages of "
        + "strength \(strength) (\(Self.list(found.map(\.rawValue)))), false alarms \(alarms)"
    }
    let others = calibration.damages.filter { !found.contains($0) }.compactMap { damage in
      best(for: damage).map { "\(damage.rawValue) by \($0.name)" }
    }
    if !others.isEmpty { text += "; \(Self.list(others))" }
    let unseen = calibration.damages.filter { !found.contains($0) && best(for: $0) == nil }
    if !unseen.isEmpty, !found.isEmpty || !others.isEmpty {
      text += "; no metric finds \(Self.list(unseen.map(\.rawValue), last: "or"))"
    }
    return text + "."
  }

  /// The metric that finds a damage most often, if that is often enough.
  public func best(for damage: Damage) -> Row? {
    let reliable = rows.filter { !isUnreliable($0) }
    let power = { (row: Row) in row.power.power[damage]?.value ?? 0 }
    guard let highest = reliable.map(power).max(), highest >= Self.goodPower else { return nil }
    return reliable.first { power($0) == highest }
  }

  private var strength: String { FigureText.significant(calibration.settings.strength) }

  /// A share in whole percent.
  public static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }

  private static func list(_ words: [String], last: String = "and") -> String {
    guard words.count > 1, let end = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) \(end)"
  }
}

extension CalibrationReport {
  /// The files: `calibration.csv`, `calibration.json`, `calibration.png` and `calibration.svg`.
  public func files() throws -> [NamedFile] {
    let picture = try HeatMap.render(
      rows: rows.map { "\($0.power.id), \($0.space)" },
      columns: ["false alarms"] + calibration.damages.map(\.rawValue),
      shares: rows.map { row in
        [row.power.falseAlarms.value] + calibration.damages.map { row.power.power[$0]?.value }
      },
      title: "Which metric finds which damage",
      subtitle: "\(sentence) \(calibration.settings.repeats) repetitions.",
      colourLabel: "share of repetitions found out")
    return [
      (name: "calibration.csv", bytes: table),
      (name: "calibration.json", bytes: json.bytes(.pretty)),
      (name: "calibration.png", bytes: picture.png),
    ] + (picture.svg.map { [(name: "calibration.svg", bytes: $0)] } ?? [])
  }

  /// One line a metric, space and damage; honest sets are the damage `none`.
  private var table: [UInt8] {
    let lines = rows.flatMap { row in
      ([("none", row.power.falseAlarms)]
        + calibration.damages.compactMap { damage in
          row.power.power[damage].map { (damage.rawValue, $0) }
        }).map { damage, share -> [CSV.Field] in
          [
            .text(row.space), .text(row.power.id), .text(damage),
            .number(damage == "none" ? 0 : calibration.settings.strength), .number(share.value),
            .number(share.interval.lowerBound), .number(share.interval.upperBound),
            .number(share.meanScore), .integer(share.count), .integer(share.total),
          ]
        }
    }
    return CSV.table(
      columns: [
        "space", "metric", "damage", "strength", "share", "low", "high", "mean_z", "found",
        "repeats",
      ], rows: lines)
  }

  /// Everything in one object.
  public var json: JSONValue {
    let settings = calibration.settings
    return .object([
      .init("schema_version", .integer(1)), .init("version", .string(Release.version)),
      .init("data", .string(calibration.data)), .init("summary", .string(sentence)),
      .init(
        "settings",
        .object([
          .init("strength", .number(settings.strength)),
          .init("repeats", .integer(settings.repeats)), .init("level", .number(settings.level)),
          .init("threshold", .finite(calibration.threshold)),
          .init("seed", .string(String(settings.measure.seed))),
          .init("neighbours", .array(settings.measure.neighbours.map(JSONValue.integer))),
          .init("directions", .integer(settings.measure.directions)),
        ])),
      .init("samples", .integer(calibration.sampleCount)),
      .init("n", .integer(calibration.counts.real)),
      .init("m", .integer(calibration.counts.generated)), .init("modes", modes),
      .init("preprocessing", .string(calibration.preprocessing)),
      .init(
        "damages",
        .array(
          calibration.damages.map {
            .object([.init("name", .string($0.rawValue)), .init("summary", .string($0.summary))])
          })),
      .init("not_planted", .array(calibration.missing.map { .string($0.rawValue) })),
      .init("spaces", .array(calibration.spaces.map(json))),
      .init("metrics", .array(rows.map(json))),
    ])
  }

  private var modes: JSONValue {
    let (kind, count) =
      switch calibration.modes {
      case .classes(let count): ("classes", count)
      case .bins(let count): ("bins", count)
      }
    return .object([.init("kind", .string(kind)), .init("count", .integer(count))])
  }

  private func json(_ space: Calibration.Space) -> JSONValue {
    .object([
      .init("name", .string(space.name)), .init("hash", .string(space.fingerprint)),
      .init("unavailable", space.reason.map { .string($0) } ?? .null),
      .init("metrics_unavailable", .array(space.unavailable.map { .string($0) })),
    ])
  }

  private func json(_ row: Row) -> JSONValue {
    .object([
      .init("space", .string(row.space)), .init("metric", .string(row.power.id)),
      .init("mean_power", .finite(row.power.meanPower)),
      .init("false_alarms", json(row.power.falseAlarms)),
      .init(
        "power",
        .object(
          calibration.damages.map { damage in
            .init(damage.rawValue, row.power.power[damage].map(json) ?? .null)
          })),
    ])
  }

  private func json(_ share: MetricPower.Share) -> JSONValue {
    .object([
      .init("share", .finite(share.value)), .init("low", .finite(share.interval.lowerBound)),
      .init("high", .finite(share.interval.upperBound)), .init("mean_z", .finite(share.meanScore)),
    ])
  }
}
