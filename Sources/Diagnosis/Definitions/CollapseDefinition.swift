/// The eight published definitions of model collapse.
///
/// - Note: The names are those of Schaeffer et al. 2025, <https://arxiv.org/abs/2503.03150>.
public enum CollapseDefinition: Int, CaseIterable, Sendable {
  case catastrophicRisk = 1
  case anyIncreaseOfRisk
  case divergingRisk
  case changedScalingLaw
  case collapsingVariance
  case lostModes
  case lostTails
  case hallucination

  /// The definition in the words of the papers.
  public var name: String {
    switch self {
    case .catastrophicRisk: "catastrophic increase of population risk"
    case .anyIncreaseOfRisk: "any increase of population risk"
    case .divergingRisk: "asymptotically diverging population risk"
    case .changedScalingLaw: "change in scaling law"
    case .collapsingVariance: "collapsing variance"
    case .lostModes: "entanglement or disappearance of real modes"
    case .lostTails: "disappearance of real tail data"
    case .hallucination: "appearance of hallucinated data"
    }
  }

  /// When it counts as fulfilled here, in a sentence.
  public var test: String {
    switch self {
    case .catastrophicRisk:
      "real data is no likelier under the model than under one isotropic Gaussian"
    case .anyIncreaseOfRisk:
      "held-out real data needs more bits than under generation 0, by more than 3 standard errors"
    case .divergingRisk:
      "bits still rise over the last half, and an unbounded law fits the whole better than one that settles"
    case .changedScalingLaw:
      "E or a of L(n) = E + A n^-a differs from generation 0's"
    case .collapsingVariance:
      "variance, typical variance, participation ratio or Vendi score below the threshold"
    case .lostModes:
      "bins of real data keep less than a tenth of their mass, or samples lie further between modes"
    case .lostTails:
      "likelihood, recall or mass of the real tail below the threshold"
    case .hallucination:
      "more samples than generation 0's, and than real ones, where real data hardly ever is"
    }
  }

  /// Whether it is decided once for all generations.
  public var isOfWholeRun: Bool { self == .divergingRisk }
}
