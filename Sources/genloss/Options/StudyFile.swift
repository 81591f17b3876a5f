import ArgumentParser
import GenerationLoss
import Recursion
import Storage
import Studies
import SystemPackage
import Yams

/// A study as a YAML file: `data`, `strategies`, `seeds`, any option of `run` with a value or a list of
/// them, `exclude` and `include`.
struct StudyFile {
  /// The file.
  let path: FilePath

  /// The cells.
  let grid: StudyGrid

  /// The exclusions that match no cell, in words.
  let warnings: [String]

  /// Where the values stand.
  private let places: [Entry]

  /// The distinct real samples that every loop is to see; `nil` leaves `samples` as it is.
  private let realBudget: (count: Int, place: ConfigurationFile.Place?)?

  /// A value with its place.
  private struct Entry {
    let key: String
    let value: StudyValue
    let option: ConfigurationFile.Entry
  }

  /// The names of a study for options of a run.
  private static let plurals = [
    "data": StudyCell.dataKey, "strategies": StudyCell.strategyKey, "seeds": StudyCell.seedKey,
  ]

  private static let exclude = "exclude"
  private static let include = "include"
  private static let budget = "real-budget"

  /// The most seeds that a number stands for.
  private static let mostSeeds = 10_000

  /// The options of a run that are a study's own affair, by why they cannot be set in the file.
  private static let foreign: Set<String> = [
    "out", "force", "dry-run", "strict", "shared", "tensorboard", "threads", "quiet", "verbose",
    "json",
    "color", "config",
    "data-fingerprint", "help", "version",
  ]

  /// Reads a study.
  ///
  /// - Throws: ``ConfigurationFile/Failure`` with line and column, or `StorageError`.
  init(reading path: FilePath) throws {
    self.path = path
    var reader = Reader(path: path, known: try KnownOption.all(of: RunCommand.self))
    var axes: [StudyAxis] = []
    var excluded: [(StudyPattern, ConfigurationFile.Place?)] = []
    var included: [[StudyAxis]] = []
    var realBudget: (count: Int, place: ConfigurationFile.Place?)?
    for (key, value) in try ConfigurationFile.mapping(in: path) {
      switch key.string {
      case ClaimFile.key: break
      case Self.exclude:
        for (entry, place) in try reader.mappings(value, of: Self.exclude) {
          let values = try entry.map { key, value in
            guard key.string != "seeds" || value.scalar == nil else {
              throw reader.failure(
                value,
                "seeds could be a number of seeds here, or a seed. Write \"seed: 2\" to leave out one, "
                  + "\"seeds: [1, 2]\" for several.")
            }
            return try reader.axis(key, value)
          }
          try reader.requireOnce(values, place)
          excluded.append(
            (
              StudyPattern(
                Dictionary(uniqueKeysWithValues: values.map { ($0.key, $0.values.map(\.text)) })),
              place
            ))
        }
      case Self.include:
        for (entry, place) in try reader.mappings(value, of: Self.include) {
          let values = try entry.map { try reader.axis($0.key, $0.value) }
          try reader.requireOnce(values, place)
          included.append(values)
        }
      case Self.budget:
        guard let count = value.scalar.flatMap({ Int($0.string) }), count > 1 else {
          throw reader.failure(value, "\(Self.budget) is a number of real samples, 2 or more.")
        }
        realBudget = (count, ConfigurationFile.Place(value.mark))
      default: axes.append(try reader.axis(key, value))
      }
    }
    try reader.requireOnce(axes, nil)
    let grid = StudyGrid(axes: axes, excluded: excluded.map(\.0), included: included)
    guard grid.largestCount != nil else {
      throw reader.failure(
        nil, "it has more than \(StudyGrid.mostCells) cells. Make its lists shorter.")
    }
    guard axes.contains(where: { $0.key == StudyCell.dataKey }) else {
      throw reader.failure(
        nil, "it has no data. Write what is real, such as \"data: [my-pictures]\".")
    }
    guard !grid.cells.isEmpty else {
      throw reader.failure(nil, "nothing is left of it: \"exclude\" matches every cell.")
    }
    self.grid = grid
    self.realBudget = realBudget
    places = reader.entries
    warnings = grid.idleExclusions.flatMap { index, idle in
      let place = excluded[index].1.map { ":\($0.line):\($0.column)" } ?? ""
      let subjects = idle.map { "\($0.key) \(UsageError.shown($0.text)) in " }
      return (subjects.isEmpty ? [""] : subjects).map {
        "\(path.printable)\(place): \($0)this exclusion matches no cell; values are compared as they "
          + "are written in the study."
      }
    }
  }

