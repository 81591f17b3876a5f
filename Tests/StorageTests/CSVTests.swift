import Storage
import Testing

@Suite("CSV")
struct CSVTests {
  @Test("Cells with commas, quotes and line ends are quoted, by bytes and not by Characters")
  func quoting() {
    let line = CSV.line([
      .text("plain"), .text("a,b"), .text("say \"\u{301}hi\""), .text("a\r\nb"), .bytes([0xFF]),
      .text(""), .text(" "),
    ])
    let expected = "plain,\"a,b\",\"say \"\"\u{301}hi\"\"\",\"a\r\nb\","
    #expect(line == Array(expected.utf8) + [0xFF] + Array(",, \n".utf8))
    #expect(CSV.line([.text("")]) == Array("\"\"\n".utf8))
  }

  @Test("Numbers are written in the shortest digits that read back, and never as nan")
  func numbers() {
    let values = [0.1, 1.0, -0.0, 1e-5, 1e300, .leastNonzeroMagnitude, 0.1 + 0.2]
    for value in values {
      let text = String(decoding: CSV.line([.number(value)]).dropLast(), as: UTF8.self)
      #expect(Double(text)?.bitPattern == value.bitPattern)
    }
    #expect(
      CSV.line([.number(nil), .number(.nan), .number(-.infinity), .integer(nil), .integer(-3)])
        == Array(",,,,-3\n".utf8))
  }

  @Test("A number of things has a fraction only where it lies between whole numbers")
  func counts() {
    #expect(
      CSV.line([.count(50), .count(87.5), .count(1e300), .count(nil), .count(.infinity)])
        == Array("50,87.5,1e+300,,\n".utf8))
  }

  @Test("What is written is read back")
  func roundTrip() throws {
    let cells: [[UInt8]] =
      ["", "a", "\"", ",", "\n", "\r\n", "\r", "\"\u{301}", " x ", "é"]
      .map { Array($0.utf8) } + [[0xFF, 0x00]]
    let rows = cells.map { first in cells.map { [first, $0, first + $0] } }.flatMap { $0 }
    let bytes = rows.flatMap { CSV.line($0.map(CSV.Field.bytes)) }
    #expect(try CSV.rows(of: bytes) == rows)
  }

  @Test("Lines may end in CR LF, the last in nothing, and a byte order mark is skipped")
  func variants() throws {
    let expected = [["a", "b"], ["1", ""]].map { $0.map { Array($0.utf8) } }
    for text in ["a,b\n1,\n", "a,b\r\n1,\r\n", "a,b\n1,", "\u{FEFF}a,b\n1,", "a,b\r\n\"1\",\"\""] {
      #expect(try CSV.rows(of: Array(text.utf8)) == expected)
    }
    #expect(try CSV.rows(of: []).isEmpty)
  }

  @Test(
    "What is not a table is refused with the line",
    arguments: [
      (
        "a,b\n1\n",
        "Line 2 has 1 cells where the first line has 2. Give every line as many."
      ),
      (
        "a\n\"b\nc",
        "The quote that opens on line 2 is never closed. Close it."
      ),
      (
        "a\nb\"c\n",
        "Line 2 has a quote inside a cell without quotes. "
          + "Put the cell in quotes and double those inside."
      ),
      (
        "\"a\"b\n", "Line 1 goes on after a closing quote. Double the quotes inside a cell."
      ),
      (
        "a\rb\n",
        "Line 1 has a carriage return without a line feed. End lines in LF or CR LF."
      ),
    ])
  func refusals(text: String, sentence: String) {
    #expect(throws: FormatError(sentence)) { try CSV.rows(of: Array(text.utf8)) }
  }
}
