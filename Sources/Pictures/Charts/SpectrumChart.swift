/// The eigenvalues of the covariance, generation by generation: collapse is the fall of the tail.
public enum SpectrumChart {
  private static let width = 1140.0
  private static let plotHeight = 520.0
  /// Eigenvalues so much smaller than the largest are rounding, and do not stretch the axis.
  private static let floor = 1e-9

  /// Returns the spectra on a logarithmic axis as PNG and SVG.
  ///
  /// - Parameters:
  ///   - series: The generations in order, each with its eigenvalues from the largest to the
  ///     smallest. Colours follow the order along viridis.
  ///   - reference: What they are read against, such as the real spectrum: drawn dotted in black.
  ///   - title: What is shown.
  ///   - subtitle: The run and whatever else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    series: [(label: String, eigenvalues: [Double])],
    reference: (label: String, eigenvalues: [Double])? = nil, title: String, subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(series: series, reference: reference, title: title, subtitle: subtitle).rendered()
  }

  static func page(
    series: [(label: String, eigenvalues: [Double])],
    reference: (label: String, eigenvalues: [Double])?, title: String, subtitle: String
  ) -> Page {
    let margin = Heading.margin
    let heading = Heading(title: title, subtitle: subtitle, width: width - 2 * margin)
    let all = (series.flatMap(\.eigenvalues) + (reference?.eigenvalues ?? [])).filter(\.isFinite)
    let smallest = max(0, all.max() ?? 0) * floor
    let y = Axis(covering: all.filter { $0 > smallest }, scale: .logarithmic, atMost: 8)
    let count = Double(
      max(2, (series + (reference.map { [$0] } ?? [])).map(\.eigenvalues.count).max() ?? 2))
    let name = TextBlock(
      "eigenvalue of the covariance", .tick, width: width - 2 * margin, maximumLines: 1)
    let blocks = series.map { EndLabels.block($0.label) }
    let referenceBlock = reference.map { EndLabels.block($0.label) }
    let labelWidth = ((blocks + [referenceBlock].compactMap { $0 }).map(\.width).max() ?? 0)
    let left = margin + y.labelWidth + PlotFrame.gap
    let top = margin + heading.height + name.height + 8
    let plotWidth = (width - margin - left - EndLabels.gap - labelWidth).rounded()
    let area = Rectangle(
      x: left.rounded(), y: top.rounded(), width: plotWidth, height: plotHeight)
    let frame = PlotFrame(
      area: area, x: Axis(1, count, along: plotWidth, whole: true), y: y)
    return Page(
      width: Int(width),
      height: Int(area.bottom + PlotFrame.tickHeight + PlotFrame.nameHeight + margin)
    ) { canvas in
      heading.draw(on: canvas)
      name.draw(on: canvas, x: margin, top: top - 8 - name.height, .quiet)
      frame.draw(on: canvas)
      frame.nameHorizontalAxis("principal component", on: canvas)
      var labels: [EndLabels.Label] = []
      for (index, line) in series.enumerated() {
        let color = ColorMap.ordered(index, of: series.count)
        let end = draw(
          line.eigenvalues, Canvas.Stroke(color: color, width: 2.2), frame, on: canvas)
        guard let end else { continue }
        let isOuter = index == 0 || index == series.count - 1
        labels.append(
          EndLabels.Label(
            block: blocks[index], color: color, target: end, rank: isOuter ? 0 : 2))
      }
      if let reference, let referenceBlock {
        let end = draw(
          reference.eigenvalues, Canvas.Stroke(color: .ink, width: 1.8, dashes: [1.5, 4.5]), frame,
          on: canvas)
        if let end {
          labels.append(
            EndLabels.Label(block: referenceBlock, color: .ink, target: end, rank: 1))
        }
      }
      EndLabels.draw(
        EndLabels.withoutCrowding(labels), beside: area, on: canvas)
    }
  }

  /// Draws one spectrum and returns where it ends.
  private static func draw(
    _ eigenvalues: [Double], _ stroke: Canvas.Stroke, _ frame: PlotFrame, on canvas: Canvas
  ) -> Point? {
    // What is below the axis by rounding alone is not a fall.
    let points = eigenvalues.enumerated().compactMap { index, value in
      value >= frame.y.low ? frame.point(Double(index + 1), value) : nil
    }
    canvas.clipped(to: frame.area.inset(by: -4)) {
      canvas.line(points, stroke)
      if points.count == 1 { canvas.circle(points[0], radius: 3.6, fill: stroke.color) }
    }
    return points.last
  }
}
