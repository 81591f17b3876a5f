import Storage
import Testing

@Suite("JSON")
struct JSONValueTests {
  private let value: JSONValue = [
    "b": [1, 1.0, -2.5e-7, .null, true, []],
    "a": ["text": "a\"\u{301}\\\n\u{1}\u{202E}é🐱", "o": [:]],
  ]

  @Test("Values are written compactly or one member a line, keys as given or sorted")
  func writing() {
    #expect(
      String(decoding: value.bytes(), as: UTF8.self)
        == #"{"b":[1,1.0,-2.5e-07,null,true,[]],"#
        + #""a":{"text":"a\""# + "\u{301}" + #"\\\n\u0001\u202eé🐱","o":{}}}"#)
    #expect(
      String(
        decoding: JSONValue.object(
          [.init("b", [1]), .init("a", [:])]
        ).bytes(.pretty, keys: .sorted), as: UTF8.self)
        == "{\n  \"a\": {},\n  \"b\": [\n    1\n  ]\n}\n")
  }

  @Test("What is written is read back, and whole numbers stay whole")
  func roundTrip() throws {
    for layout in [JSONValue.Layout.compact, .pretty] {
      #expect(try JSONValue(parsing: value.bytes(layout)) == value)
    }
    #expect(JSONValue.integer(1) != .number(1))
    for number in [0.1, -1e-300, .leastNonzeroMagnitude, 1.7976931348623157e308] {
      #expect(try JSONValue(parsing: JSONValue.number(number).bytes()) == .number(number))
    }
    #expect(try JSONValue(parsing: JSONValue.integer(.min).bytes()) == .integer(.min))
  }

  @Test("A number that is not finite is never written")
  func notFinite() {
    let values: JSONValue = [.number(.nan), .finite(.infinity), .finite(nil), .finite(2)]
    #expect(values.bytes() == Array("[null,null,null,2.0]".utf8))
  }

  @Test("The two spellings of an accented letter are two keys")
  func keysAreScalars() throws {
    let object = try JSONValue(parsing: Array("{\"\u{E9}\": 1, \"e\u{301}\": 2}".utf8))
    #expect(object["\u{E9}"] == 1)
    #expect(object["e\u{301}"] == 2)
    #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
  }

  @Test("Escapes of all kinds are read")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\uDC31""#
    #expect(try JSONValue(parsing: Array(text.utf8)) == "\"\\/\u{8}\u{C}\n\r\tAé🐱")
  }

  @Test(
    "What is not JSON is refused",
    arguments: [
      "", " ", "nul", "nulll", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "1 2",
      "01",
      "-", "+1", ".5", "1.", "1e", "1e400", "-1e400", "9223372036854775808", "0x10", "NaN",
      "Infinity", "\"a", "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"",
      "\"\\ud800\\u0041\"",
      "\"\t\"", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "'a'", "[1]]", "\u{FEFF}1",
    ])
  func refusals(text: String) {
    #expect(throws: FormatError.self) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test("Bytes that are not UTF-8 are refused in a string")
  func notUTF8() {
    for bytes: [UInt8] in [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80]] {
      #expect(throws: FormatError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }
  }

  @Test("An error names line and column")
  func position() {
    #expect(
      throws: FormatError("This key is in the object already (line 2, column 2). Give valid JSON.")
    ) { try JSONValue(parsing: Array("{\"a\": 1,\n \"a\": 2}".utf8)) }
  }

  @Test("Values lie in each other up to the limit and no deeper, however deep the text goes")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth)
        + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    _ = try JSONValue(parsing: nested(64))
    for depth in [65, 1_000_000] {
      #expect(throws: FormatError.self) { try JSONValue(parsing: nested(depth)) }
    }
  }

  @Test("A text cut or changed at any place never does worse than throw")
  func damage() {
    let bytes = value.bytes(.pretty)
    for position in bytes.indices {
      #expect(throws: FormatError.self) {
        try JSONValue(parsing: Array(bytes[..<min(position, bytes.count - 2)]))
      }
      for bit in 0..<8 {
        var changed = bytes
        changed[position] ^= 1 << UInt8(bit)
        _ = try? JSONValue(parsing: changed)
      }
    }
  }
}
