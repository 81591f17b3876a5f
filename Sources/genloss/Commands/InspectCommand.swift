import ArgumentParser
import GenerationLoss
import Images
import Samples
import Storage
import SystemPackage

/// What data holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what DATA holds, and every file that would be skipped and why.",
    usage: "genloss inspect DATA [options]",
    discussion: """
      Examples:
        genloss inspect fixtures/sprites
        genloss inspect my-pictures --json
        genloss inspect samples.npy

      Every file is decoded; nothing is written.
      """)

  @Argument(help: "A folder of pictures or a .npy file.")
  var data: String

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @Flag(name: .long, help: "Exit with 3 if any file is skipped.")
  var strict = false

  @OptionGroup(title: "Output") var global: GlobalOptions

  func run() throws {
    global.apply()
    let path = FilePath(data)
    guard FileStore.isFolder(path) else {
      try printMatrix(
        try DataSource.open(data, pictures: pictures.folderOptions(seed: 1), seed: 1))
      return
    }
    let report = try PictureFolder.inspect(path, options: pictures.folderOptions(seed: 1))
    if global.json {
      try Console.out(FolderReportText.json(report).text)
    } else {
      try FolderReportText.write(report, folder: path) { try Console.out($0) }
    }
    if strict, !report.skipped.isEmpty { throw ExitStatus.skippedUnderStrict }
  }

  private func printMatrix(_ data: RealData) throws {
    let count: JSONValue =
      if case .finite(let samples) = data.supply { .integer(samples.count) } else { .null }
    if global.json {
      try Console.out(
        JSONValue.object([
          .init("schema_version", .integer(1)), .init("name", .string(data.name)),
          .init("samples", count), .init("dimension", .integer(data.dimension)),
          .init("fingerprint", .string(data.fingerprint)),
        ]).text)
      return
    }
    let number =
      if case .finite(let samples) = data.supply { "\(samples.count)" } else { "endless" }
    try Console.out("\(data.name): \(number) samples of \(data.dimension) numbers\n")
  }
}
