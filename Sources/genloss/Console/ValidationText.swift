import Foundation
import Storage
import Validation

/// A validation in words: a table, or one JSON object.
enum ValidationText {
  private static let widths = (id: 4, quantity: 52, prediction: 12, measured: 25, z: 7)

  /// The names of the columns.
  static var head: String {
    row("id", "quantity", "prediction", "measured ± s.e.", "z", "verdict")
  }

  /// The rows of one check.
  ///
  /// - Parameter onlyWrong: Whether rows that agree with theory are left out.
  static func lines(_ result: LoopValidation.Result, onlyWrong: Bool = false) -> [String] {
    result.findings.filter { !(onlyWrong && $0.agrees) }.map { finding in
      let verdict = StyledStream.output(
        finding.agrees ? .dim : .red, finding.agrees ? "agrees" : "DISAGREES")
      if finding.kind == .identity {
        return row(
          result.id, finding.quantity, "0", "\(number(finding.measured, digits: 2))",
          "", "\(verdict) (residual <= \(number(finding.allowance, digits: 2)))")
      }
      let note =
        switch finding.kind {
        case .firstOrder: " (first order, +- \(number(finding.allowance, digits: 2)))"
        case .atLeast: " (at least)"
        case .exact, .identity: ""
        }
      return row(
        result.id, finding.quantity, number(finding.prediction, digits: 5),
        "\(number(finding.measured, digits: 5)) ± \(number(finding.standardError, digits: 2))",
        finding.z.map { String(format: "%+.2f", $0) } ?? "", verdict + note)
    }
  }

  /// The whole in a sentence.
  static func verdict(_ results: [LoopValidation.Result]) -> String {
    let findings = results.flatMap(\.findings)
    let wrong = results.filter { !$0.agrees }
    let checks = results.count == 1 ? "1 check" : "\(results.count) checks"
    let rows = findings.count == 1 ? "1 row" : "\(findings.count) rows"
    let scores = findings.filter { $0.kind == .exact }.compactMap(\.z)
    let spread =
      scores.isEmpty
      ? ""
      : "; root mean square z of the \(scores.count) exact ones "
        + number(
          (scores.reduce(0) { $0 + $1 * $1 } / Double(scores.count)).squareRoot(), digits: 3)
    let verdict =
      wrong.isEmpty
      ? "all agree with theory"
      : "\(wrong.map(\.id).joined(separator: ", ")) "
        + (wrong.count == 1 ? "disagrees" : "disagree") + " with theory"
    return "\(checks), \(rows): \(verdict)\(spread)."
  }

  /// Everything in one object.
  static func json(
    _ results: [LoopValidation.Result], effort: LoopValidation.Effort, seed: UInt64
  ) -> JSONValue {
    let checks = results.map { result in
      JSONValue.object([
        .init("id", .string(result.id)), .init("statement", .string(result.statement)),
        .init("formula", .string(result.formula)), .init("agrees", .bool(result.agrees)),
        .init("rows", .array(result.findings.map(json))),
      ])
    }
    return .object([
      .init("schema_version", .integer(1)), .init("effort", .string(effort.rawValue)),
      .init("seed", .string(String(seed))), .init("limit", .number(Finding.limit)),
      .init("agrees", .bool(results.allSatisfy(\.agrees))), .init("checks", .array(checks)),
    ])
  }

  private static func json(_ finding: Finding) -> JSONValue {
    .object([
      .init("quantity", .string(finding.quantity)), .init("kind", .string(finding.kind.rawValue)),
      .init("prediction", .finite(finding.prediction)),
      .init("measured", .finite(finding.measured)),
      .init(
        "standard_error", finding.kind == .identity ? .null : .finite(finding.standardError)),
      .init("allowance", .finite(finding.allowance)), .init("z", .finite(finding.z)),
      .init("n", .integer(finding.chains)), .init("agrees", .bool(finding.agrees)),
    ])
  }

  private static func row(
    _ id: String, _ quantity: String, _ prediction: String, _ measured: String, _ z: String,
    _ verdict: String
  ) -> String {
    [
      padded(id, widths.id), padded(quantity, widths.quantity),
      padded(prediction, -widths.prediction), padded(measured, -widths.measured),
      padded(z, -widths.z), verdict,
    ].joined(separator: "  ")
  }

  /// A cell as wide as its column, its text on the left, or on the right for a negative width.
  private static func padded(_ text: String, _ width: Int) -> String {
    let padding = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? padding + text : text + padding
  }

  private static func number(_ value: Double, digits: Int) -> String {
    String(format: "%.\(digits)g", value)
  }
}
