import Randomness
import Samples

/// Pictures for tests, all from formulas.
enum TestPictures {
  /// One picture whose level at (x, y, channel) is a polynomial modulo 256.
  static func formula(width: Int, height: Int, channels: Int = 3) -> SampleSet {
    let shape = PictureShape(width: width, height: height, channels: channels)
    var levels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<channels {
          levels.append(UInt8((3 * x * x + 5 * y + 7 * x * y + 60 * channel) % 256))
        }
      }
    }
    return SampleSet(count: 1, dimension: shape.count, shape: shape, storage: .bytes(levels))
  }

  /// Pictures of one colour each.
  static func plain(_ levels: [UInt8], side: Int = 8, channels: Int = 3) -> SampleSet {
    let shape = PictureShape(width: side, height: side, channels: channels)
    return SampleSet(
      count: levels.count, dimension: shape.count, shape: shape,
      storage: .bytes(levels.flatMap { Array(repeating: $0, count: shape.count) }))
  }

  /// Discs of random place, size and colour on backgrounds of random shade, with noise.
  ///
  /// The class is the disc's leading colour. Picture `i` of a seed is always the same.
  ///
  /// - Parameters:
  ///   - spread: 1 for the whole law; less contracts every choice towards its middle.
  ///   - grain: The standard deviation of the noise, in levels.
  static func discs(
    _ range: Range<Int>, side: Int = 16, seed: UInt64 = 1, spread: Double = 1, grain: Double = 3
  ) -> SampleSet {
    let shape = PictureShape(width: side, height: side, channels: 3)
    var levels: [UInt8] = []
    var labels: [Int32] = []
    for sample in range {
      var stream = RandomStream(seed: seed, purpose: "test/discs", sample: sample)
      func choice(_ low: Double, _ high: Double) -> Double {
        (low + high) / 2 + (stream.uniform() - 0.5) * (high - low) * spread
      }
      let label = stream.integer(below: 3)
      labels.append(Int32(label))
      let (x0, y0) = (choice(0.25, 0.75), choice(0.25, 0.75))
      let radius = choice(0.1, 0.35)
      let shade = choice(20, 120)
      let colour = (0..<3).map { $0 == label ? choice(170, 230) : choice(40, 140) }
      for y in 0..<side {
        for x in 0..<side {
          let dx = (Double(x) + 0.5) / Double(side) - x0
          let dy = (Double(y) + 0.5) / Double(side) - y0
          let edge = (radius - (dx * dx + dy * dy).squareRoot()) * Double(side)
          let cover = min(1, max(0, edge + 0.5))
          for channel in 0..<3 {
            let noise = grain * stream.normal()
            let level = shade + cover * (colour[channel] - shade) + noise
            levels.append(UInt8(min(255, max(0, level.rounded()))))
          }
        }
      }
    }
    return SampleSet(
      count: range.count, dimension: shape.count, shape: shape, storage: .bytes(levels),
      labels: labels, classNames: ["blue", "green", "red"])
  }

  /// The same pictures with every pixel replaced by the mean of its 3×3 surroundings.
  static func blurred(_ samples: SampleSet) -> SampleSet {
    guard let shape = samples.shape else { return samples }
    let (width, height, channels) = (shape.width, shape.height, shape.channels)
    let values = samples.values
    var blurred = values
    for sample in 0..<samples.count {
      let base = sample * shape.count
      for y in 0..<height {
        for x in 0..<width {
          for channel in 0..<channels {
            var sum: Float = 0
            for dy in -1...1 {
              for dx in -1...1 {
                let row = min(height - 1, max(0, y + dy))
                let column = min(width - 1, max(0, x + dx))
                sum += values[base + (row * width + column) * channels + channel]
              }
            }
            blurred[base + (y * width + x) * channels + channel] = sum / 9
          }
        }
      }
    }
    return SampleSet(
      count: samples.count, dimension: samples.dimension, shape: shape, storage: .floats(blurred),
      labels: samples.labels, classNames: samples.classNames)
  }
}
