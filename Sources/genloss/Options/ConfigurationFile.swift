import ArgumentParser
import Recursion
import Storage
import SystemPackage
import Yams

/// Options from a YAML file, `--config FILE.yaml`, which maps the names of flags to their values.
///
/// Flags on the command line win. The `run.json` of a run folder is such a file, too: its
/// `configuration` gives the same run again.
struct ConfigurationFile {
  /// A line and a column, from 1 on.
  struct Place: Equatable {
    let line: Int
    let column: Int

    init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    init?(_ mark: Mark?) {
      guard let mark else { return nil }
      self.init(line: mark.line, column: mark.column)
    }
  }

  /// An option that the file sets.
  struct Entry {
    let option: KnownOption

    /// The option as a word of a command line; `nil` for a flag that is off, or nothing at all.
    let argument: String?

    let place: Place?
  }

  /// What is wrong with a file, and where.
  struct Failure: Error, CustomStringConvertible {
    let path: FilePath
    let place: Place?
    let reason: String

    init(path: FilePath, place: Place?, reason: String) {
      self.path = path
      self.place = place
      self.reason = reason
    }

    /// What the parser says, without the lines of the file that it would repeat: they may be long
    /// and hold what commands a terminal.
    init(_ error: any Error, in path: FilePath) {
      switch error {
      case YamlError.scanner(_, let problem, let mark, _)
      where problem.hasPrefix("Maximum nesting"),
        YamlError.parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting"):
        self.init(
          path: path, place: Place(mark),
          reason: "it is nested too deeply. It must hold lines of the form \"option: value\".")
      case YamlError.scanner(_, let problem, let mark, _),
        YamlError.parser(_, let problem, let mark, _),
        YamlError.composer(_, let problem, let mark, _):
        self.init(path: path, place: Place(mark), reason: "it is not YAML: \(problem).")
      case YamlError.reader(let problem, _, _, _):
        self.init(path: path, place: nil, reason: "it is not YAML: \(problem).")
      case YamlError.duplicatedKeysInMapping(let duplicates, let context):
        let keys = duplicates.map { FilePath.printable(Array($0.utf8)) }.sorted()
        self.init(
          path: path, place: Place(context.mark),
          reason: "\(keys.joined(separator: ", ")) stands twice. Keep one of the lines.")
      default: self.init(path: path, place: nil, reason: "it is not YAML.")
      }
    }

    /// The place, then the reason.
    var description: String {
      let place = place.map { ":\($0.line):\($0.column)" } ?? ""
      return "\(path.printable)\(place): \(reason)"
    }
  }

  private static let flag = "--config"

  /// A longer file is not a list of options.
  private static let largestFile = 1 << 20

  private let path: FilePath

  /// What the file sets, in its order.
  private let entries: [Entry]

  /// The positional arguments of the command, in the order in which they are typed.
  private let positional: [KnownOption]

  /// Reads the file that a command line names; `nil` if it names none.
  ///
  /// - Parameter words: The words after the command.
  /// - Throws: ``Failure`` with line and column, or `StorageError`.
  init?(named words: some Collection<String>, for command: any ParsableCommand.Type) throws {
    let words = Array(words)
    guard let name = Self.name(in: words) else { return nil }
    let path = FilePath(name)
    let known = try KnownOption.all(of: command).filter {
      !["config", "help", "version"].contains($0.names.first)
    }
    self.path = path
    let all = try Self.mapping(in: path)
    let run = all.first { $0.key.string == "configuration" }?.value.mapping
    entries = try (run.map(Array.init) ?? all).map { key, value in
      try Self.entry(key, value, known: known, path: path)
    }
    positional = known.filter { $0.kind == .positional }
    try check(by: command, before: words)
  }

  /// Lets the command itself read the whole line, and, where it refuses that, the line without each of
  /// the options, so that the refusal is told with the place of the option that causes it.
  ///
  /// What is refused whatever the file says is left to whoever reads the line.
  private func check(by command: any ParsableCommand.Type, before words: [String]) throws {
    func refusal(of entries: [Entry]) -> String? {
      do {
        _ = try command.parse(arguments(entries, before: words))
        return nil
      } catch {
        return command.message(for: error)
      }
    }
    guard let reason = refusal(of: entries) else { return }
    let options = entries.indices.filter { entries[$0].option.kind != .positional }
    let without = options.map { left in
      (
        entry: entries[left],
        refusal: refusal(of: entries.indices.filter { $0 != left }.map { entries[$0] })
      )
    }
    let causes = without.filter { $0.refusal != reason }
    // What is asked for and is then missing is refused, too, so that those that heal come first.
    let healing = causes.filter { $0.refusal == nil }
    guard let cause = (healing.isEmpty ? causes : healing).first else { return }
    guard (healing.isEmpty ? causes : healing).count == 1 else {
      // Each is right, and so it is some together that are not.
      throw Failure(path: path, place: nil, reason: reason)
    }
    throw try cause.entry.failure(
      of: command, beside: positional.map { $0.values.first ?? "DATA" }, path: path, reason: reason)
  }

  /// The words after the command, behind those of the file: what a user typed comes later and wins.
  func arguments(before words: [String]) -> [String] { arguments(entries, before: words) }

