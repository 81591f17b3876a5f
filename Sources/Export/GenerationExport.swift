import Images
import LinearAlgebra
public import Recursion
import Samples
import Storage
public import SystemPackage

/// One generation as others train on it: files as StyleGAN's `dataset.json` and the `metadata.jsonl` of
/// image folders have them.
///
///     00000/img00000000.png   a thousand pictures a folder
///     …
///     dataset.json            {"labels": [["00000/img00000000.png", 3], …]}, null without classes
///     metadata.jsonl          {"file_name": "00000/img00000000.png", "label": 3, "class": "cats"} …
public struct GenerationExport: Sendable {
  private let samples: SampleSet

  /// Takes a generation.
  public init(_ generation: RecordedGeneration) {
    self.init(generation.samples)
  }

  init(_ samples: SampleSet) {
    self.samples = samples
  }

  /// The number of samples.
  public var count: Int { samples.count }

  /// Whether samples are labelled with classes.
  public var isLabelled: Bool { samples.labels != nil }

  /// The pictures in a folder.
  private static let folderSize = 1000

  /// The pictures that are encoded at once.
  private static let blockSize = 256

  /// Writes the generation.
  ///
  /// Either all of it is there afterwards, or nothing.
  ///
  /// - Parameters:
  ///   - format: The format.
  ///   - path: The folder, which must not exist, or the file, which must not either, nor a table of labels
  ///     beside it.
  ///   - roundsLevels: Whether fractional levels may be rounded for PNG files.
  /// - Throws: ``ExportError``, `EncodingError`, or `StorageError`.
  public func write(
    as format: ExportFormat, to path: FilePath, roundsLevels: Bool = false
  ) throws {
    let table = format == .npy && isLabelled ? Self.tablePath(beside: path) : nil
    for file in [path, table].compactMap({ $0 }) where FileStore.exists(file) {
      throw ExportError.occupied(file)
    }
    if format != .npy {
      guard samples.shape != nil else { throw ExportError.notPictures(format) }
      guard samples.isBytes || roundsLevels else { throw ExportError.fractionalLevels(format) }
    }
    try FileStore.createFolder(path.removingLastComponent())
    switch format {
    case .npy:
      if let table { try FileStore.write(labelTable, to: table) }
      do {
        try NumpyFile.write(samples, to: path)
      } catch {
        if let table { try? FileStore.remove(table) }
        throw error
      }
    case .zip:
      try FileStore.write(to: path) { append in
        try withoutActuallyEscaping(append) { append in
          let archive = try ZipArchive(path, append: append)
          try forEachFile { try archive.add($0, $1) }
          try archive.finish()
        }
      }
    case .folder: try writeFolder(path)
    }
  }

  /// The table of labels beside an array.
  public static func tablePath(beside path: FilePath) -> FilePath {
    path.removingLastComponent().appending("\(path.stem ?? "samples")-labels.csv")
  }

  /// Fills a folder under a temporary name, and then gives it its own.
  private func writeFolder(_ path: FilePath) throws {
    let name = path.lastComponent?.string ?? "export"
    let temporary = path.removingLastComponent()
      .appending("\(FileStore.temporaryPrefix)\(name)")
    try FileStore.remove(temporary)
    try FileStore.createNewFolder(temporary)
    do {
      var folders: Set<FilePath> = []
      try forEachFile { name, bytes in
        let file = temporary.pushing(FilePath(name))
        let folder = file.removingLastComponent()
        if folder != temporary, folders.insert(folder).inserted {
          try FileStore.createNewFolder(folder)
        }
        try FileStore.create(file, bytes)
      }
      for folder in folders { try FileStore.flushFolder(folder) }
      try FileStore.flushFolder(temporary)
      try FileStore.rename(temporary, to: path)
    } catch {
      try? FileStore.remove(temporary)
      throw error
    }
  }

  /// Hands over the files of a data set in their order: pictures, then what tells their classes.
  private func forEachFile(_ body: (_ name: String, _ bytes: [UInt8]) throws -> Void) throws {
    guard let shape = samples.shape else { return }
    for block in Parallelism.blocks(of: count, size: Self.blockSize) {
      let levels = samples.values(block)
      let files = Parallelism.map(block.count) { offset in
        Result {
          let pixels = levels[offset * shape.count..<(offset + 1) * shape.count]
            .map { UInt8(max(0, min(255, $0.rounded()))) }
          return try PNG.encode(Picture(shape: shape, pixels: pixels))
        }
      }
      for (index, file) in zip(block, files) { try body(Self.name(index), try file.get()) }
    }
    try body("dataset.json", dataset.bytes())
    try body("metadata.jsonl", metadata)
  }

  /// The name of a picture, such as `00001/img00001234.png`.
  private static func name(_ index: Int) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(index / folderSize, 5))/img\(padded(index, 8)).png"
  }

  private var dataset: JSONValue {
    let labels = samples.labels.map { labels in
      JSONValue.array(
        labels.indices.map { .array([.string(Self.name($0)), .integer(Int(labels[$0]))]) })
    }
    return .object([.init("labels", labels ?? .null)])
  }

  /// One object a line.
  private var metadata: [UInt8] {
    (0..<count).flatMap { index in
      var members = [JSONValue.Member("file_name", .string(Self.name(index)))]
      if let label = samples.labels?[index] {
        members += [
          .init("label", .integer(Int(label))),
          .init("class", .string(samples.classNames[Int(label)])),
        ]
      }
      return JSONValue.object(members).bytes() + [UInt8(ascii: "\n")]
    }
  }

  private var labelTable: [UInt8] {
    let labels = samples.labels ?? []
    return CSV.table(
      columns: ["sample", "label", "class"],
      rows: labels.indices.map { index in
        [
          .integer(index), .integer(Int(labels[index])),
          .text(samples.classNames[Int(labels[index])]),
        ]
      })
  }
}
