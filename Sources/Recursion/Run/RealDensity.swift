import Foundation
import Generators
import LinearAlgebra
import Samples

/// The real law as generation 0's model has it: what later generations' likelihoods, tails and
/// inventions are measured against.
///
/// All of it is a pure function of generation 0's model and the held-out samples, so that a resumed run
/// has the same.
struct RealDensity: Sendable {
  /// The model that was fitted to real samples.
  let model: any GenerativeModel

  /// The log-densities of the held-out samples under it.
  let heldOut: [Double]

  /// The held-out samples of the tail, ascending: the least likely tenth.
  let tail: [Int]

  /// The log-density at which the tail begins, its upper end.
  let tailLimit: Double

  /// The 0.1 % quantile, the least of fewer than 1000: below it a sample counts as invented.
  let floor: Double

  /// How many held-out samples lie below ``floor``.
  let belowFloor: Int

  /// The share of real samples in the tail.
  static let tailShare = 0.1

  /// The share of real samples below the floor.
  static let floorShare = 0.001

  /// Scores the held-out samples; `nil` if the model has no density, or one that is 0 to machine
  /// precision at a real sample.
  ///
  /// - Throws: what the model throws.
  init?(model: any GenerativeModel, heldOut samples: SampleSet, scores: DensityScores) throws {
    guard let heldOut = try scores.logDensities(of: samples, .heldOut, under: model, generation: 0),
      !heldOut.isEmpty, heldOut.allSatisfy(\.isFinite)
    else { return nil }
    let ranked = heldOut.indices.sorted { (heldOut[$0], $0) < (heldOut[$1], $1) }
    let count = Double(heldOut.count)
    let tailCount = max(1, Int(Self.tailShare * count))
    self.model = model
    self.heldOut = heldOut
    tail = ranked.prefix(tailCount).sorted()
    tailLimit = heldOut[ranked[min(tailCount, ranked.count - 1)]]
    belowFloor = Int(Self.floorShare * count)
    floor = heldOut[ranked[belowFloor]]
  }
}
