import Foundation
import Metrics

/// A number by which a definition is decided, generation by generation.
struct Quantity: Sendable {
  /// The name in words.
  let name: String

  /// What the run says of a generation after 0; `nil` where it was not measured.
  let evidence: @Sendable (GenerationSeries, Int) -> Evidence?

  /// Why there is nothing, from the measurement's own note.
  let reason: @Sendable (GenerationSeries) -> String
}

extension Quantity {
  /// The quantities of a definition that is decided by generation; none for the others.
  static func all(of definition: CollapseDefinition, threshold: Double) -> [Quantity] {
    switch definition {
    case .catastrophicRisk: [baseline]
    case .anyIncreaseOfRisk: [increase]
    case .divergingRisk, .changedScalingLaw: []
    case .collapsingVariance:
      [
        ratio("total variance", Metric.totalVariance.rawValue, threshold),
        logarithm(
          "typical variance", of: { $0.leading(Metric.meanLogEigenvalue.rawValue, $1) }, threshold),
        ratio("participation ratio", Metric.participationRatio.rawValue, threshold),
        ratio("Vendi score", Metric.vendiRBF.rawValue, threshold),
      ]
    case .lostModes: [modesLost, entanglement]
    case .lostTails:
      [
        logarithm(
          "likelihood of the tail", of: { $0.model(.tailLogRatio, $1) }, threshold),
        share("recall of the tail", threshold) { $0.leading(Metric.recallOfTail, $1) },
        share("mass of the tail", threshold) { $0.model(.tailMassRatio, $1) },
      ]
    case .hallucination: [hallucinated, outside]
    }
  }

  /// `L_t` against the bits of the trivial model.
  private static let baseline = Quantity(name: "bits per dimension") { series, generation in
    guard let now = series.model(.bitsPerDimension, generation), let value = now.value,
      let trivial = series.model(.bitsPerDimensionBaseline, 0), let limit = trivial.value
    else { return nil }
    return Evidence(
      value: value, threshold: limit, excess: value - limit,
      standardError: error(now.standardError, trivial.standardError))
  } reason: { series in
    reason(series.model(.bitsPerDimensionBaseline, 0), series.model(.bitsPerDimension, 0))
  }

  /// `L_t − L_0`, paired sample by sample.
  private static let increase = Quantity(name: "bits per dimension more") { series, generation in
    guard let now = series.model(.bitsPerDimensionChange, generation), let value = now.value
    else { return nil }
    return Evidence(
      value: value, threshold: 0, excess: value, standardError: now.standardError)
  } reason: {
    reason($0.model(.bitsPerDimensionChange, 0))
  }

  /// A positive number against the threshold's share of generation 0's; compared in logarithms.
  private static func ratio(_ name: String, _ metric: String, _ threshold: Double) -> Quantity {
    Quantity(name: name) { series, generation in
      guard let first = series.leading(metric, 0), let start = first.value, start > 0,
        let now = series.leading(metric, generation), let value = now.value, value >= 0
      else { return nil }
      // Nothing left is beyond any threshold: the error is that of the smallest number that counts.
      let left = max(value, start * 1e-12)
      return Evidence(
        value: value / start, threshold: threshold, excess: log(threshold) - log(left / start),
        standardError: error(
          first.standardError.map { $0 / start }, now.standardError.map { $0 / left }))
    } reason: {
      reason($0.leading(metric, 0))
    }
  }

  /// A number that is a logarithm already, shown as a ratio.
  private static func logarithm(
    _ name: String, of metric: @escaping @Sendable (GenerationSeries, Int) -> MetricValue?,
    _ threshold: Double
  ) -> Quantity {
    Quantity(name: name) { series, generation in
      guard let first = metric(series, 0), let start = first.value,
        let now = metric(series, generation), let value = now.value
      else { return nil }
      return Evidence(
        value: exp(value - start), threshold: threshold,
        excess: log(threshold) - (value - start),
        standardError: error(first.standardError, now.standardError))
    } reason: {
      reason(metric($0, 0))
    }
  }