  /// The cells, each with the command that runs it.
  ///
  /// - Throws: as ``command(of:)``.
  func commands() throws -> [(cell: StudyCell, command: RunCommand)] {
    try grid.cells.map { cell in
      let command = try command(of: cell)
      guard let realBudget else { return (cell, command) }
      let spent = try spending(realBudget.count, by: command.configuration, in: cell)
      return (spent, try self.command(of: spent))
    }
  }

  /// A cell with the most samples with which its loop sees no more distinct real samples than there are
  /// to be spent.
  private func spending(
    _ budget: Int, by configuration: RunConfiguration, in cell: StudyCell
  ) throws -> StudyCell {
    func failure(_ reason: String) -> ConfigurationFile.Failure {
      ConfigurationFile.Failure(path: path, place: realBudget?.place, reason: reason)
    }
    guard configuration.samples == nil else {
      throw failure("\(Self.budget) decides on samples. Leave one of the two out.")
    }
    let enough = try configuration.resolvedStrategy().samples(
      spending: Double(budget), generations: configuration.generations, supply: nil)
    guard let enough else {
      throw failure(
        "the cell \(cell.title) sees more than \(budget) real samples however few it draws. Raise "
          + "\(Self.budget), or list the cell under \"exclude\".")
    }
    return cell.adding(
      "samples", StudyValue("\(enough)", argument: "--samples=\(enough)"))
  }

  /// The command that runs a cell.
  ///
  /// - Throws: ``ConfigurationFile/Failure`` for options that the command refuses, with the line of the
  ///   value that it refuses alone, if there is one.
  func command(of cell: StudyCell) throws -> RunCommand {
    do {
      return try RunCommand.parse(cell.arguments)
    } catch {
      for setting in cell.settings {
        let entry = places.first { $0.key == setting.key && $0.value == setting.value }
        try entry?.option.check(by: RunCommand.self, beside: "DATA", path: path)
      }
      throw ConfigurationFile.Failure(
        path: path, place: nil,
        reason: "the cell \(cell.title) cannot be run: \(RunCommand.message(for: error)) "
          + "List it under \"exclude\", or change it.")
    }
  }

  /// Why a cell cannot be run, where the study decides on its samples in the study's words.
  func refusal(of cell: StudyCell, _ error: any Error) -> String {
    guard let realBudget,
      case RecursionError.invalidSetting("samples", let value, let reason) = error
    else { return "\(error)" }
    return
      "\(Self.budget) \(realBudget.count) takes \(value) samples a generation, which cannot be: "
      + reason.replacing("Lower --samples", with: "Lower \(Self.budget)")
  }

  /// Two values of an option that are one, as an error about the line of the second.
  func failure(_ repetition: StudyPlan.Repetition) -> ConfigurationFile.Failure {
    func place(_ text: String) -> ConfigurationFile.Place? {
      places.first { $0.key == repetition.key && $0.value.text == text }?.option.place
    }
    let first = place(repetition.first).map { " (line \($0.line), column \($0.column))" } ?? ""
    return ConfigurationFile.Failure(
      path: path, place: place(repetition.second),
      reason: "\(repetition.key) \(UsageError.shown(repetition.second)) comes to the same as "
        + "\(UsageError.shown(repetition.first))\(first): each of its cells would stand twice. Keep "
        + "one of them.")
  }

  /// An error about data as one about the line that names them.
  func failure(_ error: any Error, data: String) -> ConfigurationFile.Failure {
    let entry = places.first { $0.key == StudyCell.dataKey && $0.value.text == data }
    return ConfigurationFile.Failure(path: path, place: entry?.option.place, reason: "\(error)")
  }
}

extension StudyFile {
  /// Reads keys and values.
  private struct Reader {
    let path: FilePath
    let known: [KnownOption]
    var entries: [Entry] = []

    init(path: FilePath, known: [KnownOption]) {
      self.path = path
      self.known = known.filter { option in
        !option.names.contains { foreign.contains($0) }
      }
    }

    func failure(_ node: Node?, _ reason: String) -> ConfigurationFile.Failure {
      ConfigurationFile.Failure(
        path: path, place: ConfigurationFile.Place(node?.mark), reason: reason)
    }

