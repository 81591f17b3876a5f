import Generators
import Images
import LinearAlgebra
import Randomness
import Samples
import Synchronization
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

  @Test("Of a model that draws anew each time the samples that were scored are those kept")
  func likeliestOfFickleModel() throws {
    let drawn = try DrawnSamples(
      2, of: FickleModel(), latents: latents, sampling: Sampling(), likeliest: 0.2,
      coordinates: .identity(nil), carry: .float)
    #expect(drawn.carried.values.sorted() == [8, 9])
    #expect(drawn.components == drawn.carried.values.map { Int32($0) })
  }
}

/// A model that draws the numbers from 0 to 9 in another order at every call, the larger the likelier,
/// each as a component of its own.
private final class FickleModel: GenerativeModel {
  private let calls = Atomic<Int>(0)

  var dimension: Int { 1 }
  var componentWeights: [Double] { Array(repeating: 0.1, count: 10) }
  var componentMeans: Matrix {
    Matrix(rowCount: 10, columnCount: 1, elements: (0..<10).map(Double.init))
  }
  var totalVariance: Double { 8.25 }
  var drawsAtOnce: Bool { true }
  var tensors: [Tensor] { [] }

  func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let call = calls.add(1, ordering: .relaxed).oldValue
    let numbers = samples.map { (7 * $0 + 3 * call) % 10 }
    return Draws(
      rows: Matrix(rowCount: samples.count, columnCount: 1, elements: numbers.map(Double.init)),
      components: numbers)
  }

  func logDensity(_ rows: Matrix, sampling: Sampling, noiseFloor: Double) -> [Double]? {
    rows.elements
  }

  func matched(to previous: any GenerativeModel) -> any GenerativeModel { self }
}
