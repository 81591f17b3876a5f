public import Storage
public import SystemPackage

/// Sample sets as numpy's `.npy` files.
///
/// Vectors are a matrix `(n, d)` of float32 or, in files from elsewhere, float64; pictures are an
/// array `(n, height, width, channels)` of uint8 or, where levels are not whole, float32. All are
/// little-endian and in C order. Classes are not part of the file.
///
/// - Note: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>, versions 1 to
///   3.
public enum NumpyFile {
  /// Returns the samples in a file.
  ///
  /// - Throws: ``StorageError`` if the file cannot be read or is not such an array.
  public static func read(_ path: FilePath) throws(StorageError) -> SampleSet {
    let bytes = try FileStore.read(path)
    do {
      return try parse(bytes)
    } catch {
      throw StorageError(.read, path, .malformed(error.description))
    }
  }

  /// Writes samples to a file, atomically.
  public static func write(_ samples: SampleSet, to path: FilePath) throws(StorageError) {
    try FileStore.write(bytes(of: samples), to: path)
  }

  /// Returns samples as the bytes of a file, version 1.
  public static func bytes(of samples: SampleSet) -> [UInt8] {
    var extents = [samples.count]
    if let shape = samples.shape {
      extents += [shape.height, shape.width, shape.channels]
    } else {
      extents.append(samples.dimension)
    }
    // Plain vectors of whole numbers have no type of their own: only pictures are read back as
    // bytes.
    if case .bytes(let levels) = samples.storage, samples.shape != nil {
      return header("|u1", extents) + levels
    }
    var bytes = header("<f4", extents)
    LittleEndian.append(samples.values.map(\.bitPattern), to: &bytes)
    return bytes
  }

  /// Returns the samples in the bytes of a file, which are taken to the last one.
  ///
  /// - Throws: ``FormatError`` if they are not such an array, or a number is NaN, infinite or too
  ///   large for float32.
  public static func parse(_ bytes: [UInt8]) throws(FormatError) -> SampleSet {
    let (header, start) = try NumpyHeader.read(bytes)
    let extents = header.shape
    let isMatrix = extents.count == 2
    guard isMatrix || extents.count == 4 else {
      throw FormatError(
        "It holds an array of shape \(header.shapeText). "
          + "Give a matrix (n, d), or pictures (n, height, width, channels).")
    }
    guard extents.allSatisfy({ $0 > 0 }) else {
      throw FormatError("Its shape \(header.shapeText) holds no number. Give at least one row.")
    }
    let width: Int
    switch (header.type, isMatrix) {
    case ("<f4", _): width = 4
    case ("<f8", true): width = 8
    case ("|u1", false): width = 1
    default:
      throw FormatError(
        "Its numbers have the type '\(header.type)'. Give float32 ('<f4') or float64 ('<f8') for a "
          + "matrix (n, d), uint8 ('|u1') or float32 for pictures (n, height, width, channels).")
    }
    let size = extents.reduce(Int?(width)) { size, extent in
      size.flatMap { size in
        let (product, overflow) = size.multipliedReportingOverflow(by: extent)
        return overflow ? nil : product
      }
    }
    guard let size, size == bytes.count - start else {
      throw FormatError(
        "Its shape \(header.shapeText) needs \(size.map { "\($0)" } ?? "more than 2⁶³") bytes of "
          + "numbers, and \(bytes.count - start) follow. Write the file again.")
    }
    var shape: PictureShape?
    if !isMatrix {
      shape = PictureShape(width: extents[2], height: extents[1], channels: extents[3])
      guard [1, 3].contains(extents[3]) else {
        throw FormatError("Its pictures have \(extents[3]) channels. Give 1 or 3.")
      }
    }
    let dimension = size / width / extents[0]
    let storage: SampleSet.Storage =
      width == 1
      ? .bytes(Array(bytes[start...]))
      : .floats(try floats(bytes, start, width: width, dimension: dimension))
    return SampleSet(count: extents[0], dimension: dimension, shape: shape, storage: storage)
  }

  private static func floats(
    _ bytes: [UInt8], _ start: Int, width: Int, dimension: Int
  ) throws(FormatError) -> [Float] {
    let range = start..<bytes.count
    let values =
      width == 4
      ? LittleEndian.integers(UInt32.self, in: bytes, range).map(Float.init(bitPattern:))
      : LittleEndian.integers(UInt64.self, in: bytes, range).map {
        Float(Double(bitPattern: $0))
      }
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return values }
    throw FormatError(
      "The number in row \(index / dimension), column \(index % dimension), counted from 0, is NaN, "
        + "infinite or too large for float32. Remove or replace it.")
  }

  static func header(_ type: String, _ extents: [Int]) -> [UInt8] {
    // Python writes a tuple of one with a comma.
    let shape =
      extents.count == 1 ? "\(extents[0])," : extents.map { "\($0)" }.joined(separator: ", ")
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
    // The numbers start at a multiple of 64 bytes, after ten bytes, the text and a line end.
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    return NumpyHeader.magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(text.utf8)
      + Array(repeating: 0x20, count: length - text.utf8.count - 1) + [0x0A]
  }
}
