import Storage

/// What the samples that a generation drew descend from: a row of `lineage.csv`.
public struct Lineage: Equatable, Sendable {
  /// The generation.
  public let generation: Int

  /// The components of its model that drew a sample.
  public let components: Int

  /// The components of generation 0 from which these descend.
  public let founders: Int

  /// The originals from which they descend.
  public let originals: Int

  /// The row as `metrics.json` keeps it.
  var json: JSONValue {
    [
      "components": .integer(components), "founders": .integer(founders),
      "originals": .integer(originals),
    ]
  }

  /// Reads ``json`` back; `nil` if there is none.
  init?(_ json: JSONValue?, generation: Int) {
    guard let components = json?["components"]?.integer,
      let founders = json?["founders"]?.integer, let originals = json?["originals"]?.integer
    else { return nil }
    self.init(
      generation: generation, components: components, founders: founders, originals: originals)
  }

  init(generation: Int, components: Int, founders: Int, originals: Int) {
    self.generation = generation
    self.components = components
    self.founders = founders
    self.originals = originals
  }

  /// The table of all generations.
  static func table(_ rows: [Lineage]) -> [UInt8] {
    CSV.line(
      ["generation", "components", "components_of_generation_0", "originals"].map(CSV.Field.text))
      + rows.flatMap { row in
        CSV.line([
          .integer(row.generation), .integer(row.components), .integer(row.founders),
          .integer(row.originals),
        ])
      }
  }
}
