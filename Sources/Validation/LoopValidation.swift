/// A validation: the real loop, run many times over, against closed-form theory.
public struct LoopValidation: Sendable {
  /// How many chains are run.
  public enum Effort: String, Sendable {
    /// Within 20 seconds on two processors: enough to see errors of a few
    /// percent in a variance and of a third or half in an effective number of samples.
    case quick
    /// Within 10 minutes on two processors: five times as sharp.
    case full

    /// The chains for each one of a setting's.
    var share: Double { self == .full ? 3 : 0.12 }
  }

  /// The rows that one check came to.
  public struct Result: Equatable, Sendable {
    /// The number of the prediction.
    public let id: String

    /// What is predicted, in words.
    public let statement: String

    /// The prediction as a formula.
    public let formula: String

    /// What was measured.
    public let findings: [Finding]

    /// Whether all of it agrees with theory.
    public var agrees: Bool { findings.allSatisfy(\.agrees) }
  }

  /// The checks that are made.
  public let checks: [Check]

  private let laboratory: Laboratory

  /// Creates a validation.
  ///
  /// - Parameters:
  ///   - ids: The checks to make; `nil` for all. They are made in the order of the theory.
  ///   - effort: How many chains are run.
  ///   - seed: The seed of all chains.
  /// - Throws: ``UnknownCheck``.
  public init(only ids: [String]? = nil, effort: Effort, seed: UInt64) throws(UnknownCheck) {
    try self.init(
      only: ids, laboratory: Laboratory(seed: seed, share: effort.share))
  }

  /// Creates a validation of an engine on which something is done on purpose.
  init(only ids: [String]?, laboratory: Laboratory) throws(UnknownCheck) {
    let all = CheckCatalogue.checks
    for id in ids ?? [] where !all.contains(where: { $0.id == id }) {
      throw UnknownCheck(id: id, known: all.map(\.id))
    }
    checks = ids.map { ids in all.filter { ids.contains($0.id) } } ?? all
    self.laboratory = laboratory
  }

  /// Makes the checks one after the other.
  ///
  /// - Parameters:
  ///   - starting: Is told of each check before it is made; what it throws ends the validation.
  ///   - finished: Is told of its result.
  /// - Returns: The results in the order of the checks.
  /// - Throws: What a fit throws: a check that cannot be made is no verdict.
  @discardableResult
  public func perform(
    starting: (Check) throws -> Void = { _ in }, finished: (Result) throws -> Void = { _ in }
  ) throws -> [Result] {
    try checks.map { check in
      try starting(check)
      let result = Result(
        id: check.id, statement: check.statement, formula: check.formula,
        findings: try check.measure(laboratory))
      try finished(result)
      return result
    }
  }
}

/// There is no check of this number.
public struct UnknownCheck: Error, Equatable, Sendable {
  /// What was asked for.
  public let id: String

  /// The numbers that there are, in the order of the theory.
  public let known: [String]
}
