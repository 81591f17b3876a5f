import Randomness
import Samples

/// How labels travel with samples, and how they go wrong.
public struct ClassLabels: Equatable, Sendable {
  /// How many samples of each class are drawn.
  public enum Counts: String, CaseIterable, Sendable {
    /// As many as chance gives, with the classes' weights.
    case drawn
    /// As many as the weights ask for, give or take one.
    case stratified
  }

  /// When labels are flipped.
  public enum Moment: String, CaseIterable, Sendable {
    /// Those of the real set, and those of what every generation draws.
    case each
    /// Those of the real set alone.
    case once
  }

  /// How many samples of each class are drawn.
  public var counts = Counts.drawn

  /// The share of labels that are flipped to another class, any of the others alike.
  public var noise = 0.0

  /// When they are.
  public var moment = Moment.each

  /// Creates labels that are right.
  public init() {}

  /// The first option that is not at its default, by its name on the command line; `nil` if none is.
  var firstChanged: (name: String, value: String)? {
    let usual = ClassLabels()
    if noise != usual.noise { return ("label-noise", noise.plainText) }
    if counts != usual.counts { return ("class-counts", counts.rawValue) }
    return moment == usual.moment ? nil : ("label-noise-when", moment.rawValue)
  }

  /// The real training set with the labels that annotators gave it.
  func annotated(_ original: SampleSet, seed: UInt64) -> SampleSet {
    flipped(original, seed: seed, purpose: "label-noise-real", generation: 0)
  }

  /// Drawn samples with the labels that the next generation sees.
  func annotated(_ drawn: SampleSet, seed: UInt64, generation: Int) -> SampleSet {
    guard moment == .each else { return drawn }
    return flipped(drawn, seed: seed, purpose: "label-noise", generation: generation)
  }

  private func flipped(
    _ samples: SampleSet, seed: UInt64, purpose: Purpose, generation: Int
  ) -> SampleSet {
    let classes = samples.classNames.count
    guard noise > 0, classes > 1, var labels = samples.labels else { return samples }
    var stream = RandomStream(seed: seed, purpose: purpose, generation: generation)
    let count = Int((noise * Double(samples.count)).rounded())
    for index in stream.sample(count, outOf: samples.count) {
      let other = stream.integer(below: classes - 1)
      labels[index] = Int32(other < Int(labels[index]) ? other : other + 1)
    }
    return samples.labelled(labels, classNames: samples.classNames)
  }
}
