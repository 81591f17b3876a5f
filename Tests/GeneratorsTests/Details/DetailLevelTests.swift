import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Generators

extension DetailLevel {
  /// Fits a level to pictures of two sizes that are in memory.
  fileprivate static func fit(
    coarse: Matrix, fine: Matrix, coarseShape: PictureShape, settings: DetailSettings, level: Int
  ) throws -> DetailLevel {
    var blocks = try TrainingBlocks(
      coarseShape: coarseShape, pictures: coarse.rowCount, settings: settings)
    blocks.take(0..<coarse.rowCount, coarse: coarse, fine: fine)
    return try fit(blocks, level: level)
  }
}

@Suite("Detail level")
struct DetailLevelTests {
  private let latents = Latents(seed: 9, purpose: "draw", generation: 0)

  /// Pictures whose details depend linearly on the coarse cells: `h` and `v` are the slopes there,
  /// with noise, and `g` is noise alone.
  private func linearPictures(
    _ n: Int, _ shape: PictureShape, seed: UInt64
  ) -> (coarse: Matrix, fine: Matrix) {
    let coarse = normalRows(n, shape.count, seed: seed)
    let noise = normalRows(n, 3 * shape.count, seed: seed + 1)
    var details = Matrix(rowCount: n, columnCount: 3 * shape.count)
    let c = shape.channels
    for picture in 0..<n {
      for y in 0..<shape.height {
        for x in 0..<shape.width {
          for channel in 0..<c {
            let (h, v, g) = slopes(coarse, picture, shape, x, y, channel)
            let index = (y * shape.width + x) * 3 * c + channel
            details[picture, index] = h + 0.3 * noise[picture, index]
            details[picture, index + c] = v + 0.2 * noise[picture, index + c]
            details[picture, index + 2 * c] = g + 0.1 * noise[picture, index + 2 * c]
          }
        }
      }
    }
    return (coarse, ThumbnailPyramid.compose(coarse: coarse, details: details, shape: shape))
  }

  private func slopes(
    _ coarse: Matrix, _ picture: Int, _ shape: PictureShape, _ x: Int, _ y: Int, _ channel: Int
  ) -> (Double, Double, Double) {
    func cell(_ x: Int, _ y: Int) -> Double {
      let (x, y) = (min(max(x, 0), shape.width - 1), min(max(y, 0), shape.height - 1))
      return coarse[picture, (y * shape.width + x) * shape.channels + channel]
    }
    return (0.4 * (cell(x - 1, y) - cell(x + 1, y)), 0.25 * (cell(x, y - 1) - cell(x, y + 1)), 0.5)
  }

  /// Everything kept: one component, all of the context and of the details.
  private func linearSettings(block: Int) -> DetailSettings {
    DetailSettings(block: block, components: 1, context: 10_000, targetRank: 10_000, steps: 0)
  }

  @Test("A linear Gaussian relation of details to coarse cells is learned and drawn")
  func linearRelation() throws {
    let shape = PictureShape(width: 8, height: 8, channels: 1)
    let (coarse, fine) = linearPictures(1500, shape, seed: 1)
    let level = try DetailLevel.fit(
      coarse: coarse, fine: fine, coarseShape: shape, settings: linearSettings(block: 4), level: 0)
    let fresh = normalRows(400, shape.count, seed: 7)
    let drawn = ThumbnailPyramid.details(
      fine: level.draw(coarse: fresh, samples: 0..<400, latents: latents, bias: 1), coarse: shape)
    // What remains of each kind of detail when its conditional mean is taken away is its noise.
    var sums = [0.0, 0, 0]
    var squares = [0.0, 0, 0]
    for picture in 0..<400 {
      for cell in 0..<64 {
        let (h, v, g) = slopes(fresh, picture, shape, cell % 8, cell / 8, 0)
        for (kind, mean) in [h, v, g].enumerated() {
          let error = drawn[picture, cell * 3 + kind] - mean
          sums[kind] += error
          squares[kind] += error * error
        }
      }
    }
    let count = 400.0 * 64
    for (kind, deviation) in [0.3, 0.2, 0.1].enumerated() {
      #expect(abs(sums[kind] / count) < 6 * deviation / count.squareRoot())
      // The fit adds the variance of its estimates: 1 % at 6000 blocks and some 30 predictors.
      let ratio = squares[kind] / count / (deviation * deviation)
      #expect(abs(ratio - 1) < 0.03)
    }
  }

