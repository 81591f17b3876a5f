public import LinearAlgebra
public import Samples

/// The empirical law of training samples.
public struct BootstrapModel: GenerativeModel {
  let training: TrainingRows

  /// The training samples, of shape `(n, D)`.
  public var rows: Matrix { training.rows }

  /// The numbers in a sample, `D`.
  public var dimension: Int { rows.columnCount }

  /// The probability of each training sample: `1/n`, or in proportion to its weight.
  public var componentWeights: [Double] { training.shares }

  /// The training samples: each is a component of its own.
  public var componentMeans: Matrix { rows }

  /// The trace of the covariance of the training samples, divided by `n`, or weighted.
  public var totalVariance: Double { training.totalVariance }

  /// Draws training samples, each with its probability.
  ///
  /// A point has no covariance for the bias to contract, so only the global scope of the bias moves
  /// samples: towards the mean of the training samples.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let components = training.numbers(of: samples, latents: latents)
    let drawn = rows.gatheringRows(components)
    guard sampling.biasScope == .global, sampling.bias != 1 else {
      return Draws(rows: drawn, components: components)
    }
    let mean = training.mean
    let factors = Array(repeating: sampling.bias.squareRoot(), count: dimension)
    let contracted = drawn.subtractingFromRows(mean).scalingColumns(factors)
    return Draws(rows: contracted.subtractingFromRows(mean.map { -$0 }), components: components)
  }

  /// `nil`: point masses have no density.
  public func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) -> [Double]? {
    nil
  }

  /// The training samples, and their weights if they have any.
  public var tensors: [Tensor] { training.tensors }

  /// The model itself: samples of different generations have no identity to match.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel { self }
}
