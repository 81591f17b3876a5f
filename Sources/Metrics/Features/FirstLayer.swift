import LinearAlgebra

extension ConvolutionNetwork {
  /// The first layer: 32 filters of 5×5 pixels of three channels, as one product of matrices.
  struct FirstLayer: Sendable {
    /// The width and height of a filter.
    static let kernel = 5

    /// The width and height of the picture.
    private static let side = ConvolutionNetwork.side

    private static let padding = kernel / 2
    private static let paddedSide = side + 2 * padding

    /// The numbers in a line of the picture with its border.
    private static let line = 3 * paddedSide

    /// A row of a filter, 15 numbers, as two lanes: the last number belongs to the bias.
    private static let windowLanes = 2

    /// Filters one a column, row after row of 16 numbers: the 15 taps and, in the first, the bias.
    let factor: LaneMatrix

    /// The lanes of the channels.
    var laneCount: Int { factor.laneCount }

    /// Takes filters one a column, of shape `(75, 32)`, and their biases.
    init(filters: Matrix, bias: [Float]) {
      let taps = 3 * Self.kernel
      var factor = LaneMatrix(
        rowCount: Self.kernel * Self.windowLanes * 8, laneCount: filters.columnCount / 8)
      for filter in 0..<filters.columnCount {
        for tap in 0..<filters.rowCount {
          factor[tap / taps * Self.windowLanes * 8 + tap % taps, filter] =
            Float(filters[tap, filter])
        }
        factor[taps, filter] = bias[filter]
      }
      self.factor = factor
    }

    /// What one picture needs on its way.
    struct Workspace {
      /// The picture with its border of zeros, and room for a lane that reaches beyond the end.
      fileprivate var padded = [Float](repeating: 0, count: line * paddedSide + 8)

      /// What lies under a row of the filter, for every line of the padded picture and every column.
      fileprivate var windows = LaneMatrix(rowCount: paddedSide * side, laneCount: windowLanes)

      /// The surroundings of every pixel, one a row.
      fileprivate var patches = LaneMatrix(
        rowCount: side * side, laneCount: kernel * windowLanes)

      /// The responses of every pixel before the activation.
      fileprivate var responses = LaneMatrix(rowCount: side * side, laneCount: 4)
    }

    /// Returns the root mean square of each channel over each quadrant, shape `(4, 32)`, and writes the
    /// means over 2×2 pixels to where the next layer reads them.
    func features(
      of values: ArraySlice<Float>, picture: Int, _ workspace: inout Workspace,
      pooled next: inout WinogradLayer.Workspace
    ) -> [Float] {
      respond(to: values, &workspace)
      var squares = [LaneMatrix.Lane](repeating: .zero, count: 4 * laneCount)
      let side = Self.side
      let half = side / 2
      let lines = (0..<half).map { next.place(picture, y: $0, x: 0) }
      let responses = workspace.responses.lanes.span
      var pooled = next.inputs.lanes.mutableSpan
      for y in 0..<half {
        for x in 0..<half {
          let quadrant = 2 * (2 * y / half) + 2 * x / half
          let corner = (2 * y * side + 2 * x) * laneCount
          for lane in 0..<laneCount {
            var sum = LaneMatrix.Lane.zero
            var square = LaneMatrix.Lane.zero
            for pixel in 0..<4 {
              let offset = pixel / 2 * side + pixel % 2
              let value = leakyReLU(responses[corner + offset * laneCount + lane])
              sum += value
              square += value * value
            }
            squares[quadrant * laneCount + lane] += square
            pooled[lines[y] + x * laneCount + lane] = 0.25 * sum
          }
        }
      }
      return squares.rootMeans(of: half * half)
    }

    /// Computes the responses to one picture.
    func respond(to values: ArraySlice<Float>, _ workspace: inout Workspace) {
      let side = Self.side
      pad(values, &workspace.padded)
      let rows = Self.paddedSide * side
      for row in 0..<rows {
        let start = row / side * Self.line + row % side * 3
        var end = LaneMatrix.lane(of: workspace.padded, from: start + 8)
        end[7] = 1
        workspace.windows.lanes[2 * row] = LaneMatrix.lane(of: workspace.padded, from: start)
        workspace.windows.lanes[2 * row + 1] = end
      }
      var target = 0
      for pixel in 0..<side * side {
        var source = 2 * pixel
        for _ in 0..<Self.kernel {
          workspace.patches.lanes[target] = workspace.windows.lanes[source]
          workspace.patches.lanes[target + 1] = workspace.windows.lanes[source + 1]
          target += 2
          source += 2 * side
        }
      }
      workspace.patches.multiply(
        rows: 0..<side * side, by: factor, rows: 0..<factor.rowCount, into: &workspace.responses,
        from: 0)
    }

    private func pad(_ values: ArraySlice<Float>, _ padded: inout [Float]) {
      let side = Self.side
      var source = values.startIndex
      for y in 0..<side {
        let target = (y + Self.padding) * Self.line + 3 * Self.padding
        for offset in 0..<3 * side { padded[target + offset] = values[source + offset] }
        source += 3 * side
      }
    }
  }
}

extension ConvolutionNetwork.FirstLayer.Workspace {
  /// The response of a pixel before the activation.
  func response(_ pixel: Int, filter: Int) -> Float { responses[pixel, filter] }
}
