import Samples

/// Resampling by areas: each output pixel is the mean of the input over the box that it covers.
///
/// The box of output pixel `i` spans the input interval `[i s, (i + 1) s)` with `s` the ratio of the
/// sizes, and every input pixel counts with the area of it that lies in the box. The weights are whole
/// numbers over a common divisor, so that levels 0 to 255 are summed without rounding.
struct AreaResample: Sendable {
  /// The input pixels under the output pixels along one axis.
  private struct Boxes: Sendable {
    /// The first input pixel under each output pixel.
    var starts: [Int] = []

    /// Where the weights of each output pixel begin, and one more for the end of the last.
    var offsets = [0]

    /// Overlaps in units of one over the output size: those of an output pixel sum to the input size.
    var weights: [Double] = []

    init(from size: Int, to count: Int) {
      for index in 0..<count {
        // In units of 1 / count, input pixel p covers [p count, (p + 1) count).
        let low = index * size
        let high = low + size
        starts.append(low / count)
        for pixel in low / count...(high - 1) / count {
          weights.append(Double(min(high, (pixel + 1) * count) - max(low, pixel * count)))
        }
        offsets.append(weights.count)
      }
    }
  }

  /// The size of the pictures that come in.
  let input: PictureShape

  /// The size of the pictures that go out, with the channels of the input.
  let output: PictureShape

  private let columns: Boxes
  private let rows: Boxes

  /// Creates the map from pictures of one size to pictures of another; larger sizes repeat pixels.
  init(from input: PictureShape, width: Int, height: Int) {
    self.input = input
    output = PictureShape(width: width, height: height, channels: input.channels)
    columns = Boxes(from: input.width, to: width)
    rows = Boxes(from: input.height, to: height)
  }

  /// Returns one picture at the output size, pixel after pixel with the channels side by side.
  ///
  /// - Parameters:
  ///   - values: The values of several pictures.
  ///   - first: The index of the picture's first value.
  func resampled(_ values: [Float], from first: Int) -> [Double] {
    let channels = input.channels
    let stride = output.width * channels
    var narrow = [Double](repeating: 0, count: input.height * stride)
    for y in 0..<input.height {
      let line = first + y * input.width * channels
      for x in 0..<output.width {
        let target = y * stride + x * channels
        var source = line + columns.starts[x] * channels
        for index in columns.offsets[x]..<columns.offsets[x + 1] {
          let weight = columns.weights[index]
          for channel in 0..<channels {
            narrow[target + channel] += weight * Double(values[source + channel])
          }
          source += channels
        }
      }
    }
    let area = Double(input.width * input.height)
    var resampled = [Double](repeating: 0, count: output.count)
    for y in 0..<output.height {
      let target = y * stride
      var source = rows.starts[y] * stride
      for index in rows.offsets[y]..<rows.offsets[y + 1] {
        let weight = rows.weights[index]
        for offset in 0..<stride {
          resampled[target + offset] += weight * narrow[source + offset]
        }
        source += stride
      }
      for offset in 0..<stride { resampled[target + offset] /= area }
    }
    return resampled
  }
}
