/// A number about a generated set beside a real one, by the id that `genloss measure` gives it.
///
/// Ids that a run writes as well mean the same. The order of the cases is that of the output.
public enum MeasuredMetric: String, CaseIterable, Codable, Sendable {
  case energyDistance = "energy_distance"
  case energyDistanceUnbiased = "energy_distance_u"
  case energyDistanceNormalised = "energy_distance_normalised"
  case rbfDiscrepancy = "mmd_rbf"
  case rbfDiscrepancyBiased = "mmd_rbf_v"
  case unitRowDiscrepancy = "cmmd"
  case mind
  case slicedWasserstein = "sliced_wasserstein"
  case frechetDistance = "frechet_distance"
  case frechetDistanceMean = "frechet_distance_mean"
  case frechetDistanceTraceReal = "frechet_distance_trace_real"
  case frechetDistanceTraceGenerated = "frechet_distance_trace_generated"
  case frechetDistanceCross = "frechet_distance_cross"
  case frechetDistanceInfinite = "frechet_distance_infinite"
  case kernelDistance = "kernel_distance"
  case kernelDistanceBiased = "kernel_distance_v"
  case kernelDistanceSubsets = "kernel_distance_subsets"
  case recall
  case precision
  case density
  case coverage
  case symmetricPrecision = "symmetric_precision"
  case symmetricRecall = "symmetric_recall"
  case clippedDensity = "clipped_density"
  case clippedCoverage = "clipped_coverage"
  case improvedPrecision = "improved_precision"
  case improvedRecall = "improved_recall"
  case probabilisticPrecision = "p_precision"
  case probabilisticRecall = "p_recall"
  case realism
  case sparseRecall = "sparse_recall"
  case sparseMass = "sparse_mass"
  case distinctNearest = "distinct_nearest"
  case totalVariance = "total_variance"
  case effectiveRank = "effective_rank"
  case participationRatio = "participation_ratio"
  case vendiRBF = "vendi_rbf"
  case vendiRBFOrder2 = "vendi_rbf_q2"
  case vendiRBFOrderInfinity = "vendi_rbf_qinf"
  case vendiCosine = "vendi_cosine"
  case vendiCosineOrder2 = "vendi_cosine_q2"
  case vendiCosineOrderInfinity = "vendi_cosine_qinf"
  case differentBins = "ndb"
  case binDivergence = "jsd"
  case spectrumDistance = "spectrum_distance"
  case frechetDistanceTrain = "frechet_distance_train"
  case memorisationRatio = "memorisation_ratio"
  case memorisationRankScore = "z_u"
  case memorisationCellScore = "c_t"
  case authenticShare = "authpct"
  case neighbourRatio = "neighbour_ratio"
  case exactCopies = "exact_copies"
}

extension MeasuredMetric {
  /// What is computed together.
  enum Group: CaseIterable, Sendable {
    case pairs, sliced, frechet, extrapolated, subsets, neighbours, spread, vendiRBF
    case vendiCosine, bins, spectrum, memorisation, memorisationCells
  }

  /// What it is computed with.
  var group: Group {
    switch self {
    case .energyDistance, .energyDistanceUnbiased, .energyDistanceNormalised, .rbfDiscrepancy,
      .rbfDiscrepancyBiased, .kernelDistance, .kernelDistanceBiased, .unitRowDiscrepancy,
      .probabilisticPrecision, .probabilisticRecall, .realism:
      .pairs
    case .mind, .slicedWasserstein: .sliced
    case .frechetDistance, .frechetDistanceMean, .frechetDistanceTraceReal,
      .frechetDistanceTraceGenerated, .frechetDistanceCross:
      .frechet
    case .frechetDistanceInfinite: .extrapolated
    case .kernelDistanceSubsets: .subsets
    case .recall, .precision, .density, .coverage, .symmetricPrecision, .symmetricRecall,
      .clippedDensity, .clippedCoverage, .improvedPrecision, .improvedRecall, .distinctNearest,
      .sparseRecall, .sparseMass:
      .neighbours
    case .totalVariance, .effectiveRank, .participationRatio: .spread
    case .vendiRBF, .vendiRBFOrder2, .vendiRBFOrderInfinity: .vendiRBF
    case .vendiCosine, .vendiCosineOrder2, .vendiCosineOrderInfinity: .vendiCosine
    case .differentBins, .binDivergence: .bins
    case .spectrumDistance: .spectrum
    case .frechetDistanceTrain, .memorisationRatio, .memorisationRankScore, .authenticShare,
      .neighbourRatio, .exactCopies:
      .memorisation
    case .memorisationCellScore: .memorisationCells
    }
  }

