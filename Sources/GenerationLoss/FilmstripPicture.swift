import Images
import Pictures
import Recursion
import Samples

/// The filmstrip and the sheet of neighbours of a run on pictures.
struct FilmstripPicture {
  /// The generations a filmstrip shows at most; more would not fit a screen.
  private static let mostRows = 12

  private let run: RunView

  init(_ run: RunView) {
    self.run = run
  }

  func files() throws -> [NamedFile] {
    guard let first = run.display.first, let shape = first.shape, first.count > 0 else { return [] }
    let columns = min(first.count, max(4, 1088 / max(64, shape.width)))
    var rows: [(label: String, cells: [Picture])] = []
    if let nearest = run.nearestToFirst {
      rows.append(("nearest real", nearest.pictures(0..<min(columns, nearest.count))))
    }
    for generation in Self.shown(of: run.display.count) {
      rows.append(("gen \(generation)", run.display[generation].pictures(0..<columns)))
    }
    let strip = try Filmstrip.render(
      rows: rows, title: run.title.text,
      subtitle:
        "Each column keeps its random numbers. First row: the real training picture nearest to "
        + "generation 0's. \(run.title.mixture).")
    return [(name: "filmstrip.png", bytes: strip)] + (try neighbours())
  }

  /// The pairs on the sheet of neighbours.
  private static let pairs = 24

  private func neighbours() throws -> [NamedFile] {
    guard let last = run.display.last, let nearest = run.nearestToLast else { return [] }
    let count = min(Self.pairs, last.count, nearest.count)
    let pairs = zip(last.pictures(0..<count), nearest.pictures(0..<count)).map {
      (sample: $0, nearest: $1, distance: String?.none)
    }
    let sheet = try NeighbourSheet.render(
      pairs: pairs, title: "\(run.title.text), generation \(run.display.count - 1)",
      subtitle: "Nearest in feature space, among the pictures that generation 0 was trained on.")
    return [(name: "neighbours.png", bytes: sheet)]
  }

  /// The generations to show: all, or evenly spread with the first and the last.
  static func shown(of count: Int) -> [Int] {
    guard count > mostRows else { return Array(0..<count) }
    return (0..<mostRows).map { row in
      (row * (count - 1) + (mostRows - 1) / 2) / (mostRows - 1)
    }
  }
}
