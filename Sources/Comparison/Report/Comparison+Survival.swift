import Storage

extension Comparison {
  /// What is left of each class by generation as a tidy table, a row for each data set, class, variant and
  /// generation; `nil` without classes.
  public var survivalTable: [UInt8]? {
    let rows = dataSets.flatMap { set in
      ClassSurvival.all(in: set).flatMap { survival in
        (survival.curves + [survival.control].compactMap { $0 }).flatMap { curve in
          curve.points.enumerated().compactMap { generation, point -> [CSV.Field]? in
            guard let point else { return nil }
            return [
              .text(set.data), .text(survival.name), .text(curve.label), .integer(generation),
              .integer(point.seedCount), .integer(point.aliveCount), .number(point.realShare),
              .number(point.share), .number(point.survival),
              .number(point.interval?.lowerBound), .number(point.interval?.upperBound),
              .number(survival.null?.lowerBound), .number(survival.null?.upperBound),
            ]
          }
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    return CSV.table(
      columns: [
        "data", "class", "strategy", "generation", "seeds", "seeds_alive", "real_share", "share",
        "survival", "low", "high", "null_low", "null_high",
      ], rows: rows)
  }

  /// The same of one data set as a list of classes.
  func survivalJSON(on set: DataSetComparison) -> JSONValue {
    .array(
      ClassSurvival.all(in: set).map { survival in
        .object([
          .init("class", .string(survival.name)), .init("real_share", .finite(survival.realShare)),
          .init("null_low", .finite(survival.null?.lowerBound)),
          .init("null_high", .finite(survival.null?.upperBound)),
          .init("strategies", .array(survival.curves.map(json))),
          .init("control", survival.control.map(json) ?? .null),
        ])
      })
  }

  private func json(_ curve: ClassSurvival.Curve) -> JSONValue {
    func list(_ value: (ClassSurvival.Point) -> JSONValue) -> JSONValue {
      .array(curve.points.map { $0.map(value) ?? .null })
    }
    return .object([
      .init("strategy", .string(curve.label)), .init("share", list { .finite($0.share) }),
      .init("survival", list { .finite($0.survival) }),
      .init("low", list { .finite($0.interval?.lowerBound) }),
      .init("high", list { .finite($0.interval?.upperBound) }),
      .init("seeds", list { .integer($0.seedCount) }),
      .init("seeds_alive", list { .integer($0.aliveCount) }),
    ])
  }
}
