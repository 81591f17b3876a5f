import Recursion
public import Storage
import SystemPackage

extension Diagnosis {
  /// The contents of `diagnosis.json`.
  public var json: JSONValue {
    [
      "schema_version": .integer(Self.schemaVersion),
      "settings": [
        "alpha": .finite(settings.alpha), "threshold": .finite(settings.threshold),
        "correction": "Holm",
      ],
      "groups": .array(groups.map(\.json)),
    ]
  }
}

extension GroupDiagnosis {
  fileprivate var json: JSONValue {
    [
      "samples": .integer(sampleCount),
      "runs": .array(
        zip(runs, warnings).map { run, warning in
          [
            "folder": .string(run.record.path.string), "seed": .string(run.seed),
            "generations": .integer(run.record.generations.count),
            "notes": .array(run.record.notes.map(JSONValue.string)),
            "warnings": .array(warning.watched.map(\.json)),
          ]
        }),
      "definitions": .array(verdicts.map(\.json)),
      "control": falseAlarms.map(\.json) ?? .null,
      "warning_replay": replay.json, "control_warning_replay": controlReplay.json,
    ]
  }
}

extension Verdict {
  fileprivate var json: JSONValue {
    [
      "number": .integer(definition.rawValue), "name": .string(definition.name),
      "test": .string(definition.test), "verdict": .string(kind.rawValue),
      "generation": firstGeneration.map(JSONValue.integer) ?? .null,
      "leading": leading?.json ?? .null,
      "runs_alone": runsAlone.map(JSONValue.integer) ?? .null,
      "note": .string(note),
      "generations": .array(findings.map(\.json)),
    ]
  }
}

extension GenerationFinding {
  fileprivate var json: JSONValue {
    [
      "generation": .integer(generation), "quantity": .string(quantity),
      "value": .finite(value), "threshold": .finite(threshold), "excess": .finite(excess),
      "standard_error": .finite(standardError), "p": .finite(pValue),
      "corrected_p": .finite(correctedPValue), "fired": .bool(hasFired),
    ]
  }
}

extension FalseAlarms {
  fileprivate var json: JSONValue {
    [
      "tests": .integer(tests), "fired": .integer(fired), "uncorrected": .integer(uncorrected),
      "definitions": .array(definitions.map { .integer($0.rawValue) }),
    ]
  }
}

extension WarningReplay {
  fileprivate var json: JSONValue {
    [
      "crossings": .integer(crossings), "warned": .integer(leads.count),
      "median_lead": medianLead.map(JSONValue.integer) ?? .null, "warnings": .integer(warnings),
      "unfulfilled": .integer(unfulfilled), "intervals": .integer(intervals),
      "held": .integer(held),
    ]
  }
}

extension EarlyWarning.Watched {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("metric", .string(metric)), .init("name", .string(name)),
      .init("generation", .integer(forecast.generation)),
      .init("threshold", .finite(forecast.threshold)),
      .init("law", .string(forecast.law)), .init("falling", .bool(forecast.isFalling)),
    ]
    switch forecast.outcome {
    case .crossed(let generation):
      members += [.init("outcome", "crossed"), .init("crossed", .integer(generation))]
    case .ahead(let expected, let earliest, let latest):
      members += [
        .init("outcome", "ahead"), .init("expected", .finite(expected)),
        .init("earliest", .finite(earliest)), .init("latest", .finite(latest)),
      ]
    case .unknown(let reason):
      members += [.init("outcome", "unknown"), .init("reason", .string(reason))]
    }
    return .object(members)
  }
}
