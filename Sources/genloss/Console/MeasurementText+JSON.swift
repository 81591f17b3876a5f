import GenerationLoss
import Metrics
import Storage
import SystemPackage

extension MeasurementText {
  /// Everything in one object.
  func json(isSequence: Bool) -> JSONValue {
    let settings = measurement.settings
    var members: [JSONValue.Member] = [
      .init("schema_version", .integer(1)), .init("version", .string(Release.version)),
      .init("real", json(real)),
    ]
    if !isSequence, let only = generated.first {
      members.append(.init("generated", json(only)))
    }
    if let train { members.append(.init("train", json(train))) }
    members += [
      .init(
        "settings",
        .object([
          .init("neighbours", .array(settings.neighbours.map(JSONValue.integer))),
          .init("directions", .integer(settings.directions)),
          .init("seed", .string(String(settings.seed))),
          .init("splits", .integer(settings.splits)),
          .init("largest_half", .integer(settings.largestHalf)),
          .init("largest_paired_set", .integer(settings.largestPairedSet)),
          .init("largest_vendi_set", .integer(settings.largestVendiSet)),
          .init("subset_size", .integer(settings.subset.size)),
          .init("subsets", .integer(settings.subset.count)),
        ])), .init("spaces", .array(measurement.spaces.map(json))),
    ]
    if isSequence {
      members.append(
        .init(
          "generations",
          .array(
            generated.indices.map { index in
              .object(
                [
                  .init("set", json(generated[index])), .init("summary", .string(summary(index))),
                ] + explanation(index) + [
                  .init("first", values(index, \.values)),
                  .init("previous", values(index, \.previous)),
                ])
            })))
    } else {
      members.append(.init("summary", .string(summary(0))))
      members += explanation(0)
      members.append(.init("measurements", values(0, \.values)))
    }
    return .object(members)
  }

  /// What carries the distance of a set; nothing where nobody asked.
  private func explanation(_ index: Int) -> [JSONValue.Member] {
    guard explanations.indices.contains(index) else { return [] }
    return [
      .init(
        "explanation",
        .object([
          .init("summary", .string(explanations[index].text)),
          .init("files", .array(explanations[index].files.map { .string($0.string) })),
        ]))
    ]
  }

  private func summary(_ index: Int) -> String {
    MeasurementSummary(
      sets: measurement.spaces.map { (space: $0.name, values: $0.values[index]) }
    ).sentence
  }

  private func json(_ set: MeasuredData) -> JSONValue {
    .object([
      .init("path", .string(set.name)), .init("count", .integer(set.count)),
      .init(
        "pictures",
        set.shape.map {
          .object([
            .init("width", .integer($0.width)), .init("height", .integer($0.height)),
            .init("channels", .integer($0.channels)),
          ])
        } ?? .null), .init("sha256", .string(set.fingerprint)),
      .init("skipped", .integer(set.report?.skipped.count ?? 0)),
    ])
  }

  private func json(_ space: SetMeasurement.Space) -> JSONValue {
    .object([
      .init("name", .string(space.name)),
      .init("dimension", space.reference.map { .integer($0.dimension) } ?? .null),
      .init("hash", space.fingerprint.isEmpty ? .null : .string(space.fingerprint)),
      .init("reference_hash", space.reference.map { .string($0.fingerprint) } ?? .null),
      .init("real_samples", space.reference.map { .integer($0.count) } ?? .null),
      .init("sigma", .finite(space.reference?.bandwidth)),
      .init("preprocessing", .string(space.preprocessing)),
      .init("unavailable", space.unavailable.map { .string($0) } ?? .null),
    ])
  }

  private func values(
    _ index: Int, _ list: KeyPath<SetMeasurement.Space, [[MeasuredValue]]>
  ) -> JSONValue {
    .array(
      measurement.spaces.flatMap { space in
        space[keyPath: list][index].map { json($0, in: space) }
      })
  }

  private func json(_ value: MeasuredValue, in space: SetMeasurement.Space) -> JSONValue {
    let error = value.estimate?.standardError
    func end(_ sign: Double) -> JSONValue {
      guard let centre = value.estimate?.value, let error else { return .null }
      return .finite(centre + sign * MetricValue.normalQuantile * error)
    }
    return .object([
      .init("space", .string(space.name)), .init("metric", .string(value.id)),
      .init("value", .finite(value.estimate?.value)), .init("standard_error", .finite(error)),
      .init("low", end(-1)), .init("high", end(1)),
      .init(
        "no_error_because",
        value.estimate != nil && error == nil
          ? .string(
            value.metric.reasonForNoError ?? "No error bar: there are too few samples for one.")
          : .null),
      .init("value_at_null_size", .finite(value.valueAtNullSize)),
      .init("null_low", .finite(value.null?.range.lowerBound)),
      .init("null_high", .finite(value.null?.range.upperBound)),
      .init("null_mean", .finite(value.null?.mean)),
      .init("null_standard_deviation", .finite(value.null?.standardDeviation)),
      .init("null_n", value.null.map { .integer($0.n) } ?? .null),
      .init("null_m", value.null.map { .integer($0.m) } ?? .null),
      .init("null_splits", value.null.map { .integer($0.splits) } ?? .null),
      .init("z", .finite(value.z)), .init("n", value.n.map { .integer($0) } ?? .null),
      .init("m", .integer(value.m)),
      .init("d", space.reference.map { .integer($0.dimension) } ?? .null),
      .init("parameters", parameters(value, in: space)), .init("note", .string(value.note)),
    ])
  }

  private func parameters(
    _ value: MeasuredValue, in space: SetMeasurement.Space
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    if let k = value.k { members.append(.init("k", .integer(k))) }
    switch value.metric {
    case .improvedPrecision, .improvedRecall: members.append(.init("k", .integer(3)))
    case .probabilisticPrecision, .probabilisticRecall:
      members.append(.init("k", .integer(ProbabilisticSupport.neighbours)))
    case .unitRowDiscrepancy: members.append(.init("sigma", .finite(10)))
    case .mind, .slicedWasserstein:
      members.append(.init("directions", .integer(measurement.settings.directions)))
    case .rbfDiscrepancy, .rbfDiscrepancyBiased, .vendiRBF, .vendiRBFOrder2,
      .vendiRBFOrderInfinity:
      members.append(.init("sigma", .finite(space.reference?.bandwidth)))
    case .differentBins, .binDivergence:
      members.append(
        .init("bins", (space.reference?.binCount).map { .integer($0) } ?? .null))
    default: break
    }
    return .object(members)
  }
}
