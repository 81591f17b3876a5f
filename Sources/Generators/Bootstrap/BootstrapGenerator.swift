import LinearAlgebra

/// Draws training samples with replacement: `bootstrap` on the command line.
///
/// The pure memoriser. Its loop is Wright-Fisher drift: every drawn sample is an original, and
/// originals die out until one is left.
public struct BootstrapGenerator: Generator {
  /// Creates the generator.
  public init() {}

  /// The name on the command line.
  public var name: String { "bootstrap" }

  /// It is a copier and nothing else.
  public var copiesSamples: Bool { true }

  /// Keeps the samples, at least 1; `previous` is ignored.
  ///
  /// - Throws: ``GeneratorError``.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    try training.require(1, for: name)
    let rows = training.rows.matrix()
    try GeneratorError.converting(name) { () throws(LinearAlgebraError) in
      try rows.requireFinite()
    }
    return BootstrapModel(rows: rows)
  }

  /// The generator itself: it holds what it is given.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator { self }

  /// None.
  public var settings: [(key: String, value: String)] { [] }
}
