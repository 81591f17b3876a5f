import Statistics
public import Storage

extension ReferenceCard {
  private static let columns = [
    "strategy", "generator", "seeds", "real", "recall", "95 %", "FD", "95 %", "tail kept", "95 %",
    "recall / 1000 real", "tail / 1000 real", "FD x 1000 real",
  ]

  /// The card as a table.
  public var table: ReportTable {
    ReportTable(
      title: "reference card \(version), generation \(generation), data "
        + "\(dataFingerprint.prefix(12)): what is kept for the real samples spent",
      columns: Self.columns,
      rows: entries.map { entry in
        func short(_ value: Double?) -> String { value.map(ReportNumber.short) ?? "-" }
        func numbers(_ summary: SampleSummary?) -> [String] {
          [short(summary?.mean), ReportNumber.range(summary?.interval)]
        }
        let head = [
          entry.strategy, entry.generator, "\(entry.seedCount)",
          entry.real.map(ReportNumber.count) ?? "-",
        ]
        return head + numbers(entry.recall) + numbers(entry.frechetDistance)
          + numbers(entry.tailKept)
          + [
            short(entry.perThousandReal(entry.recall)),
            short(entry.perThousandReal(entry.tailKept)), short(entry.distanceTimesReal),
          ]
      }, words: [0, 1, 5, 7, 9])
  }

  /// The card as tidy CSV.
  public var csv: [UInt8] {
    CSV.table(
      columns: [
        "card_version", "strategy", "generator", "seeds", "generation", "real", "recall",
        "recall_low", "recall_high", "frechet_distance", "frechet_distance_low",
        "frechet_distance_high", "tail_kept", "tail_kept_low", "tail_kept_high",
        "recall_per_1000_real", "tail_kept_per_1000_real", "frechet_distance_times_1000_real",
      ],
      rows: entries.map { entry -> [CSV.Field] in
        func numbers(_ summary: SampleSummary?) -> [CSV.Field] {
          [
            .number(summary?.mean), .number(summary?.interval?.lowerBound),
            .number(summary?.interval?.upperBound),
          ]
        }
        let head: [CSV.Field] = [
          .integer(version), .text(entry.strategy), .text(entry.generator),
          .integer(entry.seedCount), .integer(generation), .count(entry.real),
        ]
        return head + numbers(entry.recall) + numbers(entry.frechetDistance)
          + numbers(entry.tailKept)
          + [
            .number(entry.perThousandReal(entry.recall)),
            .number(entry.perThousandReal(entry.tailKept)), .number(entry.distanceTimesReal),
          ]
      })
  }

  /// The card as one object.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    func object(_ summary: SampleSummary?) -> JSONValue {
      guard let summary else { return .null }
      return .object([
        .init("mean", .number(summary.mean)), .init("low", number(summary.interval?.lowerBound)),
        .init("high", number(summary.interval?.upperBound)),
        .init("values", .array(summary.values.map { .number($0) })),
      ])
    }
    return .object([
      .init("schema_version", .integer(1)), .init("card_version", .integer(version)),
      .init("data_fingerprint", .string(dataFingerprint)),
      .init("generation", .integer(generation)),
      .init(
        "entries",
        .array(
          entries.map { entry in
            .object([
              .init("strategy", .string(entry.strategy)),
              .init("generator", .string(entry.generator)),
              .init("seeds", .integer(entry.seedCount)), .init("real", number(entry.real)),
              .init("recall", object(entry.recall)),
              .init("frechet_distance", object(entry.frechetDistance)),
              .init("tail_kept", object(entry.tailKept)),
              .init("recall_per_1000_real", number(entry.perThousandReal(entry.recall))),
              .init("tail_kept_per_1000_real", number(entry.perThousandReal(entry.tailKept))),
              .init("frechet_distance_times_1000_real", number(entry.distanceTimesReal)),
            ])
          })),
    ])
  }
}
