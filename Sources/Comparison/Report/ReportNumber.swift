import Foundation

/// Numbers of a comparison as its tables show them, in ASCII.
package enum ReportNumber {
  /// Three significant digits: `0.0042`, `14.2`, `1.2e+07`; whole where the number has more.
  package static func short(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if abs(value) >= 100, abs(value) < 1e7 { return String(format: "%.0f", value) }
    let text = String(format: "%#.3g", value)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// A number of things, which may be an expectation: `60`, `87.5`.
  package static func count(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? short(value)
  }

  /// A range, `33.0 to 37.2`; a dash for none.
  package static func range(_ range: ClosedRange<Double>?) -> String {
    range.map { "\(short($0.lowerBound)) to \(short($0.upperBound))" } ?? "-"
  }

  /// A generation: `7`, `~143` for what is forecast, `never`, or a dash where nobody knows.
  static func generation(_ value: Double?, isForecast: Bool = false) -> String {
    guard let value else { return "-" }
    guard value.isFinite else { return "never" }
    // Half generations are medians of an even number of seeds.
    let text = value == value.rounded() || isForecast ? String(format: "%.0f", value) : "\(value)"
    return (isForecast ? "~" : "") + text
  }

  /// A p-value: `0.031`, `<0.001`.
  static func probability(_ value: Double) -> String {
    value < 0.001 ? "<0.001" : String(format: "%.3f", value)
  }
}
