import CCairo
import Images
import Samples

/// The only door to Cairo's drawing: one surface, of pixels or of SVG, on which the same code
/// draws.
///
/// The origin is the upper left corner and the unit is a pixel. Cairo keeps the first failure in
/// the surface and ignores everything after it, so only ``finish()`` throws.
@safe final class Canvas {
  /// What the surface turns into.
  enum Format {
    case png
    case svg
  }

  /// How a line is drawn.
  struct Stroke {
    var color: Color
    var width = 1.0
    /// Lengths of dashes and gaps in turn; empty for a whole line.
    var dashes: [Double] = []
  }

  /// Where a text lies, relative to its point.
  enum Anchor {
    case start
    case middle
    case end
  }

  /// A text as it was drawn, kept so that tests can see that none is cut and none covers another.
  struct TextMark: Equatable {
    let text: String
    let bounds: Rectangle
  }

  /// The largest side that Cairo's images can have.
  static let limit = 32767

  let width: Int
  let height: Int

  /// Every text drawn so far.
  private(set) var textLog: [TextMark] = []

  private let format: Format
  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let output = ByteSink()

  /// Creates a white canvas.
  init(width: Int, height: Int, format: Format) throws(PicturesError) {
    guard width <= Canvas.limit, height <= Canvas.limit else {
      throw .tooLarge(width: width, height: height, limit: Canvas.limit)
    }
    self.width = width
    self.height = height
    self.format = format
    let created =
      switch format {
      case .png:
        unsafe cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
      case .svg:
        // SVG arrives at the sink when the surface is finished; the canvas keeps the sink until
        // then.
        unsafe cairo_svg_surface_create_for_stream(
          ByteSink.append, Unmanaged.passUnretained(output).toOpaque(), Double(width),
          Double(height))
      }
    guard let created = unsafe created, let context = unsafe cairo_create(created) else {
      throw .cairo("out of memory")
    }
    unsafe surface = created
    unsafe self.context = context
    if format == .svg {
      unsafe cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
    }
    unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    fill(Rectangle(x: 0, y: 0, width: Double(width), height: Double(height)), .white)
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  /// The file's bytes; nothing can be drawn afterwards.
  func finish() throws(PicturesError) -> [UInt8] {
    try Canvas.check(unsafe cairo_status(context))
    switch format {
    case .png:
      // Encoded here and not by Cairo, which compresses for several times as long to save a tenth.
      let picture = try pixels()
      do throws(EncodingError) {
        return try PNG.encode(picture)
      } catch {
        throw .encoding(error)
      }
    case .svg:
      unsafe cairo_surface_finish(surface)
      try Canvas.check(unsafe cairo_surface_status(surface))
      return SVGIdentifiers.renumbered(output.bytes)
    }
  }

  /// What was drawn, in colour.
  private func pixels() throws(PicturesError) -> Picture {
    unsafe cairo_surface_flush(surface)
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      throw .cairo("no pixels")
    }
    let stride = Int(unsafe cairo_image_surface_get_stride(surface))
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: 3 * width * height) { bytes, count in
      var place = 0
      for row in 0..<height {
        let line = unsafe UnsafeRawPointer(data).advanced(by: row * stride)
        for column in 0..<width {
          let word = unsafe line.load(fromByteOffset: 4 * column, as: UInt32.self)
          unsafe bytes[place] = UInt8(truncatingIfNeeded: word >> 16)
          unsafe bytes[place + 1] = UInt8(truncatingIfNeeded: word >> 8)
          unsafe bytes[place + 2] = UInt8(truncatingIfNeeded: word)
          place += 3
        }
      }
      count = place
    }
    return Picture(shape: PictureShape(width: width, height: height, channels: 3), pixels: pixels)
  }

  private static func check(_ status: cairo_status_t) throws(PicturesError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .cairo(unsafe String(cString: cairo_status_to_string(status)))
  }
}

// MARK: - Shapes

extension Canvas {
  /// Draws the straight lines from each point to the next.
  func line(_ points: [Point], _ stroke: Stroke) {
    guard points.count > 1 else { return }
    trace(points)
    paint(stroke)
  }

  /// Fills the area inside the points.
  func polygon(_ points: [Point], fill color: Color) {
    guard points.count > 2 else { return }
    trace(points)
    unsafe cairo_close_path(context)
    paint(color)
  }

  /// Fills a rectangle.
  func fill(_ rectangle: Rectangle, _ color: Color) {
    trace(rectangle)
    paint(color)
  }

  /// Draws the border of a rectangle.
  func frame(_ rectangle: Rectangle, _ stroke: Stroke) {
    trace(rectangle)
    paint(stroke)
  }

  /// Fills a disc, with a border if there is a stroke.
  func circle(_ center: Point, radius: Double, fill color: Color, stroke: Stroke? = nil) {
    unsafe cairo_new_path(context)
    unsafe cairo_arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
    setColor(color)
    if let stroke {
      unsafe cairo_fill_preserve(context)
      paint(stroke)
    } else {
      unsafe cairo_fill(context)
    }
  }

