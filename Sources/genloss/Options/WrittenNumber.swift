import ArgumentParser

/// Numbers as people write them: decimal digits, a point, an exponent.
///
/// The standard library also takes `0x10`, `nan`, `inf` and what rounds to them, such as `1e400`; here
/// each is a slip.
enum WrittenNumber {
  /// Reads a whole number.
  static func whole(_ text: String) throws -> Int {
    guard let value = Int(text), isPlain(text) else {
      throw ValidationError("it must be a whole number in digits, such as 20.")
    }
    return value
  }

  /// Reads a seed: a whole number of up to 64 bits, none below 0.
  static func seed(_ text: String) throws -> UInt64 {
    guard let value = UInt64(text), isPlain(text) else {
      throw ValidationError("it must be a whole number from 0 to 18446744073709551615.")
    }
    return value
  }

  /// Reads a number.
  static func real(_ text: String) throws -> Double {
    guard let value = Double(text), value.isFinite, isPlain(text) else {
      throw ValidationError("it must be a number in decimal notation, such as 0.5.")
    }
    return value
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy("0123456789.-eE+".utf8.contains)
  }
}
