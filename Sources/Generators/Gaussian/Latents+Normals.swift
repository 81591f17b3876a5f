import LinearAlgebra
import Randomness

extension Latents {
  /// Standard normal numbers, `count` for each sample from its own stream, one sample a row.
  func normals(_ part: String, samples: Range<Int>, count: Int) -> Matrix {
    Matrix(rowCount: samples.count, columnCount: count, tileRows: 32) { rows, out in
      for (position, row) in rows.enumerated() {
        var stream = stream(part, sample: samples.lowerBound + row)
        stream.fillNormals(&out, position * count..<(position + 1) * count)
      }
    }
  }

  /// The same in single precision, other numbers of the same stream.
  func singleNormals(_ part: String, samples: Range<Int>, count: Int) -> FloatMatrix {
    var elements = [Float](repeating: 0, count: samples.count * count)
    var span = elements.mutableSpan
    for (position, sample) in samples.enumerated() {
      var stream = stream(part, sample: sample)
      stream.fillNormals(&span, position * count..<(position + 1) * count)
    }
    return FloatMatrix(rowCount: samples.count, columnCount: count, elements: elements)
  }
}
