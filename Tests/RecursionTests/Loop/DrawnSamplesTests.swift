import Generators
import Images
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Recursion

@Suite("Drawn samples")
struct DrawnSamplesTests {
  private let latents = Latents(seed: 4, purpose: "draw", generation: 3)

  @Test("Batches are the samples, variances and shares of one draw")
  func batches() throws {
    // Rows of 65 536 numbers: 128 of them are a batch.
    let shape = PictureShape(width: 256, height: 256, channels: 1)
    let rows = Matrix(rowCount: 3, columnCount: shape.count, tileRows: 1) { rows, out in
      for row in rows {
        for column in 0..<shape.count { out[column] = Double(row * 200 + column % 100) - 20 }
      }
    }
    let model = try BootstrapGenerator().fit(TrainingSet(rows: rows, shape: shape))
    let coordinates = ModelCoordinates.identity(shape)
    let drawn = try DrawnSamples(
      150, of: model, latents: latents, sampling: Sampling(), coordinates: coordinates,
      carry: .png8)
    let whole = try model.draw(0..<150, latents: latents, sampling: Sampling()).rows
    let levels = coordinates.levels(of: whole)
    #expect(drawn.carried == (try Carry.png8.carry(levels, shape: shape)))
    #expect(abs(drawn.variance / whole.totalVariance() - 1) < 1e-12)
    #expect(drawn.levelVariance == drawn.variance)
    #expect(abs(drawn.gamutShare - levels.gamutShare) < 1e-12)
    #expect(drawn.gamutShare > 0.1)
  }
}
