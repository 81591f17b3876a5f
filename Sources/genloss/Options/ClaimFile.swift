import Claims
import Metrics
import Recursion
import Storage
import SystemPackage
import Yams

/// A claim as a study's file holds it, under the key `claim`.
///
///     claim:
///       says: Collapse is not inevitable if data accumulates.
///       source: Gerstgrasser et al. 2024
///       scope: In this model class, on drawn icons.
///       unsettled: ...                 # only where such runs cannot settle it
///       expect:
///         - says: accumulating keeps more recall than replacing
///           metric: recall
///           of: {strategy: accumulate}
///           is: above                  # or below
///           times: 1.5                 # default 1
///           than: {strategy: replace}  # what is not written is as in `of`
///
/// `of` and `than` name options with their values, and `generation` (a number or `last`), `metric` and
/// `as` (value, lost, drift or kept).
struct ClaimFile {
  /// The file.
  let path: FilePath

  /// The claim.
  let claim: Claim

  /// The key under which a study holds it.
  static let key = "claim"

  /// Reads the claim of a study; `nil` if it has none.
  ///
  /// - Throws: `ConfigurationFile.Failure` with line and column, or `StorageError`.
  init?(reading path: FilePath) throws {
    let entries = try ConfigurationFile.mapping(in: path)
    guard let node = entries.first(where: { $0.key.string == Self.key })?.value else { return nil }
    let reader = Reader(path: path)
    let members = try reader.members(
      node, of: Self.key, known: ["says", "source", "scope", "unsettled", "expect"])
    self.path = path
    guard let expect = members["expect"]?.sequence, !expect.isEmpty else {
      throw reader.failure(
        node, "expect is a list of what must be seen if the claim holds; it is missing.")
    }
    claim = Claim(
      name: path.stem ?? "", says: try reader.text("says", members, node),
      source: try reader.text("source", members, node),
      scope: try reader.text("scope", members, node),
      unsettled: try members["unsettled"].map { try reader.text($0, "unsettled") },
      expectations: try expect.map(reader.expectation))
  }

  /// Takes keys and values apart.
  private struct Reader {
    let path: FilePath

    private static let own = ["metric", "generation", "as"]

    func failure(_ node: Node, _ reason: String) -> ConfigurationFile.Failure {
      ConfigurationFile.Failure(
        path: path, place: ConfigurationFile.Place(node.mark), reason: reason)
    }

    /// The members of a mapping, whose keys are known.
    func members(_ node: Node, of key: String, known: [String]?) throws -> [String: Node] {
      guard let mapping = node.mapping else {
        throw failure(node, "\(key) holds lines of the form \"key: value\".")
      }
      var members: [String: Node] = [:]
      for (name, value) in mapping {
        let text = name.string ?? ""
        if let known, !known.contains(text) {
          throw failure(
            name,
            "there is no key \(UsageError.shown(text)) in \(key)."
              + NearestName.question(text, among: known) + " Its keys are "
              + known.joined(separator: ", ") + ".")
        }
        members[text] = value
      }
      return members
    }

    func text(_ key: String, _ members: [String: Node], _ node: Node) throws -> String {
      guard let value = members[key] else { throw failure(node, "\(key) is missing.") }
      return try text(value, key)
    }

    func text(_ value: Node, _ key: String) throws -> String {
      guard let scalar = value.scalar, !scalar.string.isEmpty else {
        throw failure(value, "\(key) is a text.")
      }
      return scalar.string
    }

    /// One of the words that a type has.
    private func word<Word: RawRepresentable & CaseIterable>(
      _ value: Node, _ key: String, _: Word.Type
    ) throws -> Word where Word.RawValue == String {
      let typed = try text(value, key)
      guard let word = Word(rawValue: typed) else {
        let words = Word.allCases.map(\.rawValue)
        throw failure(
          value,
          "\(key) is \(words.joined(separator: " or ")), not \(UsageError.shown(typed))."
            + NearestName.question(typed, among: words))
      }
      return word
    }

    func expectation(_ node: Node) throws -> Expectation {
      let members = try members(
        node, of: "expect", known: ["says", "metric", "of", "is", "times", "than"])
      guard let metric = members["metric"], let relation = members["is"],
        let than = members["than"]
      else {
        throw failure(node, "an expectation has the keys metric, is and than; one is missing.")
      }
      var factor = 1.0
      if let times = members["times"] {
        guard let number = times.float, number.isFinite, number > 0 else {
          throw failure(times, "times is a number above 0.")
        }
        factor = number
      }
      var first = Quantity(metric: try self.metric(metric))
      if let of = members["of"] { first = try quantity(of, "of", from: first) }
      return Expectation(
        try text("says", members, node), first, try word(relation, "is", Expectation.Relation.self),
        try quantity(than, "than", from: first), times: factor)
    }

    private func metric(_ node: Node) throws -> String {
      let id = try text(node, "metric")
      let ids = MetricCatalogue.entries.map(\.id)
      // The shares of classes are named by the data.
      guard ids.contains(id) || id.hasPrefix("share:") else {
        throw failure(
          node,
          "there is no metric \(UsageError.shown(id))."
            + NearestName.metricQuestion(id, among: ids))
      }
      return id
    }

    /// A quantity that is as another, but for what is written.
    private func quantity(_ node: Node, _ key: String, from base: Quantity) throws -> Quantity {
      var quantity = base
      for (name, value) in try members(node, of: key, known: nil) {
        switch name {
        case "metric": quantity.metric = try metric(value)
        case "as": quantity.transform = try word(value, "as", Quantity.Transform.self)
        case "generation":
          if value.scalar?.string == "last" {
            quantity.moment = .last
          } else if let generation = value.int, generation >= 0 {
            quantity.moment = .generation(generation)
          } else {
            throw failure(value, "generation is a number from 0 on, or last.")
          }
        case "strategy":
          let text = try text(value, name)
          do {
            _ = try StrategyCatalogue.strategy(named: text)
          } catch {
            throw failure(value, "\(error)")
          }
          quantity.runs[name] = text
        default: quantity.runs[name] = try text(value, name)
        }
      }
      return quantity
    }
  }
}
