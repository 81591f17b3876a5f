/// What happens to the samples of a part between their pools and the training set.
public enum SampleFilter: Equatable, Sendable {
  /// Each sample is removed with this probability: a detector finds it, rightly or wrongly.
  case remove(rate: Double)

  /// A verifier chooses among them.
  case curate(Curation)

  /// Each is moved towards the nearest of the centres of so many clusters of real samples:
  /// `(x + γ c) / (1 + γ)` with the strength γ.
  ///
  /// - Note: Gillman et al. 2024, <https://arxiv.org/abs/2402.07087>.
  case correct(strength: Double, clusters: Int)

  /// The samples from which a filter leaves so many, as far as that is known beforehand.
  func candidates(for count: Int) -> Int {
    switch self {
    case .remove, .correct: count
    case .curate(let curation): curation.rule.candidates(for: count)
    }
  }

  /// The samples that a filter is expected to leave of so many.
  func kept(of count: Int) -> Int {
    switch self {
    case .remove(let rate): Int(((1 - rate) * Double(count)).rounded())
    case .correct: count
    case .curate(let curation): curation.rule.kept(of: count)
    }
  }

  /// Whether the filter asks for the model of generation 0.
  var needsFirstModel: Bool {
    if case .curate(let curation) = self { curation.verifier == .realLikelihood } else { false }
  }
}

/// A choice among samples by what a verifier thinks of them.
public struct Curation: Equatable, Sendable {
  /// What samples are judged by.
  public enum Verifier: Equatable, Sendable {
    /// The log-density under the model that drew the samples.
    case likelihood
    /// The log-density under the model that was fitted to real samples, generation 0's.
    case realLikelihood
    /// The mean of a picture's levels as a share of the highest, or of a vector's numbers.
    case brightness
    /// How much nearer than any other the mean of this class of real samples is, in squared distance.
    case nearness(className: String)
  }

  /// How the verifier's scores decide.
  public enum Rule: Equatable, Sendable {
    /// The best share is kept.
    case top(share: Double)
    /// Of every so many the best is kept.
    case best(of: Int)
    /// Of every so many one is kept, with odds that are the exponentials of `strength` times the score:
    /// Bradley and Terry's model for two, Plackett and Luce's for more.
    ///
    /// - Note: Ferbach et al. 2024, <https://arxiv.org/abs/2407.09499>.
    case odds(of: Int, strength: Double)

    /// Rounding of a share must not cost a sample.
    private static let tolerance = 1e-9

    /// The candidates, and ``MixingPart/mostCandidates`` where that is fewer.
    func candidates(for count: Int) -> Int {
      let candidates =
        switch self {
        case .top(let share): (Double(count) / share - Self.tolerance).rounded(.up)
        // Exact as long as it is below the limit.
        case .best(let size), .odds(let size, _): Double(count) * Double(size)
        }
      return Int(min(candidates, Double(MixingPart.mostCandidates)))
    }

    func kept(of count: Int) -> Int {
      switch self {
      case .top(let share): Int((Double(count) * share + Self.tolerance).rounded(.down))
      case .best(let size), .odds(let size, _): count / size
      }
    }
  }

  /// What samples are judged by.
  public var verifier: Verifier

  /// How scores decide.
  public var rule: Rule

  /// The standard deviation of the verifier's error, as a multiple of that of its scores.
  public var noise: Double

  /// Creates a choice.
  public init(_ verifier: Verifier, _ rule: Rule, noise: Double = 0) {
    self.verifier = verifier
    self.rule = rule
    self.noise = noise
  }
}
