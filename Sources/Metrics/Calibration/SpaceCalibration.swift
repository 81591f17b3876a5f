public import LinearAlgebra

/// What every metric gives in one space between real samples, and between real and damaged ones, over
/// the repetitions of a calibration.
public struct SpaceCalibration: Sendable {
  /// A metric's values over the repetitions.
  public struct Values: Sendable {
    /// The metric.
    public let metric: MeasuredMetric

    /// Its id in the output, such as `recall_k3`.
    public let id: String

    /// Between two honest sets; `nil` where it could not be computed.
    public let honest: [Double?]

    /// Between an honest and a damaged set.
    public let damaged: [Damage: [Double?]]

    /// The least that a deviation between repetitions can be, of numbers that move in steps.
    public let leastDeviation: Double
  }

  /// The metrics asked for, in the order of the output.
  public let values: [Values]

  /// Compares the sets of every repetition.
  ///
  /// - Parameters:
  ///   - features: The features of all samples, one a row.
  ///   - changed: The features of the samples after each damage that changes them, row by row.
  ///   - design: Who plays which part.
  ///   - repeats: The number of repetitions.
  ///   - progress: Told after each few repetitions; may throw to stop.
  /// - Throws: ``MetricsError`` for entries that are not finite; what `progress` throws.
  public init(
    features: RowSource, changed: [Damage: RowSource], design: CalibrationDesign, repeats: Int,
    settings: MeasureSettings, progress: (Int) throws -> Void
  ) throws {
    var settings = settings
    settings.metrics = settings.metrics.filter { !$0.needsTrainingSet && $0 != .spectrumDistance }
    let keys = settings.keys(withTrainingSet: false, isSpectrum: false)
    let median = try medianDistance(
      of: features.thinnedForPairs(to: MeasureSettings.largestMedianSet))
    let bandwidth = median > 1e-150 ? median : nil
    let prepare = SetPreparation(real: features, settings: settings, bandwidth: bandwidth)
    let trial = Trial(
      features: features, changed: changed, design: design, prepare: prepare, keys: keys,
      frozen: try FrozenScales(
        real: try prepare(features, as: .real), bandwidth: bandwidth, settings: settings))
    var outcomes: [Trial.Outcome] = []
    // A few at a time, so that there is somewhere to stop.
    for block in Parallelism.blocks(of: repeats, size: 4) {
      let results = Parallelism.map(block.count) { index in
        Result { () throws(MetricsError) in try trial.outcome(block.lowerBound + index) }
      }
      for result in results { outcomes.append(try result.get()) }
      try progress(outcomes.count)
    }
    values = keys.map { key in
      let damages = Damage.allCases.filter { damage in
        outcomes.contains { $0.damaged[damage] != nil }
      }
      return Values(
        metric: key.metric, id: key.id, honest: outcomes.map { $0.honest[key] },
        damaged: Dictionary(
          uniqueKeysWithValues: damages.map { damage in
            (damage, outcomes.map { $0.damaged[damage]?[key] })
          }),
        leastDeviation: key.metric.step(
          real: design.realCount, generated: design.generatedCount) / 12.0.squareRoot())
    }
  }

  /// The modes of samples without classes: bins of k-means.
  ///
  /// - Returns: For each sample the number of its bin.
  /// - Throws: ``MetricsError`` for entries that are not finite.
  public static func modes(of features: RowSource) throws(MetricsError) -> [Int] {
    let count = max(2, min(20, features.rowCount / FrozenScales.samplesInBin))
    return try ModeBins(of: features.matrix(), count: count).cells.labels(of: features, as: .real)
  }

  /// How far each sample lies from others: its distance to the fifth nearest one.
  public static func isolation(of features: RowSource) -> [Double] {
    let k = min(Comparison.neighbours, features.rowCount - 1)
    let radii = NeighbourRadii(of: features.matrix(), count: k)
    return (0..<features.rowCount).map { radii.square($0, neighbour: k).squareRoot() }
  }
}

/// The comparisons of the repetitions in one space.
private struct Trial: Sendable {
  let features: RowSource
  let changed: [Damage: RowSource]
  let design: CalibrationDesign
  let prepare: SetPreparation
  let keys: [MeasuredKey]
  let frozen: FrozenScales

  /// The values of one repetition.
  struct Outcome: Sendable {
    let honest: [MeasuredKey: Double]
    var damaged: [Damage: [MeasuredKey: Double]] = [:]
  }

  /// Compares the sets of one repetition.
  func outcome(_ number: Int) throws(MetricsError) -> Outcome {
    let repetition = design.repetition(number)
    let real = try prepare(rows(repetition.real, of: features), as: .real)
    func values(_ rows: RowSource) throws(MetricsError) -> [MeasuredKey: Double] {
      SetComparison(
        sets: SetPair(
          real: real, generated: try prepare(rows, as: .generated),
          support: prepare.settings.supportQuestions),
        train: nil, frozen: frozen, settings: prepare.settings, withStandardErrors: false
      ).outcomes(of: keys).compactMapValues { $0.estimate?.value }
    }
    var outcome = Outcome(honest: try values(rows(repetition.honest, of: features)))
    for damage in Damage.allCases {
      if let chosen = repetition.damaged[damage] {
        outcome.damaged[damage] = try values(rows(chosen, of: features))
      } else if let changed = changed[damage] {
        outcome.damaged[damage] = try values(rows(repetition.honest, of: changed))
      }
    }
    return outcome
  }

  private func rows(_ rows: [Int], of source: RowSource) -> RowSource {
    RowSource(source.gatheringRows(rows))
  }
}
