import Generators
import LinearAlgebra
import Randomness
import Samples

/// What an implementation may do to a model without anybody having meant it: each is known to pass for
/// collapse or to hide it.
///
/// They are laid over the real generators, never part of them: as experiments of theirs (D8, F5, F6,
/// B6) and as wrong engines that the checks have to catch.
enum Effect: Hashable, Sendable {
  /// A number added to the variance of every coordinate at every fit.
  case ridge(Double)

  /// A number added to every coordinate of every draw. Minus one half before rounding is truncation.
  case shift(Double)

  /// The directions beyond so many principal ones dropped at every fit, and no noise in their place.
  case rank(Int)

  /// Every draw the mean of so many independent ones: overlapping patches put together by averaging.
  case overlap(Int)

  /// The random numbers of generation 0 used for the draws of all generations.
  case sharedLatents

  /// Covariances of Gaussians divided by `n − 1`, whatever was asked for.
  case unbiased

  /// The component of least weight moved to the training sample farthest from the mean after every
  /// fit, as implementations do that seed a starved component anew.
  case reseeded
}

/// A generator with an effect laid over it.
struct AlteredGenerator: Generator {
  let base: any Generator
  let effect: Effect

  var name: String { base.name }

  var settings: [(key: String, value: String)] { base.settings }

  func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)?
  ) throws -> any GenerativeModel {
    switch effect {
    case .rank(let rank):
      try GaussianModel(
        principal: PrincipalComponents.model(training.rows, dimensions: rank).withoutResidual)
    case .unbiased: try GaussianGenerator(estimator: .unbiased).fit(training)
    case .ridge, .shift, .overlap, .sharedLatents:
      AlteredModel(base: try base.fit(training, previous: previous), effect: effect)
    case .reseeded:
      AlteredModel(
        base: try base.fit(training, previous: previous), effect: effect,
        outlier: Self.outlier(of: training.rows.matrix()))
    }
  }

  /// The sample farthest from the mean.
  private static func outlier(of rows: Matrix) -> [Double]? {
    let distances = rows.subtractingFromRows(rows.columnMeans()).squaredRowNorms()
    return distances.indices.max { distances[$0] < distances[$1] }.map { Array(rows.row($0)) }
  }

  func resolved(sampleCount n: Int, dimension: Int) -> any Generator {
    AlteredGenerator(base: base.resolved(sampleCount: n, dimension: dimension), effect: effect)
  }
}

extension PrincipalComponents {
  /// The components alone.
  fileprivate var withoutResidual: PrincipalComponents {
    PrincipalComponents(
      mean: mean, components: components, eigenvalues: eigenvalues, residualVariance: 0)
  }
}

/// A model with an effect laid over it.
struct AlteredModel: GenerativeModel {
  let base: any GenerativeModel
  let effect: Effect

  /// The training sample to which the lightest component is moved.
  var outlier: [Double]?

  /// What a ridge adds to the variance along every axis.
  var addedVariance: Double {
    if case .ridge(let ridge) = effect { ridge } else { 0 }
  }

  var dimension: Int { base.dimension }

  var componentWeights: [Double] { base.componentWeights }

  var componentMeans: Matrix { base.componentMeans }

  var totalVariance: Double { base.totalVariance + Double(dimension) * addedVariance }

  var tensors: [Tensor] { base.tensors }

  func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) throws -> Draws {
    switch effect {
    case .rank, .unbiased: return try base.draw(samples, latents: latents, sampling: sampling)
    case .sharedLatents:
      let first = Latents(seed: latents.seed, purpose: latents.purpose, generation: 0)
      return try base.draw(samples, latents: first, sampling: sampling)
    case .shift(let shift):
      return try base.draw(samples, latents: latents, sampling: sampling).mapping { _, _, value in
        value + shift
      }
    case .ridge(let ridge):
      let noise = samples.map { sample in
        var stream = RandomStream(
          seed: latents.seed, purpose: latents.purpose, part: "ridge",
          generation: latents.generation, sample: sample)
        return stream.normals(dimension)
      }
      return try base.draw(samples, latents: latents, sampling: sampling).mapping {
        row, column, value in value + ridge.squareRoot() * noise[row][column]
      }
    case .reseeded:
      let drawn = try base.draw(samples, latents: latents, sampling: sampling)
      let weights = componentWeights
      guard let outlier, let lightest = weights.indices.min(by: { weights[$0] < weights[$1] })
      else { return drawn }
      let mean = componentMeans.row(lightest)
      return drawn.mapping { row, column, value in
        drawn.components[row] == lightest
          ? value + outlier[column] - mean[mean.startIndex + column] : value
      }
    case .overlap(let count):
      let many = try base.draw(
        samples.lowerBound * count..<samples.upperBound * count, latents: latents,
        sampling: sampling)
      var rows = Matrix(rowCount: samples.count, columnCount: dimension)
      for row in 0..<samples.count * count {
        for column in 0..<dimension {
          rows[row / count, column] += many.rows[row, column] / Double(count)
        }
      }
      return Draws(rows: rows, components: Array(repeating: 0, count: samples.count))
    }
  }

  func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) throws -> [Double]? {
    try base.logDensity(rows, sampling: sampling, noiseFloor: noiseFloor + addedVariance)
  }

  func matched(to previous: any GenerativeModel) -> any GenerativeModel {
    let previous = (previous as? AlteredModel)?.base ?? previous
    return AlteredModel(base: base.matched(to: previous), effect: effect, outlier: outlier)
  }
}

extension Draws {
  /// The draws with every number changed; the closure gets its row, its column and itself.
  fileprivate func mapping(_ change: (Int, Int, Double) -> Double) -> Draws {
    var changed = rows
    for row in 0..<rows.rowCount {
      for column in 0..<rows.columnCount {
        changed[row, column] = change(row, column, rows[row, column])
      }
    }
    return Draws(rows: changed, components: components)
  }
}
