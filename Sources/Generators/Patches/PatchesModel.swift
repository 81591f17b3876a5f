public import LinearAlgebra
public import Samples

/// A fitted `patches` generator: the law of the whole picture up to the patch size, and, for larger
/// pictures, of a thumbnail of that size with one conditional detail level for each doubling.
public struct PatchesModel: GenerativeModel {
  /// The law of the thumbnail, or of the whole sample where there is no detail level.
  let thumbnail: ThumbnailModel

  /// The detail levels in the order in which they are drawn, the finest last.
  let details: [DetailLevel]

  /// The shapes of the pictures from the thumbnail's to the full size; empty for vectors.
  let shapes: [PictureShape]

  /// The trace of the covariance of all detail coefficients, in squared model coordinates.
  let detailVariance: Double

  /// The mean log-likelihood of the training thumbnails before each EM step.
  let logLikelihoods: [Double]

  /// Creates a model from its parts; without details one shape at most.
  ///
  /// The variance of the details has no closed form: it is measured on drawn pictures.
  init(
    thumbnail: ThumbnailModel, details: [DetailLevel], shapes: [PictureShape],
    logLikelihoods: [Double]
  ) {
    let unmeasured = PatchesModel(
      thumbnail: thumbnail, details: details, shapes: shapes, detailVariance: 0,
      logLikelihoods: logLikelihoods)
    self.init(
      thumbnail: thumbnail, details: details, shapes: shapes,
      detailVariance: unmeasured.measuredDetailVariance(), logLikelihoods: logLikelihoods)
  }

  /// Creates a model whose detail variance is known.
  init(
    thumbnail: ThumbnailModel, details: [DetailLevel], shapes: [PictureShape],
    detailVariance: Double, logLikelihoods: [Double]
  ) {
    precondition(
      details.isEmpty || shapes.count == details.count + 1,
      "\(shapes.count) shapes for \(details.count) detail levels")
    self.thumbnail = thumbnail
    self.details = details
    self.shapes = shapes
    self.detailVariance = detailVariance
    self.logLikelihoods = logLikelihoods
  }

  /// The numbers in a sample, `D`.
  public var dimension: Int { shapes.last?.count ?? thumbnail.dimension }

  /// The mixture weights of the thumbnail's components.
  public var componentWeights: [Double] { thumbnail.mixture.weights }

  /// The means of the thumbnail's components, of shape `(K, D)`: enlarged without detail where there
  /// are levels.
  public var componentMeans: Matrix {
    var rows = thumbnail.componentMeans
    for level in details.indices {
      let coarse = shapes[level]
      let none = Matrix(rowCount: rows.rowCount, columnCount: 3 * coarse.count)
      rows = cut(
        ThumbnailPyramid.compose(coarse: rows, details: none, shape: coarse), after: level)
    }
    return rows
  }

  /// By the thumbnails: enlarged means differ between components in nothing else.
  public func nearestComponents(to samples: RowSource) -> [Int] {
    let centres = ClusterCentres(thumbnail.componentMeans)
    let blocks = samples.blocks
    return Parallelism.map(blocks.count) { index in
      let thumbnails = shapes.dropFirst().reversed().reduce(samples.rows(blocks[index])) {
        ThumbnailPyramid.reduce(rows: $0, shape: $1).rows
      }
      return centres.nearest(to: thumbnails)
    }.flatMap { $0 }
  }

  /// The trace of the covariance of the law with bias 1, in squared model coordinates.
  ///
  /// Exact without detail levels. With them the part of the details is the mean over 64 pictures drawn
  /// from the model, always with the same random numbers.
  public var totalVariance: Double {
    thumbnail.totalVariance * pow4(details.count) + detailVariance
  }

  /// The same law with its components in the order of the previous model's and their factors turned
  /// towards those, so that the same latents draw samples that can be compared.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel {
    guard let previous = previous as? PatchesModel else { return self }
    return PatchesModel(
      thumbnail: thumbnail.matched(to: previous.thumbnail), details: details, shapes: shapes,
      detailVariance: detailVariance, logLikelihoods: logLikelihoods)
  }
}

extension PatchesModel {
  /// Everything that drawing takes: the principal components with their scales, the mixture of the
  /// scaled coordinates, the shapes (width, height, channels) from the thumbnail's to the full one,
  /// and the detail levels.
  public var tensors: [Tensor] {
    let principal = thumbnail.principal
    let mixture = thumbnail.mixture
    let (count, rank, d) = (mixture.count, mixture.rank, principal.count)
    var tensors = [
      Tensor(name: "mean", shape: [thumbnail.dimension], values: .float64(principal.mean)),
      Tensor(
        name: "components", shape: [d, thumbnail.dimension],
        values: .float64(principal.components.elements)),
      Tensor(name: "eigenvalues", shape: [d], values: .float64(principal.eigenvalues)),
      Tensor(
        name: "residual_variance", shape: [1], values: .float64([principal.residualVariance])),
      Tensor(name: "scales", shape: [d], values: .float64(thumbnail.scales)),
      Tensor(name: "mixture.weights", shape: [count], values: .float64(mixture.weights)),
      Tensor(
        name: "mixture.means", shape: [count, d], values: .float64(mixture.means.elements)),
      Tensor(
        name: "mixture.factors", shape: [count, rank, d],
        values: .float64(mixture.factors.elements)),
      Tensor(
        name: "mixture.residual_variances", shape: [count],
        values: .float64(mixture.residualVariances)),
    ]
    tensors.append(
      Tensor(name: "detail_variance", shape: [1], values: .float64([detailVariance])))
    if !shapes.isEmpty {
      tensors.append(
        Tensor(
          name: "shapes", shape: [shapes.count, 3],
          values: .int32(
            shapes.flatMap { [Int32($0.width), Int32($0.height), Int32($0.channels)] })))
    }
    return tensors + details.flatMap(\.tensors)
  }
}

/// `4^exponent`.
func pow4(_ exponent: Int) -> Double { Double(1 << (2 * exponent)) }
