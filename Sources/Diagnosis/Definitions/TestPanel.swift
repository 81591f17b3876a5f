import Foundation
import Metrics
import Statistics

/// All tests on runs of one setting: every definition at every generation, corrected for their number.
struct TestPanel: Sendable {
  private let series: [GenerationSeries]
  private let spreads: [ControlSpread]
  private let settings: DiagnosisSettings

  /// The generations that all runs have, 0 included.
  private let count: Int

  private var scaling: [GenerationFinding] = []
  private var scalingNote = "it takes runs of three or more sample sizes"

  init(series: [GenerationSeries], spreads: [ControlSpread], settings: DiagnosisSettings) {
    self.series = series
    self.spreads = spreads
    self.settings = settings
    count = series.map(\.count).min() ?? 0
  }

  /// Returns the verdicts.
  ///
  /// - Parameter alone: For each of several runs, the definitions that fire when it is judged by itself.
  func verdicts(alone: [Set<CollapseDefinition>]) -> [Verdict] {
    let drafts = CollapseDefinition.allCases.map { definition in
      let (findings, note) = draft(definition)
      return (definition: definition, findings: findings, note: note)
    }
    let corrected = holmCorrected(drafts.flatMap { $0.findings.map(\.test.pValue) })
    let normal = holmCorrected(drafts.flatMap { $0.findings.map(\.normalPValue) })
    var position = 0
    return drafts.map { draft in
      let findings = draft.findings.map { finding -> GenerationFinding in
        defer { position += 1 }
        var test = finding.test
        test.correctedPValue = corrected[position]
        test.hasFired =
          test.excess > 0 && corrected[position] < settings.alpha && finding.isAllowed
        test.isDoubtful =
          !test.hasFired && test.excess > 0 && normal[position] < settings.alpha
          && finding.isAllowed
        return test
      }
      let kind: VerdictKind =
        findings.isEmpty
        ? .undecided
        : findings.contains(where: \.hasFired)
          ? .fired : findings.contains(where: \.isDoubtful) ? .tooFewSeeds : .notFired
      return Verdict(
        definition: draft.definition, kind: kind, findings: findings, note: draft.note,
        runsAlone: alone.isEmpty ? nil : alone.count { $0.contains(draft.definition) })
    }
  }

  /// A finding before correction.
  private struct Draft {
    let test: GenerationFinding

    /// The p-value if the spread over seeds were known exactly.
    let normalPValue: Double

    /// Whether all else that the definition asks for holds.
    var isAllowed = true
  }

  private func draft(_ definition: CollapseDefinition) -> (findings: [Draft], note: String) {
    switch definition {
    case .divergingRisk: return divergence()
    case .changedScalingLaw:
      return (scaling.map { Draft(test: $0, normalPValue: $0.pValue) }, scalingNote)
    default: break
    }
    let quantities = Quantity.all(of: definition, threshold: settings.threshold)
    let measured = quantities.filter { quantity in
      (1..<max(1, count)).contains { generation in
        series.allSatisfy { quantity.evidence($0, generation) != nil }
      }
    }
    guard !measured.isEmpty else {
      guard count > 1, let first = series.first else {
        return ([], "there is no generation after 0")
      }
      return ([], quantities.first?.reason(first) ?? "")
    }
    let findings = (1..<count).compactMap { generation in
      measured.compactMap { combined($0, generation, of: measured.count, definition) }
        .min { ($0.test.pValue, -$0.test.excess) < ($1.test.pValue, -$1.test.excess) }
    }
    let missing = quantities.filter { quantity in !measured.contains { $0.name == quantity.name } }
    return (
      findings,
      missing.isEmpty ? "" : "without \(missing.map(\.name).joined(separator: ", "))"
    )
  }

