public import Images

/// Strategies beneath each other, generations beside each other: each cell the same latents.
public enum ContactSheet {
  /// A strategy with a tile of pictures for each generation.
  public struct Row: Sendable {
    /// Its name.
    public let label: String

    /// For each column, the pictures of the tile; a generation that is missing has none.
    public let tiles: [[Picture]]

    /// Creates a row.
    public init(label: String, tiles: [[Picture]]) {
      self.label = label
      self.tiles = tiles
    }
  }

  private static let screen = 1300
  private static let labelWidth = 190.0
  /// Between two tiles.
  private static let gap = 6

  /// Returns a PNG file.
  ///
  /// - Parameters:
  ///   - rows: The strategies.
  ///   - columns: The names of the columns.
  ///   - side: The pictures beside each other in a tile, and those beneath each other.
  ///   - title: What is compared.
  ///   - subtitle: Which runs, and whatever else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    rows: [Row], columns: [String], side: Int, title: String, subtitle: String
  ) throws(PicturesError) -> [UInt8] {
    try page(rows: rows, columns: columns, side: side, title: title, subtitle: subtitle).png()
  }

  static func page(
    rows: [Row], columns: [String], side: Int, title: String, subtitle: String
  ) -> Page {
    precondition(side > 0, "a tile of \(side) pictures")
    let margin = Int(Heading.margin)
    let count = max(1, columns.count)
    let size = CellSize(
      for: rows.flatMap(\.tiles).flatMap { $0 }, columns: count * side, nearest: screen)
    let (tileWidth, tileHeight) = (size.width(of: side), size.height(of: side))
    let labels = rows.map { TextBlock($0.label, .label, width: labelWidth, maximumLines: 3) }
    let left = margin + Int((labels.map(\.width).max() ?? 0).rounded(.up)) + 12
    let inner = max(left - margin + count * (tileWidth + gap) - gap, 640)
    let heading = Heading(title: title, subtitle: subtitle, width: Double(inner))
    let names = margin + Int(heading.height)
    let top = names + Int(Font.label.lineHeight) + 4
    let step = max(tileHeight + gap, Int(labels.map(\.height).max() ?? 0))
    return Page(width: inner + 2 * margin, height: top + rows.count * step + margin) { canvas in
      heading.draw(on: canvas)
      for (column, name) in columns.enumerated() {
        let middle = Double(left + column * (tileWidth + gap)) + Double(tileWidth) / 2
        canvas.text(
          TextBlock.fitted(name, .tick, width: Double(tileWidth + gap)),
          at: Point(middle, Double(names) + Font.tick.lineHeight), .tick, .quiet, anchor: .middle)
      }
      for (index, row) in rows.enumerated() {
        let y = top + index * step
        labels[index].draw(
          on: canvas, x: Double(left - 12),
          top: Double(y) + (Double(tileHeight) - labels[index].height) / 2, anchor: .end)
        for (column, tile) in row.tiles.enumerated() {
          size.draw(
            tile, columns: side, x: left + column * (tileWidth + gap), y: y, on: canvas)
        }
      }
    }
  }
}
