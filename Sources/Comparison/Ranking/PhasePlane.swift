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

  /// Finds the strategy and the two numbers with the most values; `nil` where there are no two, or a third
  /// number differs, too.
  public init?(_ set: DataSetComparison) {
    let named = set.variants.map { (variant: $0, numbers: Self.numbers(of: $0.variant)) }
    var found: PhasePlane?
    for name in Set(named.map { Self.name(of: $0.variant.variant) }).sorted() {
      let members = named.filter { Self.name(of: $0.variant.variant) == name }
      let keys = Set(members.flatMap(\.numbers.keys)).sorted().filter { key in
        Set(members.map { $0.numbers[key] }).count > 1
          && members.allSatisfy { $0.numbers[key] != nil }
      }
      guard keys.count == 2, members.count > 3, found?.count ?? 0 < members.count else { continue }
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
