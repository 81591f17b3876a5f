/// Metrics over the generations, as small multiples.
public enum Timeline {
  /// Returns the panels row by row, as PNG and SVG.
  ///
  /// - Parameters:
  ///   - panels: A metric each.
  ///   - title: The run.
  ///   - subtitle: Strategy and whatever else must be known.
  ///   - startsAtZero: Whether every axis of values starts at 0.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    panels: [TimelinePanel], title: String, subtitle: String, startsAtZero: Bool = false
  ) throws(PicturesError) -> RenderedPicture {
    try page(panels: panels, title: title, subtitle: subtitle, startsAtZero: startsAtZero)
      .rendered()
  }

  /// The most lines of a panel that is one of three in a row.
  private static let mostLines = 6

  static func page(
    panels: [TimelinePanel], title: String, subtitle: String, startsAtZero: Bool = false
  ) -> Page {
    // Many lines need long names and much height for them.
    let isCrowded = panels.contains { $0.series.count > mostLines }
    let columns =
      switch panels.count {
      case ...1: 1
      case 2, 4: 2
      default: isCrowded ? 2 : 3
      }
    let layout = SmallMultiples(
      panels: panels, columns: columns, plotHeight: [440.0, 300, 210][columns - 1],
      startsAtZero: startsAtZero, nameWidth: isCrowded && columns < 3 ? 240 : 130)
    return layout.page(title: title, subtitle: subtitle)
  }
}
