import Recursion
public import Statistics

/// What strategies and generators keep of the real data for the real samples that they spend: the same data,
/// seeds and settings for everybody, so that cards of one version can be laid side by side.
public struct ReferenceCard: Sendable {
  /// An entry: a strategy, with a generator.
  public struct Entry: Sendable {
    /// The strategy.
    public let strategy: String

    /// The generator.
    public let generator: String

    /// The runs, one a seed.
    public let seedCount: Int

    /// The real samples that the loop has seen, each counted once; `nil` for a strategy that is not known.
    public let real: Double?

    /// Recall of the last generation.
    public let recall: SampleSummary?

    /// The Fréchet distance of the last generation to held-out real samples.
    public let frechetDistance: SampleSummary?

    /// Recall of the tail in the last generation, over that of generation 0; `nil` for generators without
    /// a density, which has the tail.
    public let tailKept: SampleSummary?

    /// A number over the thousands of real samples spent.
    public func perThousandReal(_ summary: SampleSummary?) -> Double? {
      guard let summary, let real, real > 0 else { return nil }
      return summary.mean / (real / 1000)
    }

    /// The distance times the thousands of real samples spent: of two entries the lower one is nearer to
    /// the data for what it spends.
    public var distanceTimesReal: Double? {
      guard let frechetDistance, let real else { return nil }
      return frechetDistance.mean * real / 1000
    }

    fileprivate init(_ variant: Variant, generation: Int) {
      let first = variant.runs[0]
      strategy = first.strategy?.label ?? first.strategyText
      generator = first.option("generator") ?? "?"
      seedCount = variant.runs.count
      real = first.distinctRealCount(upTo: generation)
      func summary(_ value: (ComparedRun) -> Double?) -> SampleSummary? {
        let values = variant.runs.compactMap(value)
        return values.count == variant.runs.count ? SampleSummary(values) : nil
      }
      recall = summary { $0.value("recall", generation) }
      frechetDistance = summary { $0.value("frechet_distance", generation) }
      tailKept = summary { run in
        guard let kept = run.value("recall_tail", generation),
          let before = run.value("recall_tail", 0), before > 0
        else { return nil }
        return kept / before
      }
    }
  }

  /// The version of data, seeds and settings.
  public let version: Int

  /// The fingerprint of the data.
  public let dataFingerprint: String

  /// The last generation.
  public let generation: Int

  /// The entries, by falling recall.
  public let entries: [Entry]

  /// Sorts the runs of a benchmark into entries.
  ///
  /// - Throws: ``ComparisonError`` for two runs of one entry and seed.
  public init(_ runs: [ComparedRun], version: Int) throws(ComparisonError) {
    let generation = runs.map(\.last).min() ?? 0
    self.version = version
    self.generation = generation
    dataFingerprint = runs.first?.option("data-fingerprint") ?? "?"
    let entries = try Variant.all(of: runs).map { Entry($0, generation: generation) }
    self.entries = entries.enumerated().sorted { first, second in
      let (a, b) = (first.element.recall?.mean ?? -1, second.element.recall?.mean ?? -1)
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
  }
}
