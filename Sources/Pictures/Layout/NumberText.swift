import Foundation

/// Numbers as short texts for people.
package enum NumberText {
  /// A number with so many significant digits: `62.1`, `0.083`, `1.2e6`; an en dash for what is not
  /// finite.
  package static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return "–" }
    guard value != 0 else { return "0" }
    var exponent = order(of: value)
    // 9.996 has three digits as 10.0, not as 10.00.
    let unit = pow(10, Double(exponent - digits + 1))
    if (abs(value) / unit).rounded() >= pow(10, Double(digits)) { exponent += 1 }
    if (-3...4).contains(exponent) {
      return fixed(value, decimals: max(0, digits - 1 - exponent))
    }
    let mantissa = value / pow(10, Double(exponent))
    return fixed(mantissa, decimals: max(0, digits - 2)) + "e" + signed(exponent)
  }

  /// The texts of the ticks of one axis, all with the same number of decimals or the same power of
  /// ten.
  static func ticks(_ values: [Double]) -> [String] {
    let largest = values.map(abs).max() ?? 0
    guard largest > 0 else { return values.map { _ in "0" } }
    let exponent = order(of: largest * (1 + 1e-12))
    let scale = (-3...4).contains(exponent) ? 0 : exponent
    let unit = pow(10, Double(scale))
    let scaled = values.map { $0 / unit }
    let decimals = (0...15).first { decimals in
      let factor = pow(10, Double(decimals))
      return scaled.allSatisfy {
        abs(($0 * factor).rounded() / factor - $0) <= 1e-9 * largest / unit
      }
    }
    return scaled.map { value in
      guard abs(value) > 1e-12 * largest / unit else { return "0" }
      return fixed(value, decimals: decimals ?? 15) + (scale == 0 ? "" : "×10" + raised(scale))
    }
  }

  /// The texts of the ticks of a logarithmic axis: `0.01`, `1`, `100`, or `10⁻⁶`, `10⁹` if any is
  /// far from 1.
  static func logarithmicTicks(_ values: [Double]) -> [String] {
    let plain = values.allSatisfy { (0.00099...10001).contains($0) }
    return values.map { value in
      let exponent = order(of: value * (1 + 1e-12))
      if plain { return fixed(value, decimals: max(0, -exponent)) }
      let mantissa = (value / pow(10, Double(exponent))).rounded()
      return (mantissa == 1 ? "" : fixed(mantissa, decimals: 0) + "×") + "10" + raised(exponent)
    }
  }

  /// A number with so many decimals and a true minus sign.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", abs(value))
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return value < 0 && !isZero ? "−" + text : text
  }

  /// The power of ten at or below a number that is not 0.
  static func order(of value: Double) -> Int {
    Int(log10(abs(value)).rounded(.down))
  }

  private static func signed(_ value: Int) -> String {
    value < 0 ? "−\(-value)" : "\(value)"
  }

  private static func raised(_ exponent: Int) -> String {
    let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return (exponent < 0 ? "⁻" : "")
      + String(abs(exponent)).compactMap(\.wholeNumberValue).map { digits[$0] }.joined()
  }
}
