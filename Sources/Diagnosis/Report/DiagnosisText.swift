import Foundation
import Recursion
import Storage

extension Diagnosis {
  /// The verdicts in words, a definition a line, with what else a reader must know.
  public var text: String {
    groups.map(\.lines).joined(separator: [""]).joined(separator: "\n") + "\n"
  }
}

extension GroupDiagnosis {
  fileprivate var lines: [String] {
    var lines = [heading, ""]
    for verdict in verdicts { lines += verdict.lines(runs: runs.count) }
    lines.append("")
    lines.append(
      runs.count == 1
        ? "One seed: these are verdicts on this run. Too few seeds to say what the setting does."
        : "\(runs.count) seeds: errors are those over seeds, with \(runs.count - 1) degrees of freedom."
    )
    lines += falseAlarms.map { [$0.line] } ?? ["There is no control loop to count false alarms on."]
    lines += ["", "warning"]
    for (run, warning) in zip(runs, warnings) {
      let name = runs.count > 1 ? "seed \(run.seed), " : ""
      lines += warning.lines.map { "  \(name)\($0)" }
    }
    lines += replay.lines.map { "  \($0)" }
    if controlReplay.warnings > 0 {
      lines.append("  on the control: \(controlReplay.warnings) warned of, none of which came")
    }
    for run in runs { lines += run.record.notes.map { "note: \($0)" } }
    return lines
  }

  /// The runs in a line.
  public var heading: String {
    let configuration = runs[0].record.run["configuration"]
    let strategy =
      configuration?["strategy"].map { $0.string ?? $0["name"]?.string ?? "custom" } ?? ""
    let generator = configuration?["generator"]?.string ?? ""
    let data = configuration?["data"]?.string ?? ""
    let seeds = runs.map(\.seed).joined(separator: ", ")
    return "\(data), \(strategy), \(generator), n = \(sampleCount), "
      + "seed\(runs.count == 1 ? "" : "s") \(seeds)"
  }
}

extension Verdict {
  fileprivate func lines(runs: Int) -> [String] {
    var words =
      switch kind {
      case .fired: "FIRED at generation \(firstGeneration ?? 0)"
      case .notFired: "not fired"
      case .tooFewSeeds: "too few seeds to say"
      case .undecided: "undecided: \(note)"
      }
    if let runsAlone, kind != .undecided {
      words += " (alone: \(runsAlone) of \(runs) runs)"
    }
    var lines = ["\(definition.rawValue). \(definition.name): \(words)"]
    if let leading {
      let error = leading.standardError.map { " (s.e. \($0.shown))" } ?? ""
      let p = leading.correctedPValue
      lines.append(
        "     generation \(leading.generation): \(leading.quantity) \(leading.value.shown), threshold "
          + "\(leading.threshold.shown), beyond by \(leading.excess.shown)\(error), corrected p "
          + (p < 1e-4 ? "< 0.0001" : p.shown))
    }
    if kind != .undecided, !note.isEmpty { lines.append("     \(note)") }
    return lines
  }
}

extension FalseAlarms {
  fileprivate var line: String {
    let names = definitions.map { "\($0.rawValue)" }.joined(separator: ", ")
    return "False alarms on the control: \(fired) of \(tests) tests after correction"
      + (names.isEmpty ? "" : " (definition \(names))")
      + "; \(uncorrected) without it."
  }
}

extension WarningReplay {
  /// What the rule would have said on the way, beside what came; nothing where it had nothing to say.
  fileprivate var lines: [String] {
    var lines: [String] = []
    if crossings > 0 {
      let lead = medianLead.map {
        ", \($0) generation\($0 == 1 ? "" : "s") before in the median"
      }
      lines.append(
        "replayed: \(leads.count) of \(crossings) crossings were warned of\(lead ?? ""); "
          + "\(held) of \(intervals) intervals held the crossing")
    }
    if warnings > 0 {
      lines.append(
        "replayed: \(unfulfilled) of \(warnings) warnings did not come true in the run")
    }
    return lines
  }
}

extension EarlyWarning {
  /// A line a quantity.
  public var lines: [String] {
    watched.isEmpty
      ? ["nothing that can be forecast was measured"]
      : watched.map { "\($0.name): \(words(of: $0))" }
  }

  /// What a run ends with: a warning of a quantity that has crossed or soon will, else a forecast, and
  /// nothing of one that cannot be forecast.
  public var headlines: [String] {
    watched.compactMap { watched in
      if case .unknown = watched.forecast.outcome { return nil }
      let kind = watched.forecast.isAlarm ? "warning" : "forecast"
      return "\(kind): \(watched.name): \(words(of: watched))"
    }
  }

  /// When a quantity will cross, in words.
  public func words(of watched: Watched) -> String {
    let forecast = watched.forecast
    let limit = "\(share.shown) of generation 0's"
    func generation(_ time: Double) -> String { String(format: "%.0f", time) }
    switch forecast.outcome {
    case .crossed(let crossing):
      return "fell to \(limit) at generation \(crossing)"
        + (forecast.isFalling
          ? "" : ", but not for two generations in a row below what real sets have")
    case .unknown(let reason): return "cannot be forecast: \(reason)"
    case .ahead(let expected?, let earliest, let latest):
      let range =
        latest.map {
          "95 %: \(generation(earliest.rounded(.down))) to \(generation($0.rounded(.up)))"
        }
        ?? "95 %: from \(generation(earliest.rounded(.down))) on, or never"
      return
        "falls to \(limit) at about generation \(generation(expected)) (\(range); \(forecast.law))"
    case .ahead(nil, let earliest, _):
      return "is not expected to fall to \(limit) (95 %: not before generation "
        + "\(generation(earliest.rounded(.down))); \(forecast.law))"
    }
  }
}
