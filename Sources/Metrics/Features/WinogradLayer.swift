import LinearAlgebra

extension ConvolutionNetwork {
  /// A layer of 3×3 filters, evaluated on tiles of 4×4 outputs in the basis of Winograd's minimal
  /// filtering F(4×4, 3×3), where a convolution is 36 products of small matrices with a quarter of the
  /// multiplications.
  ///
  /// In single precision its rounding errors are some times those of the direct sum, about 1e-6 of a
  /// response.
  ///
  /// - Note: Lavin and Gray 2015, <https://arxiv.org/abs/1509.09308>.
  struct WinogradLayer: Sendable {
    typealias Lane = LaneMatrix.Lane

    /// The outputs along a side of a tile, and the inputs that they depend on.
    private static let tile = 4
    private static let window = tile + 2

    /// The width and height of the map.
    let side: Int

    /// The lanes of the channels that come in and go out.
    let inputLanes: Int
    let outputLanes: Int

    /// Added to every response.
    private let bias: [Lane]

    /// The transformed filters: for each of the 36 frequencies a matrix of shape `(inputs, outputs)`.
    private let factors: LaneMatrix

    /// The tiles along a side of the map.
    private var tiles: Int { side / Self.tile }

    /// Takes filters one a column, of shape `(9 * inputs, outputs)`: row after row of the filter, the
    /// channels of a pixel side by side.
    init(filters: Matrix, bias: [Float], side: Int) {
      let inputs = filters.rowCount / 9
      self.side = side
      inputLanes = inputs / 8
      outputLanes = filters.columnCount / 8
      self.bias = stride(from: 0, to: bias.count, by: 8).map { LaneMatrix.lane(of: bias, from: $0) }
      var factors = LaneMatrix(
        rowCount: Self.window * Self.window * inputs, laneCount: outputLanes)
      for input in 0..<inputs {
        for output in 0..<filters.columnCount {
          let taps = Matrix(
            rowCount: 3, columnCount: 3,
            elements: (0..<9).map { filters[$0 * inputs + input, output] })
          let spectrum = Self.filterBasis.times(taps).times(transposeOf: Self.filterBasis)
          for (frequency, value) in spectrum.elements.enumerated() {
            factors[frequency * inputs + input, output] = Float(value)
          }
        }
      }
      self.factors = factors
    }

    /// From the three taps of a filter to six frequencies: the points 0, 1, -1, 2, -2 and infinity.
    private static let filterBasis = Matrix(rows: [
      [1.0 / 4, 0, 0], [-1.0 / 6, -1.0 / 6, -1.0 / 6], [-1.0 / 6, 1.0 / 6, -1.0 / 6],
      [1.0 / 24, 1.0 / 12, 1.0 / 6], [1.0 / 24, -1.0 / 12, 1.0 / 6], [0, 0, 1],
    ])

    /// What a batch needs on its way.
    struct Workspace {
      fileprivate let batchSize: Int

      /// The maps that come in, picture after picture, each with a border of zeros.
      var inputs: LaneMatrix

      /// Frequency after frequency, a tile of all pictures after another, one a row.
      fileprivate var spectra: LaneMatrix
      fileprivate var products: LaneMatrix

      fileprivate let side: Int

      /// The rows from one frequency to the next: one more than tiles, lest a tile's frequencies all
      /// compete for the same lines of the cache.
      fileprivate let step: Int

      init(_ layer: WinogradLayer, batchSize: Int) {
        self.batchSize = batchSize
        side = layer.side
        step = batchSize * layer.tiles * layer.tiles + 1
        let rows = window * window * step
        inputs = LaneMatrix(
          rowCount: batchSize * (side + 2) * (side + 2), laneCount: layer.inputLanes)
        spectra = LaneMatrix(rowCount: rows, laneCount: layer.inputLanes)
        products = LaneMatrix(rowCount: rows, laneCount: layer.outputLanes)
      }

      /// The place of the first lane of a pixel of a picture in ``inputs``.
      func place(_ picture: Int, y: Int, x: Int) -> Int {
        ((picture * (side + 2) + y + 1) * (side + 2) + x + 1) * inputs.laneCount
      }
    }

    /// Computes the responses to all pictures of a batch, up to the way back from frequencies.
    func convolve(_ workspace: inout Workspace) {
      for picture in 0..<workspace.batchSize {
        transform(
          workspace.inputs, into: &workspace.spectra, step: workspace.step * inputLanes,
          picture: picture, of: workspace.batchSize)
      }
      let rows = workspace.step - 1
      for frequency in 0..<Self.window * Self.window {
        let start = frequency * workspace.step
        workspace.spectra.multiply(
          rows: start..<start + rows, by: factors,
          rows: frequency * 8 * inputLanes..<(frequency + 1) * 8 * inputLanes,
          into: &workspace.products, from: start)
      }
    }

    /// The frequencies of every tile of a picture.
    private func transform(
      _ maps: LaneMatrix, into spectra: inout LaneMatrix, step: Int, picture: Int,
      of batchSize: Int
    ) {
      let stride = (side + 2) * inputLanes
      let inputs = maps.lanes.span
      var spectra = spectra.lanes.mutableSpan
      for tile in 0..<tiles * tiles {
        let corner =
          (picture * (side + 2) + tile / tiles * Self.tile) * stride
          + tile % tiles * Self.tile * inputLanes
        let row = tile * batchSize + picture
        for lane in 0..<inputLanes {
          var columns = InlineArray<36, Lane>(repeating: .zero)
          for x in 0..<6 {
            let place = corner + x * inputLanes + lane
            let (a, b, c, d, e, f) = Self.forward(
              inputs[place], inputs[place + stride], inputs[place + 2 * stride],
              inputs[place + 3 * stride], inputs[place + 4 * stride],
              inputs[place + 5 * stride])
            columns[x] = a
            columns[6 + x] = b
            columns[12 + x] = c
            columns[18 + x] = d
            columns[24 + x] = e
            columns[30 + x] = f
          }
          var target = row * inputLanes + lane
          for y in 0..<6 {
            let (a, b, c, d, e, f) = Self.forward(
              columns[6 * y], columns[6 * y + 1], columns[6 * y + 2], columns[6 * y + 3],
              columns[6 * y + 4], columns[6 * y + 5])
            spectra[target] = a
            spectra[target + step] = b
            spectra[target + 2 * step] = c
            spectra[target + 3 * step] = d
            spectra[target + 4 * step] = e
            spectra[target + 5 * step] = f
            target += 6 * step
          }
        }
      }
    }

