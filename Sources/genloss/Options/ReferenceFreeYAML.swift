import Yams

/// YAML in which no value refers to another.
///
/// Anchors and aliases are refused before the parser meets any: a few lines of nested aliases keep it busy
/// for ever. Where comments, quotes and blocks of text begin only a parser knows. So it is first given the
/// text with letters in the place of each `&` and `*` that could be a reference. One that is begins a word
/// of its own there; in a comment or in quotes there is none.
enum ReferenceFreeYAML {
  /// An anchor or an alias.
  struct Reference: Error {
    /// Its line and column, from 1 on.
    let line: Int
    let column: Int
  }

  /// Parses a text.
  ///
  /// - Throws: ``Reference``, or `YamlError`.
  static func compose(_ text: String) throws -> Node? {
    let scalars = Array(text.unicodeScalars)
    let candidates = candidates(in: scalars)
    guard !candidates.isEmpty else { return try Yams.compose(yaml: text) }
    let letters = unusedLetters(in: scalars)
    var masked = scalars
    for index in candidates { masked[index] = scalars[index] == "&" ? letters[0] : letters[1] }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: masked)
    do {
      let tree = try Yams.compose(yaml: String(view))
      if let word = tree.flatMap({ word(begunBy: letters, in: $0) }) {
        throw Reference(line: word.mark?.line ?? 1, column: word.mark?.column ?? 1)
      }
    } catch let error as YamlError {
      // With a word where a reference stood the rest may be too much: "{a: &b [c]}".
      throw candidates.lazy.compactMap { Self.reference(at: $0, in: scalars) }
        .first { $0.line == error.line } ?? error
    }
    return try Yams.compose(yaml: text)
  }

  /// The places of all `&` and `*` that could begin a reference, and of some that cannot.
  private static func candidates(in scalars: [Unicode.Scalar]) -> [Int] {
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar {
      case "0"..."9", "A"..."Z", "a"..."z", "_", ".", "/", "-": true
      default: false
      }
    }
    return scalars.indices.dropLast().filter { index in
      (scalars[index] == "&" || scalars[index] == "*") && scalars[index + 1] > " "
        && (index == 0 || !isWord(scalars[index - 1]))
    }
  }

  /// Two letters of the area for private use that the text does not have.
  private static func unusedLetters(in scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let used = Set(scalars)
    let letters = (0xE000...0xF8FF).lazy.compactMap { Unicode.Scalar(UInt32($0)) }
    // A text that has them all may be refused for a word that begins with this one.
    return Array((letters.filter { !used.contains($0) }.prefix(2) + ["x", "x"]).prefix(2))
  }

  /// A word without quotes that begins with one of some letters.
  private static func word(begunBy letters: [Unicode.Scalar], in node: Node) -> Node? {
    switch node {
    case .scalar(let scalar):
      let isBegun = scalar.string.unicodeScalars.first.map(letters.contains) ?? false
      return isBegun && scalar.style == .plain ? node : nil
    case .sequence(let sequence):
      return sequence.lazy.compactMap { word(begunBy: letters, in: $0) }.first
    case .mapping(let mapping):
      return mapping.lazy.compactMap {
        word(begunBy: letters, in: $0.key) ?? word(begunBy: letters, in: $0.value)
      }.first
    case .alias: return nil
    }
  }

  /// The reference at a place; `nil` if it stands in a comment or behind a quotation mark.
  private static func reference(at index: Int, in scalars: [Unicode.Scalar]) -> Reference? {
    let before = scalars[..<index]
    let start = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let line = before[start...]
    let isComment = line.indices.contains {
      line[$0] == "#" && ($0 == start || line[$0 - 1].properties.isWhitespace)
    }
    guard !isComment, line.last != "\"", line.last != "'" else { return nil }
    return Reference(line: before.count { $0 == "\n" } + 1, column: index - start + 1)
  }
}

extension YamlError {
  /// The line on which the parser gave up; `nil` where it does not say.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: nil
    }
  }
}
