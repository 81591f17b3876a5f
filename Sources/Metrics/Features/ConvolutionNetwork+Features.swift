import LinearAlgebra

extension ConvolutionNetwork {
  /// Computes the raw features of pictures of 32×32×3 values, -1 to 1, a batch at a time, in memory
  /// that is taken once.
  ///
  /// A batch always has the same size, the rest of the last one being what the batch before left, and
  /// its rows go tile by tile, not picture by picture: single-precision kernels take rows in sixes that
  /// differ in the last bit, and so a tile of every picture falls into the same. The features of a
  /// picture then do not depend on its place or on what is beside it.
  struct Evaluation {
    /// The pictures in a batch: 96 and 24 rows of products, and maps that fit the second-level cache.
    static let batchSize = 6

    private let network: ConvolutionNetwork
    private var first: FirstLayer.Workspace
    private var second: WinogradLayer.Workspace
    private var third: WinogradLayer.Workspace

    /// Takes the memory for one batch.
    init(_ network: ConvolutionNetwork) {
      self.network = network
      first = FirstLayer.Workspace()
      second = WinogradLayer.Workspace(network.second, batchSize: Self.batchSize)
      third = WinogradLayer.Workspace(network.third, batchSize: Self.batchSize)
    }

    /// Calls `body` with the features of each of at most ``batchSize`` pictures, shape `(448)`.
    ///
    /// In this order: the root mean square of each channel of layer 1 over each quadrant (4 × 32), of
    /// each channel of layer 2 over the map (64), and the mean of each channel of layer 3 over each
    /// quadrant (4 × 64). Quadrants go row by row.
    mutating func forEachPicture(
      of pictures: ArraySlice<Float>, _ body: (_ picture: Int, _ features: [Float]) -> Void
    ) {
      let size = ConvolutionNetwork.side * ConvolutionNetwork.side * 3
      let count = pictures.count / size
      precondition(
        pictures.count == count * size && count <= Self.batchSize,
        "\(pictures.count) values are no batch of pictures")
      var features: [[Float]] = []
      for picture in 0..<count {
        let start = pictures.startIndex + picture * size
        features.append(
          network.first.features(
            of: pictures[start..<start + size], picture: picture, &first, pooled: &second))
      }
      network.second.convolve(&second)
      for picture in 0..<count {
        features[picture] += network.second.pool(second, picture: picture, into: &third)
      }
      network.third.convolve(&third)
      for picture in 0..<count {
        body(picture, features[picture] + network.third.tileMeans(third, picture: picture))
      }
    }
  }
}

/// The activation of every layer: what is negative counts a tenth.
@inline(__always)
func leakyReLU(_ value: LaneMatrix.Lane) -> LaneMatrix.Lane {
  let small = 0.1 * value
  return value.replacing(with: small, where: value .< small)
}

extension [LaneMatrix.Lane] {
  /// The numbers in all lanes.
  var scalars: [Float] { flatMap { lane in (0..<8).map { lane[$0] } } }

  /// The roots of the means of `count` squares whose sums these are.
  func rootMeans(of count: Int) -> [Float] {
    map { ($0 / Float(count)).squareRoot() }.scalars
  }
}
