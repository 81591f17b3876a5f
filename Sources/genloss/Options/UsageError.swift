import ArgumentParser
import Recursion
import Storage
import SystemPackage

/// A command line that the parser does not take, in a sentence: the first word that is wrong, and
/// what was probably meant.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  /// Finds what is wrong with a command line that the parser refused.
  ///
  /// - Parameters:
  ///   - words: The command line after the name of the program.
  ///   - reason: What the parser said.
  init(_ words: [String], commands: [any ParsableCommand.Type], reason: String) throws {
    let command = words.first.flatMap { word in commands.first { $0._commandName == word } }
    guard let command else {
      description = Self.unknownCommand(words, commands) ?? Self.sentence(reason, nil)
      return
    }
    description = try Self.mistake(words, command) ?? Self.sentence(reason, command)
  }

  private init(description: String) {
    self.description = description
  }

  /// Finds a long option that lost one of its dashes and has an `h`: the parser takes it for letters,
  /// the `h` for a wish for help, and everything else for nothing.
  static func mistakenForHelp(
    _ words: [String], commands: [any ParsableCommand.Type]
  ) throws -> UsageError? {
    guard let command = commands.first(where: { $0._commandName == words.first }),
      words.contains(where: { $0.contains(/^-[^-].*h|^-h./) })
    else { return nil }
    return try mistake(words, command).map(UsageError.init(description:))
  }

  private static func mistake(
    _ words: [String], _ command: any ParsableCommand.Type
  ) throws -> String? {
    let line = ArgumentLine(Array(words.dropFirst()), options: try KnownOption.all(of: command))
    return line.mistake(in: command._commandName)
  }

  private static func unknownCommand(
    _ words: [String], _ commands: [any ParsableCommand.Type]
  ) -> String? {
    let names = commands.map { $0._commandName }
    let word = words.first == "help" ? words.dropFirst().first : words.first
    guard let word, !names.contains(word) else { return nil }
    let (kind, known) =
      word.hasPrefix("-") && words.first != "help"
      ? ("option", ["--help", "--version"]) : ("command", names + ["help"])
    return "there is no \(kind) \(shown(word))." + NearestName.question(word, among: known)
      + " `genloss --help` shows what there is."
  }

  /// The parser's own words as a sentence.
  private static func sentence(_ reason: String, _ command: (any ParsableCommand.Type)?) -> String {
    let words = FilePath.printable(Array(reason.utf8))
    if words.hasSuffix("?") || words.contains("`genloss") { return words }
    let name = command.map { " \($0._commandName)" } ?? ""
    return words + (words.hasSuffix(".") ? "" : ".") + " `genloss\(name) --help` shows the options."
  }

  /// A word of the command line between quotes, with nothing in it that commands a terminal.
  static func shown(_ word: String) -> String {
    "\"\(FilePath.printable(Array(word.utf8)))\""
  }
}

/// The words after a command, beside the arguments that it has.
private struct ArgumentLine {
  private let words: [String]
  private let options: [KnownOption]

  init(_ words: [String], options: [KnownOption]) {
    self.words = words
    self.options = options
  }

  private var longNames: [String] {
    options.filter { $0.kind != .positional }.flatMap(\.names).map { "--\($0)" }
  }

  /// The first word that is no option, value or argument of the command; `nil` if all are.
  func mistake(in command: String) -> String? {
    var positional = options.filter { $0.kind == .positional }
    var hasRepeating = false
    /// The option whose value, a list, stands directly before what comes next.
    var list: (name: String, value: String)?
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word == "--" { return nil }
      guard word.hasPrefix("-"), word.utf8.count > 1 else {
        guard !positional.isEmpty else {
          return unexpected(word, in: command, behind: list, followedBy: words[index...])
        }
        list = nil
        let argument = positional[0]
        if argument.isRepeating { hasRepeating = true } else { positional.removeFirst() }
        if let wrong = choice(word, of: argument, named: argument.names.first ?? "") {
          return wrong
        }
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      list = nil
      guard let option = option(written: name) else { return unknown(name, in: command) }
      guard option.kind == .option else { continue }
      if parts.count == 2 {
        if let wrong = choice(String(parts[1]), of: option, named: name) { return wrong }
      } else if index < words.count, !words[index].hasPrefix("-") {
        repeat {
          if let wrong = choice(words[index], of: option, named: name) { return wrong }
          if option.takesCommas { list = (name, words[index]) }
          index += 1
        } while option.isRepeating && index < words.count && !words[index].hasPrefix("-")
      } else if index < words.count {
        return "\(name) takes a value, and \(UsageError.shown(words[index])) looks like an option. "
          + "Write \(name)=VALUE if the value begins with a dash."
      } else {
        return "\(name) takes a value. Write \(name) VALUE."
      }
    }
    guard
      let missing = positional.first(where: { !$0.isOptional && !($0.isRepeating && hasRepeating) }
      )?
      .names.first
    else {
      return nil
    }
    return "\(command) needs \(missing.uppercased()). `genloss \(command) --help` begins with an "
      + "example."
  }

  private func option(written word: String) -> KnownOption? {
    options.first { option in
      option.kind != .positional
        && (option.names.contains { "--\($0)" == word }
          || option.letters.contains { "-\($0)" == word })
    }
  }

  private func unknown(_ name: String, in command: String) -> String {
    "\(command) has no option \(UsageError.shown(name))."
      + NearestName.question(name, among: longNames)
      + " `genloss \(command) --help` shows them all."
  }

  private func unexpected(
    _ word: String, in command: String, behind list: (name: String, value: String)?,
    followedBy rest: ArraySlice<String>
  ) -> String {
    let start = "\(command) does not know what to do with \(UsageError.shown(word))."
    if let list {
      let words = [list.value, word] + rest.prefix { !$0.hasPrefix("-") }
      return start + " Write a list between commas: "
        + FilePath.printable(Array("\(list.name) \(words.joined(separator: ","))".utf8)) + "."
    }
    return start
      + NearestName.question(word, among: longNames)
      + " `genloss \(command) --help` shows how it is used."
  }

  /// What is wrong with a value that must be one of a list; `nil` if nothing is.
  private func choice(_ value: String, of option: KnownOption, named name: String) -> String? {
    guard !option.values.isEmpty, !option.values.contains(value) else { return nil }
    let list =
      option.values.dropLast().joined(separator: ", ") + " or " + (option.values.last ?? "")
    return "\(name) cannot be \(UsageError.shown(value)): it is \(list)."
      + NearestName.question(value, among: option.values)
  }
}
