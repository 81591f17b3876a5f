import Metrics
import Randomness
import Samples

/// The real pictures that feature spaces are fitted to and those that are measured.
struct FeaturePart {
  /// What spaces are fitted to, drawn at random: a tenth, but ``RealParts/smallestFeaturePart`` pictures where
  /// that is fewer, and no more than a third.
  ///
  /// Pictures that a space was fitted to lie nearer to each other in it than to any others: measured, they
  /// would make an honest set look far away, or their own halves like copies.
  let fitted: SampleSet

  /// The others, ascending; `nil` if all are measured, being too few for a yardstick anyway.
  let measuredRows: [Int]?

  /// What the samples went through, in words.
  let words: String

  /// The fewest pictures of which some are set apart.
  private static let smallestDivided = 6

  /// Divides pictures.
  init(of samples: SampleSet, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: "measure/feature-part")
    let order = stream.permutation(samples.count)
    let share = max(
      samples.count / 10, min(RealParts.smallestFeaturePart, samples.count / 3))
    guard samples.count >= Self.smallestDivided else {
      fitted = samples
      measuredRows = nil
      words = "fitted to all \(samples.count) real pictures, too few to set some apart"
      return
    }
    fitted = samples.selecting(order[..<share].sorted())
    measuredRows = order[share...].sorted()
    words = "fitted to \(share) real pictures that are not measured"
  }
}
