/// Makes Cairo's SVG the same bytes every time.
///
/// Cairo 1.16 names groups and embedded images after a counter of the process (`surface12`,
/// `image13`), so the names depend on what was drawn before. Here each becomes its rank in the
/// file.
enum SVGIdentifiers {
  private static let stems = ["surface", "image"].map { Array($0.utf8) }

  /// The document with the numbers in `"surface12"` and `"#image13"` replaced by ranks from 0.
  static func renumbered(_ document: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(document.count)
    var ranks: [[UInt8]: Int] = [:]
    var position = 0
    while position < document.count {
      let byte = document[position]
      result.append(byte)
      position += 1
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "#"),
        let stem = stems.first(where: { document[position...].starts(with: $0) })
      else { continue }
      let digits = document[(position + stem.count)...].prefix {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }
      guard !digits.isEmpty else { continue }
      let name = stem + digits
      let rank = ranks[name] ?? ranks.count
      ranks[name] = rank
      result += stem + Array(String(rank).utf8)
      position += name.count
    }
    return result
  }
}
