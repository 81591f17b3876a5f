/// A text broken into lines that fit a width.
struct TextBlock: Equatable, Sendable {
  let lines: [String]
  let font: Font

  /// Breaks a text into lines.
  ///
  /// It breaks at spaces, and after underscores, hyphens, slashes and commas, into at most
  /// `maximumLines` lines; a word longer than a line is broken anywhere. What does not fit ends in
  /// an ellipsis.
  init(_ text: String, _ font: Font, width: Double, maximumLines: Int) {
    self.font = font
    var lines: [String] = []
    var line = ""
    for word in TextBlock.words(of: Font.printable(text)) {
      if font.width(of: TextBlock.trimmed(line + word)) <= width {
        line += word
        continue
      }
      if !line.isEmpty { lines.append(TextBlock.trimmed(line)) }
      line = word
      while font.width(of: TextBlock.trimmed(line)) > width, line.count > 1 {
        let head = TextBlock.longestPrefix(of: line, font, width: width)
        lines.append(String(head))
        line = String(line.dropFirst(head.count))
      }
    }
    line = TextBlock.trimmed(line)
    if !line.isEmpty { lines.append(line) }
    if lines.count > maximumLines {
      let last = lines[maximumLines - 1] + "…"
      lines = Array(lines[..<(maximumLines - 1)])
      lines.append(TextBlock.fitted(last, font, width: width))
    }
    self.lines = lines
  }

  /// The width of the widest line.
  var width: Double { lines.map { font.width(of: $0) }.max() ?? 0 }

  /// The height of all lines.
  var height: Double { Double(lines.count) * font.lineHeight }

  /// Writes the lines downwards from `top`.
  func draw(
    on canvas: Canvas, x: Double, top: Double, _ color: Color = .ink,
    anchor: Canvas.Anchor = .start
  ) {
    // The capitals of a line are centred in its height.
    let baseline = top + (font.lineHeight + font.capHeight) / 2
    for (index, line) in lines.enumerated() {
      canvas.text(
        line, at: Point(x, baseline + Double(index) * font.lineHeight), font, color, anchor: anchor)
    }
  }

  /// The text, with its end replaced by an ellipsis if it is wider than `width`.
  static func fitted(_ text: String, _ font: Font, width: Double) -> String {
    guard font.width(of: text) > width else { return text }
    let room = max(width - font.width(of: "…"), 0)
    return trimmed(String(longestPrefix(of: text, font, width: room))) + "…"
  }

  /// The longest beginning that fits, one character at least.
  private static func longestPrefix(of text: String, _ font: Font, width: Double) -> Substring {
    var fits = 1
    var tooLong = text.count + 1
    while tooLong - fits > 1 {
      let middle = (fits + tooLong) / 2
      if font.width(of: String(text.prefix(middle))) <= width {
        fits = middle
      } else {
        tooLong = middle
      }
    }
    return text.prefix(fits)
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      word.append(character)
      if " _-/,:".contains(character) {
        words.append(word)
        word = ""
      }
    }
    return words + [word]
  }

  private static func trimmed(_ text: String) -> String {
    let end = text.lastIndex { $0 != " " }
    return end.map { String(text[...$0].drop { $0 == " " }) } ?? ""
  }
}
