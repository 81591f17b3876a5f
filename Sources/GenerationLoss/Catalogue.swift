import ExternalGenerators
import Generators
import Metrics
public import Recursion

/// What there is to choose from, in words.
public enum Catalogue {
  /// A choice.
  public struct Entry: Equatable, Sendable {
    /// The name on the command line.
    public let name: String

    /// What it is, in a sentence.
    public let summary: String

    /// The paper or the origin; empty if there is none.
    public let source: String

    /// The settings that are written behind the name.
    public var keys: [SettingKey] = []
  }

  /// The mixing strategies.
  public static var strategies: [Entry] {
    StrategyCatalogue.entries.map {
      Entry(name: $0.name, summary: $0.summary, source: $0.source, keys: $0.keys)
    }
  }

  /// The generators.
  public static var generators: [Entry] {
    (GeneratorCatalogue.entries + [ExternalGenerator.entry]).map {
      Entry(name: $0.name, summary: $0.summary, source: "")
    }
  }

  /// The metrics: those of a run, then those that `measure` alone has.
  public static var metrics: [Entry] {
    let ofRuns = MetricCatalogue.entries.map { entry in
      let direction = entry.direction.isEmpty ? "" : "; under collapse: \(entry.direction)"
      guard let words = MeasuredMetric(rawValue: entry.id)?.words else {
        let caution = entry.caution.isEmpty ? "" : " (\(entry.caution))"
        return Entry(
          name: entry.id, summary: entry.summary + direction + caution, source: entry.source)
      }
      return Entry(
        name: entry.id, summary: words.formula + direction + sight(words), source: words.source)
    }
    let known = Set(ofRuns.map(\.name))
    return ofRuns
      + MeasuredMetric.allCases.filter { !known.contains($0.rawValue) }.map { metric in
        let direction = "; under collapse: \(metric.underCollapse.word)"
        return Entry(
          name: metric.rawValue, summary: metric.words.formula + direction + sight(metric.words),
          source: metric.words.source)
      }
  }

  private static func sight(_ words: MeasuredMetric.Words) -> String {
    "; sees \(words.sees); blind: \(words.blindTo)"
  }

  /// The feature spaces.
  public static let features = [
    Entry(
      name: "pixels",
      summary: "levels at the working size, PCA to 64 fitted on the feature part of the real data",
      source: ""),
    Entry(
      name: "conv",
      summary:
        "448 features of a fixed random 3-layer convolution network, standardised, PCA to 64",
      source: ""),
    Entry(
      name: "patches",
      summary:
        "mean and rms responses to 32 filters of 8x8 pixels, PCA of real patches, standardised, PCA "
        + "to 64",
      source: ""),
    Entry(
      name: "colour",
      summary: "means, covariances and low-order moments of opponent colour, standardised, PCA",
      source: ""),
    Entry(name: "vector", summary: "the rows of a .npy matrix or a law themselves", source: ""),
  ]
}