    /// An option with its values.
    mutating func axis(_ key: Node, _ value: Node) throws -> StudyAxis {
      let typed = key.string ?? ""
      let name = plurals[typed] ?? typed
      guard let option = known.first(where: { $0.names.contains(name) }) else {
        throw unknown(key, typed)
      }
      if typed == "seeds", let scalar = value.scalar, value.null == nil {
        return StudyAxis(name, try seeds(Int(scalar.string) ?? 0, value))
      }
      let nodes = value.sequence.map(Array.init) ?? [value]
      guard !nodes.isEmpty else {
        throw failure(value, "\(typed) is an empty list. Give it a value, or leave it out.")
      }
      var values: [StudyValue] = []
      for node in nodes {
        if name == StudyCell.seedKey { try requireSeed(node, typed) }
        let entry = try ConfigurationFile.entry(
          option, named: name, node, known: known, path: path)
        let found = StudyValue(try text(of: node), argument: entry.argument)
        guard !values.contains(where: { $0.text == found.text }) else {
          throw failure(
            node, "\(typed) lists \(UsageError.shown(found.text)) twice. Keep one of them.")
        }
        if name == StudyCell.dataKey {
          guard let data = found.argument, !data.isEmpty else {
            throw failure(
              node, "data is empty. Write what is real, such as \"data: [my-pictures]\".")
          }
          guard !data.hasPrefix("-") else {
            throw failure(node, "data is a folder, a .npy file or a law, not a word of a command.")
          }
        }
        values.append(found)
        entries.append(Entry(key: name, value: found, option: entry))
      }
      return StudyAxis(name, values)
    }

    /// The seeds 1 to `count`.
    private func seeds(_ count: Int, _ node: Node) throws -> [StudyValue] {
      guard (1...mostSeeds).contains(count) else {
        throw failure(
          node, "seeds is a number of seeds from 1 to \(mostSeeds), or a list of them.")
      }
      return (1...count).map { StudyValue("\($0)", argument: "--\(StudyCell.seedKey)=\($0)") }
    }

    /// Refuses what is no seed in the words of the file.
    private func requireSeed(_ node: Node, _ key: String) throws {
      guard let text = node.scalar?.string, node.null == nil,
        (try? WrittenNumber.seed(text)) == nil
      else { return }
      throw failure(
        node, "\(key) takes whole numbers from 0 to \(UInt64.max), not \(UsageError.shown(text)).")
    }

    private func text(of node: Node) throws -> String {
      if let scalar = node.scalar { return scalar.string }
      return String(decoding: try ConfigurationFile.json(node, path: path).bytes(), as: UTF8.self)
    }

    private func unknown(_ key: Node, _ name: String) -> ConfigurationFile.Failure {
      if foreign.contains(name) {
        return failure(
          key, "\(name) is no option of a cell. Give it to `genloss study`, if it has it.")
      }
      let names =
        known.flatMap(\.names) + plurals.keys.sorted()
        + [exclude, include, budget, ClaimFile.key]
      return failure(
        key,
        "there is no key \(UsageError.shown(name))." + NearestName.question(name, among: names))
    }

    /// The mappings of a list, each with its place.
    func mappings(
      _ value: Node, of key: String
    ) throws -> [(entry: [(key: Node, value: Node)], place: ConfigurationFile.Place?)] {
      guard let list = value.sequence else {
        throw failure(value, "\(key) is a list of mappings, such as \"- {strategy: replace}\".")
      }
      return try list.map { node in
        guard let mapping = node.mapping, !mapping.isEmpty else {
          throw failure(
            node, "\(key) is a list of mappings, such as \"- {strategy: replace}\".")
        }
        return (mapping.map { (key: $0.key, value: $0.value) }, ConfigurationFile.Place(node.mark))
      }
    }

    /// Refuses an option that is set by two of its names, such as `seed` and `seeds`.
    func requireOnce(_ axes: [StudyAxis], _ place: ConfigurationFile.Place?) throws {
      func option(_ axis: StudyAxis) -> Substring {
        axis.key.hasPrefix("no-") ? axis.key.dropFirst(3) : axis.key[...]
      }
      for (index, axis) in axes.enumerated()
      where axes[..<index].contains(where: { option($0) == option(axis) }) {
        throw ConfigurationFile.Failure(
          path: path, place: place,
          reason: "\(axis.key) is set twice, by two of its names. Keep one of the lines.")
      }
    }
  }
}
