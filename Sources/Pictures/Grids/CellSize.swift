import Images
import Samples

/// The size on the canvas of the cells of a grid of pictures: whole zoomed pixels and thin gutters.
struct CellSize: Equatable {
  /// The line between two cells and round the grid.
  static let gutter = 2

  /// The pixels of the canvas for one pixel of a picture.
  let zoom: Int
  let width: Int
  let height: Int

  /// Cells for the largest of the pictures, at the whole zoom that brings `columns` of them nearest
  /// to a width.
  init(for pictures: [Picture], columns: Int, nearest width: Int) {
    let pictureWidth = max(1, pictures.map(\.shape.width).max() ?? 1)
    let pictureHeight = max(1, pictures.map(\.shape.height).max() ?? 1)
    let unit = columns * pictureWidth
    let zoom = max(1, (2 * (width - CellSize.gutter * (columns + 1)) + unit) / (2 * unit))
    self.zoom = zoom
    self.width = pictureWidth * zoom
    self.height = pictureHeight * zoom
  }

  /// The width of so many cells in a row, with the gutters between and around them.
  func width(of columns: Int) -> Int {
    columns * (width + CellSize.gutter) + CellSize.gutter
  }

  /// The height of so many cells in a column, with the gutters between and around them.
  func height(of rows: Int) -> Int {
    rows * (height + CellSize.gutter) + CellSize.gutter
  }

  /// Draws pictures row by row, the gutters round each, from an upper left corner.
  func draw(_ pictures: [Picture], columns: Int, x: Int, y: Int, on canvas: Canvas) {
    for (index, picture) in pictures.enumerated() {
      let left = x + index % columns * (width + CellSize.gutter)
      let top = y + index / columns * (height + CellSize.gutter)
      canvas.fill(
        Rectangle(
          x: Double(left), y: Double(top), width: Double(width(of: 1)),
          height: Double(height(of: 1))), .gutter)
      canvas.picture(picture, x: left + CellSize.gutter, y: top + CellSize.gutter, zoom: zoom)
    }
  }
}
