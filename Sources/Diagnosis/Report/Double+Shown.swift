import Foundation

extension Double {
  /// Three significant digits in ASCII: `0.0042`, `14.2`, `1.2e-07`.
  var shown: String {
    let text = String(format: "%.3g", self)
    return text == "-0" ? "0" : text
  }
}
