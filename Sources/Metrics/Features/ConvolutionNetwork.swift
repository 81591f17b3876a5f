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
  /// One convolution, as the right-hand factor of a product of matrices.
  struct Layer: Sendable {
    /// The width and height of a filter.
    let kernel: Int

    /// The channels that come in.
    let inputs: Int

    /// The channels that go out: the number of filters.
    let outputs: Int

    /// The width and height of the picture.
    let side: Int

    /// One filter a column, of shape `(kernel * kernel * inputs, outputs)`: row after row of the
    /// filter, the channels of a pixel side by side.
    let weights: FloatMatrix

    /// Added to every response, shape `(outputs)`.
    let bias: [Float]

    /// The pixels of zeros round the picture.
    var padding: Int { kernel / 2 }

    /// The width and height of the picture with its border.
    var paddedSide: Int { side + 2 * padding }
  }

  /// The width and height of the pictures that the network sees.
  static let side = 32

  /// The raw features of a picture: 4·32 + 64 + 4·64.
  static let featureCount = 448

  /// The network that everybody uses.
  static let standard: Result<ConvolutionNetwork, LinearAlgebraError> = Result {
    () throws(LinearAlgebraError) in try ConvolutionNetwork()
  }

  /// First to last.
  let layers: [Layer]

  /// Draws the weights from their own streams of random numbers.
  private init() throws(LinearAlgebraError) {
    layers = [
      try Self.layer(0, kernel: 5, inputs: 3, outputs: 32, side: 32),
      try Self.layer(1, kernel: 3, inputs: 32, outputs: 64, side: 16),
      try Self.layer(2, kernel: 3, inputs: 64, outputs: 64, side: 8),
    ]
  }

  /// Filters of norm 2, orthogonal to each other; those of the first layer then lose 0.8 of their mean,
  /// so that the average brightness does not drown the edges.
  private static func layer(
    _ index: Int, kernel: Int, inputs: Int, outputs: Int, side: Int
  ) throws(LinearAlgebraError) -> Layer {
    let taps = kernel * kernel * inputs
    var normals = Matrix(rowCount: taps, columnCount: outputs)
    for filter in 0..<outputs {
      var stream = RandomStream(
        seed: 0, purpose: "conv-features/weights", generation: index, sample: filter)
      for (tap, value) in stream.normals(taps).enumerated() { normals[tap, filter] = value }
    }
    var filters = try normals.orthonormalColumns()
    for filter in 0..<outputs {
      // The orthonormal basis is unique once each vector points the way of the one it came from.
      var direction = 0.0
      for tap in 0..<taps { direction += filters[tap, filter] * normals[tap, filter] }
      let factor = direction < 0 ? -2.0 : 2.0
      var mean = 0.0
      for tap in 0..<taps {
        filters[tap, filter] *= factor
        mean += filters[tap, filter] / Double(taps)
      }
      guard index == 0 else { continue }
      for tap in 0..<taps { filters[tap, filter] -= 0.8 * mean }
    }
    var stream = RandomStream(seed: 0, purpose: "conv-features/bias", generation: index)
    let bias = (0..<outputs).map { _ in Float(0.6 * stream.uniform() - 0.3) }
    return Layer(
      kernel: kernel, inputs: inputs, outputs: outputs, side: side,
      weights: FloatMatrix(
        rowCount: taps, columnCount: outputs, elements: filters.elements.map { Float($0) }),
      bias: bias)
  }
}
