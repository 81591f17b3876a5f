public import Samples
public import Storage
public import SystemPackage

/// A folder of PNG and JPEG files, to any depth; the first path component below it is the class.
///
/// Every regular file is looked at, whatever its name, except those that begin with a dot (and all
/// that lies in folders that do) and the table `attributes.csv` of a drawn data set. Pictures come
/// in the order of the bytes of their paths.
public enum PictureFolder {
  /// Grey, colour, or whatever the pictures are.
  public enum ChannelChoice: String, CaseIterable, Sendable {
    /// Grey if all used pictures are grey, otherwise RGB.
    case auto
    case rgb
    case gray
  }

  /// How a picture is brought to the proportions of the working size.
  public enum Fit: String, CaseIterable, Sendable {
    /// The largest square in the middle is taken.
    case crop
    /// The whole picture is squeezed.
    case stretch
  }

  /// How a folder is read.
  public struct Options: Hashable, Sendable {
    /// The width and height to use; `nil` for the native size.
    ///
    /// Native means: if all used pictures share one size of at most 64 × 64, that size, square or
    /// not; otherwise a square whose side is the (lower) median of the pictures' shorter sides, at
    /// most 64.
    public var size: Int?

    /// Grey or colour.
    public var channels: ChannelChoice

    /// How pictures come to the working size's proportions.
    public var fit: Fit

    /// The most pictures to use: a random choice that the seed decides.
    public var limit: Int?

    /// The seed of the choice.
    public var seed: UInt64

    /// What decoding one file may cost.
    public var limits: DecodingLimits

    /// Creates options.
    public init(
      size: Int? = nil, channels: ChannelChoice = .auto, fit: Fit = .crop, limit: Int? = nil,
      seed: UInt64 = 0, limits: DecodingLimits = DecodingLimits()
    ) {
      self.size = size
      self.channels = channels
      self.fit = fit
      self.limit = limit
      self.seed = seed
      self.limits = limits
    }
  }

  /// Returns the pictures of a folder at their working size, and what was found and skipped.
  ///
  /// - Throws: ``PictureFolderError`` if there is no usable picture or the working size is below
  ///   8 × 8; ``Storage/StorageError`` if the folder cannot be listed.
  public static func load(
    _ folder: FilePath, options: Options = Options()
  ) throws -> LoadedPictures {
    precondition(options.limit ?? 1 > 0, "a limit of \(options.limit ?? 0) pictures")
    if let size = options.size { try check(width: size, height: size) }
    var reader = try FolderReader(folder, options: options, keepsPixels: true)
    reader.read()
    guard let shape = reader.shape else {
      let report = reader.report()
      throw PictureFolderError.noUsablePicture(
        folder: folder, found: report.found, reasons: report.reasons)
    }
    try check(width: shape.width, height: shape.height)
    return reader.loaded(shape)
  }

  /// Returns what a folder holds and what of it would be skipped.
  ///
  /// Everything is decoded, no pixels are kept.
  ///
  /// - Throws: ``Storage/StorageError`` if the folder cannot be listed.
  public static func inspect(
    _ folder: FilePath, options: Options = Options()
  ) throws(StorageError) -> FolderReport {
    var reader = try FolderReader(folder, options: options, keepsPixels: false)
    reader.read()
    return reader.report()
  }

  private static func check(width: Int, height: Int) throws(PictureFolderError) {
    let least = PictureFolderError.leastSide
    guard width >= least, height >= least else {
      throw .tooSmall(width: width, height: height)
    }
  }
}

/// The pictures of a folder.
public struct LoadedPictures: Sendable {
  /// The pictures as bytes, with the class of each if every one lies in a sub-folder.
  public let samples: SampleSet

  /// The path of each picture below the folder, as the system stores it.
  public let paths: [[UInt8]]

  /// What was found and skipped.
  public let report: FolderReport
}
