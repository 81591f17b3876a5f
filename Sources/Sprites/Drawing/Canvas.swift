import CCairo

/// A square sheet to draw on, and the only door to Cairo.
///
/// The drawing's coordinates run from −50 to 50 in both directions whatever the number of pixels, y
/// down. The sheet is opaque. It holds several dots for each pixel and averages them when it is
/// read, so that edges which meet leave no seam and small pictures stay crisp.
@safe final class Canvas {
  private let size: Int
  private let oversampling: Int
  private let surface: OpaquePointer
  private let context: OpaquePointer

  /// Creates a sheet of `size × size` pixels covered with a colour.
  ///
  /// - Throws: ``SpriteError/cairo(_:)`` if there is no memory for it.
  init(size: Int, background: Color) throws(SpriteError) {
    self.size = size
    oversampling = max(2, 256 / size)
    let dots = Int32(size * oversampling)
    guard let surface = unsafe cairo_image_surface_create(CAIRO_FORMAT_RGB24, dots, dots),
      let context = unsafe cairo_create(surface)
    else { throw .cairo("no surface") }
    unsafe self.surface = surface
    unsafe self.context = context
    try check()
    set(.flat(background))
    unsafe cairo_paint(context)
    unsafe cairo_scale(context, Double(dots) / 100, Double(dots) / 100)
    unsafe cairo_translate(context, 50, 50)
    unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  private func check() throws(SpriteError) {
    let status = unsafe cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .cairo(unsafe String(cString: cairo_status_to_string(status)))
    }
  }
}

// MARK: - Drawing

extension Canvas {
  /// Fills a shape.
  func fill(_ path: Path, _ paint: Paint) {
    trace(path)
    set(paint)
    unsafe cairo_fill(context)
  }

  /// Fills a shape with one colour.
  func fill(_ path: Path, _ color: Color) {
    fill(path, .flat(color))
  }

  /// Draws a line along a path, with round ends.
  func stroke(_ path: Path, _ color: Color, width: Double) {
    trace(path)
    set(.flat(color))
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_stroke(context)
  }

  /// Draws what stays inside a shape.
  func clipped(to path: Path, _ drawing: () -> Void) {
    unsafe cairo_save(context)
    trace(path)
    unsafe cairo_clip(context)
    drawing()
    unsafe cairo_restore(context)
  }

  /// Draws with the coordinates moved, then turned clockwise (degrees), then scaled.
  func placed(
    at origin: Point = (0, 0), turned angle: Double = 0, scaled scale: Point = (1, 1),
    _ drawing: () -> Void
  ) {
    unsafe cairo_save(context)
    unsafe cairo_translate(context, origin.x, origin.y)
    unsafe cairo_rotate(context, angle * .pi / 180)
    unsafe cairo_scale(context, scale.x, scale.y)
    drawing()
    unsafe cairo_restore(context)
  }

  /// Draws once as it is and once reflected in the vertical axis.
  func bothSides(_ drawing: () -> Void) {
    drawing()
    placed(scaled: (-1, 1), drawing)
  }

  private func trace(_ path: Path) {
    unsafe cairo_new_path(context)
    for element in path.elements {
      switch element {
      case .move(let point): unsafe cairo_move_to(context, point.x, point.y)
      case .line(let point): unsafe cairo_line_to(context, point.x, point.y)
      case .curve(let first, let second, let end):
        unsafe cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
      case .close: unsafe cairo_close_path(context)
      }
    }
  }

  private func set(_ paint: Paint) {
    switch paint {
    case .flat(let color):
      unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
    case .linear(let start, let end, let colors):
      let pattern = unsafe cairo_pattern_create_linear(start.x, start.y, end.x, end.y)
      for (index, color) in colors.enumerated() {
        unsafe cairo_pattern_add_color_stop_rgba(
          pattern, Double(index) / Double(max(1, colors.count - 1)), color.red, color.green,
          color.blue, color.opacity)
      }
      unsafe cairo_set_source(context, pattern)
      unsafe cairo_pattern_destroy(pattern)
    }
  }
}

// MARK: - Reading

extension Canvas {
  /// The picture: red, green and blue of each pixel, row after row.
  ///
  /// - Throws: ``SpriteError/cairo(_:)`` if anything that was drawn failed.
  func pixels() throws(SpriteError) -> [UInt8] {
    try check()
    unsafe cairo_surface_flush(surface)
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      throw .cairo("no pixels")
    }
    let stride = Int(unsafe cairo_image_surface_get_stride(surface))
    let count = oversampling * oversampling
    var bytes = [UInt8](repeating: 0, count: size * size * 3)
    for y in 0..<size {
      for x in 0..<size {
        // Red and blue are added up side by side in the halves of one word, green in another.
        var redBlue = 0
        var green = 0
        for row in 0..<oversampling {
          let start = unsafe UnsafeRawPointer(data).advanced(
            by: (y * oversampling + row) * stride + 4 * x * oversampling)
          for column in 0..<oversampling {
            let dot = Int(unsafe start.load(fromByteOffset: 4 * column, as: UInt32.self))
            redBlue += (dot >> 16 & 255) << 32 | dot & 255
            green += dot >> 8 & 255
          }
        }
        let place = 3 * (y * size + x)
        bytes[place] = UInt8(((redBlue >> 32) + count / 2) / count)
        bytes[place + 1] = UInt8((green + count / 2) / count)
        bytes[place + 2] = UInt8(((redBlue & 0xFFFF_FFFF) + count / 2) / count)
      }
    }
    return bytes
  }
}
