/// The layout of panels over the generations: all of one size, with one axis of generations.
struct SmallMultiples {
  static let width = 1260.0
  private static let columnGap = 28.0
  private static let rowGap = 26.0

  let panels: [TimelinePanel]
  let columns: Int
  /// The least height of a panel's plot; names beside it may need more.
  let leastPlotHeight: Double
  /// The most that a name beside a panel takes of its width.
  let nameWidth: Double
  /// Whether every axis of values starts at 0, for quantities of which nothing means absence.
  let startsAtZero: Bool

  init(
    panels: [TimelinePanel], columns: Int, plotHeight: Double, startsAtZero: Bool,
    nameWidth: Double = 130
  ) {
    self.panels = panels
    self.columns = columns
    leastPlotHeight = plotHeight
    self.startsAtZero = startsAtZero
    self.nameWidth = nameWidth
  }

  func page(title: String, subtitle: String) -> Page {
    let margin = Heading.margin
    let inner = SmallMultiples.width - 2 * margin
    let heading = Heading(title: title, subtitle: subtitle, width: inner)
    let panelWidth =
      (inner - SmallMultiples.columnGap * Double(columns - 1)) / Double(columns)

    let plots = panels.map { PanelPlot($0, width: panelWidth, nameWidth: nameWidth) }
    // Half a line of the names may stand out at the top and at the bottom.
    let plotHeight = max(
      leastPlotHeight,
      ((plots.map(\.namesHeight).max() ?? 0) - Font.tick.lineHeight).rounded(.up))
    let header = plots.map(\.headerHeight).max() ?? 0
    let valueAxes = panels.map { valueAxis(of: $0, height: plotHeight) }
    let left = (valueAxes.map(\.labelWidth).max() ?? 0) + PlotFrame.gap
    let right = plots.map(\.labelWidth).max() ?? 0
    let plotWidth = panelWidth - left - right
    let generations = generationAxis(plotWidth)

    let panelHeight = header + plotHeight + PlotFrame.tickHeight
    let rows = (panels.count + columns - 1) / columns
    let top = margin + heading.height
    let bodyHeight =
      Double(rows) * (panelHeight + SmallMultiples.rowGap) - SmallMultiples.rowGap
      + PlotFrame.nameHeight
    return Page(
      width: Int(SmallMultiples.width),
      height: Int((top + max(0, bodyHeight) + margin).rounded(.up))
    ) { canvas in
      heading.draw(on: canvas)
      for (index, plot) in plots.enumerated() {
        let x = margin + Double(index % columns) * (panelWidth + SmallMultiples.columnGap)
        let y = top + Double(index / columns) * (panelHeight + SmallMultiples.rowGap)
        let area = Rectangle(
          x: (x + left).rounded(), y: (y + header).rounded(), width: plotWidth.rounded(),
          height: plotHeight)
        let frame = PlotFrame(area: area, x: generations, y: valueAxes[index])
        plot.draw(in: frame, x: x, top: y, on: canvas)
        // The last panel of each column names the axis for those above it.
        if index + columns >= plots.count {
          frame.nameHorizontalAxis("generation", on: canvas)
        }
      }
    }
  }

  private func valueAxis(of panel: TimelinePanel, height: Double) -> Axis {
    Axis(
      covering: panel.values + (startsAtZero ? [0] : []),
      scale: panel.logarithmic ? .logarithmic : .linear, atMost: Int(height / 30))
  }

  private func generationAxis(_ plotWidth: Double) -> Axis {
    let generations = panels.flatMap(\.series).flatMap(\.points).map(\.x).filter(\.isFinite)
    let first = generations.min() ?? 0
    let last = max(generations.max() ?? 1, first + 1)
    // Half a marker of air, so that the first and last points are whole.
    let air = 6 / plotWidth * (last - first)
    return Axis(first - air, last + air, along: plotWidth, whole: true)
  }
}
