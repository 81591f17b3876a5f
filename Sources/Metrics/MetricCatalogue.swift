/// The metrics by id, in words: what each is, which way collapse moves it, and what it cannot see.
public enum MetricCatalogue {
  /// One metric.
  public struct Entry: Equatable, Sendable {
    /// The id in `metrics.csv`.
    public let id: String

    /// What it is, in a sentence.
    public let summary: String

    /// Which way collapse moves it; empty if that says nothing.
    public let direction: String

    /// What it is blind to, or how it misleads; empty if nothing is known.
    public let caution: String

    /// The paper; empty if there is none.
    public let source: String

    init(
      _ id: String, _ summary: String, collapse direction: String, caution: String = "",
      source: String = ""
    ) {
      self.id = id
      self.summary = summary
      self.direction = direction
      self.caution = caution
      self.source = source
    }
  }

  /// All metrics, in the order in which a run lists them.
  ///
  /// They are made from the ids that are measured, so that none can be without its words.
  public static let entries: [Entry] =
    Metric.allCases.map(\.entry) + MetricChoice.standard.further.map(\.entry)
    + [
      Entry(
        Metric.share(of: "CLASS"), "share of samples nearest to the mean of a real class",
        collapse: "drifts", caution: "the expected share stays; its spread over seeds grows")
    ] + ModeMetric.allCases.map(\.entry)
    + [
      Entry(
        Metric.recallOfTail,
        "recall of the tenth of held-out samples that generation 0's model finds least likely",
        collapse: "falls", caution: "few samples: its error bar is wide")
    ] + ModelMetric.allCases.map(\.entry)
    + PredictedMetric.allCases.map(\.entry) + ErrorPart.allCases.map(\.entry)
}
