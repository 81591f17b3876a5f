import Metrics

/// The Fréchet distance of every generation by its causes, from a run's realisable twins: the same loop
/// on samples of generation 0's model, which every generation can represent.
///
///     floor        between real sets of the twin, of the sizes of the measurement
///     statistical  the twin whose samples are not rounded, above the floor
///     carry        the twin whose samples go through the run's carry, less that one
///     functional   the data, less that twin
struct ErrorBudget: Sendable {
  /// The measurements of the twin with the run's carry.
  let twin: [[MetricValue]]

  /// The measurements of the twin without one; the same where the run has none.
  let floatTwin: [[MetricValue]]

  /// Whether the run has a carry that changes samples.
  let hasCarry: Bool

  /// Returns the parts of a generation's distance in a space.
  func measurements(
    _ generation: Int, of measurements: [MetricValue], in space: String
  ) -> [MetricValue] {
    guard twin.indices.contains(generation), floatTwin.indices.contains(generation),
      let data = Self.distance(in: measurements, space),
      let twin = Self.distance(in: twin[generation], space),
      let float = Self.distance(in: floatTwin[generation], space), let null = float.null
    else { return Self.unknown(measurements, in: space) }
    let floor = (null.lowerBound + null.upperBound) / 2
    let spread = (null.upperBound - null.lowerBound) / (2 * MetricValue.normalQuantile)
    func part(_ part: ErrorPart, _ value: Double?, _ errors: [Double?], _ note: String)
      -> MetricValue
    {
      let known = errors.compactMap { $0 }
      return MetricValue(
        metric: part.rawValue, space: space, value: value,
        standardError: known.count == errors.count
          ? known.reduce(0) { $0 + $1 * $1 }.squareRoot() : nil, n: data.n, m: data.m, note: note)
    }
    func difference(_ first: MetricValue, _ second: MetricValue) -> Double? {
      first.value.flatMap { first in second.value.map { first - $0 } }
    }
    return [
      MetricValue(
        metric: ErrorPart.floor.rawValue, space: space, value: floor, range: null, n: data.n,
        m: data.m, note: "the band between real sets of the twin"),
      part(
        .statistical, float.value.map { $0 - floor }, [float.standardError, spread],
        Self.uncertainty),
      hasCarry
        ? part(
          .carry, difference(twin, float), [twin.standardError, float.standardError],
          Self.uncertainty)
        : part(.carry, 0, [], "the carry is float"),
      part(
        .functional, difference(data, twin), [data.standardError, twin.standardError],
        Self.uncertainty),
    ]
  }

  /// What is known of the parts without a twin: the floor, and the statistical part where the run is a
  /// twin itself and nothing is carried.
  static func unknown(
    _ measurements: [MetricValue], in space: String, isFloatTwin: Bool = false
  ) -> [MetricValue] {
    let data = distance(in: measurements, space)
    let floor = data?.null.map { ($0.lowerBound + $0.upperBound) / 2 }
    return ErrorPart.allCases.map { part in
      switch part {
      case .floor:
        return MetricValue(
          metric: part.rawValue, space: space, value: floor, range: data?.null, n: data?.n,
          m: data?.m, note: floor == nil ? "there is no null band" : "the band between real sets")
      case .statistical where isFloatTwin:
        return MetricValue(
          metric: part.rawValue, space: space,
          value: data?.value.flatMap { value in floor.map { value - $0 } },
          standardError: data?.standardError, n: data?.n, m: data?.m, note: uncertainty)
      default:
        return MetricValue(
          metric: part.rawValue, space: space, value: nil,
          note: isFloatTwin
            ? "this run is a twin, and nothing is carried"
            : "statistical, carry and functional error cannot be told apart without the realisable "
              + "twin: run with --error-budget")
      }
    }
  }

  private static let uncertainty =
    "the error bar is that of the samples measured, not of other seeds"

  private static func distance(in measurements: [MetricValue], _ space: String) -> MetricValue? {
    measurements.first {
      $0.metric == Metric.frechetDistance.rawValue && $0.space == space
    }
  }
}
