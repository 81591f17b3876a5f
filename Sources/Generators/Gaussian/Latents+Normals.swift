import LinearAlgebra
import Randomness

extension Latents {
  /// Standard normal numbers, `count` for each sample from its own stream, one sample a row.
  ///
  /// - Parameter limit: The largest magnitude; where a number is larger, others are drawn in its place
  ///   until one is not. `nil` for no limit.
  func normals(
    _ part: String, samples: Range<Int>, count: Int, within limit: Double? = nil
  ) -> Matrix {
    Matrix(rowCount: samples.count, columnCount: count, tileRows: 32) { rows, out in
      for (position, row) in rows.enumerated() {
        let sample = samples.lowerBound + row
        var stream = stream(part, sample: sample)
        let numbers = position * count..<(position + 1) * count
        stream.fillNormals(&out, numbers)
        guard let limit else { continue }
        var others = self.stream(part + "/truncated", sample: sample)
        for index in numbers where abs(out[index]) > limit {
          out[index] = others.normal(within: limit)
        }
      }
    }
  }

  /// The same in single precision, other numbers of the same stream.
  func singleNormals(
    _ part: String, samples: Range<Int>, count: Int, within limit: Double? = nil
  ) -> FloatMatrix {
    var elements = [Float](repeating: 0, count: samples.count * count)
    var span = elements.mutableSpan
    for (position, sample) in samples.enumerated() {
      var stream = stream(part, sample: sample)
      let numbers = position * count..<(position + 1) * count
      stream.fillNormals(&span, numbers)
      guard let limit else { continue }
      var others = self.stream(part + "/truncated", sample: sample)
      for index in numbers where abs(Double(span[index])) > limit {
        span[index] = Float(others.normal(within: limit))
      }
    }
    return FloatMatrix(rowCount: samples.count, columnCount: count, elements: elements)
  }
}

extension RandomStream {
  /// A standard normal number of at most this magnitude.
  fileprivate mutating func normal(within limit: Double) -> Double {
    var number = normal()
    while abs(number) > limit { number = normal() }
    return number
  }
}
