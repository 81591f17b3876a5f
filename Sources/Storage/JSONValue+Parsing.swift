extension JSONValue {
  /// Arrays and objects may lie this deep in each other.
  public static let depthLimit = 64

  /// Creates a value from UTF-8, strictly by RFC 8259.
  ///
  /// - Throws: ``FormatError`` with the line and column if the bytes are no JSON, something follows
  ///   the value, a key repeats, values lie deeper than ``depthLimit``, a number does not fit `Int`
  ///   or `Double`, or a string is not valid Unicode.
  public init(parsing bytes: [UInt8]) throws(FormatError) {
    var parser = Parser(bytes: bytes)
    self = try parser.document()
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0

    mutating func document() throws(FormatError) -> JSONValue {
      let value = try value(depth: 0)
      skipSpace()
      guard position == bytes.count else { throw error("Something follows the value") }
      return value
    }

    private mutating func value(depth: Int) throws(FormatError) -> JSONValue {
      skipSpace()
      guard let byte = next else { throw error("The text ends where a value should be") }
      switch byte {
      case UInt8(ascii: "{"): return try object(depth: depth)
      case UInt8(ascii: "["): return try array(depth: depth)
      case UInt8(ascii: "\""): return .string(try string())
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
      default:
        for (word, value) in [("null", JSONValue.null), ("true", true), ("false", false)]
        where bytes[position...].starts(with: word.utf8) {
          position += word.utf8.count
          return value
        }
        throw error("No value starts like this")
      }
    }

    private mutating func object(depth: Int) throws(FormatError) -> JSONValue {
      try enter(depth)
      var members: [Member] = []
      // Keys are told apart by their bytes: Swift takes two spellings of "é" for one string.
      var keys: Set<[UInt8]> = []
      skipSpace()
      if take("}") { return .object(members) }
      while true {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw error("A key in quotes should be here") }
        let start = position
        let key = try string()
        guard keys.insert(Array(key.utf8)).inserted else {
          position = start
          throw error("This key is in the object already")
        }
        skipSpace()
        guard take(":") else { throw error("A colon should be here") }
        members.append(Member(key, try value(depth: depth + 1)))
        skipSpace()
        if take("}") { return .object(members) }
        guard take(",") else { throw error("A comma or } should be here") }
      }
    }

    private mutating func array(depth: Int) throws(FormatError) -> JSONValue {
      try enter(depth)
      var elements: [JSONValue] = []
      skipSpace()
      if take("]") { return .array(elements) }
      while true {
        elements.append(try value(depth: depth + 1))
        skipSpace()
        if take("]") { return .array(elements) }
        guard take(",") else { throw error("A comma or ] should be here") }
      }
    }

    private mutating func enter(_ depth: Int) throws(FormatError) {
      guard depth < depthLimit else {
        throw error("Values lie in each other more than \(depthLimit) deep")
      }
      position += 1
    }

    private mutating func number() throws(FormatError) -> JSONValue {
      let start = position
      _ = take("-")
      if !take("0") { try digits() }
      var isWhole = true
      if take(".") {
        isWhole = false
        try digits()
      }
      if take("e") || take("E") {
        isWhole = false
        if !take("+") { _ = take("-") }
        try digits()
      }
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      if isWhole, let value = Int(text) { return .integer(value) }
      if !isWhole, let value = Double(text), value.isFinite { return .number(value) }
      position = start
      throw error("This number is too large")
    }

    private mutating func digits() throws(FormatError) {
      let start = position
      while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
      guard position > start else { throw error("A digit should be here") }
    }

    private mutating func string() throws(FormatError) -> String {
      let start = position
      var text: [UInt8] = []
      position += 1
      while let byte = next {
        switch byte {
        case UInt8(ascii: "\""):
          guard let string = String(validating: text, as: UTF8.self) else {
            position = start
            throw error("This string is not UTF-8")
          }
          position += 1
          return string
        case UInt8(ascii: "\\"): try text += escaped().utf8
        case 0..<0x20: throw error("A control character stands in a string")
        default:
          text.append(byte)
          position += 1
        }
      }
      position = start
      throw error("This string is not closed")
    }

    private mutating func escaped() throws(FormatError) -> String {
      position += 1
      guard let byte = next else { throw error("The text ends inside a string") }
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return "\""
      case UInt8(ascii: "\\"): return "\\"
      case UInt8(ascii: "/"): return "/"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "u"):
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try codeUnit()) }
        guard let text = String(validating: units, as: UTF16.self) else {
          throw error("Half of a surrogate pair stands alone")
        }
        return text
      default: throw error("There is no such escape")
      }
    }

    private mutating func codeUnit() throws(FormatError) -> UInt16 {
      var unit: UInt16 = 0
      for _ in 0..<4 {
        guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
          throw error("Four hexadecimal digits should be here")
        }
        unit = unit << 4 | UInt16(digit)
        position += 1
      }
      return unit
    }

    private var next: UInt8? {
      position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    private mutating func skipSpace() {
      while let byte = next, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { position += 1 }
    }

    /// An error at the present position, which is counted in lines and bytes.
    private func error(_ what: String) -> FormatError {
      let before = bytes.prefix(position)
      let line = before.count { $0 == 0x0A } + 1
      let column = position - (before.lastIndex(of: 0x0A) ?? -1)
      return FormatError("\(what) (line \(line), column \(column)). Give valid JSON.")
    }
  }
}
