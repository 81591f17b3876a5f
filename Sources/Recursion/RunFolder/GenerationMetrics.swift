public import Metrics
public import Storage

/// What was measured about one generation: the contents of its `metrics.json`.
public struct GenerationMetrics: Equatable, Sendable {
  /// The version of the format that this program writes, and the last that it reads.
  static let schemaVersion = 1

  /// The generation.
  public let generation: Int

  /// The measurements; a value that is not finite is `nil` with a note.
  public let measurements: [MetricValue]

  /// Whatever else the loop wants to know again, an object.
  public let extra: JSONValue

  /// Creates metrics.
  public init(generation: Int, measurements: [MetricValue], extra: JSONValue = [:]) {
    self.generation = generation
    self.measurements = measurements.map(\.finite)
    self.extra = extra
  }

  /// The bytes of `metrics.json`.
  func bytes() -> [UInt8] {
    let value: JSONValue = [
      "schema_version": .integer(Self.schemaVersion),
      "generation": .integer(generation),
      "measurements": .array(measurements.map(\.json)),
      "extra": extra,
    ]
    return value.bytes(.pretty)
  }

  /// Creates the metrics that `metrics.json` holds, or throws why it cannot be read.
  init(parsing bytes: [UInt8]) throws(FormatError) {
    let value = try JSONValue(parsing: bytes)
    guard let generation = value["generation"]?.integer,
      let measurements = value["measurements"]?.array, let extra = value["extra"]
    else { throw FormatError("It has no generation, measurements or extra.") }
    self.generation = generation
    var read: [MetricValue] = []
    for measurement in measurements { read.append(try MetricValue(json: measurement)) }
    self.measurements = read
    self.extra = extra
  }

  /// The lines of these measurements in `metrics.csv`.
  var lines: [UInt8] {
    measurements.flatMap { measurement in
      let bounds = measurement.bounds
      return CSV.line([
        .integer(generation), .text(measurement.space), .text(measurement.metric),
        .number(measurement.value), .number(bounds?.lowerBound), .number(bounds?.upperBound),
        .number(measurement.null?.lowerBound), .number(measurement.null?.upperBound),
        .integer(measurement.n), .integer(measurement.m), .text(measurement.note),
      ])
    }
  }

  /// The first line of `metrics.csv`.
  static let columnLine = CSV.line(
    [
      "generation", "space", "metric", "value", "low", "high", "null_low", "null_high", "n", "m",
      "note",
    ].map(CSV.Field.text))
}

extension MetricValue {
  /// The 95 % range of the value: its own, or 1.96 standard errors to either side.
  fileprivate var bounds: ClosedRange<Double>? {
    if let range, value != nil { return range }
    guard let value, let standardError, standardError >= 0 else { return nil }
    return value - 1.96 * standardError...value + 1.96 * standardError
  }

  /// The same measurement with `nil` for what is not finite; the note says if that is the value.
  fileprivate var finite: MetricValue {
    let hasValue = value?.isFinite ?? true
    let hasError = standardError?.isFinite ?? true
    let hasRange = range.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } ?? true
    let hasNull = null.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } ?? true
    guard !hasValue || !hasError || !hasRange || !hasNull else { return self }
    let reason = hasValue ? [] : ["the value is not a finite number"]
    return MetricValue(
      metric: metric, space: space, value: hasValue ? value : nil,
      standardError: hasValue && hasError ? standardError : nil,
      range: hasValue && hasRange ? range : nil, null: hasNull ? null : nil, n: n, m: m,
      note: ((note.isEmpty ? [] : [note]) + reason).joined(separator: "; "))
  }

  /// The measurement as `metrics.json` holds it.
  package var json: JSONValue {
    [
      "space": .string(space),
      "metric": .string(metric),
      "value": .finite(value),
      "standard_error": .finite(standardError),
      "low": .finite(bounds?.lowerBound),
      "high": .finite(bounds?.upperBound),
      "null_low": .finite(null?.lowerBound),
      "null_high": .finite(null?.upperBound),
      "n": n.map(JSONValue.integer) ?? .null,
      "m": m.map(JSONValue.integer) ?? .null,
      "note": .string(note),
    ]
  }

  fileprivate init(json: JSONValue) throws(FormatError) {
    guard let metric = json["metric"]?.string, let space = json["space"]?.string,
      let note = json["note"]?.string
    else { throw FormatError("A measurement has no metric, space or note.") }
    var null: ClosedRange<Double>?
    if let low = json["null_low"]?.number, let high = json["null_high"]?.number {
      guard low <= high else { throw FormatError("A null band ends before it starts.") }
      null = low...high
    }
    let standardError = json["standard_error"]?.number
    var range: ClosedRange<Double>?
    if standardError == nil, let low = json["low"]?.number, let high = json["high"]?.number {
      guard low <= high else { throw FormatError("A range ends before it starts.") }
      range = low...high
    }
    self.init(
      metric: metric, space: space, value: json["value"]?.number, standardError: standardError,
      range: range, null: null, n: json["n"]?.integer, m: json["m"]?.integer, note: note)
  }
}
