/// Title and subtitle at the top of a picture, broken into lines where it is narrow.
struct Heading {
  /// Between the border of a picture and what is in it.
  static let margin = 24.0

  private let title: TextBlock
  private let subtitle: TextBlock

  init(title: String, subtitle: String, width: Double) {
    self.title = TextBlock(title, .title, width: width, maximumLines: 3)
    self.subtitle = TextBlock(subtitle, .label, width: width, maximumLines: 4)
  }

  /// The height with the room beneath; 0 without text.
  var height: Double {
    let height = title.height + subtitle.height
    return height > 0 ? height + 16 : 0
  }

  /// Writes the heading with its upper left corner at a point.
  func draw(on canvas: Canvas, x: Double = Heading.margin, y: Double = Heading.margin) {
    title.draw(on: canvas, x: x, top: y)
    subtitle.draw(on: canvas, x: x, top: y + title.height, .quiet)
  }
}
