/// How the lines of several series are told apart: by colours that every kind of colour vision tells
/// apart, and beyond their number by dashes as well.
struct SeriesStyle {
  /// The colour of line, markers and name.
  let color: Color

  private let dashes: [Double]

  private static let colors: [Color] = [
    .blue, .vermillion, .bluishGreen, .reddishPurple, .orange, .skyBlue,
  ]
  private static let patterns: [[Double]] = [[], [9, 5], [2.5, 4.5]]

  /// The style of the `index`-th series, from 0 on.
  init(_ index: Int) {
    let count = Self.colors.count
    color = Self.colors[index % count]
    dashes = Self.patterns[index / count % Self.patterns.count]
  }

  /// The line.
  var stroke: Canvas.Stroke { Canvas.Stroke(color: color, width: 2.4, dashes: dashes) }
}
