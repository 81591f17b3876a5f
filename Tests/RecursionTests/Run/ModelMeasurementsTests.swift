import Foundation
import Generators
import Images
import LinearAlgebra
import Metrics
import Randomness
import Samples
import Testing

@testable import Recursion

/// One generation of a Gaussian model, against what its moments say.
@Suite("Numbers about a model")
struct ModelMeasurementsTests {
  private func measurements(
    original: SampleSet, heldOut: SampleSet, coordinates: ModelCoordinates, carry: Carry
  ) throws -> (step: GenerationStep, values: [String: MetricValue]) {
    let engine = Engine(
      generator: GaussianGenerator(), coordinates: coordinates, carry: carry,
      sampling: Sampling(), strategy: try StrategyCatalogue.strategy(named: "replace"),
      seed: 1, sampleCount: original.count, warmStart: false)
    let pools = SamplePools(
      original: original,
      fresh: .endless(GaussianLaw(dimension: original.dimension, seed: 1), from: 1 << 20), seed: 1)
    let step = try engine.step(0, pools: pools, previous: nil)
    let values = try ModelMeasurements(engine: engine, heldOut: heldOut, original: original)
      .measure(step, generation: 0)
    return (step, Dictionary(uniqueKeysWithValues: values.map { ($0.metric, $0) }))
  }

