/// A drawing of known size that can be put on any canvas.
struct Page {
  let width: Int
  let height: Int
  private let draw: (Canvas) -> Void

  init(width: Int, height: Int, draw: @escaping (Canvas) -> Void) {
    self.width = width
    self.height = height
    self.draw = draw
  }

  /// A canvas with the drawing on it.
  func canvas(_ format: Canvas.Format) throws(PicturesError) -> Canvas {
    let canvas = try Canvas(width: width, height: height, format: format)
    draw(canvas)
    return canvas
  }

  /// The drawing as a PNG file.
  func png() throws(PicturesError) -> [UInt8] {
    try canvas(.png).finish()
  }

  /// The drawing as PNG and SVG files.
  func rendered() throws(PicturesError) -> RenderedPicture {
    RenderedPicture(png: try png(), svg: try canvas(.svg).finish())
  }
}
