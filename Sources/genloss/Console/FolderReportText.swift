import GenerationLoss
import Images
import Samples
import Storage
import SystemPackage

/// A folder report in words and as JSON.
enum FolderReportText {
  /// Writes lines for a person: counts first, then every skipped file.
  ///
  /// A million skipped files are written a portion at a time, never as one text.
  static func write(
    _ report: FolderReport, folder: FilePath, with write: (String) throws -> Void
  ) rethrows {
    let counts =
      "\(folder.printable): \(report.found) files found, \(report.used) usable"
      + (report.skipped.isEmpty ? "" : ", \(report.skipped.count) skipped")
      + (report.leftOut > 0 ? ", \(report.leftOut) left out by --limit" : "")
    var lines = [StyledStream.output(.bold, counts)]
    if let shape = report.shape {
      let colour = shape.channels == 1 ? "grey" : "RGB"
      lines.append("working size: \(shape.width) x \(shape.height) \(colour)")
      let least = PictureFolderError.leastSide
      if min(shape.width, shape.height) < least {
        lines.append(
          StyledStream.output(.yellow, "too small")
            + ": a run needs at least \(least) x \(least) pixels. Pass --size \(least) or more.")
      }
    }
    if !report.classes.isEmpty {
      lines.append(
        "classes: \(report.classes.count): "
          + shortened(
            report.classes.map { "\(FilePath.printable(Array($0.name.utf8))) \($0.count)" }))
    }
    if report.used > 0 {
      lines.append(
        "sizes: " + shortened(report.sizes.map { "\($0.width)x\($0.height) \($0.count)" }))
      lines.append("modes: " + shortened(report.modes.map { "\($0.mode) \($0.count)" }))
    }
    if !report.duplicates.isEmpty {
      lines.append("the same file under several names: \(report.duplicates.count) groups")
    }
    for file in report.skipped {
      lines.append(
        StyledStream.output(.yellow, "skipped") + " \(FilePath.printable(file.path)): "
          + "\(file.reason.rawValue): \(FilePath.printable(Array(file.detail.utf8)))")
      if lines.count == portion {
        try write(lines.joined(separator: "\n") + "\n")
        lines = []
      }
    }
    if !lines.isEmpty { try write(lines.joined(separator: "\n") + "\n") }
  }

  /// What was skipped in a set, with the first names; `nil` if nothing was.
  static func skipped(in set: MeasuredData) -> String? {
    guard let report = set.report, !report.skipped.isEmpty else { return nil }
    return skipped(in: report, of: set.name)
  }

  /// The same of a folder that some of its files are skipped of.
  static func skipped(in report: FolderReport, of name: String) -> String {
    let names = shortened(report.skipped.map { FilePath.printable($0.path) }, most: 3)
    return "\(FilePath(name).printable): skipped \(report.skipped.count) of \(report.found) "
      + "files: \(names); `genloss inspect` says why."
  }

  /// The lines written at once.
  private static let portion = 10_000

  /// The first entries of a list that may be long.
  private static func shortened(_ entries: [String], most: Int = 24) -> String {
    entries.prefix(most).joined(separator: ", ")
      + (entries.count > most ? " and \(entries.count - most) more" : "")
  }

  /// One object with everything; paths that are not UTF-8 are written with `\xNN`.
  static func json(_ report: FolderReport) -> JSONValue {
    func path(_ bytes: [UInt8]) -> JSONValue {
      .string(String(validating: bytes, as: UTF8.self) ?? FilePath.printable(bytes))
    }
    return .object([
      .init("schema_version", .integer(1)), .init("found", .integer(report.found)),
      .init("used", .integer(report.used)), .init("left_out", .integer(report.leftOut)),
      .init(
        "working_size",
        report.shape.map {
          .object([
            .init("width", .integer($0.width)), .init("height", .integer($0.height)),
            .init("channels", .integer($0.channels)),
          ])
        } ?? .null),
      .init("classes", counts(report.classes.map { ($0.name, $0.count) }, key: "class")),
      .init(
        "sizes", counts(report.sizes.map { ("\($0.width)x\($0.height)", $0.count) }, key: "size")),
      .init("modes", counts(report.modes.map { ($0.mode, $0.count) }, key: "mode")),
      .init("duplicates", .array(report.duplicates.map { .array($0.map(path)) })),
      .init(
        "skipped",
        .array(
          report.skipped.map {
            .object([
              .init("path", path($0.path)), .init("reason", .string($0.reason.rawValue)),
              .init("detail", .string($0.detail)),
            ])
          })),
    ])
  }

  private static func counts(_ pairs: [(String, Int)], key: String) -> JSONValue {
    .array(
      pairs.map { name, count in
        .object([.init(key, .string(name)), .init("count", .integer(count))])
      })
  }
}
