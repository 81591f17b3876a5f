import LinearAlgebra
import Randomness

/// Bins of real samples: the cells of a k-means clustering, in which mass can be counted.
struct ModeBins: Sendable {
  /// The centres, as a classifier by the nearest one.
  let cells: NearestClassMean

  /// Lloyd's iterations at most; bins need be compact, not optimal.
  private static let steps = 20

  /// Clusters samples, from centres that are drawn far apart (k-means++).
  ///
  /// The stream is fixed, so that bins depend on the samples and their order alone. Where there are fewer
  /// different samples than bins asked for, each is a bin.
  ///
  /// - Note: Lloyd 1982; Arthur and Vassilvitskii 2007.
  /// - Throws: ``MetricsError`` if there are too few samples or an entry is not finite.
  init(of samples: Matrix, count: Int) throws(MetricsError) {
    let centres = Self.distantRows(of: samples, count: count)
    let count = centres.count
    var labels = NearestNeighbours(of: samples, in: samples.gatheringRows(centres)).indices
    var cells = try NearestClassMean(features: samples, labels: labels, classCount: count)
    for _ in 0..<Self.steps {
      let moved = try cells.labels(of: samples, as: .real)
      guard moved != labels else { break }
      labels = moved
      cells = try NearestClassMean(features: samples, labels: labels, classCount: count)
    }
    self.cells = cells
  }

  /// Rows of which each is drawn with a probability in proportion to its squared distance from those
  /// before it.
  private static func distantRows(of samples: Matrix, count: Int) -> [Int] {
    var stream = RandomStream(seed: 0, purpose: "metrics/mode-bins")
    var chosen = [stream.integer(below: samples.rowCount)]
    var squares = [Double](repeating: .infinity, count: samples.rowCount)
    while chosen.count < count {
      let nearest = NearestNeighbours(
        of: samples, in: samples.rows(chosen[chosen.count - 1]..<chosen[chosen.count - 1] + 1))
      for row in squares.indices { squares[row] = min(squares[row], nearest.squares[row]) }
      guard squares.contains(where: { $0 > 0 }) else { break }
      chosen.append(stream.category(weights: squares))
    }
    return chosen
  }
}
