import Images
import LinearAlgebra
import Metrics
import Randomness
import Samples

/// Real samples after a damage that changes every one of them.
struct PlantedDamage {
  let damage: Damage
  let strength: Double
  let seed: UInt64

  /// Returns pictures after the damage, rounded to whole levels.
  ///
  /// - Throws: what the codec throws for JPEG.
  func pictures(_ samples: SampleSet, shape: PictureShape) throws -> SampleSet {
    let (mean, deviation) = Self.moments(of: samples)
    var writer = SampleWriter(
      expecting: samples.count, dimension: samples.dimension, isBytes: true)
    for block in samples.blocks {
      let levels = samples.values(block)
      let size = shape.count
      let changed = Parallelism.map(block.count) { index in
        Result {
          try bytes(
            levels[index * size..<(index + 1) * size], sample: block.lowerBound + index,
            shape: shape, mean: mean, deviation: deviation)
        }
      }
      writer.append(.bytes(try changed.flatMap { try $0.get() }))
    }
    return writer.finish(shape: shape)
  }

  private func bytes(
    _ levels: ArraySlice<Float>, sample: Int, shape: PictureShape, mean: [Double],
    deviation: Double
  ) throws -> [UInt8] {
    let values = levels.map(Double.init)
    let changed: [Double] =
      switch damage {
      case .modes, .tails, .duplicates:
        preconditionFailure("\(damage.rawValue) chooses samples and changes none")
      case .shrink: zip(values, mean).map { $0 + strength * ($1 - $0) }
      case .blur: zip(values, Self.blurred(values, shape)).map { $0 + strength * ($1 - $0) }
      case .noise:
        zip(values, noise(values.count, sample: sample)).map { $0 + strength * deviation * $1 }
      case .jpeg: values
      }
    let pixels = changed.map { UInt8(min(255, max(0, $0.rounded()))) }
    guard damage == .jpeg else { return pixels }
    let quality = max(1, Int((100 * (1 - strength)).rounded()))
    let file = try JPEG.encode(Picture(shape: shape, pixels: pixels), quality: quality)
    return try PictureDecoder.decode(file).converted(toChannels: shape.channels).pixels
  }

  /// Returns rows after the damage.
  func rows(_ rows: Matrix) -> Matrix {
    let mean = rows.columnMeans()
    let centred = rows.subtractingFromRows(mean)
    let deviations = centred.transposed().squaredRowNorms().map {
      ($0 / Double(max(1, rows.rowCount - 1))).squareRoot()
    }
    var changed = rows
    for row in 0..<rows.rowCount {
      let noise = damage == .noise ? noise(rows.columnCount, sample: row) : []
      for column in 0..<rows.columnCount {
        changed[row, column] +=
          damage == .noise
          ? strength * deviations[column] * noise[column] : -strength * centred[row, column]
      }
    }
    return changed
  }

  private func noise(_ count: Int, sample: Int) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: "calibrate/noise", sample: sample)
    return stream.normals(count)
  }

  /// The mean picture, and the standard deviation of levels about it.
  private static func moments(of samples: SampleSet) -> (mean: [Double], deviation: Double) {
    let d = samples.dimension
    var mean = [Double](repeating: 0, count: d)
    var squares = mean
    for block in samples.blocks {
      let values = samples.values(block)
      for index in values.indices {
        let value = Double(values[index])
        mean[index % d] += value
        squares[index % d] += value * value
      }
    }
    // Whole levels: their sums are exact.
    let count = Double(samples.count)
    var variance = 0.0
    for index in mean.indices {
      mean[index] /= count
      variance += max(0, squares[index] / count - mean[index] * mean[index])
    }
    return (mean, (variance / Double(max(1, d))).squareRoot())
  }

  /// The levels after the binomial filter (1 4 6 4 1)/16 along rows and columns, borders repeated.
  private static func blurred(_ levels: [Double], _ shape: PictureShape) -> [Double] {
    let weights = [1.0, 4, 6, 4, 1]
    func filtered(_ values: [Double], step: Int, length: Int, start: (Int) -> Int) -> [Double] {
      var result = values
      for line in 0..<values.count / length {
        let first = start(line)
        for place in 0..<length {
          var sum = 0.0
          for (offset, weight) in weights.enumerated() {
            let other = min(length - 1, max(0, place + offset - 2))
            sum += weight * values[first + other * step]
          }
          result[first + place * step] = sum / 16
        }
      }
      return result
    }
    let (channels, width) = (shape.channels, shape.width)
    let across = filtered(levels, step: channels, length: width) { line in
      line / channels * width * channels + line % channels
    }
    return filtered(across, step: width * channels, length: shape.height) { $0 }
  }
}
