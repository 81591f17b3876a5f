import Generators
import Images
import LinearAlgebra
import Samples

/// Scores samples under models: the log-density, in nats, of levels or of a vector's numbers.
struct DensityScores: Sendable {
  let coordinates: ModelCoordinates
  let sampling: Sampling
  let seed: UInt64

  /// The variance of the observation noise under which samples are scored.
  var noiseFloor: Double { coordinates.observationNoise }

  /// Sets that are scored, by where their dequantisation noise begins: sample numbers that no training
  /// set reaches.
  enum ScoredSet: Int {
    case heldOut = 0x4000_0000
    case training = 0x8000_0000
    case carried = 0xC000_0000
  }

  /// Returns the log-density of each sample; `nil` for a model without density.
  ///
  /// - Parameter generation: The generation whose dequantisation noise is added.
  /// - Throws: what the model throws.
  func logDensities(
    of samples: SampleSet, _ set: ScoredSet, under model: any GenerativeModel, generation: Int
  ) throws -> [Double]? {
    let rows = coordinates.rows(
      of: samples,
      offsets: .noise(seed: seed, generation: generation, firstSample: set.rawValue))
    var scores: [Double] = []
    for block in rows.blocks {
      let scored = rows.rows(block)
      guard
        let densities = try model.logDensity(scored, sampling: sampling, noiseFloor: noiseFloor)
      else { return nil }
      scores += zip(densities, coordinates.logVolume(of: scored)).map { $0 + $1 }
    }
    return scores
  }
}