  /// Whether it is a discrepancy under the Gaussian kernel.
  var isOfGaussianKernel: Bool {
    switch self {
    case .rbfDiscrepancy, .rbfDiscrepancyBiased: true
    default: false
    }
  }

  /// Whether it is measured for each number of neighbours asked for.
  public var hasNeighbours: Bool {
    switch self {
    case .recall, .precision, .density, .coverage, .symmetricPrecision, .symmetricRecall,
      .clippedDensity, .clippedCoverage, .realism, .sparseRecall:
      true
    default: false
    }
  }

  /// Whether it is about the generated set alone, so that between halves of the real set it varies by
  /// one half alone.
  public var isOfOneSet: Bool {
    switch self {
    case .totalVariance, .effectiveRank, .participationRatio, .vendiRBF, .vendiRBFOrder2,
      .vendiRBFOrderInfinity, .vendiCosine, .vendiCosineOrder2, .vendiCosineOrderInfinity,
      .frechetDistanceTraceGenerated:
      true
    default: false
    }
  }

  /// Whether it needs the set that the model was trained on.
  public var needsTrainingSet: Bool { [.memorisation, .memorisationCells].contains(group) }

  /// Whether it is measured unless others are asked for: those that see a collapse, and those that
  /// everybody reports.
  public var isDefault: Bool {
    switch self {
    case .energyDistance, .rbfDiscrepancy, .mind, .slicedWasserstein, .frechetDistance,
      .kernelDistance, .recall, .precision, .density, .coverage, .symmetricPrecision,
      .symmetricRecall, .distinctNearest, .totalVariance, .effectiveRank, .vendiRBF,
      .frechetDistanceTrain, .memorisationRatio, .memorisationRankScore, .authenticShare,
      .exactCopies:
      true
    default: false
    }
  }

  /// How a loss of variety moves it.
  public enum Direction: Sendable {
    case rises, falls, either

    /// In a word or two.
    public var word: String {
      switch self {
      case .rises: "rises"
      case .falls: "falls"
      case .either: "either way"
      }
    }
  }

  /// How a loss of variety moves it.
  public var underCollapse: Direction {
    switch self {
    case .recall, .symmetricRecall, .improvedRecall, .probabilisticRecall, .distinctNearest,
      .sparseRecall, .sparseMass, .totalVariance,
      .effectiveRank, .participationRatio, .vendiRBF, .vendiRBFOrder2, .vendiRBFOrderInfinity,
      .frechetDistanceTraceGenerated, .frechetDistanceCross:
      .falls
    case .precision, .density, .coverage, .symmetricPrecision, .clippedDensity, .clippedCoverage,
      .improvedPrecision, .probabilisticPrecision, .realism, .vendiCosine, .vendiCosineOrder2,
      .vendiCosineOrderInfinity,
      .frechetDistanceTraceReal, .memorisationRatio, .memorisationRankScore,
      .memorisationCellScore, .authenticShare, .neighbourRatio, .exactCopies:
      .either
    default: .rises
    }
  }

  /// Whether it leads: it sees a loss of variety in every form that was tried.
  public var isLeading: Bool {
    switch self {
    case .energyDistance, .rbfDiscrepancy, .mind, .recall, .frechetDistance, .vendiRBF,
      .totalVariance, .effectiveRank:
      true
    default: false
    }
  }
}

/// A metric with the number of neighbours it is taken for.
struct MeasuredKey: Hashable, Sendable {
  let metric: MeasuredMetric

  /// `nil` for metrics without a choice of neighbours.
  let k: Int?

  init(_ metric: MeasuredMetric, k: Int? = nil) {
    self.metric = metric
    self.k = metric.hasNeighbours ? k : nil
  }

  /// The id in the output: with five neighbours, that of the metric alone.
  var id: String {
    guard let k, k != Comparison.neighbours else { return metric.rawValue }
    return "\(metric.rawValue)_k\(k)"
  }
}
