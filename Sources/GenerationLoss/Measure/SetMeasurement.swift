import LinearAlgebra
public import Metrics
import Recursion
import Samples
import Storage

/// Generated sets beside a real one, in every space asked for.
public struct SetMeasurement: Sendable {
  /// What was measured in one space.
  public struct Space: Sendable {
    /// The name of the space.
    public let name: String

    /// The hash of what was fitted; empty where nothing could be.
    public let fingerprint: String

    /// What the samples went through.
    public let preprocessing: String

    /// The real set, frozen; `nil` where the space could not be fitted.
    public let reference: MeasuredReference?

    /// Why there are no numbers; `nil` if there are.
    public let unavailable: String?

    /// The numbers of each generated set against the real one.
    public fileprivate(set) var values: [[MeasuredValue]]

    /// The numbers of each generated set against the one before it, by the scales of the real set and
    /// without null bands; empty for the first, and where only one set is measured.
    public fileprivate(set) var previous: [[MeasuredValue]]

    /// What carries the distance of each generated set; empty where nobody asked.
    public fileprivate(set) var explanations: [SpaceExplanation] = []

    /// What pictures are seen through; `nil` for rows.
    let eye: MeasuredSpace?
  }

  /// The rows of the real set that were measured, ascending; `nil` if all were.
  private(set) var measuredRows: [Int]?

  /// The spaces, in order.
  public private(set) var spaces: [Space] = []

  /// The constants of the definitions.
  public let settings: MeasureSettings

  /// What a saved reference is made of.
  let origin: ReferenceOrigin

  private let explains: Bool

  /// What the sets are called.
  private let names: (real: String, generated: [String], train: String?)

  /// The directions of difference that are sought in each space.
  private static let directions = 4

  /// Measures sets.
  ///
  /// Spaces of pictures are fitted to a part of the real set that is not measured, drawn at random: a tenth,
  /// or of fewer than 200 pictures 20, at most a third.
  ///
  /// - Parameters:
  ///   - spaceNames: The spaces; `nil` for the usual ones of the kind.
  ///   - saved: Null bands by space, computed earlier.
  ///   - explains: Whether to find out what carries the distances.
  ///   - progress: Told what is being done.
  /// - Throws: ``RecursionError/unusableData(name:reason:)`` with the set that cannot be measured, or
  ///   where the training set is the real one; ``MetricsError`` or ``FeatureSpaceError``;
  ///   ``SavedReferenceError`` for null bands of another set.
  public init(
    real: MeasuredData, generated: [MeasuredData], train: MeasuredData?,
    spaces spaceNames: [SpaceName]?, settings: MeasureSettings,
    saved: SavedReference? = nil, explains: Bool = false,
    progress: (String) throws -> Void = { _ in }
  ) throws {
    if let train, train.fingerprint == real.fingerprint {
      throw RecursionError.unusableData(
        name: train.name,
        reason:
          "it holds the same samples as \(real.name). What a model remembers shows beside real "
          + "samples that it was not trained on: give those as REAL.")
    }
    self.settings = settings
    origin = ReferenceOrigin(real: real, train: train, settings: settings)
    self.explains = explains
    names = (real.name, generated.map(\.name), train?.name)
    let sets = generated.map { Self.source($0) }
    switch real.content {
    case .vectors(let rows):
      guard Set(spaceNames ?? [.vector]) == [.vector] else {
        throw RecursionError.unusableData(
          name: real.name, reason: "it holds rows of features, which have the space vector alone.")
      }
      guard settings.metrics != [.spectrumDistance] else {
        throw RecursionError.unusableData(
          name: real.name,
          reason: "it holds rows of features, and spectrum_distance needs pictures.")
      }
      let space = Space(
        name: SpaceName.vector.rawValue,
        fingerprint: VectorSpace(dimension: rows.columnCount).fingerprint,
        preprocessing: "the rows as they are", reference: nil, unavailable: nil, values: [],
        previous: [], eye: nil)
      try add(
        space, real: rows, train: train.map { Self.source($0)(nil) }, sets.map { $0(nil) },
        isSpectrum: false, saved, progress)
    case .pictures(let samples):
      try addPictures(samples, sets, train, spaceNames, saved, progress)
    }
    for set in [real] + generated + [train].compactMap(\.self) { try set.requireWhole() }
  }

  /// The rows of a set in a space of pictures, or its own where it has rows.
  private static func source(_ data: MeasuredData) -> (MeasuredSpace?) -> RowSource {
    { space in
      switch (data.content, space) {
      case (.vectors(let rows), _): return rows
      case (.pictures(let samples), let space?): return space.features(of: samples)
      case (.pictures, nil): preconditionFailure("pictures are measured in a space of pictures")
      }
    }
  }