  private func arguments(_ entries: [Entry], before words: [String]) -> [String] {
    let isTyped = words.first.map { !$0.hasPrefix("-") } ?? false
    let data =
      isTyped
      ? []
      : positional.compactMap { argument in
        entries.first { $0.option.names == argument.names }?.argument
      }
    let options = entries.filter { $0.option.kind != .positional }.compactMap(\.argument)
    // An option that takes one value ends the list of words of the one before it.
    return data + options + ["\(Self.flag)=\(path.string)"] + words
  }

  /// An error about an option as one about the line that sets it; `nil` if the file does not set it, or
  /// a word of the command line does after it.
  func failure(of name: String, _ error: any Error, words: [String]) -> Failure? {
    guard let entry = entries.last(where: { $0.option.names.contains(name) }),
      entry.argument != nil,
      !words.contains(where: { $0 == "--\(name)" || $0.hasPrefix("--\(name)=") })
    else { return nil }
    return Failure(path: path, place: entry.place, reason: "\(error)")
  }

  private static func name(in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if word == flag, index + 1 < words.count { return words[index + 1] }
      if word.hasPrefix(flag + "=") { return String(word.dropFirst(flag.count + 1)) }
    }
    return nil
  }

  private static func entry(
    _ key: Node, _ value: Node, known: [KnownOption], path: FilePath
  ) throws -> Entry {
    let name = key.string ?? ""
    guard let option = known.first(where: { $0.names.contains(name) }) else {
      throw Failure(
        path: path, place: Place(key.mark),
        reason: "there is no option \(UsageError.shown(name))."
          + NearestName.question(name, among: known.flatMap(\.names)))
    }
    return try entry(option, named: name, value, known: known, path: path)
  }

  /// Reads the value of an option.
  static func entry(
    _ option: KnownOption, named name: String, _ value: Node, known: [KnownOption], path: FilePath
  ) throws -> Entry {
    if option.names.contains("strategy"), value.mapping != nil {
      return try strategy(value, option: option, path: path)
    }
    if option.kind == .option, option.isRepeating, let list = value.sequence {
      return try Self.list(Array(list), of: name, option, value, path: path)
    }
    guard let scalar = value.scalar else {
      throw Failure(
        path: path, place: Place(value.mark),
        reason: "\(name) takes one value, not a list or a mapping.")
    }
    let place = Place(value.mark)
    if value.null != nil { return Entry(option: option, argument: nil, place: place) }
    switch option.kind {
    case .positional: return Entry(option: option, argument: scalar.string, place: place)
    case .option:
      return Entry(option: option, argument: "--\(name)=\(scalar.string)", place: place)
    case .flag:
      guard let isOn = value.bool else {
        throw Failure(
          path: path, place: place,
          reason: "\(name) is true or false, not \(UsageError.shown(scalar.string)).")
      }
      let opposite = known.flatMap(\.names).first { $0 == "no-\(name)" || "no-\($0)" == name }
      return Entry(
        option: option, argument: isOn ? "--\(name)" : opposite.map { "--\($0)" }, place: place)
    }
  }

  /// A list of words, for an option that takes several.
  private static func list(
    _ nodes: [Node], of name: String, _ option: KnownOption, _ value: Node, path: FilePath
  ) throws -> Entry {
    let words = try nodes.map { node in
      guard let word = node.scalar?.string else {
        throw Failure(
          path: path, place: Place(node.mark), reason: "\(name) takes words, not lists of lists.")
      }
      return word
    }
    return Entry(
      option: option,
      argument: words.isEmpty ? nil : "--\(name)=\(words.joined(separator: ","))",
      place: Place(value.mark))
  }

  /// The keys and values of a YAML file, which has no references.
  static func mapping(in path: FilePath) throws -> [(key: Node, value: Node)] {
    let bytes = try FileStore.read(path, limit: largestFile)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(path: path, place: nil, reason: "it is not UTF-8 text.")
    }
    let node: Node?
    do {
      node = try ReferenceFreeYAML.compose(text)
    } catch let reference as ReferenceFreeYAML.Reference {
      throw Failure(
        path: path, place: Place(line: reference.line, column: reference.column),
        reason: "anchors and aliases are not supported. Write the value out, or in quotes.")
    } catch {
      throw Failure(error, in: path)
    }
    guard let node else { return [] }
    guard let mapping = node.mapping else {
      throw Failure(
        path: path, place: Place(node.mark),
        reason: "it must hold lines of the form \"option: value\".")
    }
    return mapping.map { (key: $0.key, value: $0.value) }
  }
}

extension ConfigurationFile.Entry {
  /// Lets the command itself read the option alone, so that what it refuses is told with its line.
  func check(
    by command: any ParsableCommand.Type, beside positional: String, path: FilePath
  ) throws {
    guard let argument, option.kind != .positional else { return }
    do {
      _ = try command.parse([positional, argument])
    } catch {
      throw try failure(
        of: command, beside: [positional], path: path, reason: command.message(for: error))
    }
  }

  /// What is wrong with the option, in the words of the command line, with its line.
  func failure(
    of command: any ParsableCommand.Type, beside positional: [String], path: FilePath,
    reason: String
  ) throws -> ConfigurationFile.Failure {
    let usage = try UsageError(
      [command._commandName] + positional + [argument].compactMap(\.self), commands: [command],
      reason: reason)
    return ConfigurationFile.Failure(path: path, place: place, reason: usage.description)
  }
}
