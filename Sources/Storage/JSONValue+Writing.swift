extension JSONValue {
  /// How a value is laid out.
  public enum Layout: Sendable {
    /// On one line, without spaces.
    case compact
    /// One member or element a line, indented by two spaces; ends with a line end.
    case pretty
  }

  /// The order of the members of objects.
  public enum KeyOrder: Sendable {
    /// As they stand.
    case given
    /// By the bytes of their keys.
    case sorted
  }

  /// Returns the value as UTF-8.
  ///
  /// The same value always gives the same bytes. Control and format characters, which can command a
  /// terminal or turn the direction of text, are written as `\uXXXX`.
  public func bytes(_ layout: Layout = .compact, keys: KeyOrder = .given) -> [UInt8] {
    var writer = Writer(layout: layout, keyOrder: keys)
    writer.write(self, depth: 0)
    if layout == .pretty { writer.bytes.append(0x0A) }
    return writer.bytes
  }

  private struct Writer {
    let layout: Layout
    let keyOrder: KeyOrder
    var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue, depth: Int) {
      switch value {
      case .null: append("null")
      case .bool(let value): append(value ? "true" : "false")
      case .integer(let value): append("\(value)")
      case .number(let value): append(value.isFinite ? "\(value)" : "null")
      case .string(let value): write(value)
      case .array(let elements):
        write(elements, "[", "]", depth) { writer, element in
          writer.write(element, depth: depth + 1)
        }
      case .object(let members):
        let ordered =
          keyOrder == .given
          ? members
          : members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        write(ordered, "{", "}", depth) { writer, member in
          writer.write(member.key)
          writer.append(writer.layout == .pretty ? ": " : ":")
          writer.write(member.value, depth: depth + 1)
        }
      }
    }

    private mutating func write<Element>(
      _ elements: [Element], _ open: String, _ close: String, _ depth: Int,
      _ body: (inout Self, Element) -> Void
    ) {
      append(open)
      for (index, element) in elements.enumerated() {
        if index > 0 { append(",") }
        startLine(depth + 1)
        body(&self, element)
      }
      if !elements.isEmpty { startLine(depth) }
      append(close)
    }

    private mutating func startLine(_ depth: Int) {
      guard layout == .pretty else { return }
      bytes.append(0x0A)
      bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }

    private mutating func write(_ text: String) {
      bytes.append(UInt8(ascii: "\""))
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        default:
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator:
            for unit in String(scalar).utf16 { escape(unit) }
          default: append(String(scalar))
          }
        }
      }
      bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ unit: UInt16) {
      let digits = Array("0123456789abcdef".utf8)
      append("\\u")
      for shift in [12, 8, 4, 0] { bytes.append(digits[Int(unit >> UInt16(shift) & 15)]) }
    }

    private mutating func append(_ text: String) {
      bytes.append(contentsOf: text.utf8)
    }
  }
}
