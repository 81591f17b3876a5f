import Generators
import Metrics
import Samples
import Theory

/// What theory predicts for a loop in its leading space, generation by generation.
///
/// Its assumptions are a generator that keeps the mean and the total covariance of its training set,
/// and samples that reach the next generation as they are drawn. Where they hold only in part, as for
/// patches and for pictures that are rounded, the prediction is the statistical part of what is
/// measured, and its notes say so.
struct TheoryPrediction: Sendable {
  private let moments: LoopMoments
  private let survival: [Double?]?
  private let spectrum: [Double]
  private let anchor: Double
  private let heldOutCount: Int
  private let sampleCount: Int
  private let isBiased: Bool
  private let isUnbiased: Bool
  private let hasModes: Bool
  private let note: String

  /// The generators whose models keep the mean and the total covariance of their training sets.
  private static let conserving: Set<String> = ["gaussian", "gmm", "bootstrap"]

  /// The generators that keep them in part.
  private static let nearlyConserving: Set<String> = ["patches"]

  /// The generations that are predicted: the cost is quadratic in them.
  private static let mostGenerations = 1000

  /// The share of the real law that the mode has whose survival is predicted.
  private static let modeShare = 0.01

  /// Creates a prediction; `nil` where theory has none.
  ///
  /// - Parameter spread: The real samples in the leading space.
  init?(
    _ prepared: PreparedRun, engine: Engine, spread: (spectrum: [Double], trainVariance: Double)
  ) {
    let name = engine.generator.name
    let isExact =
      Self.conserving.contains(name) && prepared.data.shape == nil
      && Self.keepsAllDirections(engine.generator, dimension: prepared.division.original.dimension)
      && !(prepared.configuration.conditional
        && prepared.configuration.labels.counts == .stratified)
    let sampling = engine.sampling
    isBiased = sampling.bias != 1 || sampling.detailBias != 1
    // A bias on the components of a mixture is none on its whole covariance.
    guard Self.conserving.union(Self.nearlyConserving).contains(name),
      !isBiased || (name == "gaussian" && isExact)
    else { return nil }
    isUnbiased = prepared.configuration.generatorOptions.estimator == .unbiased
    let division = prepared.division
    sampleCount = division.original.count
    heldOutCount = division.heldOut.count
    guard
      let plans = engine.strategy.plans(
        generations: min(prepared.configuration.generations, Self.mostGenerations),
        budget: sampleCount, supply: division.reusedCount),
      !isUnbiased || (name == "gaussian" && plans.allSatisfy(\.hasEqualWeights))
    else { return nil }
    moments = LoopMoments(plans, bias: sampling.bias, isUnbiased: isUnbiased)
    hasModes = name != "gaussian"
    survival = hasModes ? expectedModeSurvival(plans, share: Self.modeShare) : nil
    spectrum = spread.spectrum
    anchor = spread.trainVariance
    note =
      isExact
      ? "" : "the statistical part alone: not what the form of the model and the carry add"
  }

  /// The predictions for a generation, under the ids of what is measured.
  func measurements(_ generation: Int) -> [MetricValue] {
    guard moments.drift.indices.contains(generation) else { return [] }
    var rows: [MetricValue] = []
    func add(_ id: String, _ value: PredictedValue?, _ reason: String = "", isCompared: Bool) {
      let isFinite = value?.value.isFinite ?? false
      let missing =
        value == nil ? "the real samples do not vary" : "beyond what a number can hold"
      let reason = !isFinite && reason.isEmpty ? missing : reason
      rows.append(
        MetricValue(
          metric: id, space: PredictedMetric.space, value: isFinite ? value?.value : nil,
          range: isFinite ? value?.range : nil, n: isCompared ? heldOutCount : nil, m: sampleCount,
          note: [reason, isFinite ? note : ""].filter { !$0.isEmpty }.joined(separator: "; ")))
    }
    let reasonWithoutShape =
      isBiased
      ? "no closed form under a bias"
      : isUnbiased ? "no closed form for the unbiased estimator" : ""
    let noteOnShape = hasModes ? Self.constantNote : ""
    add(
      Metric.frechetDistance.rawValue,
      reasonWithoutShape.isEmpty
        ? moments.frechetDistances(
          spectrum: spectrum, real: heldOutCount, generated: sampleCount)[generation] : nil,
      reasonWithoutShape.isEmpty ? noteOnShape : reasonWithoutShape, isCompared: true)
    add(
      Metric.frechetDistanceMean.rawValue,
      moments.meanDistances(spectrum: spectrum, real: heldOutCount, generated: sampleCount)[
        generation],
      isCompared: true)
    add(
      Metric.totalVariance.rawValue,
      moments.totalVariances(
        anchor: anchor, spectrum: spectrum, generated: sampleCount, hasRange: !isBiased)[
          generation],
      isCompared: false)
    add(
      Metric.participationRatio.rawValue,
      isBiased
        ? nil
        : moments.participationRatios(
          spectrum: spectrum, real: heldOutCount, generated: sampleCount)?[generation],
      isBiased ? "no closed form under a bias" : noteOnShape, isCompared: false)
    guard hasModes else { return rows }
    add(
      PredictedMetric.heterozygosityShare.rawValue, moments.heterozygosityShares[generation],
      isCompared: false)
    let survival = survival?[generation]
    add(
      PredictedMetric.modeSurvival.rawValue, survival.map { PredictedValue($0) },
      survival == nil ? "no closed form for this strategy" : "", isCompared: false)
    return rows
  }

  /// Whether a model varies in every direction that its samples do: what is cut off is lost at once.
  private static func keepsAllDirections(_ generator: any Generator, dimension: Int) -> Bool {
    let kept = generator.settings.first { $0.key == "dimensions" }.flatMap { Int($0.value) }
    return (kept ?? dimension) >= dimension
  }

  private static let constantNote = "with the constants of a Gaussian law"
}

extension GenerationPlan {
  fileprivate var hasEqualWeights: Bool { parts.allSatisfy { $0.weight == nil } }
}
