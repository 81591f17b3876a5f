/// One number about a generated set beside a real one, with all that is needed to judge it.
public struct MeasuredValue: Equatable, Sendable {
  /// The same number between halves of the real set.
  public struct Null: Equatable, Sendable {
    /// The mean over the splits.
    public let mean: Double

    /// The standard deviation between splits.
    public let standardDeviation: Double

    /// The samples of the half that stands for the real set.
    public let n: Int

    /// The samples of the half that stands for the generated set.
    public let m: Int

    /// The number of splits that gave a value.
    public let splits: Int

    /// Takes a band from a file.
    public init(mean: Double, standardDeviation: Double, n: Int, m: Int, splits: Int) {
      self.mean = mean
      self.standardDeviation = standardDeviation
      self.n = n
      self.m = m
      self.splits = splits
    }

    /// The 95 % range of a normal law.
    public var range: ClosedRange<Double> {
      let half = MetricValue.normalQuantile * standardDeviation
      return mean - half...mean + half
    }
  }

  /// The metric.
  public let metric: MeasuredMetric

  /// The number of neighbours, of metrics that have a choice.
  public let k: Int?

  /// The metric's id in the output, such as `recall` or `recall_k3`.
  public let id: String

  /// The value with its standard error; `nil` where there is none, for the reason in ``note``.
  public let estimate: Estimate?

  /// The null band; `nil` where there is none.
  public let null: Null?

  /// The value of the generated set at the sizes of the null band: the mean over as many draws.
  public let valueAtNullSize: Double?

  /// The samples that were compared, real and generated; `nil` where a set plays no part.
  public let n: Int?

  /// The generated samples that were compared.
  public let m: Int

  /// What a reader must know; empty if nothing.
  public let note: String

  /// How many standard deviations of the null band ``valueAtNullSize`` lies from its mean; `nil`
  /// without one, or where the halves of the real set do not differ at all.
  public var z: Double? {
    guard let valueAtNullSize, let null, null.standardDeviation > 0 else { return nil }
    let z = (valueAtNullSize - null.mean) / null.standardDeviation
    return z.isFinite ? z : nil
  }
}
