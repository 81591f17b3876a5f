public import Images
public import LinearAlgebra
import Metrics
import Recursion
public import Samples
public import Storage
import SystemPackage

/// A set to be measured: a folder of pictures, or a `.npy` file of features or pictures.
public struct MeasuredData: Sendable {
  /// Pictures, or rows of features.
  public enum Content: Sendable {
    case pictures(SampleSet)
    case vectors(RowSource)
  }

  /// The path as it was given.
  public let name: String

  /// The samples.
  public let content: Content

  /// SHA-256 of the file, or of the pictures' values.
  public let fingerprint: String

  /// What was found in a folder of pictures.
  public let report: FolderReport?

  /// The path of each picture below the folder, as the system stores it; `nil` for a file.
  private let paths: [[UInt8]]?

  private let matrix: NumpyMatrixFile?
  let options: PictureFolder.Options

  /// The entries of a matrix that is read once and kept, some 128 MB of them.
  private static let keptEntries = 1 << 24

  /// Opens a set.
  ///
  /// A folder that holds `samples.npy`, such as a generation of a run, stands for that file.
  ///
  /// - Throws: what the reader of the kind throws; ``RecursionError/unusableData(name:reason:)`` for
  ///   what is neither, for a whole run, and for pictures whose numbers are shares of white.
  public init(_ name: String, pictures options: PictureFolder.Options) throws {
    self.name = name
    self.options = options
    var path = FilePath(name)
    guard FileStore.exists(path) else {
      throw StorageError(.read, path, .system(.noSuchFileOrDirectory))
    }
    if FileStore.isFolder(path) {
      guard FileStore.exists(path.appending("samples.npy")) else {
        if let generations = RunFolder.generations(at: path) {
          throw RecursionError.unusableData(
            name: path.printable,
            reason: "it is a run: give one of its generations, "
              + "\(generations.appending("NNN").printable).")
        }
        let loaded = try PictureFolder.load(path, options: options)
        content = .pictures(loaded.samples)
        fingerprint = RealData.fingerprint(of: loaded.samples)
        report = loaded.report
        paths = loaded.paths
        matrix = nil
        return
      }
      path = path.appending("samples.npy")
    }
    guard path.extension == "npy" else {
      throw RecursionError.unusableData(
        name: path.printable, reason: "it is neither a folder of pictures nor a .npy file.")
    }
    report = nil
    paths = nil
    if let file = try NumpyMatrixFile(path) {
      matrix = file
      content = .vectors(Self.rows(of: file))
      fingerprint = try Self.fingerprint(of: path)
    } else {
      matrix = nil
      let samples = try NumpyFile.read(path)
      try DataSource.requireLevels(samples, path)
      content = .pictures(samples)
      fingerprint = RealData.fingerprint(of: samples)
    }
  }

  private static func rows(of file: NumpyMatrixFile) -> RowSource {
    let (count, width) = (file.rowCount, file.columnCount)
    guard count * width > keptEntries else {
      return RowSource(
        Matrix(rowCount: count, columnCount: width, elements: file.values(0..<count)))
    }
    return RowSource(
      rowCount: count, columnCount: width,
      compute: { range in
        Matrix(rowCount: range.count, columnCount: width, elements: file.values(range))
      },
      gather: { indices in
        Matrix(
          rowCount: indices.count, columnCount: width,
          elements: indices.flatMap { file.values($0..<$0 + 1) })
      })
  }

  private static func fingerprint(of path: FilePath) throws(StorageError) -> String {
    var hasher = SHA256()
    try FileStore.read(path) { piece, _ in
      hasher.update(piece)
      return true
    }
    return hasher.hexDigest()
  }

  /// The same folder, read once more.
  init(_ other: MeasuredData, _ loaded: LoadedPictures) {
    name = other.name
    options = other.options
    content = .pictures(loaded.samples)
    fingerprint = RealData.fingerprint(of: loaded.samples)
    report = loaded.report
    paths = loaded.paths
    matrix = nil
  }
}

extension MeasuredData {
  /// The number of samples.
  public var count: Int {
    switch content {
    case .pictures(let samples): samples.count
    case .vectors(let rows): rows.rowCount
    }
  }

  /// What a sample is called: the path of its picture below the folder, else its number from 0 on.
  public func name(of row: Int) -> String {
    paths.map { FilePath.printable($0[row]) } ?? "\(row)"
  }

  /// The size of the pictures; `nil` for rows of features.
  public var shape: PictureShape? {
    if case .pictures(let samples) = content { samples.shape } else { nil }
  }

  /// What the numbers of a file of rows are; `nil` for pictures.
  var numberType: String? { matrix.map { $0.isDouble ? "float64" : "float32" } }

  /// Names the set in an error about its samples.
  package func naming<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as MetricsError where error.set != nil {
      throw RecursionError.unusableData(name: name, reason: error.description)
    }
  }

  /// Throws if a file could not be read to its end while it was measured.
  public func requireWhole() throws(StorageError) {
    if let failure = matrix?.failure { throw failure }
  }
}
