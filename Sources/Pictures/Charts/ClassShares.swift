/// The share of each class over the generations, against its share of the real pictures.
public enum ClassShares {
  /// With more classes, the smallest are drawn as one.
  private static let mostPanels = 24

  /// Returns small multiples, a class each, every axis from 0, as PNG and SVG.
  ///
  /// - Parameters:
  ///   - classes: The names.
  ///   - shares: For each generation, from 0, the share of each class, `nil` where unknown.
  ///   - real: The share of each class among the real pictures.
  ///   - title: The run.
  ///   - subtitle: Strategy and whatever else must be known.
  /// - Throws: ``PicturesError`` if the picture is too large or Cairo fails.
  public static func render(
    classes: [String], shares: [[Double?]], real: [Double], title: String, subtitle: String
  ) throws(PicturesError) -> RenderedPicture {
    try page(classes: classes, shares: shares, real: real, title: title, subtitle: subtitle)
      .rendered()
  }

  static func page(
    classes: [String], shares: [[Double?]], real: [Double], title: String, subtitle: String
  ) -> Page {
    precondition(
      real.count == classes.count && shares.allSatisfy { $0.count == classes.count },
      "not one share for each of \(classes.count) classes")
    let (kept, others) = Self.panels(real: real)
    var panels = kept.map { index in
      panel(classes[index], real: real[index], shares: shares.map { $0[index] })
    }
    if !others.isEmpty {
      let sums = shares.map { generation in
        let known = others.compactMap { generation[$0] }
        return known.count == others.count ? known.reduce(0, +) : nil
      }
      panels.append(
        panel(
          "\(others.count) other classes", real: others.map { real[$0] }.reduce(0, +),
          shares: sums))
    }
    return SmallMultiples(
      panels: panels, columns: max(1, min(4, panels.count)), plotHeight: 120, startsAtZero: true
    ).page(title: title, subtitle: subtitle)
  }

  /// Which classes have a panel of their own, in the order of the caller, and which share the last one:
  /// the smallest, where there are more classes than panels.
  ///
  /// - Parameter real: The share of each class among the real pictures.
  package static func panels(real: [Double]) -> (alone: [Int], together: [Int]) {
    guard real.count > mostPanels else { return (Array(real.indices), []) }
    let bySize = real.indices.sorted { (real[$1], $0) < (real[$0], $1) }
    return (bySize.prefix(mostPanels - 1).sorted(), Array(bySize.dropFirst(mostPanels - 1)))
  }

  private static func panel(_ name: String, real: Double, shares: [Double?]) -> TimelinePanel {
    let last = Double(max(shares.count - 1, 1))
    return TimelinePanel(
      title: name,
      series: [
        TimelineSeries(
          label: "real", points: [0, last].map { TimelinePoint(x: $0, value: real) },
          role: .control),
        TimelineSeries(
          label: "",
          points: shares.enumerated().map {
            TimelinePoint(x: Double($0.offset), value: $0.element)
          },
          role: .run),
      ])
  }
}
