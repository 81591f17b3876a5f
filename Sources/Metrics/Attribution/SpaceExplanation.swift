public import LinearAlgebra

/// What carries the distance between two sets in one space.
public struct SpaceExplanation: Sendable {
  /// Both sets along one direction of difference.
  public struct Axis: Sendable {
    /// The direction.
    public let direction: DifferenceDirection

    /// Where each real sample lies along it, measured from the real mean.
    public let real: [Double]

    /// Where each generated sample lies along it.
    public let generated: [Double]
  }

  /// The samples that the other set does not reach; `nil` where a set has no k + 1 samples.
  public let attribution: Attribution?

  /// The leading directions of difference, those that carry most first.
  public let axes: [Axis]

  /// The squared Fréchet distance, of which each direction carries a part.
  public let frechetDistance: Double

  /// The mean of the real samples, shape `(d)`.
  public let realMean: [Double]
}

extension MeasuredReference {
  /// Returns what carries the distance of a generated set.
  ///
  /// - Parameters:
  ///   - k: The neighbours that make a ball, at most those that the settings ask for.
  ///   - directions: The number of leading directions.
  /// - Throws: ``MetricsError`` as ``measure(_:)``.
  public func explanation(
    of generated: RowSource, k: Int, directions: Int
  ) throws(MetricsError) -> SpaceExplanation {
    let (real, generated) = try (preparedReal, prepared(generated))
    let leading = try DifferenceDirection.leading(
      directions, real: real.statistics, generated: generated.statistics)
    let origin = real.statistics.mean
    return SpaceExplanation(
      attribution: Attribution(
        NeighbourMetrics(real: real, generated: generated, ks: [k]), real: real,
        generated: generated, k: k),
      axes: leading.map { direction in
        SpaceExplanation.Axis(
          direction: direction, real: real.features.scores(along: direction.vector, from: origin),
          generated: generated.features.scores(along: direction.vector, from: origin))
      },
      frechetDistance: try frechetDistance(
        real: real.statistics, generated: generated.statistics
      ).value,
      realMean: origin)
  }
}

extension RowSource {
  /// The products of the rows, less an origin, with a vector.
  fileprivate func scores(along vector: [Double], from origin: [Double]) -> [Double] {
    let direction = Matrix(rowCount: vector.count, columnCount: 1, elements: vector)
    return rowBlocks.flatMap {
      rows($0, minus: origin).times(direction).elements
    }
  }
}
