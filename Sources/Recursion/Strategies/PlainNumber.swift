/// Numbers in decimal notation.
package enum PlainNumber {
  /// Reads a finite number: neither `nan` nor `0x1p3` nor what rounds to infinity.
  package static func read(_ text: some StringProtocol) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy("0123456789.+-eE".utf8.contains),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }
}

extension Double {
  /// The shortest text that reads as this number: `5` for 5.0.
  package var plainText: String {
    Int(exactly: self).map { "\($0)" } ?? "\(self)"
  }
}
