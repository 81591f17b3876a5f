import Foundation

/// Numbers as titles and tables show them.
public enum FigureText {
  /// Three significant digits without an exponent where that is short: `0.0042`, `0.83`, `14.2`,
  /// `352`.
  public static func significant(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    guard value != 0 else { return "0" }
    // Rounded first: 9.999 is 10.0, not 10.00.
    let magnitude = Double(String(format: "%.2e", abs(value))) ?? abs(value)
    if magnitude >= 1e6 || magnitude < 1e-4 { return String(format: "%.2e", value) }
    let decimals = max(0, 2 - Int(log10(magnitude).rounded(.down)))
    return String(format: "%.\(decimals)f", value)
  }

  /// A number of bytes with a unit: `840 bytes`, `2.58 MB`.
  public static func bytes(_ count: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 1000, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(count) bytes" : "\(significant(value)) \(units[unit])"
  }
}
