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

  private var title: String { "\(view.title.text), generation \(view.generation)" }

  /// The metrics that are distances or diversities of samples, one column each.
  private static let columns = [
    "frechet_distance", "energy_distance", "kernel_distance", "recall", "vendi_rbf",
    "total_variance", "effective_rank", "precision", "density", "coverage",
  ]

  private func distances() throws -> [UInt8] {
    let spaces = view.measurements.map(\.space).uniqued().filter { SpaceName(rawValue: $0) != nil }
    let cells = spaces.map { space in
      Self.columns.map { metric -> DistanceCell? in
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
      spaces: spaces, metrics: Self.columns, cells: cells,
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
