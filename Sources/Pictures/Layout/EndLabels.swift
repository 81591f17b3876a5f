/// The names of lines at the right of a plot, each as near to the end of its line as the others
/// allow.
enum EndLabels {
  /// One name.
  struct Label {
    let block: TextBlock
    let color: Color
    /// The end of the line.
    let target: Point
    /// Where there is not enough height for all, those of high rank number are left out first.
    let rank: Int
  }

  /// From the plot to the names; a thin line bridges it where a name had to move.
  static let gap = 14.0

  /// The broken text of a name.
  static func block(_ name: String, width: Double = 130, maximumLines: Int = 2) -> TextBlock {
    TextBlock(name, .tick, width: width, maximumLines: maximumLines)
  }

  /// Writes the names to the right of an area, none over another.
  static func draw(_ labels: [Label], beside area: Rectangle, on canvas: Canvas) {
    // Half a line may stand out at the top and the bottom, where the area ends.
    let top = area.y - Font.tick.lineHeight / 2
    let bottom = area.bottom + Font.tick.lineHeight / 2
    var kept: [Label] = []
    var height = 0.0
    for label in labels.sorted(by: { $0.rank < $1.rank })
    where height + label.block.height <= bottom - top {
      kept.append(label)
      height += label.block.height
    }
    // Stable in the order of the caller where targets are equal.
    kept = kept.enumerated().sorted {
      ($0.element.target.y, $0.offset) < ($1.element.target.y, $1.offset)
    }.map(\.element)
    let places = spread(
      kept.map { $0.target.y - $0.block.height / 2 }, heights: kept.map(\.block.height),
      from: top, to: bottom)
    for (label, place) in zip(kept, places) {
      let middle = place + label.block.height / 2
      let endsEarly = area.right - label.target.x > 12
      if endsEarly || abs(middle - label.target.y) > 3 {
        // Dotted where the line ends early, so that nobody takes it for the line going on.
        canvas.line(
          [Point(label.target.x + 7, label.target.y), Point(area.right + gap - 4, middle)],
          Canvas.Stroke(
            color: label.color.opacity(0.5), width: 1, dashes: endsEarly ? [0.5, 4] : []))
      }
      label.block.draw(on: canvas, x: area.right + gap, top: place, label.color.asInk)
    }
  }

  /// The tops nearest to the wanted ones, in least squares, that keep the order and leave each its
  /// height between two borders.
  ///
  /// With the heights above it taken from each top, "no overlap" becomes "not decreasing", so this
  /// is isotonic regression by pooling adjacent violators.
  static func spread(
    _ tops: [Double], heights: [Double], from low: Double, to high: Double
  ) -> [Double] {
    var offsets: [Double] = []
    var total = 0.0
    for height in heights {
      offsets.append(total)
      total += height
    }
    var pools: [(sum: Double, count: Int)] = []
    for (top, offset) in zip(tops, offsets) {
      var pool = (sum: top - offset, count: 1)
      while let last = pools.last, last.sum / Double(last.count) > pool.sum / Double(pool.count) {
        pool = (last.sum + pool.sum, last.count + pool.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    let fitted = pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    return zip(fitted, offsets).map { min(max($0, low), max(low, high - total)) + $1 }
  }
}

extension EndLabels {
  /// The names without those that would have to move because of one of lower rank number.
  ///
  /// For many lines that end close together, where a name far from its line would say less than
  /// none.
  static func withoutCrowding(_ labels: [Label]) -> [Label] {
    var kept: [Label] = []
    for label in labels.sorted(by: { $0.rank < $1.rank }) {
      let isFree = kept.allSatisfy { other in
        abs(other.target.y - label.target.y) >= (other.block.height + label.block.height) / 2
      }
      if isFree || label.rank < 2 { kept.append(label) }
    }
    return kept
  }
}
