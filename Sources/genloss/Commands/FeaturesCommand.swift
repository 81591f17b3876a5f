import ArgumentParser
import GenerationLoss
import LinearAlgebra
import Metrics
import Recursion
import Samples
import Storage
import SystemPackage

/// The features of pictures themselves.
struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Write the features of pictures to a .npy file, a row a picture.",
    usage: "genloss features DATA --space conv --out F.npy [--fitted-to REAL] [options]",
    discussion: """
      Examples:
        genloss features fixtures/sprites/houses --space conv --out houses.npy
        genloss features generated --space conv --fitted-to real --out generated.npy

      Without --fitted-to, conv gives the 448 responses of the network, which are the same for \
      everybody, and colour 15 moments of opponent colours (4 of grey pictures). With it, features are \
      standardised and reduced to at most 64 principal components that REAL fixes: write all sets that \
      you compare with the same REAL, and take pictures for it that are in none of them, since those \
      lie nearer to each other than any others do. Rows are float32, in the order of the paths.
      """)

  /// The spaces that have features to write.
  enum Space: String, ExpressibleByArgument, CaseIterable {
    case pixels
    case conv
    case patches
    case colour

    /// Whether the features are the same for everybody, without a set that fixes anything.
    var isFixed: Bool { self == .conv || self == .colour }

    /// The space among all.
    var name: SpaceName {
      switch self {
      case .pixels: .pixels
      case .conv: .conv
      case .patches: .patches
      case .colour: .colour
      }
    }
  }

  @Argument(help: "A folder of pictures or a .npy file of pictures.")
  var data: String

  @Option(name: .long, help: "pixels, conv, patches or colour.")
  var space = Space.conv

  @Option(name: .shortAndLong, help: "The .npy file to write.")
  var out: String

  @Option(name: .long, help: "Real pictures that fix scaling and principal components.")
  var fittedTo: String?

  @OptionGroup(title: "Pictures") var pictures: PictureOptions

  @OptionGroup(title: "Output") var global: GlobalOptions

  func validate() throws {
    guard out.hasSuffix(".npy") else {
      throw ValidationError("--out must name a .npy file, not \(UsageError.shown(out)).")
    }
    guard space.isFixed || fittedTo != nil else {
      throw ValidationError(
        "the space \(space.rawValue) is fitted to real pictures: name them with --fitted-to.")
    }
  }

  func run() throws {
    global.apply()
    let progress = PassingLine(global: global)
    try OutputFolder.require(
      file: FilePath(out), besides: [data, fittedTo].compactMap(\.self), option: "out")
    let folder = FilePath(out).removingLastComponent()
    try RunFolder.requireWritable(folder)
    let opened = try [data, fittedTo].compactMap(\.self).map { path in
      progress.show("reading \(path)")
      return try MeasuredData(path, pictures: pictures.folderOptions(seed: 1))
    }
    try pictures.requireFolder(among: opened)
    let measured = Array(try MeasuredData.alike(opened.reversed()).reversed())
    let sets = try measured.map { set in
      guard case .pictures(let samples) = set.content else {
        throw FeatureSpaceError.notPictures(space: space.rawValue)
      }
      return samples
    }
    try FileStore.createFolder(folder)
    progress.show("features of \(sets[0].count) pictures")
    let rows =
      sets.count > 1
      ? try MeasuredSpace(space.name, fittedTo: sets[1]).features(of: sets[0]).matrix()
      : try space == .colour
        ? ColourSpace.rawFeatures(of: sets[0]) : ConvolutionSpace.rawFeatures(of: sets[0])
    let vectors = SampleSet(
      count: rows.rowCount, dimension: rows.columnCount,
      storage: .floats(rows.elements.map { Float($0) }))
    try NumpyFile.write(vectors, to: FilePath(out))
    Console.clear()
    if !global.quiet {
      for line in measured.compactMap(FolderReportText.skipped) { Console.message(line) }
    }
    if global.json {
      try Console.out(
        JSONValue.object([
          .init("schema_version", .integer(1)), .init("out", .string(out)),
          .init("rows", .integer(rows.rowCount)), .init("columns", .integer(rows.columnCount)),
          .init("space", .string(space.rawValue)),
          .init("fitted_to", fittedTo.map { .string($0) } ?? .null),
          .init("skipped", .integer(measured[0].report?.skipped.count ?? 0)),
        ]).text)
    } else if !global.quiet {
      try Console.out(
        "\(rows.rowCount) rows of \(rows.columnCount) features in \(FilePath(out).printable)\n")
    }
  }
}
