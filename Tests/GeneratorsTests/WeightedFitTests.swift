import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Generators

/// Rows of a few groups, and a small whole weight for each of them.
struct WeightedRows {
  let rows: Matrix
  let counts: [Int]

  var weights: [Double] { counts.map(Double.init) }

  /// The number of each row as often as its weight says.
  var repeatedNumbers: [Int] {
    counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) }
  }

  /// Each row as often as its weight says.
  var repeated: Matrix { rows.gatheringRows(repeatedNumbers) }

  init(_ n: Int, _ d: Int, seed: UInt64, smallestWeight: Int = 1) {
    rows = PPCAMixtureTests.grouped(n, d, seed: seed)
    var stream = RandomStream(seed: seed, purpose: "weights")
    counts = (0..<n).map { _ in smallestWeight + stream.integer(below: 4) }
  }
}

@Suite("Weighted fits")
struct WeightedFitTests {
  static let families = ["gaussian", "gmm", "patches", "bootstrap", "details"]

  private static let pictures = PictureShape(width: 16, height: 16, channels: 1)

  private static func generator(_ family: String) throws -> any Generator {
    switch family {
    case "details": try PatchesGenerator(components: 4, rank: 2, patch: 8, detailBlock: 4)
    case "patches": try PatchesGenerator(components: 6, rank: 2)
    case "gmm": try GeneratorCatalogue.make("gmm", options: GeneratorOptions(components: 3))
    default: try GeneratorCatalogue.make(family)
    }
  }

  private static func training(
    _ family: String, _ rows: Matrix, _ weights: [Double]?
  ) -> TrainingSet {
    TrainingSet(rows: rows, shape: family == "details" ? pictures : nil, weights: weights)
  }

  private static func rows(_ family: String, seed: UInt64 = 4) -> WeightedRows {
    WeightedRows(60, family == "details" ? pictures.count : 5, seed: seed)
  }

  private static func tensors(
    _ family: String, _ rows: Matrix, _ weights: [Double]?
  ) throws -> [Tensor] {
    try generator(family).fit(training(family, rows, weights), previous: nil).tensors
  }

  @Test("Equal weights, of whatever size, fit the bytes of none", arguments: families)
  func equalWeights(family: String) throws {
    let rows = Self.rows(family).rows
    let plain = try Self.tensors(family, rows, nil)
    for weight in [1, 0.3, 1e-200] {
      let weights = [Double](repeating: weight, count: rows.rowCount)
      #expect(try Self.tensors(family, rows, weights) == plain)
    }
  }

  @Test("Unequal weights change the fit", arguments: families)
  func unequalWeights(family: String) throws {
    let data = Self.rows(family)
    let plain = try Self.tensors(family, data.rows, nil)
    #expect(try Self.tensors(family, data.rows, data.weights) != plain)
  }

  @Test("Weights times a constant fit the same model", arguments: families)
  func scaledWeights(family: String) throws {
    let data = Self.rows(family)
    let plain = try Self.tensors(family, data.rows, data.weights)
    #expect(try Self.tensors(family, data.rows, data.weights.map { $0 * 0x1p40 }) == plain)
    let model = try Self.generator(family).fit(
      Self.training(family, data.rows, data.weights), previous: nil)
    let other = try Self.generator(family).fit(
      Self.training(family, data.rows, data.weights.map { $0 * 3.7e5 }), previous: nil)
    #expect(abs(model.totalVariance - other.totalVariance) < 1e-9 * model.totalVariance)
    let (means, others) = (model.componentMeans.elements, other.componentMeans.elements)
    #expect(largestDifference(means, others) < 1e-9)
    #expect(largestDifference(model.componentWeights, other.componentWeights) < 1e-9)
  }

