import ArgumentParser
import Recursion
import Storage
import SystemPackage
import Yams

/// Options from a YAML file, `--config FILE.yaml`, which maps the names of flags to their values.
///
/// Flags on the command line win.
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

  /// Returns the arguments with the options of the file that they name put right after the command.
  ///
  /// So what a user typed comes later and wins. Without `--config` they stay as they are.
  ///
  /// - Throws: ``Failure`` with line and column, or `StorageError`.
  static func expanding(
    _ arguments: [String], commands: [any ParsableCommand.Type]
  ) throws -> [String] {
    guard let name = arguments.first,
      let command = commands.first(where: { $0._commandName == name }),
      let file = fileName(in: arguments)
    else { return arguments }
    let rest = Array(arguments.dropFirst())
    let hasData = rest.first.map { !$0.hasPrefix("-") } ?? false
    let options = try ConfigurationFile(path: FilePath(file)).options(
      of: command, withoutPositional: hasData)
    return [name] + options + rest
  }

  private static func fileName(in arguments: [String]) -> String? {
    for (index, argument) in arguments.enumerated() {
      if argument == flag, index + 1 < arguments.count { return arguments[index + 1] }
      if argument.hasPrefix(flag + "=") { return String(argument.dropFirst(flag.count + 1)) }
    }
    return nil
  }

  /// The options of the file as arguments of a command.
  private func options(
    of command: any ParsableCommand.Type, withoutPositional: Bool
  ) throws -> [String] {
    let known = try KnownOption.all(of: command)
    var arguments: [String] = []
    for (key, value) in try mapping() {
      guard let name = key.string, let option = known.first(where: { $0.name == name }) else {
        let name = key.string ?? ""
        let nearest = NearestName.of(name, among: known.map(\.name))
        throw Failure(
          path: path, place: Place(key.mark),
          reason: "there is no option \"\(FilePath.printable(Array(name.utf8)))\"."
            + (nearest.map { " Did you mean \"\($0)\"?" } ?? ""))
      }
      guard let scalar = value.scalar else {
        throw Failure(
          path: path, place: Place(value.mark),
          reason: "\(name) takes one value, not a list or a mapping.")
      }
      if value.null != nil { continue }
      switch option.kind {
      case .flag:
        guard let isOn = value.bool else {
          throw Failure(
            path: path, place: Place(value.mark),
            reason:
              "\(name) is true or false, not \"\(FilePath.printable(Array(scalar.string.utf8)))\".")
        }
        if isOn { arguments.append("--\(name)") }
      case .option: arguments.append("--\(name)=\(scalar.string)")
      case .positional: if !withoutPositional { arguments.insert(scalar.string, at: 0) }
      }
    }
    return arguments
  }

  /// The keys and values of the file.
  private func mapping() throws -> [(key: Node, value: Node)] {
    let bytes = try FileStore.read(path, limit: Self.largestFile)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(path: path, place: nil, reason: "it is not UTF-8 text.")
    }
    if let place = Self.reference(in: bytes) {
      throw Failure(
        path: path, place: place,
        reason: "anchors and aliases are not supported: no word may begin with & or *, not even in "
          + "quotes or comments. Write the value out.")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
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

  /// The place of the first `&` or `*` that could be an anchor or an alias.
  ///
  /// They are refused before the parser sees them: a few lines of nested aliases keep it busy for
  /// ever. Where quotes and comments begin only a parser knows, so neither makes an exception here.
  static func reference(in bytes: [UInt8]) -> Place? {
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "/"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    let marks = [UInt8(ascii: "&"), UInt8(ascii: "*")]
    guard
      let index = bytes.indices.dropLast().first(where: { index in
        marks.contains(bytes[index]) && bytes[index + 1] > UInt8(ascii: " ")
          && (index == 0 || !isWord(bytes[index - 1]))
      })
    else { return nil }
    let before = bytes[..<index]
    return Place(
      line: before.count { $0 == UInt8(ascii: "\n") } + 1,
      column: index - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1))
  }
}

/// An option as a configuration file may name it.
private struct KnownOption {
  enum Kind: String {
    case positional
    case option
    case flag
  }

  let name: String
  let kind: Kind

  /// The options of a command, from the parser's own description of it.
  static func all(of command: any ParsableCommand.Type) throws -> [KnownOption] {
    let description = try JSONValue(parsing: Array(command._dumpHelp().utf8))
    return (description["command"]?["arguments"]?.array ?? []).compactMap { argument in
      guard let kind = argument["kind"]?.string.flatMap(Kind.init(rawValue:)) else { return nil }
      let long = argument["names"]?.array?.first { $0["kind"]?.string == "long" }?["name"]?.string
      guard let name = kind == .positional ? argument["valueName"]?.string : long,
        name != "config", name != "help"
      else { return nil }
      return KnownOption(name: name, kind: kind)
    }
  }
}
