import Images
import Recursion
import Samples
import SystemPackage

extension MeasuredData {
  /// Brings sets to one size and one kind: that of the pictures in a file, if any, else that of the
  /// first set, in colour if any set is.
  ///
  /// Files are taken as they are, and a folder follows them in size alone: it is read in grey or in
  /// colour as it was asked for, else as its pictures are.
  ///
  /// - Throws: ``RecursionError/unusableData(name:reason:)`` where they cannot be compared.
  public static func alike(_ sets: [MeasuredData]) throws -> [MeasuredData] {
    let shapes = sets.compactMap(\.shape)
    guard let first = shapes.first else { return sets }
    guard shapes.count == sets.count else {
      let matrix = sets.first { $0.shape == nil }
      throw RecursionError.unusableData(
        name: matrix?.name ?? "",
        reason: "it holds rows of features, and the other set pictures. Compare like with like.")
    }
    guard let file = sets.first(where: { $0.report == nil }), let shape = file.shape else {
      let wanted = PictureShape(
        width: first.width, height: first.height,
        channels: shapes.reduce(1) { max($0, $1.channels) })
      return try sets.map { try $0.brought(to: wanted) }
    }
    try file.requireWhatWasAskedFor(shape)
    for set in sets { try set.requireChannels(of: file, shape) }
    return try sets.map { try $0.brought(to: shape, of: file) }
  }

  private var isFile: Bool { report == nil }

  /// Throws if options ask for other pictures than the file holds.
  private func requireWhatWasAskedFor(_ shape: PictureShape) throws(RecursionError) {
    let asked: Int? =
      switch options.channels {
      case .auto: nil
      case .gray: 1
      case .rgb: 3
      }
    if let asked, asked != shape.channels {
      throw refusal(
        "\(Self.colour(shape.channels)), and --channels is \(options.channels.rawValue). A .npy file "
          + "is taken as it is: give \(Self.option(shape.channels)), or save the file "
          + "\(Self.colourAlone(asked)).")
    }
    if let size = options.size, size != shape.width || size != shape.height {
      throw refusal(
        "\(Self.extents(shape)), and --size is \(size). "
          + (shape.width == shape.height
            ? "A .npy file is taken as it is: leave --size out, and folders are read at the file's "
              + "size."
            : Self.onlySquares))
    }
  }

  private func requireChannels(of file: MeasuredData, _ wanted: PictureShape) throws(RecursionError)
  {
    guard let shape, shape.channels != wanted.channels else { return }
    throw refusal(
      "\(Self.colour(shape.channels)), and those of \(file.name) \(Self.colour(wanted.channels)). "
        + (isFile
          ? "Save both in grey or both in colour."
          : "Give \(Self.option(wanted.channels)) to read the folder so, or save the file "
            + "\(Self.colourAlone(shape.channels))."))
  }

  /// The set with pictures of a shape, which is that of a file if there is one.
  private func brought(
    to wanted: PictureShape, of file: MeasuredData? = nil
  ) throws -> MeasuredData {
    guard let shape, shape != wanted else { return self }
    guard !isFile, wanted.width == wanted.height else {
      throw refusal(
        "\(Self.extents(shape)), and those of \(file?.name ?? "the other set") "
          + "\(Self.extents(wanted)). "
          + (isFile
            ? "A .npy file is taken as it is: save both at one size."
            : file == nil ? "Bring them to one size with --size." : Self.onlySquares))
    }
    var options = options
    options.size = wanted.width
    options.channels = wanted.channels == 1 ? .gray : .rgb
    return MeasuredData(self, try PictureFolder.load(FilePath(name), options: options))
  }

  private func refusal(_ reason: String) -> RecursionError {
    .unusableData(name: name, reason: "its pictures are \(reason)")
  }

  private static let onlySquares =
    "A .npy file is taken as it is, and folders are brought to squares alone: save squares."

  /// The size of pictures in words.
  static func extents(_ shape: PictureShape) -> String {
    "\(shape.width) x \(shape.height)"
  }

  private static func colour(_ channels: Int) -> String {
    "\(channels == 1 ? "grey" : "in colour") (\(channels) channel\(channels == 1 ? "" : "s"))"
  }

  /// How pictures of so many channels are.
  static func colourAlone(_ channels: Int) -> String {
    channels == 1 ? "in grey" : "in colour"
  }

  private static func option(_ channels: Int) -> String {
    "--channels \(channels == 1 ? "gray" : "rgb")"
  }
}
