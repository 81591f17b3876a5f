public import Images
public import Recursion
import Storage
public import Studies

/// The cells of a study met with their data.
public struct StudyPlan: Sendable {
  /// The cells in the order of the study, each resolved configuration once.
  public let cells: [PlannedCell]

  /// Every option with the values that it has in cells that can be run, as `run.json` holds them.
  let values: [String: Set<String>]

  /// The options of which two values are one and the same in every cell that can be run.
  public let repetitions: [Repetition]

  /// What was found in folders of which files are skipped, each reading of a folder once.
  public let incomplete: [(data: String, report: FolderReport)]

  /// Two ways to write one value of an option.
  public struct Repetition: Equatable, Sendable {
    /// The name of the option; `data` for the data.
    public let key: String

    /// The value that comes first, as it was written.
    public let first: String

    /// The other one.
    public let second: String
  }

  /// Plans cells; data that several of them name are read once, and forgotten before the next.
  ///
  /// - Parameters:
  ///   - cells: Each cell with its configuration.
  ///   - threads: The threads of a cell.
  ///   - refusal: Why a cell cannot be run, in words.
  ///   - planning: Told the name of the data before they are read, and for each cell: it may throw to stop.
  /// - Throws: ``UnreadableData``. What cannot be done with data that can be read is told by the cell.
  public init(
    _ cells: [(cell: StudyCell, configuration: RunConfiguration)], in folder: StudyFolder,
    threads: Int, refusal: (StudyCell, any Error) -> String = { "\($1)" },
    planning: (String) throws -> Void
  ) throws {
    let existing = folder.namesByHash
    let speed = ProcessorProbe.speed()
    var planned: [Int: PlannedCell] = [:]
    var identities: [Int: String] = [:]
    var incomplete: [(data: String, report: FolderReport)] = []
    var values: [String: Set<String>] = [:]
    for group in Self.groups(cells.map(\.configuration)) {
      let first = cells[group[0]].configuration
      try planning(first.data)
      let data: RealData
      do {
        data = try DataSource.open(first.data, pictures: first.pictures, seed: first.seed)
      } catch {
        throw UnreadableData(data: first.data, error: error)
      }
      if let report = data.report, !report.skipped.isEmpty {
        incomplete.append((first.data, report))
      }
      for index in group {
        try planning(first.data)
        let (cell, configuration) = cells[index]
        do {
          let run = Run(
            configuration: configuration, data: data, illustrator: nil, command: [],
            version: Release.version)
          let plan = try run.plan()
          identities[index] = Self.identity(of: plan)
          for (key, value) in plan.configuration {
            values[key, default: []].insert(Self.text(value))
          }
          planned[index] = PlannedCell(
            cell, plan: plan, threads: threads, speed: speed, existing: existing)
        } catch {
          planned[index] = PlannedCell(cell, refusal: refusal(cell, error))
        }
      }
    }
    self.incomplete = incomplete
    self.values = values
    // Two ways to write one configuration are one cell.
    var seen: Set<String> = []
    self.cells = cells.indices.compactMap { index in
      planned[index].flatMap { cell in
        seen.insert(identities[index] ?? cell.name).inserted ? cell : nil
      }
    }
    repetitions = Self.repetitions(
      among: cells.indices.compactMap { index in
        identities[index].map { (cells[index].cell, $0) }
      })
  }

  /// What tells runs apart: every option resolved, and the data by what is in them, as a folder has many
  /// names.
  private static func identity(of plan: RunPlan) -> String {
    let members = plan.configuration.filter { $0.key != StudyCell.dataKey }
      .map { JSONValue.Member($0.key, $0.value) }
    return SHA256.hexDigest(of: JSONValue.object(members).bytes())
  }

  /// Data of a study that cannot be read.
  public struct UnreadableData: Error {
    /// The data as they were named.
    public let data: String

    /// Why they cannot be read.
    public let error: any Error
  }

  /// What decides which data a configuration reads.
  private struct Reading: Hashable {
    let data: String
    let pictures: PictureFolder.Options
    let seed: UInt64

    init(_ configuration: RunConfiguration) {
      data = configuration.data
      // Only a law and a random choice of pictures depend on the seed.
      let isLaw = data.utf8.contains(UInt8(ascii: ":"))
      var pictures = configuration.pictures
      if pictures.limit == nil { pictures.seed = 0 }
      self.pictures = pictures
      seed = isLaw ? configuration.seed : 0
    }
  }

  /// The places of configurations that read the same data, in the order of the first of each.
  private static func groups(_ configurations: [RunConfiguration]) -> [[Int]] {
    var groups: [[Int]] = []
    var places: [Reading: Int] = [:]
    for (index, configuration) in configurations.enumerated() {
      let place = places[Reading(configuration), default: groups.count]
      places[Reading(configuration)] = place
      if place == groups.count { groups.append([]) }
      groups[place].append(index)
    }
    return groups
  }
}
