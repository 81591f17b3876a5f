public import Comparison
import Statistics

/// What runs say about a claim.
public struct ClaimVerdict: Sendable {
  /// What can be said of it as a whole.
  public enum Outcome: String, Sendable {
    /// All that it expects is seen.
    case confirmed
    /// The opposite of something that it expects is seen.
    case refuted
    /// Neither.
    case undecided
    /// Runs like these cannot settle it.
    case unsettled = "cannot be settled here"
  }

  /// The claim.
  public let claim: Claim

  /// What it expects, each with what was seen.
  public let results: [ExpectationResult]

  /// What can be said of it as a whole.
  public let outcome: Outcome

  /// The probability of any wrong verdict on an expectation.
  public static let alpha = 0.05

  /// Judges a claim by runs.
  public init(_ claim: Claim, _ runs: [ComparedRun]) {
    self.claim = claim
    let results = ExpectationResult.judged(
      claim.expectations.map { ExpectationResult($0, runs) }, alpha: Self.alpha)
    self.results = results
    outcome =
      if claim.unsettled != nil {
        .unsettled
      } else if results.contains(where: { $0.verdict == .opposite }) {
        .refuted
      } else if !results.isEmpty, results.allSatisfy({ $0.verdict == .holds }) {
        .confirmed
      } else {
        .undecided
      }
  }

  /// The runs that an expectation was judged by, at most.
  public var seedCount: Int { results.compactMap { $0.difference?.differences.count }.max() ?? 0 }
}
