/// Metrics over the generations, as small multiples.
public enum Timeline {
  /// Returns the panels row by row, as PNG and SVG.
  ///
  /// - Parameters:
  ///   - panels: A metric each.
  ///   - title: The run.
  ///   - subtitle: Strategy and whatever else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    panels: [TimelinePanel], title: String, subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(panels: panels, title: title, subtitle: subtitle).rendered()
  }

  static func page(panels: [TimelinePanel], title: String, subtitle: String) -> Page {
    let columns =
      switch panels.count {
      case ...1: 1
      case 2, 4: 2
      default: 3
      }
    let layout = SmallMultiples(
      panels: panels, columns: columns, plotHeight: [440.0, 300, 210][columns - 1],
      startsAtZero: false)
    return layout.page(title: title, subtitle: subtitle)
  }
}
