import ArgumentParser

/// What every generation is measured by.
struct MeasurementOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: """
      Metrics by their ids, between commas, beside those that the summary, charts and diagnosis are made of (default: \
      those that see a collapse, and the usual ones).
      """)
  var metrics: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help:
      "Spaces, between commas: pixels, conv, patches, colour; vector for rows (default: pixels and conv)."
  )
  var features: [String] = []

  /// Words that stand apart or between commas.
  static func words(_ texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",").map(String.init) }
  }
}
