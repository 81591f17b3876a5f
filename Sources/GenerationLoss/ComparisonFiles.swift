public import Comparison
import Images
import Metrics
import Pictures
import Recursion
import Samples
import Statistics
import Storage
public import SystemPackage

/// The files of a comparison: its tables for people and programs, and its pictures.
public struct ComparisonFiles {
  private let comparison: Comparison

  /// Creates the files of a comparison.
  public init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  /// A folder that comparisons must not be put into, as it holds something else.
  public struct Occupied: Error, Equatable, Sendable, CustomStringConvertible {
    /// The folder.
    public let path: FilePath

    /// What happened, and what to do about it.
    public var description: String {
      "\(path.printable) is not empty and holds no comparison. Choose another folder with --out."
    }
  }

  private static let jsonName = "comparison.json"

  /// Whether a folder has the table of a comparison, whatever else is called so.
  private static func holdsComparison(_ folder: FilePath) -> Bool {
    guard let bytes = try? FileStore.read(folder.appending(jsonName), limit: 1 << 30),
      let value = try? JSONValue(parsing: bytes)
    else { return false }
    return value["schema_version"]?.integer != nil && value["data_sets"]?.array != nil
  }

  /// Refuses a folder that holds anything but an earlier comparison, whose pictures are replaced or
  /// removed.
  ///
  /// - Throws: ``Occupied`` or `StorageError`.
  public static func requireRoom(in folder: FilePath) throws {
    guard FileStore.exists(folder), !holdsComparison(folder) else { return }
    let names = try FileStore.names(in: folder).map(\.string)
    guard names.allSatisfy({ $0.hasPrefix(FileStore.temporaryPrefix) }) else {
      throw Occupied(path: folder)
    }
  }

  /// Writes `comparison.json`, `comparison.csv`, `differences.csv`, `comparison.md`, `comparison.tex`,
  /// `survival.csv` where there are classes, and the pictures into a folder, which is created if need be.
  ///
  /// - Returns: The names of the pictures, PNG files first.
  /// - Throws: ``Occupied``, `PicturesError`, `StorageError`, or what is wrong with a run's samples.
  @discardableResult
  public func write(into folder: FilePath) throws -> [String] {
    try Self.requireRoom(in: folder)
    let pictures = try pictures()
    try FileStore.createFolder(folder)
    func text(_ format: ReportTable.Format) -> String {
      comparison.tables.map { $0.text(format) }.joined(separator: "\n")
    }
    try FileStore.write(comparison.json.bytes(.pretty), to: folder.appending(Self.jsonName))
    try FileStore.write(comparison.csv, to: folder.appending("comparison.csv"))
    try FileStore.write(comparison.differencesTable, to: folder.appending("differences.csv"))
    if let survival = comparison.survivalTable {
      try FileStore.write(survival, to: folder.appending("survival.csv"))
    }
    try FileStore.write(text(.markdown), to: folder.appending("comparison.md"))
    try FileStore.write(text(.latex), to: folder.appending("comparison.tex"))
    for picture in pictures {
      try FileStore.write(picture.bytes, to: folder.appending(picture.name))
    }
    try removeOthers(besides: pictures.map(\.name), in: folder)
    return pictures.map(\.name).filter { $0.hasSuffix(".png") }
  }

  /// Removes what an earlier comparison of other runs drew into the folder and this one does not.
  private func removeOthers(besides names: [String], in folder: FilePath) throws {
    let kinds = "metrics|ranking|precision_recall|survival|phase|contact_sheet"
    let drawn = try Regex("(?:\(kinds))(?:-[0-9]+)?\\.(?:png|svg)")
    let isOld = { (name: String) in
      name == "survival.csv" ? comparison.survivalTable == nil : name.wholeMatch(of: drawn) != nil
    }
    for entry in try FileStore.names(in: folder)
    where isOld(entry.string) && !names.contains(entry.string) {
      try FileStore.remove(folder.appending(entry))
    }
  }

  func pictures() throws -> [NamedFile] {
    var files: [NamedFile] = []
    func add(_ name: String, _ picture: RenderedPicture?) {
      guard let picture else { return }
      files.append((name: "\(name).png", bytes: picture.png))
      if let svg = picture.svg { files.append((name: "\(name).svg", bytes: svg)) }
    }
    add("metrics", try ComparisonCharts(comparison).metrics())
    add("ranking", try ComparisonCharts(comparison).ranking())
    for (index, set) in comparison.dataSets.enumerated() {
      // One data set needs no name.
      let suffix = comparison.dataSets.count == 1 ? "" : "-\(index + 1)"
      add("precision_recall\(suffix)", try ComparisonCharts(comparison).precisionRecall(on: set))
      add("survival\(suffix)", try ComparisonCharts(comparison).survival(on: set))
      add("phase\(suffix)", try ComparisonCharts(comparison).phase(on: set))
      if let sheet = try contactSheet(of: set) {
        files.append((name: "contact_sheet\(suffix).png", bytes: sheet))
      }
    }
    return files
  }

  /// The strategies' samples from the same latents, of the first seed that all have; `nil` for vectors.
  private func contactSheet(of set: DataSetComparison) throws -> [UInt8]? {
    let variants = set.variants.map(\.variant)
    let seeds = variants.map { Set($0.runs.map(\.seed)) }
    guard
      let seed = variants[0].runs.map(\.seed).first(where: { seed in
        seeds.allSatisfy { $0.contains(seed) }
      })
    else { return nil }
    let generations = FilmstripPicture.shown(of: set.generation + 1)
    let side = generations.count > 8 ? 2 : 3
    let rows = try variants.map { variant in
      ContactSheet.Row(
        label: variant.label,
        tiles: try generations.map { generation in
          guard let run = variant.runs.first(where: { $0.seed == seed }) else { return [] }
          return try tile(of: run, generation, count: side * side)
        })
    }
    guard rows.contains(where: { $0.tiles.contains { !$0.isEmpty } }) else { return nil }
    return try ContactSheet.render(
      rows: rows, columns: generations.map { "gen \($0)" }, side: side,
      title: "\(ComparisonCharts(comparison).name(of: set)), seed \(seed)",
      subtitle:
        "A place in a tile keeps its random numbers from generation to generation. The best "
        + "\(comparison.metric.id) at generation \(set.generation) is on top of those with the same budget."
    )
  }

  private func tile(
    of run: ComparedRun, _ generation: Int, count: Int
  ) throws -> [Picture] {
    let digits = "\(generation)"
    let name = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    let file = run.record.path.appending("generations/\(name)/display.npy")
    guard FileStore.exists(file) else { return [] }
    let samples = try NumpyFile.read(file)
    return samples.pictures(0..<min(count, samples.count))
  }
}
