import Foundation

/// Numbers as titles and tables show them.
public enum FigureText {
  /// Three significant digits without an exponent where that is short: `0.0042`, `0.83`, `14.2`, `352`.
  public static func significant(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    let magnitude = abs(value)
    if magnitude >= 1e6 || magnitude < 1e-4 { return String(format: "%.2e", value) }
    let decimals = max(0, 2 - Int(log10(magnitude).rounded(.down)))
    return String(format: "%.\(decimals)f", value)
  }
}
