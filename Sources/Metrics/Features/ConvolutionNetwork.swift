import LinearAlgebra
import Randomness

/// A small convolution network with fixed random weights: the same for every user and every data set.
///
/// Random filters see edges, colours and textures well enough to tell sets of pictures apart, need no
/// download and no licence, and know nothing of what the pictures show.
///
/// Input: 32×32×3, values -1 to 1. Layers, all with stride 1, zero padding, bias and leaky ReLU of
/// slope 0.1: 5×5 to 32 channels, mean pooling 2×2, 3×3 to 64, mean pooling 2×2, 3×3 to 64.
struct ConvolutionNetwork: Sendable {
  /// The width and height of the pictures that the network sees.
  static let side = 32

  /// The raw features of a picture: 4·32 + 64 + 4·64.
  static let featureCount = 448

  /// The network that everybody uses.
  static let standard: Result<ConvolutionNetwork, LinearAlgebraError> = Result {
    () throws(LinearAlgebraError) in try ConvolutionNetwork()
  }

  let first: FirstLayer
  let second: WinogradLayer
  let third: WinogradLayer

  /// Draws the weights from their own streams of random numbers.
  private init() throws(LinearAlgebraError) {
    first = FirstLayer(filters: try Self.filters(0), bias: Self.biases(0))
    second = WinogradLayer(filters: try Self.filters(1), bias: Self.biases(1), side: 16)
    third = WinogradLayer(filters: try Self.filters(2), bias: Self.biases(2), side: 8)
  }

  /// The taps of each layer's filters and their number.
  private static let sizes = [
    (taps: 5 * 5 * 3, filters: 32), (taps: 3 * 3 * 32, filters: 64),
    (taps: 3 * 3 * 64, filters: 64),
  ]

  /// The filters of a layer, one a column: row after row, the channels of a pixel side by side.
  ///
  /// They have norm 2 and are orthogonal to each other; those of the first layer then lose 0.8 of their
  /// mean, so that the average brightness does not drown the edges.
  static func filters(_ layer: Int) throws(LinearAlgebraError) -> Matrix {
    let (taps, count) = sizes[layer]
    var normals = Matrix(rowCount: taps, columnCount: count)
    for filter in 0..<count {
      var stream = RandomStream(
        seed: 0, purpose: "conv-features/weights", generation: layer, sample: filter)
      for (tap, value) in stream.normals(taps).enumerated() { normals[tap, filter] = value }
    }
    var filters = try normals.orthonormalColumns()
    for filter in 0..<count {
      // The orthonormal basis is unique once each vector points the way of the one it came from.
      var direction = 0.0
      for tap in 0..<taps { direction += filters[tap, filter] * normals[tap, filter] }
      let factor = direction < 0 ? -2.0 : 2.0
      var mean = 0.0
      for tap in 0..<taps {
        filters[tap, filter] *= factor
        mean += filters[tap, filter] / Double(taps)
      }
      guard layer == 0 else { continue }
      for tap in 0..<taps { filters[tap, filter] -= 0.8 * mean }
    }
    return filters
  }

  /// The biases of a layer's filters.
  static func biases(_ layer: Int) -> [Float] {
    var stream = RandomStream(seed: 0, purpose: "conv-features/bias", generation: layer)
    return (0..<sizes[layer].filters).map { _ in Float(0.6 * stream.uniform() - 0.3) }
  }
}
