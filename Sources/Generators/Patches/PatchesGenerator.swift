import LinearAlgebra
import Samples

/// The default generator, `patches` on the command line: principal components and a mixture of
/// probabilistic PCA over the whole picture up to a patch of 32×32 pixels; above, a thumbnail of that
/// size and, for each doubling, details drawn from a conditional Gaussian mixture over small patches.
///
/// Vectors are treated as pictures that fit into the patch.
public struct PatchesGenerator: Generator {
  /// The number of mixture components, never more than `n`; `nil` for `n/8`, from 8 to 400.
  public let components: Int?

  /// The factors of a component, `q`; at most one fewer than the principal components are used.
  public let rank: Int

  /// The most principal components, `d`; never more than `n - 1`.
  public let dimensions: Int

  /// The exponent γ of the spectrum that shapes the residual noise: 0 for white noise.
  public let residualExponent: Double

  /// The largest width and height of the thumbnail; `nil` for 32.
  public let patch: Int?

  /// The side of the detail patches in pixels.
  public let detailBlock: Int

  /// The largest number of EM steps.
  public let steps: Int

  /// Whether EM starts from the samples or from the previous generation's mixture.
  ///
  /// A warm start starves components where the training set grows: an optimisation fault that looks
  /// like collapse.
  public let start: Start

  /// The sample count that decided the capacity, once ``resolved(sampleCount:dimension:)``.
  private let capacityCount: Int?

  /// Creates the generator.
  ///
  /// - Throws: ``GeneratorError/invalidSetting(name:value:allowed:)``.
  public init(
    components: Int? = nil, rank: Int = 6, dimensions: Int = 400,
    residualExponent: Double = 0.5, patch: Int? = nil, detailBlock: Int = 8, steps: Int = 3,
    start: Start = .cold
  ) throws(GeneratorError) {
    for (name, value, least) in [
      ("components", components ?? 1, 1), ("rank", rank, 0), ("dimensions", dimensions, 1),
      ("patch", patch ?? 4, 4), ("steps", steps, 0),
    ] where value < least {
      throw .invalidSetting(name: name, value: "\(value)", allowed: "\(least) or more")
    }
    guard detailBlock >= 2, detailBlock % 2 == 0 else {
      throw .invalidSetting(
        name: "detail-block", value: "\(detailBlock)", allowed: "an even number, 2 or more")
    }
    guard (0...1).contains(residualExponent) else {
      throw .invalidSetting(
        name: "residual-exponent", value: "\(residualExponent)", allowed: "a number from 0 to 1")
    }
    self.init(
      checkedComponents: components, rank: rank, dimensions: dimensions,
      residualExponent: residualExponent, patch: patch, detailBlock: detailBlock, steps: steps,
      start: start, capacityCount: nil)
  }

  private init(
    checkedComponents components: Int?, rank: Int, dimensions: Int, residualExponent: Double,
    patch: Int?, detailBlock: Int, steps: Int, start: Start, capacityCount: Int?
  ) {
    self.components = components
    self.rank = rank
    self.dimensions = dimensions
    self.residualExponent = residualExponent
    self.patch = patch
    self.detailBlock = detailBlock
    self.steps = steps
    self.start = start
    self.capacityCount = capacityCount
  }

  /// The name on the command line.
  public var name: String { "patches" }

  /// Components, rank, dimensions, residual exponent, patch, detail block, steps and start.
  public var settings: [(key: String, value: String)] {
    [
      ("components", components.map { "\($0)" } ?? "auto"), ("rank", "\(rank)"),
      ("dimensions", "\(dimensions)"), ("residual-exponent", "\(residualExponent)"),
      ("patch", "\(patchSize)"), ("detail-block", "\(detailBlock)"), ("steps", "\(steps)"),
      ("start", start.rawValue),
    ]
  }

  private var patchSize: Int { patch ?? 32 }

  /// The generator with the components and dimensions for generation 0's `n` written down; the
  /// capacity of the detail levels follows the same `n` from then on.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator {
    PatchesGenerator(
      checkedComponents: componentCount(n), rank: rank,
      dimensions: max(1, min(dimensions, n - 1, dimension)), residualExponent: residualExponent,
      patch: patch, detailBlock: detailBlock, steps: steps, start: start, capacityCount: n)
  }

  /// The generator with so many times the components; the detail levels stay as they are.
  public func scaled(capacity: Double) -> any Generator {
    PatchesGenerator(
      checkedComponents: components.map { $0.scaled(capacity: capacity) }, rank: rank,
      dimensions: dimensions, residualExponent: residualExponent, patch: patch,
      detailBlock: detailBlock, steps: steps, start: start, capacityCount: capacityCount)
  }

  private func componentCount(_ n: Int) -> Int {
    min(components ?? max(8, min(400, (n + 4) / 8)), n)
  }

  /// Fits at least 1 sample of positive weight; fewer than 2 different ones make a model of one point.
  ///
  /// - Throws: ``GeneratorError`` if there is no sample, a value is not finite, or a picture with
  ///   detail levels is smaller than a detail block.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    let training = try training.effective()
    try training.require(1, for: name)
    let warm = start == .warm ? previous as? PatchesModel : nil
    let pyramid = TrainingPyramid(training, patchSize: patchSize)
    var blocks = try pyramid.levels.map { shape in
      try TrainingBlocks(
        coarseShape: shape, pictures: training.rows.rowCount, weights: training.weights,
        settings: DetailSettings(block: detailBlock).resolved(
          sampleCount: capacityCount ?? training.rows.rowCount, coarseShape: shape))
    }
    return try GeneratorError.converting(name) { () throws(LinearAlgebraError) in
      let thumbnails = try pyramid.read(training.rows, into: &blocks)
      let thumbnail = try ThumbnailModel.fit(
        thumbnails, weights: training.weights, dimensions: dimensions,
        residualExponent: residualExponent,
        settings: PPCAMixture.Settings(
          components: componentCount(thumbnails.rowCount), rank: rank, steps: steps),
        previous: warm?.thumbnail)
      var details: [DetailLevel] = []
      for (depth, level) in blocks.enumerated().reversed() {
        details.append(try DetailLevel.fit(level, level: depth))
      }
      return PatchesModel(
        thumbnail: thumbnail.model, details: details, shapes: pyramid.shapes,
        logLikelihoods: thumbnail.logLikelihoods)
    }
  }
}
