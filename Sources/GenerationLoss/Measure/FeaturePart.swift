import Metrics
import Randomness
import Samples

/// The real pictures that feature spaces are fitted to and those that are measured.
struct FeaturePart {
  /// What spaces are fitted to: a tenth, drawn at random, or all where that would be fewer than
  /// ``RealParts/smallestFeaturePart``.
  let fitted: SampleSet

  /// The others, ascending; `nil` if all are measured.
  let measuredRows: [Int]?

  /// What the samples went through, in words.
  let words: String

  /// Divides pictures.
  init(of samples: SampleSet, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: "measure/feature-part")
    let order = stream.permutation(samples.count)
    let share = samples.count / 10
    guard share >= RealParts.smallestFeaturePart else {
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
