extension MeasuredMetric {
  /// A metric in words.
  public struct Words: Equatable, Sendable {
    /// Its definition.
    public let formula: String

    /// What moves it.
    public let sees: String

    /// What it does not notice, or how it misleads.
    public let blindTo: String

    /// The paper; empty if there is none.
    public let source: String
  }

  /// The metric in words.
  public var words: Words {
    switch self {
    case .energyDistance:
      Words(
        formula: "2E|x-y| - E|x-x'| - E|y-y'|, all pairs (V)",
        sees: "shift, shrinking, lost modes", blindTo: "copies of training samples",
        source: "Székely and Rizzo 2013")
    case .energyDistanceUnbiased:
      Words(
        formula: "the same over pairs of different samples (U), unbiased, may be negative",
        sees: "shift, shrinking, lost modes", blindTo: "copies of training samples",
        source: "Székely and Rizzo 2013")
    case .energyDistanceNormalised:
      Words(
        formula: "energy_distance over 2E|x-y|: 0 to 1, without a unit",
        sees: "shift, shrinking, lost modes",
        blindTo: "copies of training samples; small where d is large, as all pairs are far apart",
        source: "Székely and Rizzo 2013")
    case .rbfDiscrepancy:
      Words(
        formula: "E k(x,x') + E k(y,y') - 2E k(x,y), k = exp(-|x-y|^2/2s^2), s the real median "
          + "distance, U",
        sees: "shift, shrinking, lost modes", blindTo: "copies; a fixed s would miss shrinking",
        source: "Gretton et al. 2012")
    case .rbfDiscrepancyBiased:
      Words(
        formula: "the same over all pairs (V)", sees: "shift, shrinking, lost modes",
        blindTo: "copies of training samples", source: "Gretton et al. 2012")
    case .unitRowDiscrepancy:
      Words(
        formula: "1000 times the squared MMD of rows over their norms, k = exp(-|x-y|^2/200), V",
        sees: "shift of mean directions",
        blindTo: "shrinking and lost modes that keep the mean; norms; made for CLIP embeddings",
        source: "Jayasumana et al. 2024")
    case .mind:
      Words(
        formula: "3 d times the mean squared W2 along random directions",
        sees: "shift, shrinking", blindTo: "what no single direction shows; copies",
        source: "Berthet et al. 2026")
    case .slicedWasserstein:
      Words(
        formula: "root of the mean squared W2 along random directions", sees: "shift, shrinking",
        blindTo: "what no single direction shows; copies", source: "Rabin et al. 2012")
    case .frechetDistance:
      Words(
        formula: "|m1-m2|^2 + tr(S1 + S2 - 2(S1 S2)^1/2), covariances over n-1",
        sees: "shift, shrinking, lost modes",
        blindTo: "shape beyond covariance; has a floor of C(1/N+1/M)",
        source: "Heusel et al. 2017")
    case .frechetDistanceMean:
      Words(formula: "|m1-m2|^2", sees: "shift", blindTo: "spread", source: "")
    case .frechetDistanceTraceReal:
      Words(formula: "tr S1", sees: "nothing generated", blindTo: "the generated set", source: "")
    case .frechetDistanceTraceGenerated:
      Words(formula: "tr S2", sees: "shrinking", blindTo: "shift", source: "")
    case .frechetDistanceCross:
      Words(
        formula: "tr (S1 S2)^1/2, which enters with the factor -2", sees: "shrinking, rotation",
        blindTo: "shift", source: "")
    case .frechetDistanceInfinite:
      Words(
        formula: "intercept of FD over 1/m at 15 leading parts of the generated set",
        sees: "as FD, without what finitely many generated samples add",
        blindTo: "as FD; keeps the floor of the real set", source: "Chong and Forsyth 2020")
    case .kernelDistance:
      Words(
        formula: "squared MMD with k = (x.y/d + 1)^3, U, samples not centred",
        sees: "shift, first three moments", blindTo: "weak on loss of spread",
        source: "Binkowski et al. 2018")
    case .kernelDistanceBiased:
      Words(
        formula: "the same over all pairs (V), never negative", sees: "shift, first three moments",
        blindTo: "weak on loss of spread; has a floor that falls as 1/N",
        source: "Binkowski et al. 2018")
    case .kernelDistanceSubsets:
      Words(
        formula: "mean of kernel_distance over 100 subsets of 1000", sees: "as kernel_distance",
        blindTo: "noisier than all pairs; for comparison with other programs",
        source: "Binkowski et al. 2018")
    case .recall:
      Words(
        formula: "share of real samples inside an open generated k-neighbour ball",
        sees: "shrinking, lost modes", blindTo: "generated outliers widen balls",
        source: "Kynkäänniemi et al. 2019")
    case .precision:
      Words(
        formula: "share of generated samples inside an open real k-neighbour ball",
        sees: "samples off the support", blindTo: "flatters: a shrinking model improves it",
        source: "Kynkäänniemi et al. 2019; Naeem et al. 2020")
    case .density:
      Words(
        formula: "real balls around a generated sample, over k", sees: "samples off the support",
        blindTo: "flatters: grows while a model shrinks", source: "Naeem et al. 2020")
    case .coverage:
      Words(
        formula: "share of real samples whose ball holds a generated one", sees: "lost modes",
        blindTo: "flatters: does not see shrinking", source: "Naeem et al. 2020")
    case .symmetricPrecision:
      Words(
        formula: "min(precision, share of generated samples whose own ball holds a real one)",
        sees: "samples off the support, shrinking", blindTo: "lost modes",
        source: "Khayatkhoei and AbdAlmageed 2023")
    case .symmetricRecall:
      Words(
        formula: "min(recall, coverage)", sees: "shrinking, lost modes", blindTo: "copies",
        source: "Khayatkhoei and AbdAlmageed 2023")
    case .clippedDensity:
      Words(
        formula: "density with balls no wider than the median, at most 1 a sample, over that of "
          + "the real set",
        sees: "samples off the support", blindTo: "shrinking", source: "Salvy et al. 2025")
    case .clippedCoverage:
      Words(
        formula: "coverage counted up to k, as the share of honest samples that would give it",
        sees: "lost modes", blindTo: "shrinking", source: "Salvy et al. 2025")
    case .improvedPrecision:
      Words(
        formula: "precision with closed balls and k = 3", sees: "samples off the support",
        blindTo: "flatters, as precision", source: "Kynkäänniemi et al. 2019")
    case .improvedRecall:
      Words(
        formula: "recall with closed balls and k = 3", sees: "shrinking, lost modes",
        blindTo: "generated outliers widen balls", source: "Kynkäänniemi et al. 2019")
    case .probabilisticPrecision:
      Words(
        formula: "mean over generated y of 1 - prod min(1, |x-y|/R), R = 1.2 mean 4th-neighbour "
          + "distance of real samples",
        sees: "samples off the support", blindTo: "flatters: a shrinking model improves it",
        source: "Park and Kim 2023")
    case .probabilisticRecall:
      Words(
        formula: "the same of real samples in generated balls, R of generated samples",
        sees: "shrinking, lost modes", blindTo: "copies; uneven density, as all balls are equal",
        source: "Park and Kim 2023")
    case .realism:
      Words(
        formula: "mean over generated samples of the largest ratio of a real k-neighbour radius to "
          + "the distance from it (+ 1e-5)",
        sees: "samples off the support (towards 0)",
        blindTo: "flatters: grows while a model shrinks; near copies outweigh all else; features "
          + "of a scale near 1e-5",
        source: "Kynkäänniemi et al. 2019")
    case .sparseRecall:
      Words(
        formula: "recall of the tail: the tenth of real samples farthest from their k-th real "
          + "neighbour (by neighbours, of any two sets; a run's recall_tail is by density)",
        sees: "lost tails, shrinking", blindTo: "a tenth of the samples: its error is wide",
        source: "")
    case .sparseMass:
      Words(
        formula: "share of generated samples as far from the nearest real one as the last 10 % to "
          + "0.1 % of real ones, over 10 % (by neighbours; a run's tail_mass_ratio is by density)",
        sees: "cut tails, copies",
        blindTo: "rises where samples drift outwards, falls to 0 where they leave the support",
        source: "")
    case .distinctNearest:
      Words(
        formula: "different real samples that are nearest to a generated one",
        sees: "lost modes, shrinking", blindTo: "depends on the number of samples", source: "")
    case .totalVariance:
      Words(
        formula: "trace of the covariance of the generated set", sees: "shrinking",
        blindTo: "shift; lost modes may leave it", source: "")
    case .effectiveRank:
      Words(
        formula: "exp of the entropy of the covariance spectrum", sees: "lost directions",
        blindTo: "even shrinking, shift", source: "Roy and Vetterli 2007")
    case .participationRatio:
      Words(
        formula: "(sum of eigenvalues)^2 over the sum of their squares", sees: "lost directions",
        blindTo: "even shrinking, shift", source: "")
    case .vendiRBF, .vendiRBFOrder2, .vendiRBFOrderInfinity:
      Words(
        formula: "effective number of samples: order \(vendiOrder) of the eigenvalues of k/n, k as "
          + "in mmd_rbf",
        sees: "shrinking, lost modes", blindTo: "shift, plausibility",
        source: "Friedman and Dieng 2023")
    case .vendiCosine, .vendiCosineOrder2, .vendiCosineOrderInfinity:
      Words(
        formula: "effective number of samples: order \(vendiOrder), cosine similarity, not centred",
        sees: "lost directions", blindTo: "blind to shrinking; changes with translation",
        source: "Friedman and Dieng 2023")
    case .differentBins:
      Words(
        formula: "k-means bins of the real set whose shares differ (two-proportion z-test, .05)",
        sees: "lost modes", blindTo: "weak on shrinking; 5 % differ by chance",
        source: "Richardson and Weiss 2018")
    case .binDivergence:
      Words(
        formula: "Jensen-Shannon divergence of the shares of k-means bins, nats",
        sees: "lost modes", blindTo: "weak on shrinking", source: "Richardson and Weiss 2018")
    case .spectrumDistance:
      Words(
        formula: "root mean squared difference of the mean radial spectra, 20 ln|F + 1e-8|",
        sees: "blur, noise, periodic artefacts", blindTo: "what is in the picture",
        source: "Durall et al. 2020")
    case .frechetDistanceTrain:
      Words(
        formula: "frechet_distance to the training set", sees: "as FD",
        blindTo: "a memoriser has the least", source: "")
    case .memorisationRatio:
      Words(
        formula: "mean nearest distance generated to training set over real to training set",
        sees: "copies (below 1)", blindTo: "rises as samples leave the support",
        source: "after Meehan et al. 2020")
    case .memorisationRankScore:
      Words(
        formula: "(U - nm / 2 + 1/2) / sqrt(nm (n + m + 1) / 12), U the Mann-Whitney statistic of "
          + "those m generated and n real distances, tied ones at middle ranks; 1/2 for continuity",
        sees: "copies (below -3)", blindTo: "copies beside samples off the support",
        source: "Meehan et al. 2020")
    case .memorisationCellScore:
      Words(
        formula: "mean of z_u within k-means cells of the training set, weighted by real samples; "
          + "cells with 20 real and 20 generated samples",
        sees: "copies (below -3), also beside samples off the support elsewhere",
        blindTo: "cells without generated samples: lost modes; near-copies in wide cells",
        source: "Meehan et al. 2020")
    case .authenticShare:
      Words(
        formula: "share of generated samples farther from their nearest training sample than that "
          + "one from its own",
        sees: "copies", blindTo: "samples off the support count as authentic",
        source: "Alaa et al. 2022")
    case .neighbourRatio:
      Words(
        formula: "mean of: distance to the nearest training sample over that to the second nearest",
        sees: "copies (towards 0)", blindTo: "near copies of samples with twins", source: "")
    case .exactCopies:
      Words(
        formula: "generated samples equal to a training sample in every feature", sees: "copies",
        blindTo: "the least change", source: "")
    }
  }

  private var vendiOrder: String {
    switch self {
    case .vendiRBFOrder2, .vendiCosineOrder2: "2"
    case .vendiRBFOrderInfinity, .vendiCosineOrderInfinity: "infinity"
    default: "1 (exp of the entropy)"
    }
  }
}
