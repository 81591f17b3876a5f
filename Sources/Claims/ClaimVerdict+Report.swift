import Comparison
import Statistics
public import Storage

extension ClaimVerdict {
  /// The verdict in one sentence.
  public var sentence: String {
    let says = "\"\(claim.says)\""
    switch outcome {
    case .confirmed: return "\(says): confirmed. \(claim.scope)"
    case .refuted:
      let wrong = results.filter { $0.verdict == .opposite }.map(\.expectation.says)
      return "\(says): refuted, for the opposite is seen of: \(wrong.joined(separator: "; ")). "
        + claim.scope
    case .undecided:
      let open = results.filter { $0.verdict != .holds }
        .map { "\($0.expectation.says): \($0.verdict.rawValue)" }
      return "\(says): undecided (\(open.joined(separator: "; "))). \(claim.scope)"
    case .unsettled:
      return "\(says): cannot be settled here: \(claim.unsettled ?? "") \(claim.scope)"
    }
  }

  /// The verdict, and what it rests on: a paragraph an expectation.
  public var text: String {
    var lines = [sentence, ""]
    for result in results {
      lines.append("\(result.verdict.rawValue): \(result.expectation.says)")
      lines.append("  " + Self.numbers(of: result))
    }
    lines.append("")
    lines.append(
      "\(seedCount) seeds; p by sign flips of the differences on the same seeds, corrected (Holm).")
    return lines.joined(separator: "\n")
  }

  private static func numbers(of result: ExpectationResult) -> String {
    guard let first = result.first, let second = result.second, let difference = result.difference
    else {
      return result.verdict == .ambiguous
        ? "name the options that tell them apart" : "no two runs of one seed have these numbers"
    }
    func shown(_ summary: SampleSummary) -> String {
      let interval = summary.interval.map {
        " (\(ReportNumber.short($0.lowerBound)) to \(ReportNumber.short($0.upperBound)))"
      }
      return ReportNumber.short(summary.mean) + (interval ?? "")
    }
    let expectation = result.expectation
    let pairs = result.pairCount + result.missingCount
    let missing =
      result.missingCount == 0
      ? ""
      : "; \(result.missingCount) of \(pairs) pairs \(result.missingCount == 1 ? "has" : "have") no such "
        + "number"
    let factor = expectation.factor == 1 ? "" : "\(ReportNumber.short(expectation.factor)) times "
    return "\(expectation.first.metric) \(shown(first)), to be \(expectation.relation.rawValue) "
      + "\(factor)\(shown(second)); \(difference.below) of \(difference.differences.count) below; "
      + "corrected p \(ReportNumber.short(result.correctedPValue))" + missing
  }

  /// The verdict as one object.
  public var json: JSONValue {
    .object([
      .init("schema_version", .integer(1)), .init("name", .string(claim.name)),
      .init("claim", .string(claim.says)), .init("source", .string(claim.source)),
      .init("outcome", .string(outcome.rawValue)), .init("sentence", .string(sentence)),
      .init("scope", .string(claim.scope)), .init("seeds", .integer(seedCount)),
      .init("alpha", .number(Self.alpha)),
      .init("expectations", .array(results.map(Self.json))),
    ])
  }

  private static func json(_ result: ExpectationResult) -> JSONValue {
    func summary(_ summary: SampleSummary?) -> JSONValue {
      guard let summary else { return .null }
      return .object([
        .init("mean", .number(summary.mean)), .init("median", .number(summary.median)),
        .init("low", summary.interval.map { .number($0.lowerBound) } ?? .null),
        .init("high", summary.interval.map { .number($0.upperBound) } ?? .null),
      ])
    }
    let expectation = result.expectation
    return .object([
      .init("says", .string(expectation.says)), .init("verdict", .string(result.verdict.rawValue)),
      .init("metric", .string(expectation.first.metric)),
      .init("relation", .string(expectation.relation.rawValue)),
      .init("times", .number(expectation.factor)), .init("first", summary(result.first)),
      .init("second", summary(result.second)),
      .init("pairs", .integer(result.pairCount)),
      .init("pairs_missing", .integer(result.missingCount)),
      .init("p", result.difference.map { .number($0.test.pValue) } ?? .null),
      .init("corrected_p", .number(result.correctedPValue)),
    ])
  }
}