  @Test("Drawn details have the training blocks' mean and covariance")
  func blockMoments() throws {
    let shape = PictureShape(width: 4, height: 4, channels: 1)
    let (coarse, fine) = linearPictures(3000, shape, seed: 3)
    let level = try DetailLevel.fit(
      coarse: coarse, fine: fine, coarseShape: shape, settings: DetailSettings(), level: 0)
    let drawn = level.draw(coarse: coarse, samples: 0..<3000, latents: latents, bias: 1)
    let a = ThumbnailPyramid.details(fine: fine, coarse: shape)
    let b = ThumbnailPyramid.details(fine: drawn, coarse: shape)
    let (trained, made) = (covariance(a), covariance(b))
    for i in 0..<48 {
      let error = (trained[i, i] / 3000).squareRoot()
      #expect(abs(a.columnMeans()[i] - b.columnMeans()[i]) < 5 * error)
      for j in 0..<48 {
        let scale = (trained[i, i] * trained[j, j]).squareRoot()
        #expect(abs(trained[i, j] - made[i, j]) < 6 * scale * (1 / 3000.0).squareRoot())
      }
    }
  }

  @Test(
    "With one component the density is the joint Gaussian's over the context's",
    arguments: [48, 20])
  func denseGaussian(targetRank: Int) throws {
    let shape = PictureShape(width: 4, height: 4, channels: 1)
    let (coarse, fine) = linearPictures(300, shape, seed: 4)
    var settings = linearSettings(block: 8)
    settings.targetRank = targetRank
    let level = try DetailLevel.fit(
      coarse: coarse, fine: fine, coarseShape: shape, settings: settings, level: 0)
    let details = ThumbnailPyramid.details(fine: fine, coarse: shape)
    let grid = level.grid
    let z = level.reduction(
      Matrix(rowCount: 300, columnCount: grid.contextCount, tileRows: 300) { rows, out in
        for row in rows {
          grid.writeContext(
            DetailGrid.Block(row: 0, column: 0), coarse: coarse.elements, from: row * 16,
            details: details.elements, from: row * 48, into: &out, at: row * grid.contextCount)
        }
      })
    // Along the principal axes the law is a joint Gaussian with the context; outside, white noise.
    let centred = details.subtractingFromRows(level.target.mean)
    let along = centred.times(transposeOf: level.target.components)
    let joint = try logDensities(z.appendingColumns(of: along))
    let context = try logDensities(z)
    let outside = Double(48 - targetRank)
    let residual = level.target.residualVariance
    let norms = zip(centred.squaredRowNorms(), along.squaredRowNorms()).map { max(0, $0 - $1) }
    let expected = (0..<300).map { row in
      let square = outside > 0 ? norms[row] / residual : 0
      return joint[row] - context[row] - 0.5 * (square + outside * log(2 * .pi * residual))
    }
    let density = try level.logDensity(coarse: coarse, fine: fine, bias: 1, noiseFloor: 0)
    // Rows are whitened in single precision.
    #expect(largestDifference(density, expected) < 1e-5)
  }

  /// The log-density of rows under their own maximum-likelihood Gaussian.
  private func logDensities(_ rows: Matrix) throws -> [Double] {
    let factor = try covariance(rows).cholesky()
    let whitened = rows.subtractingFromRows(rows.columnMeans())
      .times(transposeOf: try factor.lowerTriangularInverse())
    let constant = (0..<rows.columnCount).reduce(0.0) {
      $0 + log(factor[$1, $1]) + 0.5 * log(2 * .pi)
    }
    return whitened.squaredRowNorms().map { -0.5 * $0 - constant }
  }

  @Test("Blocks that stick out are scored for what lies inside: the density stays normalised")
  func cutBlocks() throws {
    let shape = PictureShape(width: 5, height: 3, channels: 1)
    let (coarse, fine) = linearPictures(600, shape, seed: 5)
    let level = try DetailLevel.fit(
      coarse: coarse, fine: fine, coarseShape: shape, settings: linearSettings(block: 4), level: 0)
    let n = 4000
    let sources = coarse.gatheringRows((0..<n).map { $0 % 600 })
    let drawn = level.draw(coarse: sources, samples: 0..<n, latents: latents, bias: 1)
    let own = try level.logDensity(coarse: sources, fine: drawn, bias: 1, noiseFloor: 0)
    // Under a Gaussian law the log-density is a constant minus half a chi-square number of as many
    // degrees of freedom as there are details.
    let freedom = Double(3 * shape.count)
    let spread = meanAndError(own)
    let variance = spread.error * spread.error * Double(n)
    #expect(abs(variance / (freedom / 2) - 1) < 4 * (2 / Double(n)).squareRoot() * 1.2)
    // The mean of another density over this one is 1.
    for (bias, floor) in [(0.9, 0.0), (1.0, 1e-3)] {
      let other = try level.logDensity(coarse: sources, fine: drawn, bias: bias, noiseFloor: floor)
      let ratio = meanAndError(zip(own, other).map { exp($1 - $0) })
      #expect(abs(ratio.mean - 1) < 4 * ratio.error)
    }
  }