  /// Draws only what falls inside a rectangle.
  func clipped(to rectangle: Rectangle, _ draw: () -> Void) {
    unsafe cairo_save(context)
    trace(rectangle)
    unsafe cairo_clip(context)
    draw()
    unsafe cairo_restore(context)
  }

  private func trace(_ points: [Point]) {
    unsafe cairo_new_path(context)
    for point in points { unsafe cairo_line_to(context, point.x, point.y) }
  }

  private func trace(_ rectangle: Rectangle) {
    unsafe cairo_new_path(context)
    unsafe cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
  }

  private func paint(_ color: Color) {
    setColor(color)
    unsafe cairo_fill(context)
  }

  private func paint(_ stroke: Stroke) {
    setColor(stroke.color)
    unsafe cairo_set_line_width(context, stroke.width)
    unsafe cairo_set_dash(context, stroke.dashes, Int32(stroke.dashes.count), 0)
    unsafe cairo_stroke(context)
  }

  private func setColor(_ color: Color) {
    unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
  }
}

// MARK: - Text

extension Canvas {
  /// Writes one line of text with its baseline through a point.
  ///
  /// - Parameters:
  ///   - anchor: Which part of the text is at the point.
  ///   - upwards: Whether the text runs from bottom to top, as along a vertical axis.
  ///   - halo: Whether a white rim sets the text off from lines that it crosses.
  func text(
    _ string: String, at point: Point, _ font: Font, _ color: Color = .ink,
    anchor: Anchor = .start, upwards: Bool = false, halo: Bool = false
  ) {
    let string = Font.printable(string)
    guard !string.isEmpty else { return }
    let advance = font.width(of: string)
    let offset =
      switch anchor {
      case .start: 0.0
      case .middle: -advance / 2
      case .end: -advance
      }
    unsafe cairo_save(context)
    unsafe cairo_translate(context, point.x, point.y)
    if upwards { unsafe cairo_rotate(context, -Double.pi / 2) }
    unsafe ScaledFont.select(font, in: context)
    if halo {
      unsafe cairo_move_to(context, offset, 0)
      unsafe cairo_text_path(context, string)
      paint(Stroke(color: .white, width: 4))
    }
    setColor(color)
    unsafe cairo_move_to(context, offset, 0)
    unsafe cairo_show_text(context, string)
    unsafe cairo_restore(context)

    let ascent = font.ascent
    let thickness = ascent + font.descent
    textLog.append(
      TextMark(
        text: string,
        bounds: upwards
          ? Rectangle(
            x: point.x - ascent, y: point.y - offset - advance, width: thickness, height: advance)
          : Rectangle(
            x: point.x + offset, y: point.y - ascent, width: advance, height: thickness)))
  }
}

// MARK: - Pictures

extension Canvas {
  /// Draws a picture with its upper left corner at whole pixels, each of its pixels as a square of
  /// `zoom` pixels.
  func picture(_ picture: Picture, x: Int, y: Int, zoom: Int) {
    let width = picture.shape.width * zoom
    let height = picture.shape.height * zoom
    guard width > 0, height > 0 else { return }
    // Enlarged here and not by Cairo: viewers of SVG smooth what they enlarge.
    var pixels = Canvas.enlarged(picture, by: zoom)
    unsafe pixels.withUnsafeMutableBytes { bytes in
      let image = unsafe cairo_image_surface_create_for_data(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_RGB24,
        Int32(width), Int32(height), Int32(width * 4))
      unsafe cairo_set_source_surface(context, image, Double(x), Double(y))
      unsafe cairo_paint(context)
      // The context lets go of the image before its memory ends.
      unsafe cairo_set_source_rgb(context, 0, 0, 0)
      unsafe cairo_surface_finish(image)
      unsafe cairo_surface_destroy(image)
    }
  }

  /// Cairo's 0x00RRGGBB words, row after row.
  private static func enlarged(_ picture: Picture, by zoom: Int) -> [UInt32] {
    let shape = picture.shape
    var words: [UInt32] = []
    words.reserveCapacity(shape.width * shape.height * zoom * zoom)
    for row in 0..<shape.height {
      let start = words.count
      for column in 0..<shape.width {
        let pixel = (row * shape.width + column) * shape.channels
        let red = UInt32(picture.pixels[pixel])
        let green = shape.channels == 3 ? UInt32(picture.pixels[pixel + 1]) : red
        let blue = shape.channels == 3 ? UInt32(picture.pixels[pixel + 2]) : red
        words.append(contentsOf: repeatElement(red << 16 | green << 8 | blue, count: zoom))
      }
      let line = Array(words[start...])
      for _ in 1..<zoom { words.append(contentsOf: line) }
    }
    return words
  }
}

/// Where Cairo puts the bytes of a file.
private final class ByteSink {
  var bytes: [UInt8] = []

  static let append: cairo_write_func_t = { closure, data, length in
    guard let closure = unsafe closure, let data = unsafe data else {
      return CAIRO_STATUS_WRITE_ERROR
    }
    let sink = unsafe Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
    unsafe sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }
}