  /// A share against the threshold's part of generation 0's; compared as it is, since it may be 0.
  private static func share(
    _ name: String, _ threshold: Double,
    of metric: @escaping @Sendable (GenerationSeries, Int) -> MetricValue?
  ) -> Quantity {
    Quantity(name: name) { series, generation in
      guard let first = metric(series, 0), let start = first.value, start > 0,
        let now = metric(series, generation), let value = now.value
      else { return nil }
      return Evidence(
        value: value / start, threshold: threshold, excess: threshold - value / start,
        standardError: error(
          first.standardError.map { $0 * threshold / start },
          now.standardError.map { $0 / start }))
    } reason: { series in
      let first = metric(series, 0)
      return first?.value == 0 ? "it is 0 at generation 0 already" : reason(first)
    }
  }

  /// The chance that a bin that is judged is nine tenths empty though its mass is that of real data: the
  /// largest for ten expected samples or more, P(Poisson(10) < 2) = 11 e^-10.
  private static let chanceOfEmptyBin = 11 * exp(-10.0)

  private static let modesLost = Quantity(name: "bins of real data lost") { series, generation in
    guard let first = series.leading(ModeMetric.modesLost.rawValue, 0), let start = first.value,
      let now = series.leading(ModeMetric.modesLost.rawValue, generation), let value = now.value,
      let bins = series.leading(ModeMetric.modesJudged.rawValue, generation)?.value
    else { return nil }
    let lost = Int(((value - start) * bins).rounded())
    return Evidence(
      value: value, threshold: start, excess: value - start,
      standardError: error(first.standardError, now.standardError),
      chance: poissonTail(atLeast: lost, mean: chanceOfEmptyBin * bins))
  } reason: {
    reason($0.leading(ModeMetric.modesLost.rawValue, 0))
  }

  private static let entanglement = Quantity(name: "entanglement") { series, generation in
    guard let first = series.leading(ModeMetric.modeEntanglement.rawValue, 0),
      let start = first.value,
      let now = series.leading(ModeMetric.modeEntanglement.rawValue, generation),
      let value = now.value
    else { return nil }
    // More than among real samples, too: a model that mends generation 0's loss is not entangled.
    let real = now.null.map { ($0.lowerBound + $0.upperBound) / 2 } ?? start
    let realError = now.null.map {
      ($0.upperBound - $0.lowerBound) / (2 * MetricValue.normalQuantile)
    }
    let limit = max(start, real)
    return Evidence(
      value: value, threshold: limit, excess: value - limit,
      standardError: error(now.standardError, limit == start ? first.standardError : realError))
  } reason: {
    reason($0.leading(ModeMetric.modeEntanglement.rawValue, 0))
  }

  private static let hallucinated = Quantity(name: "samples below the real 0.1 %") {
    series, generation in
    guard let first = series.model(.hallucinatedShare, 0), let start = first.value,
      let now = series.model(.hallucinatedShare, generation), let value = now.value
    else { return nil }
    // The band between real sets ends where the share of real samples may lie by chance.
    let limit = max(start, now.null?.upperBound ?? 0)
    return Evidence(
      value: value, threshold: limit, excess: value - limit,
      standardError: error(
        now.standardError, limit == start ? first.standardError : nil))
  } reason: {
    reason($0.model(.hallucinatedShare, 0))
  }

  /// `1 − precision`.
  private static let outside = Quantity(name: "samples outside real balls") { series, generation in
    guard let first = series.leading(Metric.precision.rawValue, 0), let start = first.value,
      let now = series.leading(Metric.precision.rawValue, generation), let value = now.value
    else { return nil }
    return Evidence(
      value: 1 - value, threshold: 1 - start, excess: start - value,
      standardError: error(first.standardError, now.standardError))
  } reason: {
    reason($0.leading(Metric.precision.rawValue, 0))
  }

  /// The error of a difference of numbers from different samples; `nil` where neither has one.
  private static func error(_ first: Double?, _ second: Double?) -> Double? {
    guard first != nil || second != nil else { return nil }
    return ((first ?? 0) * (first ?? 0) + (second ?? 0) * (second ?? 0)).squareRoot()
  }

  private static func reason(_ measurements: MetricValue?...) -> String {
    guard let missing = measurements.first(where: { $0?.value == nil }) else {
      return "it was not measured in every generation"
    }
    guard let note = missing?.note, !note.isEmpty else {
      return "the run was made before this was measured"
    }
    return note
  }
}