  @Test("A mixture scores its own draws above those with another bias, on average")
  func mixtureDensity() throws {
    let shape = PictureShape(width: 8, height: 8, channels: 3)
    let (coarse, fine) = linearPictures(300, shape, seed: 6)
    let level = try DetailLevel.fit(
      coarse: coarse, fine: fine, coarseShape: shape, settings: DetailSettings(components: 4),
      level: 1)
    let drawn = level.draw(coarse: coarse, samples: 0..<300, latents: latents, bias: 1)
    let own = try level.logDensity(coarse: coarse, fine: drawn, bias: 1, noiseFloor: 0)
    for bias in [0.8, 1.25] {
      let other = try level.logDensity(coarse: coarse, fine: drawn, bias: bias, noiseFloor: 0)
      let gain = meanAndError(zip(own, other).map { $0 - $1 })
      #expect(gain.mean > 4 * gain.error)
    }
    #expect(level.tensors.allSatisfy { $0.name.hasPrefix("detail.1.") })
    for tensor in level.tensors {
      guard case .float64(let values) = tensor.values else { continue }
      #expect(tensor.shape.reduce(1, *) == values.count)
      #expect(areFinite(values))
    }
  }

  @Test("The threads change no bit, and a sample alone is the sample in the batch")
  func determinism() throws {
    let shape = PictureShape(width: 8, height: 8, channels: 3)
    let (coarse, fine) = linearPictures(150, shape, seed: 8)
    func run() throws -> (DetailLevel, Matrix, [Double]) {
      let level = try DetailLevel.fit(
        coarse: coarse, fine: fine, coarseShape: shape, settings: DetailSettings(), level: 0)
      let drawn = level.draw(coarse: coarse, samples: 0..<150, latents: latents, bias: 1)
      return (
        level, drawn, try level.logDensity(coarse: coarse, fine: drawn, bias: 1, noiseFloor: 0)
      )
    }
    let (level, drawn, density) = try run()
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    Parallelism.threads = 1
    let (again, drawnAgain, densityAgain) = try run()
    #expect(level == again)
    #expect(drawn == drawnAgain)
    #expect(density == densityAgain)
    for sample in [0, 63, 64, 149] {
      let alone = level.draw(
        coarse: coarse.rows(sample..<sample + 1), samples: sample..<sample + 1, latents: latents,
        bias: 1)
      #expect(largestDifference(alone.elements, Array(drawn.row(sample))) < 1e-6)
    }
  }

  @Test("Flat pictures, one picture and grey ones give finite draws and densities")
  func degeneratePictures() throws {
    for (n, channels, flat) in [(1, 3, false), (2, 1, false), (30, 1, true), (5, 3, true)] {
      let shape = PictureShape(width: 4, height: 6, channels: channels)
      let pictures = linearPictures(n, shape, seed: 9)
      let coarse =
        flat ? Matrix(rowCount: n, columnCount: shape.count, repeating: 0.4) : pictures.coarse
      let fine =
        flat ? Matrix(rowCount: n, columnCount: 4 * shape.count, repeating: 0.4) : pictures.fine
      let level = try DetailLevel.fit(
        coarse: coarse, fine: fine, coarseShape: shape, settings: DetailSettings(), level: 0)
      let drawn = level.draw(coarse: coarse, samples: 0..<n, latents: latents, bias: 1)
      #expect(areFinite(drawn.elements))
      if flat { #expect(largestDifference(drawn.elements, fine.elements) < 1e-4) }
      for floor in [0, 1e-3] {
        let density = try level.logDensity(coarse: coarse, fine: drawn, bias: 1, noiseFloor: floor)
        #expect(areFinite(density))
      }
    }
  }

  @Test("Pictures smaller than a block are refused")
  func tooSmall() {
    let shape = PictureShape(width: 3, height: 8, channels: 1)
    let (coarse, fine) = linearPictures(4, shape, seed: 10)
    #expect(
      throws: GeneratorError.picturesTooSmall(
        generator: "patches", needed: 8, width: 6, height: 16)
    ) {
      try DetailLevel.fit(
        coarse: coarse, fine: fine, coarseShape: shape, settings: DetailSettings(), level: 0)
    }
  }
}
