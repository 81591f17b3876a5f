import Foundation
import Generators
import LinearAlgebra
import Metrics
import Samples
import Testing

@testable import Recursion

/// Gaussian models of which every likelihood is known.
@Suite("Tails and inventions, by generation 0's density")
struct TailMeasurementsTests {
  /// Generation 0 fitted to `law`, and measurements of a later generation fitted to other samples.
  private func measurements(
    later scale: Float, n: Int = 4000
  ) throws -> [String: MetricValue] {
    let law = GaussianLaw(dimension: 2, seed: 5)
    let original = law.samples(0..<n)
    let heldOut = law.samples(10_000..<10_000 + n)
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: .identity(nil), carry: .float,
      sampling: Sampling(), strategy: try StrategyCatalogue.strategy(named: "replace"), seed: 1,
      sampleCount: n, warmStart: false)
    let fresh = FreshSupply.endless(law, from: 1 << 20)
    let first = try engine.step(
      0, pools: SamplePools(original: original, fresh: fresh, seed: 1), previous: nil)
    var pools = SamplePools(original: original, fresh: fresh, seed: 1)
    pools.append(
      SampleSet(
        count: n, dimension: 2, storage: .floats(original.values.map { $0 * scale })))
    let step = try engine.step(1, pools: pools, previous: first.model)
    let models = ModelMeasurements(engine: engine, heldOut: heldOut, original: original)
    let reference = try #require(try models.realDensity(first.model))
    let values = try models.measure(
      step, generation: 1, reference: reference, recalled: (0..<n).map { $0 % 2 == 0 })
    return Dictionary(uniqueKeysWithValues: values.map { ($0.metric, $0) })
  }

  @Test("A model as wide as the first has lost nothing: T is 0, R is 1, inventions are as rare")
  func same() throws {
    let values = try measurements(later: 1)
    let change = try #require(values["bits_per_dim_change"]?.value)
    #expect(abs(change) < 1e-6)
    #expect(abs(try #require(values["tail_log_ratio"]?.value)) < 1e-5)
    let mass = try #require(values["tail_mass_ratio"])
    let null = try #require(mass.null)
    #expect(abs(try #require(mass.value) - 1) < 2.2 * (null.upperBound - 1))
    #expect(try #require(values["hallucinated_share"]?.value) < 0.01)
    #expect(abs(try #require(values["recall_tail"]?.value) - 0.5) < 0.1)
  }

  @Test("A model half as wide gives the tail the likelihood that two Gaussians say")
  func narrow() throws {
    let values = try measurements(later: 0.5)
    // The squared distance r from the mean is twice exponential: its tenth begins at 2 ln 10 and has the
    // mean 2 ln 10 + 2. With a quarter of the variance, ln p − ln p₀ = 2 ln 2 − (3/2) r.
    let expected = 2 * log(2.0) - 1.5 * (2 * log(10.0) + 2)
    let ratio = try #require(values["tail_log_ratio"])
    let (value, error) = try (#require(ratio.value), #require(ratio.standardError))
    #expect(abs(value - expected) < 4 * error + 0.25)
    // All samples: the mean of r is 2.
    let change = try #require(values["bits_per_dim_change"])
    let bits = -(2 * log(2.0) - 1.5 * 2) / (2 * log(2.0))
    #expect(
      abs(try #require(change.value) - bits) < 4 * (try #require(change.standardError)) + 0.05)
    // P(r > 2 ln 10) of the narrow law is 10⁻⁴.
    #expect(try #require(values["tail_mass_ratio"]?.value) < 0.02)
    #expect(try #require(values["hallucinated_share"]?.value) == 0)
  }

  @Test("A model twice as wide puts the samples where real ones hardly ever are")
  func wide() throws {
    let values = try measurements(later: 2)
    // P(r > 2 ln 1000) with four times the variance is 1000^-1/4.
    let share = try #require(values["hallucinated_share"])
    let expected = pow(1000, -0.25)
    #expect(
      abs(try #require(share.value) - expected) < 4 * (try #require(share.standardError)) + 0.03)
    #expect(try #require(values["tail_mass_ratio"]?.value) > 2)
  }

  @Test("The trivial model's bits are those of one isotropic Gaussian")
  func baseline() throws {
    let rows = GaussianLaw(dimension: 3, seed: 8).samples(0..<5000)
    let matrix = Matrix(rowCount: 5000, columnCount: 3, floats: rows.values)
    let trivial = try #require(TrivialModel(rows: RowSource(matrix)))
    let densities = trivial.logDensity(matrix, noiseFloor: 0)
    let mean = densities.reduce(0, +) / 5000
    let variance = matrix.totalVariance() / 3
    // Fitted by maximum likelihood, so that half a unit is left a dimension.
    #expect(abs(mean + 1.5 * (log(2 * Double.pi * variance) + 1)) < 1e-9)
    #expect(TrivialModel(rows: RowSource(Matrix(rowCount: 4, columnCount: 2))) == nil)
  }
}
