public import LinearAlgebra
import Randomness
public import Samples

/// The empirical law of training samples.
public struct BootstrapModel: GenerativeModel {
  /// The training samples, of shape `(n, D)`.
  public let rows: Matrix

  /// The numbers in a sample, `D`.
  public var dimension: Int { rows.columnCount }

  /// `1/n` for each training sample.
  public var componentWeights: [Double] {
    Array(repeating: 1 / Double(rows.rowCount), count: rows.rowCount)
  }

  /// The training samples: each is a component of its own.
  public var componentMeans: Matrix { rows }

  /// The trace of the covariance of the training samples, divided by `n`.
  public var totalVariance: Double {
    rows.subtractingFromRows(rows.columnMeans()).squaredRowNorms().reduce(0, +)
      / Double(rows.rowCount)
  }

  /// Draws training samples, each with probability `1/n`.
  ///
  /// A point has no covariance for the bias to contract, so only the global scope of the bias moves
  /// samples: towards the mean of the training samples.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let components = samples.map { sample in
      var stream = latents.stream("component", sample: sample)
      return stream.integer(below: rows.rowCount)
    }
    let drawn = rows.gatheringRows(components)
    guard sampling.biasScope == .global, sampling.bias != 1 else {
      return Draws(rows: drawn, components: components)
    }
    let mean = rows.columnMeans()
    let factors = Array(repeating: sampling.bias.squareRoot(), count: dimension)
    let contracted = drawn.subtractingFromRows(mean).scalingColumns(factors)
    return Draws(rows: contracted.subtractingFromRows(mean.map { -$0 }), components: components)
  }

  /// `nil`: point masses have no density.
  public func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) -> [Double]? {
    nil
  }

  /// The training samples.
  public var tensors: [Tensor] {
    [
      Tensor(
        name: "samples", shape: [rows.rowCount, dimension], values: .float64(rows.elements))
    ]
  }

  /// The model itself: samples of different generations have no identity to match.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel { self }
}
