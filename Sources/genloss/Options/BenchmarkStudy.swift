import Recursion
import Storage
import SystemPackage
import Yams

/// The study behind the reference card: its data, seeds, strategies and settings, all fixed by a version.
struct BenchmarkStudy {
  /// Raised whenever one of the numbers below changes: cards of different versions cannot be compared.
  static let version = 1

  /// The drawn pictures: their number, size and seed.
  static let pictures = (count: 4000, size: 32, seed: 1)

  private static let seeds = 5
  private static let samples = 400
  private static let generations = 10

  /// The strategies that every card holds.
  private static let strategies = [
    "replace", "refit", "accumulate", "accumulate-subsample", "window:generations=3",
    "synthetic-augmentation:share=0.1", "synthetic-augmentation:share=0.5", "fresh-data:share=0.1",
    "fresh-data:share=0.5", "weighted:weight=golden",
  ]

  /// The generator that every card holds.
  private static let generator = "patches"

  /// The folder of data, runs and card.
  var folder: FilePath

  /// What is entered beside the strategies: as text, or written out.
  let enteredStrategies: [JSONValue]

  /// What is entered beside the generator.
  let enteredGenerators: [String]

  /// The pictures.
  var data: FilePath { folder.appending(Self.dataName) }

  /// The name of their folder.
  static let dataName = "data"

  /// The runs.
  var runs: FilePath { folder.appending("runs") }

  /// The file of the study.
  var file: FilePath { folder.appending("benchmark.yaml") }

  /// The study, in the subset of YAML that is JSON.
  var text: [UInt8] {
    let strategies = Self.strategies.map(JSONValue.string)
    let generators = [Self.generator] + enteredGenerators.filter { $0 != Self.generator }
    return JSONValue.object([
      .init("data", .array([.string(Self.dataName)])), .init("seeds", .integer(Self.seeds)),
      .init("samples", .integer(Self.samples)), .init("generations", .integer(Self.generations)),
      .init("control", .bool(false)),
      .init("generator", .array(generators.map(JSONValue.string))),
      .init(
        "strategies",
        .array(strategies + enteredStrategies.filter { !strategies.contains($0) })),
    ]).bytes(.pretty)
  }

  /// Reads strategies: names with their keys, or YAML files with the key `strategy`.
  ///
  /// - Throws: `RecursionError` for an unknown name, `ConfigurationFile.Failure` for a file.
  static func strategies(_ words: [String]) throws -> [JSONValue] {
    try words.map { word in
      guard word.hasSuffix(".yaml") || word.hasSuffix(".yml") else {
        _ = try StrategyCatalogue.strategy(named: word)
        return .string(word)
      }
      let path = FilePath(word)
      let entries = try ConfigurationFile.mapping(in: path)
      guard let node = entries.first(where: { $0.key.string == "strategy" })?.value else {
        throw ConfigurationFile.Failure(
          path: path, place: nil,
          reason: "it has no key strategy. Write the recipe under it, as `genloss run --config` "
            + "takes it.")
      }
      let strategy = try ConfigurationFile.json(node, path: path)
      _ = try StrategyCatalogue.strategy(
        named: strategy.string ?? String(decoding: strategy.bytes(), as: UTF8.self))
      return strategy
    }
  }
}
