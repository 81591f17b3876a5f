import Images
import LinearAlgebra
import Samples

extension SampleSet {
  /// The samples of a task.
  private static let tileSamples = 32

  /// The trace of the covariance of the stored values, divided by `count`; 0 where there is no sample.
  ///
  /// Sums are taken about the first sample: the values are levels or of their size, so that a double
  /// keeps all digits that matter of both sums.
  ///
  /// - Parameter numbers: What stands for each whole level, 256 numbers; by default the level itself.
  func totalVariance(ofLevels numbers: [Double] = (0..<256).map(Double.init)) -> Double {
    guard count > 0 else { return 0 }
    let origin =
      switch storage(0..<1) {
      case .bytes(let bytes): bytes.map { numbers[Int($0)] }
      case .floats(let floats): floats.map(Double.init)
      }
    let tiles = Parallelism.blocks(of: count, size: Self.tileSamples)
    let parts = Parallelism.map(tiles.count) { index in
      switch storage(tiles[index]) {
      case .bytes(let bytes): Self.deviations(of: bytes, from: origin) { numbers[Int($0)] }
      case .floats(let floats): Self.deviations(of: floats, from: origin) { Double($0) }
      }
    }
    var sums = [Double](repeating: 0, count: dimension)
    for part in parts {
      for column in 0..<dimension { sums[column] += part.sums[column] }
    }
    let n = Double(count)
    let offset = sums.reduce(0) { $0 + $1 * $1 } / n
    return max(0, parts.reduce(0) { $0 + $1.squares } - offset) / n
  }

  /// The trace of the covariance of the stored values of weighted samples.
  ///
  /// - Parameter weights: What each sample weighs; `nil` where all weigh the same.
  func totalVariance(weights: [Double]?) -> Double {
    guard let weights else { return totalVariance() }
    return ModelCoordinates.identity(shape).rows(of: self, offsets: .centre)
      .totalVariance(weights: weights)
  }

  /// The sums of the deviations of samples from an origin, and that of all squared deviations.
  @inline(__always)
  private static func deviations<Value>(
    of values: [Value], from origin: [Double], _ number: (Value) -> Double
  ) -> (sums: [Double], squares: Double) {
    var sums = [Double](repeating: 0, count: origin.count)
    var squares = 0.0
    for start in stride(from: 0, to: values.count, by: origin.count) {
      var square = 0.0
      for column in origin.indices {
        let deviation = number(values[start + column]) - origin[column]
        sums[column] += deviation
        square += deviation * deviation
      }
      squares += square
    }
    return (sums, squares)
  }

  /// The share of the values at 0 or 255, or beyond.
  func shareAtEnds() -> Double {
    let tiles = Parallelism.blocks(of: count, size: Self.tileSamples)
    let counts = Parallelism.map(tiles.count) { index in
      switch storage(tiles[index]) {
      case .bytes(let bytes): bytes.count { $0 == 0 || $0 == 255 }
      case .floats(let floats): floats.count { $0 <= 0 || $0 >= 255 }
      }
    }
    return Double(counts.reduce(0, +)) / Double(max(1, count * dimension))
  }
}
