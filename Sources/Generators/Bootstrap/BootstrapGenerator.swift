/// Draws training samples with replacement: `bootstrap` on the command line.
///
/// Weighted samples are drawn in proportion to their weights.
/// The pure memoriser. Its loop is Wright-Fisher drift: every drawn sample is an original, and
/// originals die out until one is left.
public struct BootstrapGenerator: Generator {
  /// Creates the generator.
  public init() {}

  /// The name on the command line.
  public var name: String { "bootstrap" }

  /// It is a copier and nothing else.
  public var copiesSamples: Bool { true }

  /// `false`: its law is a set of points.
  public var hasDensity: Bool { false }

  /// Keeps the samples, at least 1 of positive weight; `previous` is ignored.
  ///
  /// - Throws: ``GeneratorError``.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    BootstrapModel(training: try TrainingRows(training, generator: name))
  }

  /// The generator itself: it holds what it is given.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator { self }

  /// None.
  public var settings: [(key: String, value: String)] { [] }
}
