import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Generators

@Suite("Thumbnail with detail levels")
struct PatchesModelTests {
  private static let latents = Latents(seed: 3, purpose: "draw", generation: 2)

  /// Soft blobs with a little noise.
  private static func pictures(_ n: Int, _ shape: PictureShape, seed: UInt64 = 1) -> Matrix {
    Matrix(rowCount: n, columnCount: shape.count, tileRows: 16) { rows, out in
      var index = 0
      for row in rows {
        var stream = RandomStream(seed: seed, purpose: "test", sample: row)
        let (x, y) = (stream.uniform() * 16, stream.uniform() * 16)
        let (width, height) = (2 + 3 * stream.uniform(), stream.normal())
        for pixel in 0..<shape.width * shape.height {
          let (dx, dy) = (Double(pixel % shape.width) - x, Double(pixel / shape.width) - y)
          let value = height * exp(-(dx * dx + dy * dy) / (2 * width * width))
          for channel in 0..<shape.channels {
            out[index] = value * Double(1 + channel) + 0.1 * stream.normal()
            index += 1
          }
        }
      }
    }
  }

  private static func model(
    _ rows: Matrix, _ shape: PictureShape, patch: Int
  ) throws -> PatchesModel {
    let generator = try PatchesGenerator(components: 6, rank: 3, patch: patch)
    return try #require(
      try generator.fit(TrainingSet(rows: rows, shape: shape)) as? PatchesModel)
  }

  @Test("A picture up to the patch has no level, each doubling above adds one")
  func levels() throws {
    for (size, patch, expected) in [(8, 8, 0), (9, 8, 1), (16, 8, 1), (16, 4, 2), (24, 32, 0)] {
      let shape = PictureShape(width: size, height: size, channels: 1)
      let model = try Self.model(Self.pictures(30, shape), shape, patch: patch)
      #expect(model.details.count == expected)
      #expect(model.dimension == size * size)
      #expect(model.componentMeans.columnCount == size * size)
      let drawn = model.draw(0..<3, latents: Self.latents, sampling: Sampling()).rows
      #expect(drawn.columnCount == size * size)
      #expect(drawn.elements.allSatisfy { $0.isFinite })
      let none = model.draw(5..<5, latents: Self.latents, sampling: Sampling())
      #expect(none.rows.rowCount == 0 && none.rows.columnCount == size * size)
    }
  }

  @Test("The density is the parts' times the Jacobian of the pyramid, found numerically")
  func jacobian() throws {
    let shape = PictureShape(width: 16, height: 16, channels: 1)
    let rows = Self.pictures(60, shape)
    let model = try Self.model(rows, shape, patch: 4)
    #expect(model.details.count == 2)
    // The images of the unit vectors under picture -> (details of 0, details of 1, thumbnail).
    let unit = Matrix.identity(256)
    let half = ThumbnailPyramid.reduce(rows: unit, shape: shape)
    let quarter = ThumbnailPyramid.reduce(rows: half.rows, shape: half.shape)
    let map = ThumbnailPyramid.details(fine: unit, coarse: half.shape)
      .appendingColumns(of: ThumbnailPyramid.details(fine: half.rows, coarse: quarter.shape))
      .appendingColumns(of: quarter.rows)
    let logDeterminant = try map.singularValueDecomposition().values.reduce(0) { $0 + log($1) }
    let middle = ThumbnailPyramid.reduce(rows: rows, shape: shape)
    let thumbnails = ThumbnailPyramid.reduce(rows: middle.rows, shape: middle.shape).rows
    let coarsest = try #require(
      model.thumbnail.logDensity(thumbnails, sampling: Sampling(), noiseFloor: 0))
    let first = try model.details[0].logDensity(
      coarse: thumbnails, fine: middle.rows, bias: 1, noiseFloor: 0)
    let second = try model.details[1].logDensity(
      coarse: middle.rows, fine: rows, bias: 1, noiseFloor: 0)
    let found = try #require(model.logDensity(rows, sampling: Sampling(), noiseFloor: 0))
    for row in 0..<rows.rowCount {
      let expected = coarsest[row] + first[row] + second[row] + logDeterminant
      #expect(abs(found[row] - expected) < 1e-8 * abs(expected))
    }
  }

  @Test("Drawn pictures reduce to the thumbnails that were drawn")
  func consistency() throws {
    let shape = PictureShape(width: 16, height: 16, channels: 3)
    let rows = Self.pictures(200, shape)
    let model = try Self.model(rows, shape, patch: 8)
    let drawn = model.draw(0..<200, latents: Self.latents, sampling: Sampling()).rows
    let thumbnails = model.thumbnail.draw(0..<128, latents: Self.latents, sampling: Sampling()).rows
    let reduced = ThumbnailPyramid.reduce(rows: drawn, shape: shape).rows
    for (a, b) in zip(reduced.elements, thumbnails.elements) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("The component nearest by thumbnails is the nearest by whole pictures")
  func nearestComponents() throws {
    let shape = PictureShape(width: 16, height: 16, channels: 3)
    let model = try Self.model(Self.pictures(200, shape), shape, patch: 4)
    let drawn = model.draw(0..<100, latents: Self.latents, sampling: Sampling()).rows
    let nearest = model.nearestComponents(to: RowSource(drawn))
    #expect(nearest == ClusterCentres(model.componentMeans).nearest(to: drawn))
    #expect(Set(nearest).count > 1)
  }

  @Test("The total variance with levels is that of drawn pictures, within its sampling error")
  func totalVariance() throws {
    let shape = PictureShape(width: 16, height: 16, channels: 1)
    let model = try Self.model(Self.pictures(150, shape), shape, patch: 8)
    let drawn = model.draw(0..<3000, latents: Self.latents, sampling: Sampling()).rows
    let centred = drawn.subtractingFromRows(drawn.columnMeans())
    let squares = centred.squaredRowNorms()
    let trace = squares.reduce(0, +) / 3000
    let spread = squares.reduce(0) { $0 + ($1 - trace) * ($1 - trace) } / 3000
    // The details' share is itself a mean over 64 draws.
    #expect(abs(model.totalVariance - trace) < 4 * (spread * (1 / 3000 + 1 / 64)).squareRoot())
    #expect(model.detailVariance > 0)
  }

  @Test("Odd sizes are drawn by padding; their density would be of another picture, so it is nil")
  func oddSizes() throws {
    let shape = PictureShape(width: 15, height: 18, channels: 1)
    let rows = Self.pictures(60, shape)
    let model = try Self.model(rows, shape, patch: 10)
    #expect(model.details.count == 1)
    #expect(model.draw(0..<2, latents: Self.latents, sampling: Sampling()).rows.columnCount == 270)
    #expect(model.logDensity(rows, sampling: Sampling(), noiseFloor: 0) == nil)
  }

  @Test("Matching leaves the details alone and the tensors describe every part")
  func matchingAndTensors() throws {
    let shape = PictureShape(width: 16, height: 16, channels: 1)
    let model = try Self.model(Self.pictures(80, shape), shape, patch: 8)
    let other = try Self.model(Self.pictures(80, shape, seed: 4), shape, patch: 8)
    let matched = try #require(other.matched(to: model) as? PatchesModel)
    #expect(matched.details == other.details)
    #expect(abs(matched.totalVariance - other.totalVariance) < 1e-9 * other.totalVariance)
    let names = Set(model.tensors.map(\.name))
    #expect(
      names.isSuperset(of: [
        "mean", "components", "eigenvalues", "residual_variance", "scales", "mixture.weights",
        "mixture.means", "mixture.factors", "mixture.residual_variances", "shapes",
        "detail.0.block",
      ]))
    #expect(names.count == model.tensors.count)
    for tensor in model.tensors {
      let count =
        switch tensor.values {
        case .float64(let values): values.count
        case .float32(let values): values.count
        case .int32(let values): values.count
        case .uint8(let values): values.count
        }
      #expect(count == tensor.shape.reduce(1, *))
    }
  }
}
