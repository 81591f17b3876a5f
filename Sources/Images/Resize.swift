public import Samples

/// Antialiased resizing that agrees with Pillow's bit for bit: the rows first, then the columns; a
/// pass that changes nothing is left out.
public enum Resize {
  /// Returns a picture at another size, in 8-bit arithmetic: weights in units of 2⁻²², and rounding
  /// and clipping to whole levels after each pass.
  ///
  /// - Note: Pillow's `Image.resize` of 8-bit pictures; clean-fid (arXiv:2104.11222) says why the
  ///   filter must be spread when a picture shrinks.
  public static func picture(
    _ picture: Picture, width: Int, height: Int, filter: ResamplingFilter = .bicubic
  ) -> Picture {
    let shape = picture.shape
    precondition(width > 0 && height > 0, "cannot resize to \(width) × \(height)")
    var pixels = picture.pixels
    if width != shape.width {
      pixels = rows(
        pixels, count: shape.height, channels: shape.channels, inputWidth: shape.width,
        ResamplingWeights(from: shape.width, to: width, filter: filter))
    }
    if height != shape.height {
      pixels = columns(
        pixels, length: width * shape.channels,
        ResamplingWeights(from: shape.height, to: height, filter: filter))
    }
    return Picture(
      shape: PictureShape(width: width, height: height, channels: shape.channels), pixels: pixels)
  }

  /// Returns levels at another size, unrounded: sums in double precision, single precision between
  /// the passes, clipped to 0 … 255 at the end.
  ///
  /// - Parameters:
  ///   - levels: `shape.count` levels, pixel after pixel, the channels side by side.
  ///   - shape: The size of the picture.
  ///   - width: The width to come to.
  ///   - height: The height to come to.
  ///   - filter: The filter.
  /// - Note: Pillow's `Image.resize` in mode `F`, a channel at a time, as clean-fid uses it.
  public static func levels(
    _ levels: [Float], shape: PictureShape, width: Int, height: Int,
    filter: ResamplingFilter = .bicubic
  ) -> [Float] {
    precondition(levels.count == shape.count, "\(levels.count) levels, not \(shape.count)")
    precondition(width > 0 && height > 0, "cannot resize to \(width) × \(height)")
    var levels = levels
    if width != shape.width {
      levels = pass(
        levels, outer: shape.height, inner: shape.channels, inputCount: shape.width,
        ResamplingWeights(from: shape.width, to: width, filter: filter))
    }
    if height != shape.height {
      levels = pass(
        levels, outer: 1, inner: width * shape.channels, inputCount: shape.height,
        ResamplingWeights(from: shape.height, to: height, filter: filter))
    }
    return levels.map { min(max($0, 0), 255) }
  }

  /// Half a level, in units of 2⁻²².
  private static let half: Int32 = 1 << (ResamplingWeights.fixedPointBits - 1)

  @inline(__always)
  private static func level(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(sum >> ResamplingWeights.fixedPointBits, 0), 255))
  }

  /// Resizes every row.
  private static func rows(
    _ pixels: [UInt8], count: Int, channels: Int, inputWidth: Int, _ weights: ResamplingWeights
  ) -> [UInt8] {
    let width = weights.starts.count
    let factors = weights.fixedPoint
    var resized = [UInt8](repeating: 0, count: count * width * channels)
    let source = pixels.span
    let factor = factors.span
    var target = resized.mutableSpan
    for row in 0..<count {
      for x in 0..<width {
        let first = (row * inputWidth + weights.starts[x]) * channels
        let run = weights.counts[x]
        let base = x * weights.stride
        let position = (row * width + x) * channels
        if channels == 3 {
          // 255 times the largest sum of absolute weights stays below 2³¹.
          var (red, green, blue) = (half, half, half)
          for tap in 0..<run {
            let weight = factor[base + tap]
            let index = first + 3 * tap
            red &+= Int32(source[index]) &* weight
            green &+= Int32(source[index + 1]) &* weight
            blue &+= Int32(source[index + 2]) &* weight
          }
          target[position] = level(red)
          target[position + 1] = level(green)
          target[position + 2] = level(blue)
        } else {
          var sum = half
          for tap in 0..<run {
            sum &+= Int32(source[first + tap]) &* factor[base + tap]
          }
          target[position] = level(sum)
        }
      }
    }
    return resized
  }

  /// Resizes all columns at once: whole rows are added with one weight.
  private static func columns(
    _ pixels: [UInt8], length: Int, _ weights: ResamplingWeights
  ) -> [UInt8] {
    let factors = weights.fixedPoint
    var resized = [UInt8](repeating: 0, count: weights.starts.count * length)
    var sums = [Int32](repeating: 0, count: length)
    for row in 0..<weights.starts.count {
      for index in 0..<length { sums[index] = half }
      for tap in 0..<weights.counts[row] {
        let weight = factors[row * weights.stride + tap]
        let source = pixels.span.extracting(
          droppingFirst: (weights.starts[row] + tap) * length)
        for index in 0..<length { sums[index] &+= Int32(source[index]) &* weight }
      }
      for index in 0..<length { resized[row * length + index] = level(sums[index]) }
    }
    return resized
  }

  /// Resizes the middle axis of `(outer, inputCount, inner)` levels.
  private static func pass(
    _ levels: [Float], outer: Int, inner: Int, inputCount: Int, _ weights: ResamplingWeights
  ) -> [Float] {
    let outputCount = weights.starts.count
    var resized = [Float](repeating: 0, count: outer * outputCount * inner)
    var sums = [Double](repeating: 0, count: inner)
    for block in 0..<outer {
      for output in 0..<outputCount {
        for index in 0..<inner { sums[index] = 0 }
        for tap in 0..<weights.counts[output] {
          let weight = weights.values[output * weights.stride + tap]
          let start = (block * inputCount + weights.starts[output] + tap) * inner
          for index in 0..<inner { sums[index] += Double(levels[start + index]) * weight }
        }
        let start = (block * outputCount + output) * inner
        for index in 0..<inner { resized[start + index] = Float(sums[index]) }
      }
    }
    return resized
  }
}
