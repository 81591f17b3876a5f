import Recursion
import Statistics

/// The metric of one strategy over two numbers that it was run with, such as real share and samples.
public struct PhasePlane: Sendable {
  /// The strategy's name.
  public let strategy: String

  /// The number along the columns.
  public let xKey: String

  /// Its values, ascending.
  public let x: [Double]

  /// The number along the rows.
  public let yKey: String

  /// Its values, ascending.
  public let y: [Double]

  /// For each row and column the mean over seeds; `nil` where there is no run.
  public let values: [[Double?]]

  /// For each row and column theory's effective sample size as a share of generation 0's samples.
  public let effectiveShares: [[Double?]]

  /// A strategy that was run with two numbers.
  private struct Candidate {
    let name: String
    let keys: [String]
    let members: [(variant: RankedVariant, numbers: [String: Double])]

    /// Whether no place has two variants.
    var isUnique: Bool {
      let places = members.map { member in keys.map { member.numbers[$0] } }
      return Set(places).count == places.count
    }
  }

  private static func candidates(on set: DataSetComparison) -> [Candidate] {
    let named = set.variants.map { (variant: $0, numbers: numbers(of: $0.variant)) }
    return Set(named.map { name(of: $0.variant.variant) }).sorted().compactMap { name in
      let members = named.filter { self.name(of: $0.variant.variant) == name }
      let keys = Set(members.flatMap(\.numbers.keys)).sorted().filter { key in
        Set(members.map { $0.numbers[key] }).count > 1
          && members.allSatisfy { $0.numbers[key] != nil }
      }
      guard keys.count == 2, members.count > 3 else { return nil }
      return Candidate(name: name, keys: keys, members: members)
    }
  }

  /// The strategies of which there is no plane, as something else than two numbers tells variants of one
  /// place apart, in sentences.
  static func ambiguities(on set: DataSetComparison) -> [String] {
    candidates(on: set).filter { !$0.isUnique }.map { candidate in
      let options = candidate.members.flatMap(\.variant.variant.options)
      let told = options.map(\.key).uniqued.filter { key in
        !candidate.keys.contains(key)
          && Set(options.filter { $0.key == key }.map(\.value)).count > 1
      }
      return "\(set.data): \(candidate.name) has several runs at one place of "
        + "\(candidate.keys.joined(separator: " and ")), told apart by "
        + (told.isEmpty ? "other settings" : told.joined(separator: ", "))
        + "; there is no map of them."
    }
  }

  /// Finds the strategy and the two numbers with the most values; `nil` where there are no two, or something
  /// else differs, too.
  public init?(_ set: DataSetComparison) {
    var found: PhasePlane?
    for candidate in Self.candidates(on: set) where candidate.isUnique {
      let (name, keys, members) = (candidate.name, candidate.keys, candidate.members)
      guard found?.count ?? 0 < members.count else { continue }
      func values(_ key: String) -> [Double] {
        Set(members.compactMap { $0.numbers[key] }).sorted()
      }
      func table(_ value: (RankedVariant) -> Double?) -> [[Double?]] {
        values(keys[1]).map { y in
          values(keys[0]).map { x in
            members.first { $0.numbers[keys[0]] == x && $0.numbers[keys[1]] == y }
              .flatMap { value($0.variant) }
          }
        }
      }
      found = PhasePlane(
        strategy: name, xKey: keys[0], x: values(keys[0]), yKey: keys[1], y: values(keys[1]),
        values: table { $0.summary?.mean },
        effectiveShares: table { variant in
          variant.effectiveSampleSize.map { $0 / Double(variant.variant.runs[0].sampleCount) }
        }, count: members.count)
    }
    guard let found else { return nil }
    self = found
  }

  private let count: Int

  private init(
    strategy: String, xKey: String, x: [Double], yKey: String, y: [Double], values: [[Double?]],
    effectiveShares: [[Double?]], count: Int
  ) {
    self.strategy = strategy
    self.xKey = xKey
    self.x = x
    self.yKey = yKey
    self.y = y
    self.values = values
    self.effectiveShares = effectiveShares
    self.count = count
  }

  private static func name(of variant: Variant) -> String {
    variant.runs[0].strategy?.name ?? variant.label
  }

  /// The settings of the strategy and the options that are numbers.
  private static func numbers(of variant: Variant) -> [String: Double] {
    var numbers: [String: Double] = [:]
    let text = variant.runs[0].strategyText
    if text.first != "{", let colon = text.firstIndex(of: ":") {
      for setting in text[text.index(after: colon)...].split(separator: ",") {
        let sides = setting.split(separator: "=", maxSplits: 1)
        if sides.count == 2, let value = Double(sides[1]), value.isFinite {
          numbers[String(sides[0])] = value
        }
      }
    }
    for option in variant.options {
      if let value = Double(option.value), value.isFinite { numbers[option.key] = value }
    }
    return numbers
  }
}