  @Test("Rows of weight 0 are as good as absent", arguments: families, [true, false])
  func zeroWeights(family: String, others: Bool) throws {
    let data = Self.rows(family)
    let weights = data.weights.enumerated().map { row, weight in
      row % 3 == 1 || row < 2 ? 0 : others ? weight : 1
    }
    let kept = weights.indices.filter { weights[$0] > 0 }
    let all = try Self.generator(family).fit(
      Self.training(family, data.rows, weights), previous: nil)
    let some = try Self.generator(family).fit(
      Self.training(family, data.rows.gatheringRows(kept), kept.map { weights[$0] }),
      previous: nil)
    let latents = Latents(seed: 1, purpose: "draw", generation: 0)
    #expect(
      try all.draw(0..<80, latents: latents, sampling: Sampling()).rows
        == some.draw(0..<80, latents: latents, sampling: Sampling()).rows)
    // A bootstrap keeps the places of all rows: they name where a sample came from.
    if family != "bootstrap" { #expect(all.tensors == some.tensors) }
  }

  @Test(
    "Mean and total covariance of a fit are the weighted ones of the samples (theory 0.1)",
    arguments: [("gaussian", 60, 9), ("gaussian", 7, 9), ("gmm", 150, 4), ("gmm", 60, 2)])
  func moments(family: String, n: Int, d: Int) throws {
    let data = WeightedRows(n, d, seed: 7)
    // Weights of no common unit, two orders of magnitude apart: no component may need its floor.
    let weights = data.weights.enumerated().map { pow(10, -Double($0 % 7) / 3) * $1 }
    let total = weights.reduce(0, +)
    let mean = data.rows.columnMeans(weights: weights)
    let covariance = data.rows.subtractingFromRows(mean)
      .scalingRows(weights.map { ($0 / total).squareRoot() }).gram()
    let model = try Self.generator(family).fit(
      TrainingSet(rows: data.rows, weights: weights), previous: nil)
    let (fittedMean, fitted) =
      if let model = model as? GaussianModel {
        (model.mean, model.covariance)
      } else {
        try #require(
          (model as? GaussianMixtureModel).map { ($0.mean, $0.covariance) })
      }
    #expect(largestDifference(fittedMean, mean) < 1e-10)
    #expect(largestDifference(fitted.elements, covariance.elements) < 1e-10)
    #expect(abs(model.totalVariance - covariance.trace) < 1e-10)
  }

  @Test("patches keeps the weighted mean and trace (theory 0.1)", arguments: [(80, 6), (20, 40)])
  func momentsOfPatches(n: Int, d: Int) throws {
    let data = WeightedRows(n, d, seed: 8)
    let weights = data.weights.map { $0 * $0 }
    let total = weights.reduce(0, +)
    let mean = data.rows.columnMeans(weights: weights)
    let squares = data.rows.subtractingFromRows(mean).squaredRowNorms()
    let trace = zip(squares, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let model = try PatchesGenerator(components: 5, rank: 2, residualExponent: 0).fit(
      TrainingSet(rows: data.rows, weights: weights))
    let fitted = model.componentMeans.columnMeans(weights: model.componentWeights)
    #expect(largestDifference(fitted, mean) < 1e-10)
    #expect(abs(model.totalVariance - trace) < 1e-6 * trace)
  }

  @Test("The unbiased estimate divides by 1 - Σp² for shares p, n - 1 over n where all are equal")
  func unbiased() throws {
    let data = WeightedRows(40, 3, seed: 9)
    let shares = data.weights.map { $0 / data.weights.reduce(0, +) }
    let mle = try GaussianGenerator().fit(
      TrainingSet(rows: data.rows, weights: data.weights))
    let model = try GaussianGenerator(estimator: .unbiased).fit(
      TrainingSet(rows: data.rows, weights: data.weights))
    let divisor = 1 - shares.reduce(0) { $0 + $1 * $1 }
    #expect(abs(model.totalVariance - mle.totalVariance / divisor) < 1e-12)
  }

  @Test("Weights that say nothing or something impossible are refused", arguments: families)
  func refusals(family: String) throws {
    let rows = Self.rows(family).rows
    for (bad, reason) in [
      (-1.0, "that of sample 3 is -1.0"), (.nan, "that of sample 3 is nan"),
      (.infinity, "that of sample 3 is inf"), (0, "all of them are 0"),
    ] {
      var weights = [Double](repeating: 0, count: rows.rowCount)
      weights[3] = bad
      #expect(throws: GeneratorError.unusableWeights(reason: reason)) {
        try Self.tensors(family, rows, weights)
      }
    }
    #expect(
      GeneratorError.unusableWeights(reason: "all of them are 0").description
        == "The weights of the training samples cannot be used: all of them are 0. Every weight is a "
        + "finite number, not negative, and at least one is positive.")
  }

  @Test("Only rows of positive weight count towards a family's minimum")
  func minimum() throws {
    let rows = normalRows(5, 2, seed: 1)
    #expect(throws: GeneratorError.tooFewSamples(generator: "gaussian", needed: 2, found: 1)) {
      try GaussianGenerator().fit(TrainingSet(rows: rows, weights: [0, 0, 3, 0, 0]))
    }
  }
}

