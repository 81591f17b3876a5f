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
      // With a word where a reference stood the rest may be too much: "{a: &b [c]}". If it is right without
      // the references, they are to blame.
      do {
        _ = try Yams.compose(yaml: blanking(candidates, in: scalars))
      } catch YamlError.duplicatedKeysInMapping {
        throw error.replacing(letters, by: ["&", "*"])
      }
      let references = references(at: candidates, in: scalars)
      let lastLine = error.line ?? .max
      guard let culprit = references.last(where: { $0.line <= lastLine }) ?? references.first else {
        throw error
      }
      throw culprit
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

  private static let wordEnds = Set(",[]{}\"'".unicodeScalars)

  /// The text with spaces in place of the words that begin at some places.
  private static func blanking(_ places: [Int], in scalars: [Unicode.Scalar]) -> String {
    var blanked = scalars
    for place in places {
      var index = place
      while index < scalars.count, scalars[index] > " ", !wordEnds.contains(scalars[index]) {
        blanked[index] = " "
        index += 1
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: blanked)
    return String(view)
  }

  /// The references at some places, ascending, without those in a comment or behind a quotation mark.
  private static func references(
    at places: [Int], in scalars: [Unicode.Scalar]
  ) -> [Reference] {
    var found: [Reference] = []
    var (line, start, isComment, next) = (1, 0, false, 0)
    for index in scalars.indices where next < places.count {
      if scalars[index] == "\n" { (line, start, isComment) = (line + 1, index + 1, false) }
      if scalars[index] == "#", index == start || scalars[index - 1].properties.isWhitespace {
        isComment = true
      }
      guard index == places[next] else { continue }
      next += 1
      let isQuoted = index > start && ["\"", "'"].contains(scalars[index - 1])
      if !isComment, !isQuoted {
        found.append(Reference(line: line, column: index - start + 1))
      }
    }
    return found
  }
}

extension YamlError {
  /// The error with the letters that stood for others in the names of keys put back.
  fileprivate func replacing(
    _ letters: [Unicode.Scalar], by originals: [Unicode.Scalar]
  ) -> YamlError {
    guard case .duplicatedKeysInMapping(let keys, let context) = self else { return self }
    let written = keys.map { key in
      var view = String.UnicodeScalarView()
      view.append(
        contentsOf: key.unicodeScalars.map { scalar in
          letters.firstIndex(of: scalar).map { originals[$0] } ?? scalar
        })
      return String(view)
    }
    return .duplicatedKeysInMapping(duplicates: written, context: context)
  }

  /// The line on which the parser gave up; `nil` where it does not say.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: nil
    }
  }
}
