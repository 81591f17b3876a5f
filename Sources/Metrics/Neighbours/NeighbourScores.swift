/// Precision, recall, density and coverage for one number of neighbours `k`.
///
/// A sample's ball reaches to its `k`-th nearest other sample of its own set. Precision, recall and
/// coverage are given twice, for open balls (`<`, as in prdc) and closed ones (`<=`, as in the first
/// implementation of precision and recall), which differ where distances are tied or sets collapse.
///
/// - Note: Kynkäänniemi et al. 2019, <https://arxiv.org/abs/1904.06991>; Naeem et al. 2020,
///   <https://arxiv.org/abs/2002.09797>.
public struct NeighbourScores: Equatable, Sendable {
  /// A count of samples and their share of the set.
  public struct Share: Equatable, Sendable {
    /// How many samples.
    public let count: Int

    /// The size of the set.
    public let total: Int

    /// Creates a share of a set that has samples.
    public init(count: Int, total: Int) {
      self.count = count
      self.total = total
    }

    /// `count / total`.
    public var value: Double { Double(count) / Double(total) }

    /// One standard error over the sampling of the set that is counted, the other held fixed: the
    /// binomial one, of the share `(count + ½) / (total + 1)`, which is never 0.
    public var standardError: Double {
      let share = (Double(count) + 0.5) / (Double(total) + 1)
      return (share * (1 - share) / Double(total)).squareRoot()
    }

    /// The same as a value with its error.
    public var estimate: Estimate { Estimate(value: value, standardError: standardError) }
  }

  /// The number of neighbours.
  public let k: Int

  /// The generated samples inside the ball of some real sample.
  public let precision: Share

  /// The real samples inside the ball of some generated sample.
  public let recall: Share

  /// The real samples whose ball holds a generated sample.
  public let coverage: Share

  /// The pairs of a real and a generated sample inside the real one's ball, over `k m`.
  ///
  /// It is 1 on average between sets of one law. Its standard error is over the sampling of the
  /// generated samples.
  public let density: Estimate

  /// The number of those pairs.
  public let densityPairs: Int

  /// ``precision`` with closed balls.
  public let precisionClosed: Share

  /// ``recall`` with closed balls.
  public let recallClosed: Share

  /// ``coverage`` with closed balls.
  public let coverageClosed: Share

  /// The generated samples whose own ball holds a real one.
  public let complementPrecision: Share

  /// The smaller of ``precision`` and ``complementPrecision``.
  public let symmetricPrecision: Share

  /// The smaller of ``recall`` and ``coverage``.
  public let symmetricRecall: Share

  /// The mean over generated samples of the real balls around them, over `k` and at most 1, the balls
  /// being closed and no wider than the median one; see ``ClippedScores``.
  let clippedDensity: Estimate

  /// The mean over real samples of the generated ones in their ball, over `k` and at most 1; see
  /// ``ClippedScores``.
  let clippedCoverage: Estimate

  /// Of the real samples that are farthest from their `k`-th nearest, a tenth, those inside the ball of some
  /// generated sample; `nil` where ``SupportTail`` finds none.
  public let tailRecall: Share?

  /// The mean radius of the real samples' balls, in feature units.
  public let meanRealRadius: Double

  /// The mean radius of the generated samples' balls, in feature units.
  public let meanGeneratedRadius: Double
}