@Suite("Whole weights are repetitions")
struct RepeatedRowsTests {
  @Test("Principal components", arguments: [(50, 7, 4), (50, 7, 400), (12, 30, 400), (90, 70, 3)])
  func principalComponents(n: Int, d: Int, wanted: Int) throws {
    let data = WeightedRows(n, d, seed: 3)
    let a = try PrincipalComponents.fit(data.rows, dimensions: wanted, weights: data.weights)
    let b = try PrincipalComponents.fit(data.repeated, dimensions: wanted)
    #expect(a.model.count == min(b.model.count, n - 1))
    #expect(largestDifference(a.model.mean, b.model.mean) < 1e-12)
    #expect(abs(a.model.totalVariance - b.model.totalVariance) < 1e-10)
    // Exact eigenvectors agree up to their sign; iterated ones differ by what the iteration misses.
    guard wanted > 4 || n == 50 else { return }
    #expect(largestDifference(a.model.eigenvalues, b.model.eigenvalues) < 1e-10)
    let (mine, theirs) = (
      a.coordinates.gatheringRows(data.repeatedNumbers).outerGram(), b.coordinates.outerGram()
    )
    #expect(largestDifference(mine.elements, theirs.elements) < 1e-9)
    let whitened = a.coordinates.scalingRows(data.weights.map { $0.squareRoot() }).gram()
    for i in 0..<a.model.count {
      for j in 0..<i { #expect(abs(whitened[i, j]) < 1e-9) }
    }
  }

  @Test("Samples that are read in blocks")
  func streamed() throws {
    let data = WeightedRows(2000, 3000, seed: 5)
    // More rows than a block of 4 million numbers holds, with a gap that a selection closes.
    let weights = data.weights.enumerated().map { $0 % 5 == 2 ? 0 : $1 }
    let narrow = RowSource(rowCount: 2000, columnCount: 40) {
      data.rows.rows($0).leadingColumns(40)
    }
    let set = try TrainingSet(rows: narrow, weights: weights).effective()
    let kept = weights.indices.filter { weights[$0] > 0 }
    #expect(set.rows.matrix() == narrow.matrix().gatheringRows(kept))
    let part = RowSource(data.rows).selecting(kept)
    #expect(part.blocks.count > 1)
    let model = try PrincipalComponents.fit(
      part, dimensions: 2, weights: kept.map { weights[$0] }
    ).model
    let whole = data.rows.gatheringRows(kept).columnMeans(weights: kept.map { weights[$0] })
    #expect(largestDifference(model.mean, whole) < 1e-12)
  }

  @Test("Clusters by bisection and k-means")
  func clusters() {
    let data = WeightedRows(200, 6, seed: 6)
    for steps in [0, 6] {
      let labels = KMeans.labels(of: data.rows, weights: data.weights, count: 6, steps: steps)
      let repeated = KMeans.labels(of: data.repeated, count: 6, steps: steps)
      #expect(data.repeatedNumbers.map { labels[$0] } == repeated)
    }
  }

  @Test("EM for full covariances from the same start", arguments: [0, 20.0])
  func fullCovariances(shrinkage: Double) throws {
    let data = WeightedRows(150, 5, seed: 2)
    let labels = (0..<150).map { $0 % 4 }
    let maximization = ExpectationMaximization(
      steps: 12, tolerance: -.infinity, floor: 1e-9, shrinkage: shrinkage)
    let a = try maximization.fit(data.rows, weights: data.weights, labels: labels, count: 4)
    let b = try maximization.fit(
      data.repeated, labels: data.repeatedNumbers.map { labels[$0] }, count: 4)
    #expect(a.logLikelihoods.count == 12)
    #expect(largestDifference(a.logLikelihoods, b.logLikelihoods) < 1e-9)
    #expect(largestDifference(a.mixture.weights, b.mixture.weights) < 1e-9)
    #expect(largestDifference(a.mixture.means.elements, b.mixture.means.elements) < 1e-9)
    #expect(
      largestDifference(
        a.mixture.covariances.flatMap(\.elements), b.mixture.covariances.flatMap(\.elements)) < 1e-9
    )
  }

