/// What became of one definition.
public enum VerdictKind: String, Sendable {
  /// It is fulfilled.
  case fired
  /// It is not, or nothing shows that it is.
  case notFired = "not fired"
  /// It would be by the size of the effect, and the seeds are too few to be sure of their spread.
  case tooFewSeeds = "too few seeds to say"
  /// What it needs was not measured.
  case undecided
}

/// One definition at one generation.
public struct GenerationFinding: Equatable, Sendable {
  /// The generation.
  public let generation: Int

  /// The quantity that tells most, in words.
  public let quantity: String

  /// Its value, the mean over runs.
  public let value: Double

  /// What the value must pass.
  public let threshold: Double

  /// How far it has passed, on the scale of the test: positive beyond the threshold.
  public let excess: Double

  /// One standard error of ``excess``: of measurement, of the control's spread, and over seeds; `nil`
  /// where it is not known.
  public let standardError: Double?

  /// The probability of as much under health, corrected for the quantities of the definition.
  public let pValue: Double

  /// The same, corrected for all definitions and generations.
  public internal(set) var correctedPValue: Double

  /// Whether it counts as fulfilled here.
  public internal(set) var hasFired: Bool

  /// Whether it would, were the spread over seeds known exactly; they are too few to know it.
  public internal(set) var isDoubtful: Bool
}

/// The verdict under one definition.
public struct Verdict: Equatable, Sendable {
  /// The definition.
  public let definition: CollapseDefinition

  /// What became of it.
  public let kind: VerdictKind

  /// The generations that were judged; for a definition of the whole run the last alone.
  public let findings: [GenerationFinding]

  /// Why it is undecided, or what must be known beside the numbers; empty if nothing.
  public let note: String

  /// In how many of the runs it fires when each is judged alone; `nil` for one run.
  public let runsAlone: Int?

  /// The first generation at which it fired; `nil` if it did not.
  public var firstGeneration: Int? { findings.first(where: \.hasFired)?.generation }

  /// What to show: the generation at which it first fired, or the one that came nearest.
  public var leading: GenerationFinding? {
    findings.first(where: \.hasFired)
      ?? findings.min { ($0.correctedPValue, $0.pValue) < ($1.correctedPValue, $1.pValue) }
  }
}
