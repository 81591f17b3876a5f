import Generators
import Images
import LinearAlgebra
import Samples
import Storage
import SystemPackage

/// The form in which samples go to a command and come back.
struct SampleExchange: Equatable, Sendable {
  /// A `.npy` matrix, or a folder of pictures.
  let format: ExchangeFormat

  /// The numbers in a sample, `D`.
  let dimension: Int

  /// The size of the pictures; `nil` for vectors.
  let shape: PictureShape?

  /// What is wrong with what a command wrote, to follow "but".
  struct Fault: Error { let reason: String }

  /// Writes samples of shape `(n, D)` to a path where nothing is.
  ///
  /// - Throws: `StorageError`, or `EncodingError` for pictures beyond what PNG holds.
  func write(_ rows: RowSource, to path: FilePath) throws {
    guard format == .png, let shape else {
      var values: [Float] = []
      values.reserveCapacity(rows.rowCount * dimension)
      for block in rows.blocks { values += rows.rows(block).elements.map { Float($0) } }
      let samples = SampleSet(
        count: rows.rowCount, dimension: dimension, storage: .floats(values))
      try FileStore.create(path, NumpyFile.bytes(of: samples))
      return
    }
    try FileStore.createNewFolder(path)
    let digits = max(6, String(rows.rowCount).utf8.count)
    for block in rows.blocks {
      let levels = ContinuousLevels(rows: rows.rows(block)).bytes
      for (position, number) in block.enumerated() {
        let pixels = Array(levels[position * dimension..<(position + 1) * dimension])
        let text = String(number)
        let name = String(repeating: "0", count: digits - text.utf8.count) + text + ".png"
        try FileStore.create(
          path.appending(name), try PNG.encode(Picture(shape: shape, pixels: pixels)))
      }
    }
  }

  /// Makes ready the path that a command writes to: an empty folder for pictures, nothing for a matrix.
  func prepare(_ path: FilePath) throws(StorageError) {
    if format == .png { try FileStore.createNewFolder(path) }
  }

  /// Reads `count` samples that a command wrote.
  ///
  /// - Throws: ``Fault``, or `StorageError`.
  func read(_ path: FilePath, count: Int) throws -> Matrix {
    format == .png && shape != nil
      ? try pictures(in: path, count: count)
      : try Self.matrix(at: path, rows: count, columns: dimension)
  }

  /// Reads one number for each of `count` samples.
  ///
  /// - Throws: ``Fault``, or `StorageError`.
  static func vector(at path: FilePath, count: Int) throws -> [Double] {
    let values = try array(at: path, NumpyFile.vector)
    guard values.count == count else {
      throw Fault(reason: "OUT holds \(values.count) numbers and not \(count)")
    }
    return values
  }

  private static func array<Contents>(
    at path: FilePath, _ parse: ([UInt8]) throws -> Contents
  ) throws -> Contents {
    guard FileStore.exists(path) else { throw Fault(reason: "it wrote nothing at the path OUT") }
    do {
      return try parse(try FileStore.read(path))
    } catch let error as FormatError {
      throw Fault(reason: "OUT cannot be used: \(error.description)")
    } catch let error as StorageError where error.cause == .notARegularFile {
      throw Fault(reason: "OUT is not a regular file")
    }
  }

  private static func matrix(at path: FilePath, rows: Int, columns: Int) throws -> Matrix {
    let samples = try array(at: path, NumpyFile.parse)
    guard samples.count == rows, samples.dimension == columns else {
      throw Fault(
        reason:
          "OUT has the shape (\(samples.count), \(samples.dimension)) and not (\(rows), \(columns))"
      )
    }
    return Matrix(rowCount: rows, columnCount: columns, floats: samples.values)
  }

  private func pictures(in path: FilePath, count: Int) throws -> Matrix {
    guard let shape, FileStore.isFolder(path) else {
      throw Fault(reason: "OUT is no longer a folder")
    }
    let names = try FileStore.names(in: path)
    guard names.count == count else {
      throw Fault(reason: "the folder OUT holds \(names.count) files and not \(count)")
    }
    let pictures = Parallelism.map(count) { index in
      Result { try Self.levels(at: path.appending(names[index]), shape: shape) }
    }
    var elements: [Double] = []
    elements.reserveCapacity(count * dimension)
    for picture in pictures { elements += try picture.get().map { Double($0) } }
    return Matrix(rowCount: count, columnCount: dimension, elements: elements)
  }

  private static func levels(at path: FilePath, shape: PictureShape) throws -> [UInt8] {
    let name = path.lastComponent.map { FilePath(root: nil, components: $0).printable } ?? ""
    var picture: Picture
    do {
      picture = try PictureDecoder.decode(try FileStore.read(path))
    } catch let error as DecodingError {
      throw Fault(reason: "\(name) in OUT is no picture: \(error)")
    }
    // A picture without colour may well be written as grey; colour in a grey set is a mistake.
    if picture.shape.channels < shape.channels {
      picture = picture.converted(toChannels: shape.channels)
    }
    guard picture.shape == shape else {
      let found = picture.shape
      throw Fault(
        reason:
          "\(name) in OUT is \(found.width)×\(found.height) with \(found.channels) channels and "
          + "not \(shape.width)×\(shape.height) with \(shape.channels)")
    }
    return picture.pixels
  }
}