  @Test("EM for probabilistic PCA from the same start", arguments: [0, 5.0])
  func probabilisticPCA(pseudoCounts: Double) throws {
    let data = WeightedRows(160, 8, seed: 3)
    var settings = PPCAMixture.Settings(components: 5, rank: 2)
    settings.steps = 8
    settings.tolerance = -.infinity
    settings.pseudoCounts = pseudoCounts
    let start = try PPCAMixture.fit(
      PPCAMixtureTests.grouped(160, 8, seed: 99), settings: settings
    ).mixture
    let a = try PPCAMixture.fit(
      data.rows, weights: data.weights, settings: settings, start: start)
    let b = try PPCAMixture.fit(data.repeated, settings: settings, start: start)
    #expect(a.logLikelihoods.count == 8)
    #expect(largestDifference(a.logLikelihoods, b.logLikelihoods) < 1e-9)
    #expect(largestDifference(a.mixture.weights, b.mixture.weights) < 1e-9)
    #expect(largestDifference(a.mixture.means.elements, b.mixture.means.elements) < 1e-9)
    #expect(
      largestDifference(a.mixture.residualVariances, b.mixture.residualVariances) < 1e-9)
    let (mine, theirs) = (a.mixture.factors, b.mixture.factors)
    for k in 0..<5 {
      let (f, g) = (mine.rows(2 * k..<2 * k + 2).gram(), theirs.rows(2 * k..<2 * k + 2).gram())
      #expect(largestDifference(f.elements, g.elements) < 1e-9)
    }
  }

  @Test("A detail level of one component")
  func details() throws {
    let shape = PictureShape(width: 8, height: 8, channels: 1)
    let data = WeightedRows(120, 4 * shape.count, seed: 4)
    let settings = DetailSettings(
      block: 8, components: 1, context: 12, targetRank: 10, blocks: 1 << 20, steps: 1, shrinkage: 0)
    func level(_ rows: Matrix, _ weights: [Double]?) throws -> DetailLevel {
      var blocks = try TrainingBlocks(
        coarseShape: shape, pictures: rows.rowCount, weights: weights, settings: settings)
      let fine = PictureShape(width: 16, height: 16, channels: 1)
      blocks.take(
        0..<rows.rowCount, coarse: ThumbnailPyramid.reduce(rows: rows, shape: fine).rows, fine: rows
      )
      return try .fit(blocks, level: 0)
    }
    let a = try level(data.rows, data.weights)
    let b = try level(data.repeated, nil)
    let coarse = normalRows(20, shape.count, seed: 1)
    let fine = normalRows(20, 4 * shape.count, seed: 2)
    let mine = try a.logDensity(coarse: coarse, fine: fine, bias: 1, noiseFloor: 0)
    let theirs = try b.logDensity(coarse: coarse, fine: fine, bias: 1, noiseFloor: 0)
    for (x, y) in zip(mine, theirs) { #expect(abs(x - y) < 1e-9 * abs(y)) }
  }

  @Test("A Gaussian and a bootstrap")
  func simpleFamilies() throws {
    let data = WeightedRows(30, 4, seed: 5, smallestWeight: 0)
    for name in ["gaussian", "bootstrap"] {
      let generator = try GeneratorCatalogue.make(name)
      let a = try generator.fit(
        TrainingSet(rows: data.rows, weights: data.weights), previous: nil)
      let b = try generator.fit(TrainingSet(rows: data.repeated), previous: nil)
      #expect(abs(a.totalVariance - b.totalVariance) < 1e-12)
    }
  }
}
