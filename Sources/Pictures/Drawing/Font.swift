import CCairo

/// A size and weight of DejaVu Sans.
struct Font: Equatable, Sendable {
  let size: Double
  var bold = false

  /// The heading of a picture.
  static let title = Font(size: 22, bold: true)
  /// The heading of a panel.
  static let heading = Font(size: 16, bold: true)
  /// Subtitles, axis names and the names of lines.
  static let label = Font(size: 16)
  /// Numbers at the ticks and other small print.
  static let tick = Font(size: 14)

  /// From one line of text to the next.
  var lineHeight: Double { (size * 1.3).rounded(.up) }

  /// From the baseline to the top of a capital letter (0.73 em in DejaVu Sans).
  var capHeight: Double { size * 0.73 }

  /// Room above the baseline and below it that no glyph of a European script leaves.
  var ascent: Double { size * 0.93 }
  var descent: Double { size * 0.24 }

  /// The width of one line of text in pixels, from origin to origin.
  func width(of text: String) -> Double {
    ScaledFont.width(of: Font.printable(text), in: self)
  }

  /// The text with each control character as a space: a label is one line, and Cairo reads up to
  /// the first NUL.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

/// The only door to Cairo's fonts.
///
/// Hinting is off everywhere, so that text has the same size in an image, in an SVG file and here,
/// and one layout serves all three.
enum ScaledFont {
  static func width(of text: String, in font: Font) -> Double {
    let face = unsafe face(bold: font.bold)
    defer { unsafe cairo_font_face_destroy(face) }
    let options = unsafe options()
    defer { unsafe cairo_font_options_destroy(options) }
    var size = cairo_matrix_t()
    var identity = cairo_matrix_t()
    unsafe cairo_matrix_init_scale(&size, font.size, font.size)
    unsafe cairo_matrix_init_identity(&identity)
    let scaled = unsafe cairo_scaled_font_create(face, &size, &identity, options)
    defer { unsafe cairo_scaled_font_destroy(scaled) }
    var extents = cairo_text_extents_t()
    unsafe cairo_scaled_font_text_extents(scaled, text, &extents)
    return extents.x_advance
  }

  /// Lets a drawing context write in a font.
  static func select(_ font: Font, in context: OpaquePointer) {
    let face = unsafe face(bold: font.bold)
    defer { unsafe cairo_font_face_destroy(face) }
    let options = unsafe options()
    defer { unsafe cairo_font_options_destroy(options) }
    unsafe cairo_set_font_face(context, face)
    unsafe cairo_set_font_size(context, font.size)
    unsafe cairo_set_font_options(context, options)
  }

  private static func face(bold: Bool) -> OpaquePointer? {
    unsafe cairo_toy_font_face_create(
      "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
  }

  private static func options() -> OpaquePointer? {
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    return unsafe options
  }
}
