import ArgumentParser
import Storage

/// An argument of a command, from the parser's own description of it.
struct KnownOption {
  /// How an argument is written.
  enum Kind: String {
    case positional
    case option
    case flag
  }

  let kind: Kind

  /// The long names without dashes, or the name of the value of a positional argument.
  let names: [String]

  /// The letters that stand for it after one dash.
  let letters: [String]

  /// The values there are to choose from; empty if they are not a list.
  let values: [String]

  /// Whether the command works without it.
  let isOptional: Bool

  /// Whether it may be given several times.
  let isRepeating: Bool

  /// Whether its value is a list between commas, as its help says or shows.
  let takesCommas: Bool

  /// The arguments of a command, those that every command has among them.
  static func all(of command: any ParsableCommand.Type) throws -> [KnownOption] {
    let description = try JSONValue(parsing: Array(command._dumpHelp().utf8))
    return (description["command"]?["arguments"]?.array ?? []).compactMap { argument in
      guard let kind = argument["kind"]?.string.flatMap(Kind.init(rawValue:)) else { return nil }
      func names(_ kind: String) -> [String] {
        (argument["names"]?.array ?? []).filter { $0["kind"]?.string == kind }
          .compactMap { $0["name"]?.string }
      }
      let value = argument["valueName"]?.string
      return KnownOption(
        kind: kind, names: kind == .positional ? value.map { [$0] } ?? [] : names("long"),
        letters: names("short"),
        values: (argument["allValues"]?.array ?? []).compactMap(\.string),
        isOptional: argument["isOptional"]?.bool ?? true,
        isRepeating: argument["isRepeating"]?.bool ?? false,
        takesCommas: argument["abstract"]?.string?
          .contains(/between commas|such as [^\s=,]+,[^\s=]/) ?? false)
    }
  }
}