  @Test(
    "Bits per dimension of unseen vectors are the entropy of the law and the cost of the fit (H5)")
  func vectors() throws {
    let law = GaussianLaw(dimension: 3, seed: 5)
    let (n, d) = (3000.0, 3.0)
    let (_, values) = try measurements(
      original: law.samples(0..<3000), heldOut: law.samples(5000..<8000),
      coordinates: .identity(nil), carry: .float)
    let heldOut = try #require(values["bits_per_dim"])
    let train = try #require(values["bits_per_dim_train"])
    let entropy = 0.5 * log2(2 * Double.pi * M_E)
    let excess = (d + d * (d + 1) / 2) / (2 * n * d * log(2))
    let (value, error) = try (#require(heldOut.value), #require(heldOut.standardError))
    #expect(abs(value - entropy - excess) < 4 * error)
    // Half a squared standard normal number a dimension, in bits: its deviation over root n d.
    #expect(abs(error / ((0.5 / (n * d)).squareRoot() / log(2)) - 1) < 0.1)
    #expect(heldOut.n == 3000)
    #expect(heldOut.note == "")
    // A maximum-likelihood Gaussian gives its own samples d/2 nats each beside the log-determinant.
    let fitted = try #require(train.value)
    #expect(abs(fitted - entropy) < 4 * error)
  }

  @Test(
    "Bits per dimension of whole levels count the dequantisation, the Jacobian and the floor once")
  func pictures() throws {
    let shape = PictureShape(width: 2, height: 2, channels: 1)
    func levels(_ range: Range<Int>) -> SampleSet {
      var bytes: [UInt8] = []
      for sample in range {
        var stream = RandomStream(seed: 9, purpose: "test/levels", sample: sample)
        bytes += stream.normals(4).map { UInt8(min(255, max(0, (128 + 12 * $0).rounded()))) }
      }
      return SampleSet(count: range.count, dimension: 4, shape: shape, storage: .bytes(bytes))
    }
    let (_, values) = try measurements(
      original: levels(0..<4000), heldOut: levels(4000..<8000),
      coordinates: .pixels(PixelCoordinates(space: .linear, shape: shape), shape), carry: .png8)
    // Rounding to whole levels adds 1/12, and spreading them out over their width another.
    let variance = 144 + 2.0 / 12
    let scored = variance + 64
    let expected = (0.5 * log(2 * Double.pi * scored) + 0.5 * variance / scored) / log(2)
    let measured = try #require(values["bits_per_dim"])
    let (value, error) = try (#require(measured.value), #require(measured.standardError))
    #expect(abs(value - expected) < 4 * error, "\(value) \(expected)")
    #expect(error < 0.01)
    #expect(measured.note.hasPrefix("scored with observation noise of 8 levels"))
  }

  @Test("Of large pictures 96 are scored, spread evenly over the order they come in")
  func someAreScored() throws {
    let shape = PictureShape(width: 40, height: 40, channels: 3)
    func pictures(_ numbers: Range<Int>, brightness: Double) -> SampleSet {
      let bytes = numbers.flatMap { sample in
        var stream = RandomStream(seed: 4, purpose: "test/pictures", sample: sample)
        return stream.normals(shape.count).map { UInt8(min(255, max(0, brightness + 20 * $0))) }
      }
      return SampleSet(
        count: numbers.count, dimension: shape.count, shape: shape, storage: .bytes(bytes))
    }
    let dark = pictures(100..<228, brightness: 60)
    let bright = pictures(228..<356, brightness: 128)
    func bits(_ heldOut: SampleSet) throws -> MetricValue {
      try #require(
        try measurements(
          original: pictures(0..<40, brightness: 128), heldOut: heldOut,
          coordinates: .pixels(PixelCoordinates(space: .logit, shape: shape), shape), carry: .png8
        ).values["bits_per_dim"])
    }
    let (first, second, both) = try (bits(dark), bits(bright), bits(dark.appending(bright)))
    #expect(first.n == 96 && second.n == 96 && both.n == 96)
    let values = try [first, second, both].map { try #require($0.value) }
    #expect(values[0] > values[1] + 0.1)
    #expect(abs(values[2] - (values[0] + values[1]) / 2) < 0.02 * (values[0] - values[1]))
  }

  @Test(
    "Traces in levels are those in model coordinates where these are the levels, weights and all")
  func weightedTraces() throws {
    let original = TestData.pictures(40)
    let engine = Engine(
      generator: BootstrapGenerator(), coordinates: .identity(original.shape), carry: .png8,
      sampling: Sampling(),
      strategy: try StrategyCatalogue.strategy(
        named: "weighted:weight=0.9,share=0.2,real=fixed"),
      seed: 1, sampleCount: 40, warmStart: false)
    var pools = SamplePools(
      original: original, fresh: .finite(original, reusing: true, seed: 1), seed: 1)
    let first = try engine.step(0, pools: pools, previous: nil)
    pools.append(first.carried)
    let second = try engine.step(1, pools: pools, previous: first.model)
    #expect(second.training.weights != nil)
    let values = try ModelMeasurements(engine: engine, heldOut: original, original: original)
      .measure(second, generation: 1)
    func value(_ metric: String) throws -> Double {
      try #require(values.first { $0.metric == metric }?.value)
    }
    let traces = try value("trace_drawn_model") * value("trace_model_pool")
    #expect(abs(try value("trace_drawn_pool_levels") / traces - 1) < 1e-9)
  }

  @Test("Traces follow the variance from pool to model to drawn and carried samples")
  func traces() throws {
    let law = GaussianLaw(dimension: 2, seed: 6)
    let (step, values) = try measurements(
      original: law.samples(0..<500), heldOut: law.samples(1000..<1100),
      coordinates: .identity(nil), carry: .float)
    func value(_ metric: String) throws -> Double { try #require(values[metric]?.value) }
    #expect(abs(try value("trace_model_pool") - 1) < 1e-12)
    #expect(abs(try value("trace_carried_drawn") - 1) < 1e-6)
    let rows = try step.model.draw(
      0..<500, latents: Latents(seed: 1, purpose: "draw", generation: 0), sampling: Sampling()
    ).rows
    let drawn = rows.subtractingFromRows(rows.columnMeans())
    let ratio = drawn.squaredRowNorms().reduce(0, +) / 500 / step.model.totalVariance
    #expect(abs(try value("trace_drawn_model") - ratio) < 1e-12)
    #expect(values["gamut_share"] == nil)
    #expect(try value("living_components") == 1)
    #expect(try value("training_rows_real") == 500)
    #expect(try value("training_rows_synthetic") == 0)
  }
}
