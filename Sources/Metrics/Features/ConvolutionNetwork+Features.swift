import LinearAlgebra

extension ConvolutionNetwork {
  /// Returns the raw features of one picture of 32×32×3 values, -1 to 1, shape `(448)`.
  ///
  /// In this order: the root mean square of each channel of layer 1 over each quadrant (4 × 32), of
  /// each channel of layer 2 over the map (64), and the mean of each channel of layer 3 over each
  /// quadrant (4 × 64). Quadrants go row by row. A picture is computed alone, so that its features do
  /// not depend on what else is in the batch.
  func features(of picture: [Float]) -> [Float] {
    precondition(picture.count == Self.side * Self.side * 3, "\(picture.count) values")
    var features: [Float] = []
    features.reserveCapacity(Self.featureCount)
    var map = picture
    for (index, layer) in layers.enumerated() {
      let response = layer.response(to: map)
      switch index {
      case 0: features += layer.means(of: response, cells: 2, squared: true).map { $0.squareRoot() }
      case 1: features += layer.means(of: response, cells: 1, squared: true).map { $0.squareRoot() }
      default: features += layer.means(of: response, cells: 2, squared: false)
      }
      if index + 1 < layers.count { map = layer.pooled(response) }
    }
    return features
  }
}

extension ConvolutionNetwork.Layer {
  /// Returns the activations for one picture, of shape `(side, side, outputs)`.
  func response(to map: [Float]) -> [Float] {
    let patches = FloatMatrix(
      rowCount: side * side, columnCount: weights.rowCount, elements: patches(of: map))
    var response = patches.times(weights).elements
    for pixel in 0..<side * side {
      for channel in 0..<outputs {
        let value = response[pixel * outputs + channel] + bias[channel]
        response[pixel * outputs + channel] = max(value, 0.1 * value)
      }
    }
    return response
  }

  /// Returns the surroundings of every pixel, one a row, with zeros beyond the border: the convolution
  /// is then one product of matrices.
  private func patches(of map: [Float]) -> [Float] {
    let line = paddedSide * inputs
    var padded = [Float](repeating: 0, count: paddedSide * line)
    for y in 0..<side {
      let source = y * side * inputs
      let target = (y + padding) * line + padding * inputs
      for offset in 0..<side * inputs { padded[target + offset] = map[source + offset] }
    }
    let segment = kernel * inputs
    var patches = [Float](repeating: 0, count: side * side * kernel * segment)
    var target = 0
    for y in 0..<side {
      for x in 0..<side {
        for row in 0..<kernel {
          let source = (y + row) * line + x * inputs
          for offset in 0..<segment { patches[target + offset] = padded[source + offset] }
          target += segment
        }
      }
    }
    return patches
  }

  /// Returns the means over 2×2 pixels, of shape `(side / 2, side / 2, outputs)`.
  func pooled(_ response: [Float]) -> [Float] {
    let half = side / 2
    var pooled = [Float](repeating: 0, count: half * half * outputs)
    for y in 0..<half {
      for x in 0..<half {
        let first = (2 * y * side + 2 * x) * outputs
        let second = first + side * outputs
        let target = (y * half + x) * outputs
        for channel in 0..<outputs {
          pooled[target + channel] =
            ((response[first + channel] + response[first + outputs + channel])
              + (response[second + channel] + response[second + outputs + channel])) / 4
        }
      }
    }
    return pooled
  }

  /// Returns the mean of each channel, or of its square, over each of `cells × cells` equal parts of
  /// the map, of shape `(cells, cells, outputs)`.
  func means(of response: [Float], cells: Int, squared: Bool) -> [Float] {
    let extent = side / cells
    var means = [Float](repeating: 0, count: cells * cells * outputs)
    for y in 0..<side {
      for x in 0..<side {
        let source = (y * side + x) * outputs
        let target = (y / extent * cells + x / extent) * outputs
        for channel in 0..<outputs {
          let value = response[source + channel]
          means[target + channel] += squared ? value * value : value
        }
      }
    }
    let scale = 1 / Float(extent * extent)
    return means.map { $0 * scale }
  }
}
