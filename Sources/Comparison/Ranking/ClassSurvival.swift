import Metrics
import Statistics

/// What is left of a real class, or of some together, in the loops of a data set by generation: the share
/// of the samples that are nearest to the mean of the class, over that share among real samples.
///
/// Synthetic samples have no true class. Those of the real set are classified alike, so that 1 stands for
/// as much of a class as real data have, whatever the classifier takes for it, and 0 for none.
public struct ClassSurvival: Sendable {
  /// What is left in one generation.
  public struct Point: Sendable {
    /// The share of the samples, as the mean over seeds.
    public let share: Double

    /// The share among real samples, as the mean over these seeds.
    public let realShare: Double

    /// ``share`` over ``realShare``.
    public let survival: Double

    /// The 95 % interval of ``survival`` by Student's law; `nil` for one seed.
    public let interval: ClosedRange<Double>?

    /// The seeds that have a value.
    public let seedCount: Int

    /// The seeds with a sample of the class.
    public let aliveCount: Int
  }

  /// The loops of one setting.
  public struct Curve: Sendable {
    /// The label of the variant.
    public let label: String

    /// What is left, by generation from 0 on; `nil` where no seed has a value.
    public let points: [Point?]
  }

  /// What the classes are called.
  public let name: String

  /// The share of real samples that are nearest to the mean of the class, as the mean over runs.
  public let realShare: Double

  /// The 95 % range of the survival of real samples, between 0 and what all samples of the class would
  /// give; `nil` for several classes, whose shares are not independent.
  public let null: ClosedRange<Double>?

  /// A curve for each variant, in their order.
  public let curves: [Curve]

  /// The first variant that has a control; `nil` if none has.
  public let controlled: Variant?

  /// Its control.
  public let control: Curve?

  /// Follows classes as one; `nil` where no run tells their share among real samples, or it is 0.
  public init?(_ classes: [String], called name: String, in set: DataSetComparison) {
    let metrics = classes.map(Metric.share)
    let runs = set.variants.flatMap(\.variant.runs)
    let real = runs.compactMap { $0.realShare(of: metrics) }
    guard !real.isEmpty, real.mean > 0 else { return nil }
    self.name = name
    realShare = real.mean
    null = classes.count == 1 ? Self.null(metrics[0], set.variants[0].variant.runs) : nil
    let generations = 0...set.generation
    curves = set.variants.map { variant in
      Curve(
        label: variant.variant.label,
        points: generations.map { Self.point(metrics, variant.variant.runs, $0) })
    }
    controlled = set.controlled(by: metrics[0])
    control = controlled.map { variant in
      Curve(
        label: "control",
        points: generations.map { Self.point(metrics, variant.runs, $0, ofControl: true) })
    }
  }

  /// Follows every class that real samples have; empty without classes.
  public static func all(in set: DataSetComparison) -> [ClassSurvival] {
    names(in: set).compactMap { ClassSurvival([$0], called: $0, in: set) }
  }

  /// The classes that cannot be followed, as no held-out real sample of any run is nearest to their mean.
  public static func absent(in set: DataSetComparison) -> [String] {
    names(in: set).filter { ClassSurvival([$0], called: $0, in: set) == nil }
  }

  private static func names(in set: DataSetComparison) -> [String] {
    var names: [String] = []
    for name in set.variants.flatMap(\.variant.runs).flatMap(\.classNames)
    where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  private static func point(
    _ metrics: [String], _ runs: [ComparedRun], _ generation: Int, ofControl: Bool = false
  ) -> Point? {
    let known = runs.compactMap { run -> (share: Double, real: Double)? in
      guard let share = run.share(of: metrics, generation, ofControl: ofControl),
        let real = run.realShare(of: metrics)
      else { return nil }
      return (share, real)
    }
    // Over the mean real share: a rare class may be missing in the held-out part of one seed.
    let real = known.map(\.real).reduce(0, +) / Double(max(1, known.count))
    guard real > 0 else { return nil }
    let survivals = known.map { $0.share / real }
    return Point(
      share: known.map(\.share).mean, realShare: real, survival: survivals.mean,
      interval: survivals.studentInterval, seedCount: known.count,
      aliveCount: known.count { $0.share > 0 })
  }

  /// The mean over seeds of the ranges between real sets.
  private static func null(_ metric: String, _ runs: [ComparedRun]) -> ClosedRange<Double>? {
    let ranges = runs.compactMap { $0.measurement(metric, 0)?.null }
    let real = runs.compactMap { $0.realShare(of: [metric]) }
    guard !ranges.isEmpty, real.mean > 0 else { return nil }
    return ranges.map { max(0, $0.lowerBound) }.mean / real.mean...ranges.map {
      min(1, $0.upperBound)
    }.mean / real.mean
  }
}

extension ComparedRun {
  /// The share of a generation's samples that are of any of some classes; `nil` where one is not known.
  fileprivate func share(of metrics: [String], _ generation: Int, ofControl: Bool) -> Double? {
    let shares = metrics.compactMap {
      measurement($0, generation, ofControl: ofControl)?.value
    }
    return shares.count == metrics.count ? shares.reduce(0, +) : nil
  }

  /// The same of real samples: the middle of the range between real sets is its mean.
  fileprivate func realShare(of metrics: [String]) -> Double? {
    let shares = metrics.compactMap { metric in
      measurement(metric, 0)?.null.map { ($0.lowerBound + $0.upperBound) / 2 }
    }
    return shares.count == metrics.count ? shares.reduce(0, +) : nil
  }
}