  private mutating func addPictures(
    _ samples: SampleSet, _ sets: [(MeasuredSpace?) -> RowSource], _ train: MeasuredData?,
    _ spaceNames: [SpaceName]?, _ saved: SavedReference?, _ progress: (String) throws -> Void
  ) throws {
    guard samples.count >= 2 else {
      throw RecursionError.unusableData(
        name: names.real,
        reason: MetricsError.tooFewSamples(set: .real, count: samples.count, required: 2)
          .description)
    }
    let parts = FeaturePart(of: samples, seed: settings.seed)
    measuredRows = parts.measuredRows
    let measured = measuredRows.map(samples.selecting) ?? samples
    var eyes: [(name: String, eye: Result<MeasuredSpace, FeatureSpaceError>)] = []
    let names = spaceNames ?? SpaceName.defaults(for: samples.shape)
    for name in names {
      do {
        eyes.append((name.rawValue, .success(try MeasuredSpace(name, fittedTo: parts.fitted))))
      } catch let error as FeatureSpaceError {
        guard case .noVariation = error else { throw error }
        eyes.append((name.rawValue, .failure(error)))
      }
    }
    if settings.metrics.contains(.spectrumDistance), let shape = samples.shape {
      eyes.append(
        (MeasuredSpace.spectrumName, .success(MeasuredSpace(spectrumOf: shape))))
    }
    // Without any space there is no measurement, and nothing that could be shown beside the reason.
    if let (_, first) = eyes.first, !eyes.contains(where: { (try? $0.eye.get()) != nil }) {
      _ = try first.get()
    }
    for (name, eye) in eyes {
      switch eye {
      case .failure(let error):
        spaces.append(
          Space(
            name: name, fingerprint: "", preprocessing: "", reference: nil,
            unavailable: error.description, values: sets.map { _ in [] },
            previous: sets.map { _ in [] }, eye: nil))
      case .success(let eye):
        let space = Space(
          name: name, fingerprint: eye.fingerprint,
          preprocessing: eye.isSpectrum ? "grey levels, Fourier transform" : parts.words,
          reference: nil,
          unavailable: nil, values: [], previous: [], eye: eye)
        try progress("features in \(name)")
        try add(
          space, real: eye.features(of: measured),
          train: train.map { Self.source($0)(eye) }, sets.map { $0(eye) },
          isSpectrum: eye.isSpectrum, saved, progress)
      }
    }
  }

  private mutating func add(
    _ space: Space, real: RowSource, train: RowSource?, _ sets: [RowSource], isSpectrum: Bool,
    _ saved: SavedReference?, _ progress: (String) throws -> Void
  ) throws {
    try progress("the real set in \(space.name)")
    let nulls = saved?.nulls[space.name]
    let reference = try naming {
      try MeasuredReference(
        real: real, train: train, space: space.name, spaceFingerprint: space.fingerprint,
        isSpectrum: isSpectrum, settings: settings, savedNulls: nulls)
    }
    if let saved {
      try saved.requireFingerprint(
        reference.fingerprint, of: space.name, origin: origin)
    }
    var values: [[MeasuredValue]] = []
    var previous: [[MeasuredValue]] = []
    var explanations: [SpaceExplanation] = []
    for (index, set) in sets.enumerated() {
      try progress("set \(index + 1) of \(sets.count) in \(space.name)")
      values.append(try naming(index) { try reference.measure(set) })
      if explains, !isSpectrum {
        try progress("what carries the distance in \(space.name)")
        explanations.append(
          try reference.explanation(of: set, k: explainedNeighbours, directions: Self.directions))
      }
      guard index > 0 else {
        previous.append([])
        continue
      }
      var settings = settings
      settings.splits = 0
      // What is known of one set alone does not compare it with another.
      settings.metrics = settings.metrics.filter { !$0.isOfOneSet }
      previous.append(
        try MeasuredReference(
          real: sets[index - 1], space: space.name, spaceFingerprint: space.fingerprint,
          isSpectrum: isSpectrum, settings: settings, scales: reference
        ).measure(set))
    }
    spaces.append(
      Space(
        name: space.name, fingerprint: space.fingerprint, preprocessing: space.preprocessing,
        reference: reference, unavailable: nil, values: values, previous: previous,
        explanations: explanations, eye: space.eye))
  }

  /// Names the set that an error is about.
  private func naming<Result>(
    _ index: Int? = nil, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let error as MetricsError {
      let name: String? =
        switch error.set {
        case .real: names.real
        case .train: names.train
        case .generated: index.map { names.generated[$0] }
        case .test, nil: nil
        }
      guard let name else { throw error }
      throw RecursionError.unusableData(name: name, reason: error.description)
    }
  }

  /// The neighbours that make a ball: five where they are asked for, else the fewest.
  private var explainedNeighbours: Int {
    settings.neighbours.contains(5) ? 5 : settings.neighbours.min() ?? 5
  }
}
