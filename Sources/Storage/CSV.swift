/// Tables as RFC 4180 writes them, over bytes, with lines that end in LF.
///
/// Characters play no part: `"` followed by a combining mark is one Character, and so is CR LF.
public enum CSV {
  /// What stands in a cell.
  public enum Field: Sendable {
    /// Text.
    case text(String)
    /// Text in the bytes of its file, such as a file name that may not be UTF-8.
    case bytes([UInt8])
    /// A whole number.
    case integer(Int?)
    /// A number in the shortest digits that read back as the same number; an empty cell for `nil`
    /// and for what is not finite.
    case number(Double?)
    /// A number of things, which an expectation or a mean may leave between two whole ones: a whole one has
    /// no fraction.
    case count(Double?)
  }

  /// Returns one line, with its line end.
  public static func line(_ fields: [Field]) -> [UInt8] {
    var line: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { line.append(comma) }
      let bytes = bytes(of: field)
      // A line of one empty cell would be an empty line, which readers skip.
      let isLoneEmpty = fields.count == 1 && bytes.isEmpty
      if isLoneEmpty || bytes.contains(where: { special.contains($0) }) {
        line.append(quote)
        for byte in bytes { line += byte == quote ? [quote, quote] : [byte] }
        line.append(quote)
      } else {
        line += bytes
      }
    }
    line.append(lineFeed)
    return line
  }

  /// Returns a table: a line of column names and the rows.
  public static func table(columns: [String], rows: [[Field]]) -> [UInt8] {
    line(columns.map(Field.text)) + rows.flatMap { line($0) }
  }

  private static func bytes(of field: Field) -> [UInt8] {
    switch field {
    case .text(let text): Array(text.utf8)
    case .bytes(let bytes): bytes
    case .integer(let value): value.map { Array("\($0)".utf8) } ?? []
    case .number(let value):
      value.flatMap { $0.isFinite ? Array("\($0)".utf8) : nil } ?? []
    case .count(let value):
      bytes(of: value.flatMap { Int(exactly: $0) }.map { .integer($0) } ?? .number(value))
    }
  }
}

extension CSV {
  /// Returns the rows of a table, the first line included, every cell as bytes.
  ///
  /// Lines end in LF or CR LF; the last one may lack its end. A byte order mark is skipped.
  ///
  /// - Throws: ``FormatError`` with the line if quotes are misplaced or not closed, or a row has
  ///   more or fewer cells than the first.
  public static func rows(of bytes: [UInt8]) throws(FormatError) -> [[[UInt8]]] {
    var reader = Reader(bytes: bytes)
    return try reader.rows()
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0
    var line = 1

    mutating func rows() throws(FormatError) -> [[[UInt8]]] {
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
      var rows: [[[UInt8]]] = []
      while position < bytes.count {
        let start = line
        let row = try row()
        if let first = rows.first, first.count != row.count {
          throw FormatError(
            "Line \(start) has \(row.count) cells where the first line has \(first.count). "
              + "Give every line as many.")
        }
        rows.append(row)
      }
      return rows
    }

    private mutating func row() throws(FormatError) -> [[UInt8]] {
      var row: [[UInt8]] = []
      while true {
        let isQuoted = position < bytes.count && bytes[position] == quote
        row.append(isQuoted ? try quoted() : try plain())
        guard position < bytes.count else { return row }
        let byte = bytes[position]
        position += 1
        if byte == comma { continue }
        if byte == carriageReturn { position += 1 }
        line += 1
        return row
      }
    }

    /// A cell without quotes; ends before a comma or a line end.
    private mutating func plain() throws(FormatError) -> [UInt8] {
      let start = position
      while position < bytes.count, !isAtEndOfCell {
        guard bytes[position] != quote else {
          throw FormatError(
            "Line \(line) has a quote inside a cell without quotes. "
              + "Put the cell in quotes and double those inside.")
        }
        guard bytes[position] != carriageReturn else {
          throw FormatError(
            "Line \(line) has a carriage return without a line feed. End lines in LF or CR LF.")
        }
        position += 1
      }
      return Array(bytes[start..<position])
    }

    private mutating func quoted() throws(FormatError) -> [UInt8] {
      let start = line
      var cell: [UInt8] = []
      position += 1
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte != quote {
          if byte == lineFeed { line += 1 }
          cell.append(byte)
        } else if position < bytes.count, bytes[position] == quote {
          cell.append(quote)
          position += 1
        } else if position == bytes.count || isAtEndOfCell {
          return cell
        } else {
          throw FormatError(
            "Line \(line) goes on after a closing quote. Double the quotes inside a cell.")
        }
      }
      throw FormatError("The quote that opens on line \(start) is never closed. Close it.")
    }

    private var isAtEndOfCell: Bool {
      switch bytes[position] {
      case comma, lineFeed: true
      case carriageReturn: position + 1 < bytes.count && bytes[position + 1] == lineFeed
      default: false
      }
    }
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let carriageReturn: UInt8 = 0x0D
private let lineFeed: UInt8 = 0x0A
private let special: [UInt8] = [comma, quote, carriageReturn, lineFeed]
