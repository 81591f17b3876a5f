import LinearAlgebra
public import Samples

extension GeneratorCatalogue {
  /// Returns the model that a family wrote as tensors: it draws the same samples and is matched the
  /// same way as the one that was written.
  ///
  /// - Throws: ``GeneratorError/unusableModel(reason:)`` if a tensor is missing or of another shape.
  public static func restore(
    _ name: String, from tensors: [Tensor]
  ) throws(GeneratorError) -> any GenerativeModel {
    let table = TensorTable(tensors)
    do {
      return switch name {
      case "patches": try PatchesModel(restoring: table)
      case "gmm": try GaussianMixtureModel(restoring: table)
      case "gaussian": try GaussianModel(restoring: table)
      case "bootstrap": BootstrapModel(training: try TrainingRows(restoring: table))
      case "kde":
        KernelDensityModel(
          training: try TrainingRows(restoring: table), bandwidth: try table.number("bandwidth"))
      default: throw GeneratorError.unknownGenerator(name: name, known: entries.map(\.name))
      }
    } catch let error as GeneratorError {
      throw error
    } catch {
      throw .unusableModel(reason: "\(error)")
    }
  }
}

extension GaussianModel {
  fileprivate init(restoring table: TensorTable) throws {
    self.init(
      principal: try table.principalComponents(
        axes: "axes", variances: "variances", residual: nil))
  }
}

extension GaussianMixtureModel {
  fileprivate init(restoring table: TensorTable) throws {
    let principal = try table.principalComponents(
      axes: "axes", variances: "variances", residual: "residual_variance")
    let weights = try table.values("weights")
    let mixture = FullCovarianceMixture(
      weights: weights, means: try table.matrix("means", columns: principal.count),
      covariances: try table.matrices(
        "covariances", count: weights.count, columns: principal.count))
    try self.init(principal: principal, mixture: mixture, logLikelihoods: [])
  }
}

extension PatchesModel {
  fileprivate init(restoring table: TensorTable) throws {
    let principal = try table.principalComponents(
      axes: "components", variances: "eigenvalues", residual: "residual_variance")
    let weights = try table.values("mixture.weights")
    let mixture = PPCAMixture(
      weights: weights,
      means: try table.matrix("mixture.means", columns: principal.count),
      factors: try table.matrix("mixture.factors", columns: principal.count),
      residualVariances: try table.values("mixture.residual_variances", count: weights.count))
    let thumbnail = ThumbnailModel(
      principal: principal, scales: try table.values("scales", count: principal.count),
      mixture: mixture)
    var shapes: [PictureShape] = []
    if table.contains("shapes") {
      let numbers = try table.integers("shapes")
      for start in stride(from: 0, to: numbers.count - 2, by: 3) {
        shapes.append(
          PictureShape(
            width: numbers[start], height: numbers[start + 1], channels: numbers[start + 2]))
      }
    }
    var details: [DetailLevel] = []
    for position in 0..<max(0, shapes.count - 1) {
      // Levels are numbered from the finest, shapes from the coarsest.
      details.append(
        try DetailLevel(
          restoring: table, level: shapes.count - 2 - position, coarse: shapes[position]))
    }
    self.init(
      thumbnail: thumbnail, details: details, shapes: shapes,
      detailVariance: try table.number("detail_variance"), logLikelihoods: [])
  }
}

extension DetailLevel {
  fileprivate init(restoring table: TensorTable, level: Int, coarse: PictureShape) throws {
    func name(_ part: String) -> String { "detail.\(level).\(part)" }
    let side = Int(try table.number(name("block"))) / 2
    let grid = DetailGrid(shape: coarse, side: side)
    let contextMean = try table.values(name("context_mean"), count: grid.contextCount)
    let width = try table.shape(name("context_map"), axes: 2)[1]
    let reduction = ContextReduction(
      mean: contextMean, map: try table.matrix(name("context_map"), columns: width),
      deviations: try table.values(name("context_deviations"), count: width))
    let axes = try table.matrix(name("target_axes"), columns: grid.targetCount)
    let target = PrincipalComponents(
      mean: try table.values(name("target_mean"), count: grid.targetCount), components: axes,
      eigenvalues: try table.values(name("target_variances"), count: axes.rowCount),
      residualVariance: try table.number(name("residual_variance")))
    let weights = try table.values(name("weights"))
    let contexts = FullCovarianceMixture(
      weights: weights, means: try table.matrix(name("context_means"), columns: width),
      covariances: try table.matrices(
        name("context_covariances"), count: weights.count, columns: width))
    let rank = axes.rowCount
    let intercepts = try table.matrix(name("intercepts"), columns: rank)
    try self.init(
      level: level, grid: grid, reduction: reduction, target: target, contexts: contexts,
      intercepts: (0..<weights.count).map { Array(intercepts.row($0)) },
      gains: try table.matrices(name("gains"), count: weights.count, columns: rank),
      covariances: try table.matrices(name("covariances"), count: weights.count, columns: rank))
  }
}