    /// The activations of one tile, 4×4, of eight channels.
    @inline(__always)
    private func activations(
      _ products: Span<Lane>, step: Int, row: Int, lane: Int
    ) -> InlineArray<16, Lane> {
      let step = step * outputLanes
      let start = row * outputLanes + lane
      var columns = InlineArray<24, Lane>(repeating: .zero)
      for x in 0..<6 {
        let place = start + x * step
        let (a, b, c, d) = Self.backward(
          products[place], products[place + 6 * step], products[place + 12 * step],
          products[place + 18 * step], products[place + 24 * step], products[place + 30 * step])
        columns[x] = a
        columns[6 + x] = b
        columns[12 + x] = c
        columns[18 + x] = d
      }
      var outputs = InlineArray<16, Lane>(repeating: .zero)
      let bias = bias[lane]
      for y in 0..<4 {
        let (a, b, c, d) = Self.backward(
          columns[6 * y], columns[6 * y + 1], columns[6 * y + 2], columns[6 * y + 3],
          columns[6 * y + 4], columns[6 * y + 5])
        outputs[4 * y] = leakyReLU(a + bias)
        outputs[4 * y + 1] = leakyReLU(b + bias)
        outputs[4 * y + 2] = leakyReLU(c + bias)
        outputs[4 * y + 3] = leakyReLU(d + bias)
      }
      return outputs
    }

    /// Returns the root mean square of each channel over the map of a picture, and writes the means
    /// over 2×2 pixels to where the next layer reads them.
    func pool(
      _ workspace: borrowing Workspace, picture: Int, into next: inout Workspace
    ) -> [Float] {
      let step = workspace.step
      let products = workspace.products.lanes.span
      let nextSide = next.side + 2
      var pooled = next.inputs.lanes.mutableSpan
      var squares = [Lane](repeating: .zero, count: outputLanes)
      for tile in 0..<tiles * tiles {
        let corner =
          (picture * nextSide + 2 * (tile / tiles) + 1) * nextSide + 2 * (tile % tiles) + 1
        for lane in 0..<outputLanes {
          let values = activations(
            products, step: step, row: tile * workspace.batchSize + picture, lane: lane)
          var square = Lane.zero
          for index in 0..<16 { square += values[index] * values[index] }
          squares[lane] += square
          for quarter in 0..<4 {
            let first = 8 * (quarter / 2) + 2 * (quarter % 2)
            let sum =
              (values[first] + values[first + 1]) + (values[first + 4] + values[first + 5])
            let pixel = corner + quarter / 2 * nextSide + quarter % 2
            pooled[pixel * outputLanes + lane] = 0.25 * sum
          }
        }
      }
      return squares.rootMeans(of: side * side)
    }

    /// Returns the mean of each channel over each tile of a picture, shape `(tiles, tiles, outputs)`.
    func tileMeans(_ workspace: borrowing Workspace, picture: Int) -> [Float] {
      let products = workspace.products.lanes.span
      var means: [Lane] = []
      for tile in 0..<tiles * tiles {
        for lane in 0..<outputLanes {
          let values = activations(
            products, step: workspace.step, row: tile * workspace.batchSize + picture,
            lane: lane)
          var sum = Lane.zero
          for index in 0..<16 { sum += values[index] }
          means.append(sum / 16)
        }
      }
      return means.scalars
    }

    /// The activation of one pixel, as the rest of the layer sees it.
    func activation(_ workspace: Workspace, picture: Int, y: Int, x: Int, channel: Int) -> Float {
      let tile = y / Self.tile * tiles + x / Self.tile
      let values = activations(
        workspace.products.lanes.span, step: workspace.step,
        row: tile * workspace.batchSize + picture, lane: channel / 8)
      return values[y % Self.tile * 4 + x % Self.tile][channel % 8]
    }

    /// Six inputs in a line as six frequencies.
    @inline(__always)
    private static func forward(
      _ a: Lane, _ b: Lane, _ c: Lane, _ d: Lane, _ e: Lane, _ f: Lane
    ) -> (Lane, Lane, Lane, Lane, Lane, Lane) {
      let even = e - 4 * c
      let odd = d - 4 * b
      let wideEven = e - c
      let wideOdd = 2 * (d - b)
      return (
        4 * a - 5 * c + e, even + odd, even - odd, wideEven + wideOdd, wideEven - wideOdd,
        4 * b - 5 * d + f
      )
    }

    /// Six frequencies as four outputs in a line.
    @inline(__always)
    private static func backward(
      _ a: Lane, _ b: Lane, _ c: Lane, _ d: Lane, _ e: Lane, _ f: Lane
    ) -> (Lane, Lane, Lane, Lane) {
      let sum = b + c
      let difference = b - c
      let wideSum = d + e
      let wideDifference = d - e
      return (
        a + sum + wideSum, difference + 2 * wideDifference, sum + 4 * wideSum,
        difference + 8 * wideDifference + f
      )
    }
  }
}
