public import Images

/// Samples beside their nearest training pictures: whether the generator invents or remembers.
public enum NeighbourSheet {
  private static let screen = 1000
  /// The width that one picture aims at.
  private static let pictureWidth = 100
  private static let gap = 20

  /// Returns a PNG file with each sample on the left of its nearest training picture.
  ///
  /// - Parameters:
  ///   - pairs: What to show, and the distance between the two as text to be written beneath them.
  ///   - title: The run and the generation.
  ///   - subtitle: The feature space of the distance and whatever else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    pairs: [(sample: Picture, nearest: Picture, distance: String?)], title: String,
    subtitle: String
  ) throws(PicturesError) -> [UInt8] {
    try page(pairs: pairs, title: title, subtitle: subtitle).png()
  }

  static func page(
    pairs: [(sample: Picture, nearest: Picture, distance: String?)], title: String,
    subtitle: String
  ) -> Page {
    let margin = Int(Heading.margin)
    let size = CellSize(
      for: pairs.flatMap { [$0.sample, $0.nearest] }, columns: 2, nearest: 2 * pictureWidth)
    let stepX = size.width(of: 2) + gap
    let hasDistances = pairs.contains { $0.distance != nil }
    let caption = hasDistances ? Int(Font.tick.lineHeight) + 2 : 0
    let stepY = size.height(of: 1) + caption + gap
    let columns = max(1, min(pairs.count, (screen + gap) / stepX))
    let inner = max(columns * stepX - gap, 640)
    let heading = Heading(title: title, subtitle: subtitle, width: Double(inner))
    let key = TextBlock(
      "In each pair: a sample on the left, its nearest training picture on the right", .tick,
      width: Double(inner), maximumLines: 2)
    let keyTop = margin + Int(heading.height)
    let top = keyTop + Int(key.height) + 12
    let rows = (pairs.count + columns - 1) / columns
    return Page(
      width: inner + 2 * margin, height: top + max(0, rows * stepY - gap) + margin
    ) { canvas in
      heading.draw(on: canvas)
      key.draw(on: canvas, x: Heading.margin, top: Double(keyTop), .quiet)
      for (index, pair) in pairs.enumerated() {
        let x = margin + index % columns * stepX
        let y = top + index / columns * stepY
        size.draw([pair.sample, pair.nearest], columns: 2, x: x, y: y, on: canvas)
        guard let distance = pair.distance else { continue }
        let text = TextBlock.fitted(distance, .tick, width: Double(size.width(of: 2)))
        canvas.text(
          text,
          at: Point(
            Double(x) + Double(size.width(of: 2)) / 2,
            Double(y + size.height(of: 1)) + Font.tick.lineHeight), .tick, .quiet, anchor: .middle)
      }
    }
  }
}
