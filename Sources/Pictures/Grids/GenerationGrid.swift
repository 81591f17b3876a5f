public import Images

/// The samples of one generation in a grid.
///
/// Drawn from the same latents in every generation, the cells can be compared by flipping from one
/// grid to the next: the size depends on the number of cells and their pictures' size alone as long
/// as title and subtitle need as many lines.
public enum GenerationGrid {
  /// The width that the zoom aims at.
  private static let screen = 1000

  /// Returns a PNG file with the pictures row by row under a title.
  ///
  /// - Parameters:
  ///   - cells: The pictures, of one size.
  ///   - columns: The number of pictures in a row, at least 1.
  ///   - title: The run and the generation.
  ///   - subtitle: The strategy and the leading numbers with their bands.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    cells: [Picture], columns: Int, title: String, subtitle: String
  ) throws(PicturesError) -> [UInt8] {
    try page(cells: cells, columns: columns, title: title, subtitle: subtitle).png()
  }

  static func page(cells: [Picture], columns: Int, title: String, subtitle: String) -> Page {
    precondition(columns > 0, "a grid of \(columns) columns")
    let margin = Int(Heading.margin)
    let size = CellSize(for: cells, columns: columns, nearest: screen)
    let inner = max(size.width(of: columns), 640)
    let heading = Heading(title: title, subtitle: subtitle, width: Double(inner))
    let top = margin + Int(heading.height)
    let rows = (cells.count + columns - 1) / columns
    return Page(width: inner + 2 * margin, height: top + size.height(of: rows) + margin) { canvas in
      heading.draw(on: canvas)
      size.draw(
        cells, columns: columns, x: margin + (inner - size.width(of: columns)) / 2, y: top,
        on: canvas)
    }
  }
}
