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
    var reader: NumpyReader?
    var failure: FormatError?
    try FileStore.read(path) { piece, byteCount in
      do throws(FormatError) {
        var current = reader.take() ?? NumpyReader(byteCount: byteCount)
        try current.append(piece)
        reader = current
      } catch {
        failure = error
      }
      return failure == nil
    }
    do throws(FormatError) {
      if let failure { throw failure }
      return try (reader ?? NumpyReader(byteCount: 0)).finish()
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
    content(of: samples).pieces.reduce(into: []) { $0 += $1 }
  }

  /// Returns samples as the content of a file, version 1, which is made while it is written.
  public static func content(of samples: SampleSet) -> FileContent {
    var extents = [samples.count]
    if let shape = samples.shape {
      extents += [shape.height, shape.width, shape.channels]
    } else {
      extents.append(samples.dimension)
    }
    // Plain vectors of whole numbers have no type of their own: only pictures are read back as
    // bytes.
    let isBytes = samples.isBytes && samples.shape != nil
    let head = header(isBytes ? "|u1" : "<f4", extents)
    let blocks = samples.blocks
    return FileContent(
      byteCount: head.count + samples.count * samples.dimension * (isBytes ? 1 : 4),
      pieceCount: 1 + blocks.count
    ) { piece in
      guard piece > 0 else { return head }
      if isBytes, case .bytes(let levels) = samples.storage(blocks[piece - 1]) { return levels }
      var bytes: [UInt8] = []
      LittleEndian.append(samples.values(blocks[piece - 1]).map(\.bitPattern), to: &bytes)
      return bytes
    }
  }

  /// Returns the samples in the bytes of a file, which are taken to the last one.
  ///
  /// - Throws: ``FormatError`` if they are not such an array, or a number is NaN, infinite or too
  ///   large for float32.
  public static func parse(_ bytes: [UInt8]) throws(FormatError) -> SampleSet {
    var reader = NumpyReader(byteCount: bytes.count)
    try reader.append(bytes)
    return try reader.finish()
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
