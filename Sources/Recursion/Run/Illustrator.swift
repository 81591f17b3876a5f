public import Metrics
public import Samples

/// What the titles of a run's pictures say.
public struct RunTitle: Equatable, Sendable {
  /// The data's short name.
  public let data: String

  /// The strategy's name.
  public let strategy: String

  /// The generator's name.
  public let generator: String

  /// The samples drawn each generation.
  public let sampleCount: Int

  /// The seed.
  public let seed: UInt64

  /// The real and synthetic samples in words, such as "420 real + 420 synthetic".
  public let mixture: String
}

/// One generation as a picture needs it.
public struct GenerationView: Sendable {
  /// What titles say.
  public let title: RunTitle

  /// The generation.
  public let generation: Int

  /// Its measurements.
  public let measurements: [MetricValue]

  /// The ids of the metrics that were chosen, in order.
  public let metrics: [String]

  /// Samples with the same latents in every generation; `nil` for vectors.
  public let display: SampleSet?

  /// The spaces in which it was measured, with histograms along their leading directions.
  public let spaces: [SpaceEvaluation]

  /// The pictures that carry the distance, in the leading space; `nil` for vectors and where there are
  /// too few samples.
  public let explanation: GenerationExplanation?
}

/// The pictures that carry the distance of one generation.
public struct GenerationExplanation: Sendable {
  /// The leading space.
  public let space: SpaceName

  /// Which samples they are, most distant first: rows of ``heldOut`` and ``generated``.
  public let attribution: Attribution

  /// The held-out real samples.
  public let heldOut: SampleSet

  /// The generated samples.
  public let generated: SampleSet

  /// The name of each held-out sample: the path of its picture, else its number.
  public let heldOutName: @Sendable (Int) -> String
}

/// A whole run as a picture needs it.
public struct RunView: Sendable {
  /// What titles say.
  public let title: RunTitle

  /// The measurements of every generation.
  public let generations: [[MetricValue]]

  /// The measurements of the control loop's generations; empty without one.
  public let control: [[MetricValue]]

  /// The display samples of every generation; empty for vectors.
  public let display: [SampleSet]

  /// For each display sample of generation 0, the real training picture nearest to it; `nil` for
  /// vectors.
  public let nearestToFirst: SampleSet?

  /// The same for the display samples of the last generation.
  public let nearestToLast: SampleSet?

  /// The covariance spectrum in the leading feature space: of real data, then of every generation.
  public let spectra: [[Double]]

  /// Fréchet distances between real data (index 0) and every generation, in the leading space.
  public let distances: [[Double?]]

  /// What the brake did; `nil` if nothing.
  public let braking: Braking?

  /// The names of the classes, sorted; empty without classes.
  public let classNames: [String]
}

/// Whatever draws the pictures of a run: the loop hands over values and writes the bytes it gets.
public protocol Illustrator: Sendable {
  /// The pictures of one generation.
  func pictures(of generation: GenerationView) throws -> [NamedFile]

  /// The pictures of a whole run.
  func pictures(of run: RunView) throws -> [NamedFile]
}
