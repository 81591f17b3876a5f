import Generators
import LinearAlgebra
import Samples
import Theory

/// The sizes of `fits` training sets of `n` samples of the last model, the first of them real.
func replaceSizes(n: Int, fits: Int) -> [GenerationSizes] {
  (0..<fits).map { GenerationSizes(real: $0 == 0 ? n : 0, synthetic: $0 == 0 ? 0 : n) }
}

/// The sizes of `fits` training sets that keep everything, `n` samples a generation.
func accumulateSizes(n: Int, fits: Int, subsample: Int? = nil) -> [GenerationSizes] {
  (0..<fits).map { GenerationSizes(real: n, synthetic: $0 * n, subsample: subsample) }
}

/// The sizes of `fits` training sets of `real` and `synthetic` samples, the first of them real.
func mixedSizes(real: Int, synthetic: Int, fits: Int, fresh: Bool) -> [GenerationSizes] {
  (0..<fits).map {
    $0 == 0
      ? GenerationSizes(real: real + synthetic, synthetic: 0)
      : GenerationSizes(real: real, synthetic: synthetic, fresh: fresh)
  }
}

extension SampleSet {
  /// The samples as a matrix.
  var matrix: Matrix { Matrix(rowCount: count, columnCount: dimension, floats: values) }
}
