public import Images

/// Pictures with a line or two of text beneath each, in parts with a heading.
public enum CaptionedGrid {
  /// A picture and what is written beneath it.
  public struct Cell: Sendable {
    /// The picture.
    public let picture: Picture

    /// The lines beneath it, shortened to its width.
    public let caption: [String]

    /// Creates a cell.
    public init(_ picture: Picture, caption: [String]) {
      self.picture = picture
      self.caption = caption
    }
  }

  /// Pictures that belong together.
  public struct Part: Sendable {
    /// What they are; empty for none.
    public let heading: String

    /// The pictures, of one size.
    public let cells: [Cell]

    /// Creates a part.
    public init(heading: String = "", cells: [Cell]) {
      self.heading = heading
      self.cells = cells
    }
  }

  /// The width that the zoom aims at.
  private static let screen = 1000
  private static let gap = 10

  /// Returns a PNG file with the parts one beneath the other.
  ///
  /// - Parameters:
  ///   - parts: The pictures, all of one size.
  ///   - columns: The pictures in a row, at least 1.
  ///   - title: What is shown.
  ///   - subtitle: What else must be known.
  ///   - empty: What is written where there is no picture.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    parts: [Part], columns: Int, title: String, subtitle: String, empty: String = ""
  ) throws(PicturesError) -> [UInt8] {
    try page(parts: parts, columns: columns, title: title, subtitle: subtitle, empty: empty).png()
  }

  static func page(
    parts: [Part], columns: Int, title: String, subtitle: String, empty: String
  ) -> Page {
    precondition(columns > 0, "a grid of \(columns) columns")
    let margin = Int(Heading.margin)
    let cells = parts.flatMap(\.cells)
    let size = CellSize(
      for: cells.map(\.picture), columns: columns, nearest: screen - columns * gap)
    let stepX = size.width(of: 1) + gap
    let lines = cells.map(\.caption.count).max() ?? 0
    let captionHeight = Int(Double(lines) * Font.tick.lineHeight) + (lines > 0 ? 4 : 0)
    let stepY = size.height(of: 1) + captionHeight + gap
    let inner = max(columns * stepX - gap, 640)
    let heading = Heading(title: title, subtitle: subtitle, width: Double(inner))
    let note = TextBlock(
      cells.isEmpty ? empty : "", .label, width: Double(inner), maximumLines: 3)
    let top = margin + Int(heading.height)
    var y = top + Int(note.height)
    let places = parts.map { part in
      let title = TextBlock(part.heading, .heading, width: Double(inner), maximumLines: 2)
      let place = (
        title: title, top: y, cells: y + Int(title.height) + (part.heading.isEmpty ? 0 : 6)
      )
      let rows = (part.cells.count + columns - 1) / columns
      y = place.cells + rows * stepY + (part.heading.isEmpty ? 0 : gap)
      return place
    }
    return Page(width: inner + 2 * margin, height: y + margin) { canvas in
      heading.draw(on: canvas)
      note.draw(on: canvas, x: Heading.margin, top: Double(top), .quiet)
      for (part, place) in zip(parts, places) {
        place.title.draw(on: canvas, x: Heading.margin, top: Double(place.top))
        for (index, cell) in part.cells.enumerated() {
          let x = margin + index % columns * stepX
          let y = place.cells + index / columns * stepY
          size.draw([cell.picture], columns: 1, x: x, y: y, on: canvas)
          draw(
            cell.caption, x: Double(x), top: Double(y + size.height(of: 1) + 2),
            width: Double(size.width(of: 1)), on: canvas)
        }
      }
    }
  }

  /// Writes the lines of a caption, the end of a path rather than its beginning where it is too long.
  private static func draw(
    _ caption: [String], x: Double, top: Double, width: Double, on canvas: Canvas
  ) {
    for (line, text) in caption.enumerated() {
      canvas.text(
        fitted(Font.printable(text), width: width),
        at: Point(
          x + width / 2,
          top + Double(line) * Font.tick.lineHeight
            + (Font.tick.lineHeight + Font.tick.capHeight) / 2),
        .tick, .quiet, anchor: .middle)
    }
  }

  /// The text, with its beginning replaced by an ellipsis if it is wider than `width`: the end of a path
  /// tells files apart.
  private static func fitted(_ text: String, width: Double) -> String {
    guard Font.tick.width(of: text) > width else { return text }
    var end = text[...]
    while end.count > 1, Font.tick.width(of: "…" + end) > width { end = end.dropFirst() }
    return "…" + end
  }
}
