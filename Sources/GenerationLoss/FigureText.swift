import Foundation
import Pictures

/// Numbers as titles and tables show them.
public enum FigureText {
  /// Three significant digits, as pictures show them, but in ASCII, so that a table can be read by a
  /// program: `0.0042`, `0.830`, `14.2`, `352`, `1.2e7`; a dash for what is not finite.
  public static func significant(_ value: Double) -> String {
    NumberText.short(value).replacing(/[−–]/, with: "-")
  }

  /// A distance in widths of a null band: `0.4`, `31`, `1.20e7`.
  ///
  /// - Parameter sign: What stands before positive ones.
  public static func widths(_ z: Double, sign: String = "") -> String {
    let size = abs(z)
    guard size < 1e6 else { return (z < 0 ? "-" : sign) + significant(size) }
    return String(format: "%\(sign)\(size < 9.95 ? ".1f" : ".0f")", z)
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
