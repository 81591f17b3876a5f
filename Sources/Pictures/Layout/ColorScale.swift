import Foundation

/// A quantity shown as colour: the map from its values to a position on a colour map, and the bar
/// that explains it.
struct ColorScale {
  private let map: ColorMap
  private let position: (Double) -> Double
  /// The values with a number at the bar: where, and the text.
  private let ticks: [(position: Double, label: String)]

  /// A scale from the one value to the other.
  init(_ map: ColorMap, from low: Double, to high: Double, scale: Axis.Scale) {
    let axis = Axis(low, high, along: ColorScale.length, scale: scale)
    self.map = map
    position = { axis.clampedFraction(of: $0) }
    ticks = zip(axis.ticks, axis.labels).map { (axis.clampedFraction(of: $0), $1) }
  }

  /// A scale for absolute z-scores from 0.
  ///
  /// It is linear near 0 and logarithmic far from it, as `asinh(|z|/2)`,
  /// so that both a doubtful and an enormous deviation can be read. Up to 100 of them.
  init(_ map: ColorMap, zUpTo largest: Double) {
    let top = asinh(largest / 2)
    func position(_ z: Double) -> Double { asinh(min(abs(z), largest) / 2) / top }
    self.map = map
    self.position = position
    ticks = [0.0, 2, 5, 10, 20, 50, 100].filter { $0 <= largest }.map {
      (position($0), NumberText.short($0, digits: 1))
    }
  }

  /// The colour of a value.
  func color(of value: Double) -> Color { map.color(at: position(value)) }

  /// The height of the bar with its numbers.
  static let height = thickness + PlotFrame.gap + Font.tick.lineHeight

  private static let thickness = 16.0
  private static let length = 320.0

  /// Draws the bar from left to right with its numbers beneath and the name of the quantity beside
  /// it.
  func draw(on canvas: Canvas, x: Double, top: Double, name: String, width: Double) {
    let bar = Rectangle(
      x: x, y: top, width: min(ColorScale.length, width), height: ColorScale.thickness)
    let columns = Int(bar.width)
    for column in 0..<columns {
      // Each strip reaches under the next one, which would otherwise show as hairlines in SVG.
      canvas.fill(
        Rectangle(
          x: x + Double(column), y: top, width: column + 1 < columns ? 2 : 1, height: bar.height),
        map.color(at: (Double(column) + 0.5) / Double(columns)))
    }
    for (position, label) in ticks {
      let place = x + position * bar.width
      canvas.line(
        [Point(place, bar.bottom), Point(place, bar.bottom + 4)], Canvas.Stroke(color: .axis))
      canvas.text(
        label, at: Point(place, bar.bottom + PlotFrame.gap + Font.tick.ascent), .tick, .quiet,
        anchor: .middle)
    }
    let room = width - bar.width - 14
    if room > 40 {
      canvas.text(
        TextBlock.fitted(name, .tick, width: room),
        at: Point(bar.right + 14, bar.center.y + Font.tick.capHeight / 2), .tick, .quiet)
    }
  }
}
