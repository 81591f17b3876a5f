import LinearAlgebra
import Metrics
import Pictures
import Recursion
import Samples

/// The pictures of one generation.
struct GenerationPictures: Sendable {
  private let view: GenerationView

  init(_ view: GenerationView) {
    self.view = view
  }

  /// The files, drawn side by side.
  func files() throws -> [NamedFile] {
    let drawings: [@Sendable () throws -> NamedFile?] = [
      { (name: "distances.png", bytes: try distances()) },
      { try grid().map { (name: "grid.png", bytes: $0) } },
      { try lost().map { (name: "lost.png", bytes: $0) } },
      { try hallucinated().map { (name: "hallucinated.png", bytes: $0) } },
    ]
    return try Parallelism.map(drawings.count) { index in Result { try drawings[index]() } }
      .compactMap { try $0.get() }
  }

  private func grid() throws -> [UInt8]? {
    guard let display = view.display, let shape = display.shape else { return nil }
    let columns = shape.width <= 96 ? 10 : 8
    let count = min(display.count, columns * columns)
    return try GenerationGrid.render(
      cells: display.pictures(0..<count), columns: columns, title: title,
      subtitle: Headline(view.measurements).text.joined(separator: "   "))
  }

  private func lost() throws -> [UInt8]? {
    guard let explanation = view.explanation else { return nil }
    let attribution = explanation.attribution
    return try attributed(
      attribution.lost, of: explanation.heldOut, named: explanation.heldOutName
    ).render(
      title: "\(title): lost",
      subtitle:
        "\(attribution.lost.count) of \(attribution.realCount) held-out real pictures "
        + "(\(Self.percent(attribution.lost.count, attribution.realCount))\(null(.recall))) lie in "
        + "no generated ball in \(explanation.space.rawValue). "
        + AttributionGrid.key(to: "generated", own: "real", k: attribution.k),
      empty: "Every held-out real picture is covered.")
  }

  private func hallucinated() throws -> [UInt8]? {
    guard let explanation = view.explanation else { return nil }
    let attribution = explanation.attribution
    return try attributed(attribution.hallucinated, of: explanation.generated, named: { "\($0)" })
      .render(
        title: "\(title): hallucinated",
        subtitle:
          "\(attribution.hallucinated.count) of \(attribution.generatedCount) generated pictures "
          + "(\(Self.percent(attribution.hallucinated.count, attribution.generatedCount))"
          + "\(null(.precision))) lie in no real ball in \(explanation.space.rawValue). "
          + AttributionGrid.key(to: "held-out real", own: "generated", k: attribution.k),
        empty: "Every generated picture lies within the real support.")
  }

  private func attributed(
    _ ranking: [Attribution.Sample], of samples: SampleSet, named name: (Int) -> String
  ) -> AttributionGrid {
    let leading = Array(ranking.prefix(AttributionGrid.limit))
    return AttributionGrid(
      ranking: leading, pictures: samples.selecting(leading.map(\.row)),
      names: leading.map { name($0.row) })
  }

  /// The share that lies outside between real sets, of recall or precision; empty if it is not known.
  private func null(_ metric: Metric) -> String {
    let space = view.explanation?.space.rawValue
    let found = view.measurements.first { $0.metric == metric.rawValue && $0.space == space }
    return found?.null.map { band in
      let share = 100 * (1 - (band.lowerBound + band.upperBound) / 2)
      return "; between real sets \(FigureText.significant(max(0, share))) %"
    } ?? ""
  }

  private static func percent(_ count: Int, _ total: Int) -> String {
    FigureText.significant(100 * Double(count) / Double(max(1, total))) + " %"
  }

  private var title: String { "\(view.title.text), generation \(view.generation)" }

  private func distances() throws -> [UInt8] {
    let spaces = view.measurements.map(\.space).uniqued().filter { SpaceName(rawValue: $0) != nil }
    let cells = spaces.map { space in
      view.metrics.map { metric -> DistanceCell? in
        guard
          let measurement = view.measurements.first(where: {
            $0.space == space && $0.metric == metric
          }), let value = measurement.value
        else { return nil }
        return DistanceCell(
          value: FigureText.significant(value),
          error: measurement.standardError.map(FigureText.significant), z: measurement.z)
      }
    }
    return try DistanceGrid.render(
      spaces: spaces, metrics: view.metrics, cells: cells,
      histograms: view.spaces.flatMap { space in
        space.marginals.enumerated().map { index, marginal in
          (
            space: space.space.rawValue, direction: "direction \(index + 1)",
            real: marginal.real, generated: marginal.generated,
            range: (marginal.edges.first ?? 0)...(marginal.edges.last ?? 1)
          )
        }
      },
      title: title,
      subtitle: "Against held-out real data; z counts standard deviations of real against real.")
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repeats, in the order of their first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