  /// One quantity at one generation over all runs.
  private func combined(
    _ quantity: Quantity, _ generation: Int, of quantities: Int, _ definition: CollapseDefinition
  ) -> Draft? {
    let evidence = series.compactMap { quantity.evidence($0, generation) }
    guard evidence.count == series.count, let first = evidence.first else { return nil }
    let deviations = spreads.map { $0.deviation(of: quantity.name, at: generation) }
    let runs = Double(evidence.count)
    let excess = evidence.reduce(0) { $0 + $1.excess } / runs
    let errors = zip(evidence, deviations).map { $0.error(spread: $1) }
    func finding(_ error: Double?, _ pValue: Double, normal: Double) -> Draft {
      func corrected(_ value: Double) -> Double { min(1, value * Double(quantities)) }
      return Draft(
        test: GenerationFinding(
          generation: generation, quantity: quantity.name,
          value: evidence.reduce(0) { $0 + $1.value } / runs,
          threshold: evidence.reduce(0) { $0 + $1.threshold } / runs, excess: excess,
          standardError: error, pValue: corrected(pValue), correctedPValue: 1, hasFired: false,
          isDoubtful: false),
        normalPValue: corrected(normal),
        isAllowed: definition != .anyIncreaseOfRisk || excess > Self.leastErrors * (error ?? 0))
    }
    guard evidence.count > 1 else {
      let pValue = first.pValue(spread: deviations.first ?? .none)
      return finding(errors[0], pValue, normal: pValue)
    }
    // The spread over seeds holds everything but what the runs have in common, such as their held-out
    // samples; it is believed to be no smaller than the errors of measurement say.
    let between =
      evidence.reduce(0) { $0 + ($1.excess - excess) * ($1.excess - excess) } / (runs - 1)
    let within = errors.reduce(0) { $0 + ($1 ?? 0) * ($1 ?? 0) } / runs
    let error = (max(between, within) / runs).squareRoot()
    guard excess > 0, error > 0 else { return finding(error, 1, normal: 1) }
    return finding(
      error, upperTail(excess / error, degreesOfFreedom: evidence.count - 1),
      normal: upperTail(excess / error, degreesOfFreedom: nil))
  }

  /// The standard errors of an increase that definition 2 asks for, however few the tests are.
  private static let leastErrors = 3.0

  /// Definition 3.
  private func divergence() -> (findings: [Draft], note: String) {
    let risks = series.map { loop in
      (0..<loop.count).compactMap { loop.model(.bitsPerDimension, $0)?.value }
    }
    guard zip(risks, series).allSatisfy({ $0.count == $1.count }) else {
      return ([], series.first?.model(.bitsPerDimension, 0)?.note ?? "the risk was not measured")
    }
    let tests = risks.compactMap { Divergence(risks: Array($0.prefix(count))) }
    guard tests.count == series.count, let first = tests.first else {
      return (
        [],
        "it takes \(Divergence.fewestGenerations) generations after 0; there are \(max(0, count - 1))"
      )
    }
    let runs = Double(tests.count)
    let slope = tests.reduce(0) { $0 + $1.slope } / runs
    let within = tests.reduce(0) { $0 + $1.standardError * $1.standardError } / runs
    let between =
      tests.count > 1
      ? tests.reduce(0) { $0 + ($1.slope - slope) * ($1.slope - slope) } / (runs - 1) : 0
    let error = (max(within, between) / runs).squareRoot()
    let advantage = tests.reduce(0) { $0 + $1.advantage }
    let isRising = slope > 0 && error > 0
    let degrees = tests.count > 1 ? tests.count - 1 : first.degreesOfFreedom
    let law = advantage > 0 ? "an unbounded law" : "a law that settles"
    return (
      [
        Draft(
          test: GenerationFinding(
            generation: count - 1, quantity: "bits per dimension and generation", value: slope,
            threshold: 0, excess: slope, standardError: error,
            pValue: isRising ? upperTail(slope / error, degreesOfFreedom: degrees) : 1,
            correctedPValue: 1, hasFired: false, isDoubtful: false),
          normalPValue: isRising ? upperTail(slope / error, degreesOfFreedom: nil) : 1,
          isAllowed: advantage > 0)
      ],
      "\(law) fits better by \(abs(advantage).shown) of Akaike's criterion"
    )
  }

  /// Definition 4: takes the laws that runs of several sizes gave.
  mutating func judgeScaling(_ laws: [ScalingLaw?], missing: String) {
    scalingNote = missing
    guard let known = laws.first, let first = known else { return }
    scalingNote = ""
    scaling = (1..<max(1, min(laws.count, count))).compactMap { generation in
      guard let law = laws[generation] else { return nil }
      let pairs = [
        ("exponent a", law.exponent, first.exponent), ("floor E", law.floor, first.floor),
      ]
      return pairs.map { name, now, start in
        let distance = now.distance(from: start)
        let error =
          (now.standardError * now.standardError + start.standardError * start.standardError)
          .squareRoot()
        return GenerationFinding(
          generation: generation, quantity: name, value: now.value, threshold: start.value,
          excess: abs(now.value - start.value), standardError: error,
          // Two constants, to either side.
          pValue: min(1, 4 * upperTail(distance, degreesOfFreedom: nil)), correctedPValue: 1,
          hasFired: false, isDoubtful: false)
      }.min { $0.pValue < $1.pValue }
    }
  }
}
