public import Images

/// The same latents drawn in every generation: a column follows one latent downwards through time.
public enum Filmstrip {
  private static let screen = 1100
  /// Sets the first row, which is real, off from the generated ones.
  private static let firstGap = 12
  private static let labelWidth = 150.0

  /// Returns a PNG file with one labelled row of pictures for each entry.
  ///
  /// - Parameters:
  ///   - rows: The first row holds the nearest real pictures, the others a generation each. Rows
  ///     may be of different lengths.
  ///   - title: The run.
  ///   - subtitle: Strategy and whatever else must be known to read the strip.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    rows: [(label: String, cells: [Picture])], title: String, subtitle: String
  ) throws(PicturesError) -> [UInt8] {
    try page(rows: rows, title: title, subtitle: subtitle).png()
  }

  static func page(
    rows: [(label: String, cells: [Picture])], title: String, subtitle: String
  ) -> Page {
    let margin = Int(Heading.margin)
    let columns = max(1, rows.map(\.cells.count).max() ?? 1)
    let size = CellSize(for: rows.flatMap(\.cells), columns: columns, nearest: screen)
    let lines = max(1, Int(Double(size.height) / Font.label.lineHeight))
    let labels = rows.map {
      TextBlock($0.label, .label, width: labelWidth, maximumLines: min(lines, 3))
    }
    let left = margin + Int((labels.map(\.width).max() ?? 0).rounded(.up)) + 12
    let inner = max(left - margin + size.width(of: columns), 640)
    let heading = Heading(title: title, subtitle: subtitle, width: Double(inner))
    let top = margin + Int(heading.height)
    // Small pictures still leave each label its line.
    let step = max(size.height + CellSize.gutter, Int(Font.label.lineHeight))
    func y(_ row: Int) -> Int { top + row * step + (row > 0 ? firstGap : 0) }
    return Page(
      width: inner + 2 * margin, height: y(rows.count) + CellSize.gutter + margin
    ) { canvas in
      heading.draw(on: canvas)
      for (index, row) in rows.enumerated() {
        size.draw(row.cells, columns: columns, x: left, y: y(index), on: canvas)
        let middle = Double(y(index) + CellSize.gutter) + Double(size.height) / 2
        labels[index].draw(
          on: canvas, x: Double(left - 12), top: middle - labels[index].height / 2, .quiet,
          anchor: .end)
      }
    }
  }
}
