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
}
