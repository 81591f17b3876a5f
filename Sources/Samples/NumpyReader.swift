public import Storage

/// Reads the samples of a `.npy` file whose bytes arrive in pieces.
public struct NumpyReader {
  /// What the header says.
  private struct Layout {
    let count: Int
    let dimension: Int
    let shape: PictureShape?

    /// The bytes of a number.
    let width: Int
  }

  private let byteCount: Int
  private var received = 0
  private var layout: Layout?
  private var writer: SampleWriter?

  /// The bytes of a number whose other bytes are still to come.
  private var pending: [UInt8] = []

  /// The numbers so far.
  private var numbers = 0

  /// Prepares for a file of so many bytes.
  public init(byteCount: Int) {
    self.byteCount = byteCount
  }

  /// Takes the next bytes of the file; the first piece holds the whole header.
  ///
  /// - Throws: ``FormatError`` if they are not such an array, or a number is NaN, infinite or too
  ///   large for float32.
  public mutating func append(_ piece: [UInt8]) throws(FormatError) {
    received += piece.count
    var body = piece
    if layout == nil {
      let (header, start) = try NumpyHeader.read(piece)
      let layout = try Self.layout(header, byteCount: byteCount - start)
      self.layout = layout
      writer = SampleWriter(
        expecting: layout.count, dimension: layout.dimension, isBytes: layout.width == 1)
      body = Array(piece[start...])
    }
    guard let layout else { return }
    if layout.width == 1 {
      writer?.append(.bytes(body))
    } else {
      try appendNumbers(body, layout)
    }
  }

  /// Returns the samples.
  ///
  /// - Throws: ``FormatError`` if bytes are missing.
  public consuming func finish() throws(FormatError) -> SampleSet {
    guard let layout, let writer else {
      _ = try NumpyHeader.read([])
      preconditionFailure("no bytes are no header")
    }
    guard received == byteCount else {
      throw FormatError(
        "It should hold \(byteCount) bytes, and \(received) could be read. Write the file again.")
    }
    return writer.finish(shape: layout.shape)
  }

  private mutating func appendNumbers(_ bytes: [UInt8], _ layout: Layout) throws(FormatError) {
    pending += bytes
    let range = 0..<pending.count / layout.width * layout.width
    let values =
      layout.width == 4
      ? LittleEndian.integers(UInt32.self, in: pending, range).map(Float.init(bitPattern:))
      : LittleEndian.integers(UInt64.self, in: pending, range).map {
        Float(Double(bitPattern: $0))
      }
    pending.removeFirst(range.count)
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      let (row, column) = (numbers + index).quotientAndRemainder(dividingBy: layout.dimension)
      throw FormatError(
        "The number in row \(row), column \(column), counted from 0, is NaN, infinite or too large "
          + "for float32. Remove or replace it.")
    }
    numbers += values.count
    writer?.append(.floats(values))
  }

  private static func layout(
    _ header: NumpyHeader, byteCount: Int
  ) throws(FormatError) -> Layout {
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
          + "matrix (n, d), uint8 ('|u1') or float32 for pictures (n, height, width, channels): "
          + "save array.astype('float32') or array.astype('uint8').")
    }
    let size = extents.reduce(Int?(width)) { size, extent in
      size.flatMap { size in
        let (product, overflow) = size.multipliedReportingOverflow(by: extent)
        return overflow ? nil : product
      }
    }
    guard let size, size == byteCount else {
      throw FormatError(
        "Its shape \(header.shapeText) needs \(size.map { "\($0)" } ?? "more than 2⁶³") bytes of "
          + "numbers, and \(byteCount) follow. Write the file again.")
    }
    var shape: PictureShape?
    if !isMatrix {
      shape = PictureShape(width: extents[2], height: extents[1], channels: extents[3])
      guard [1, 3].contains(extents[3]) else {
        throw FormatError("Its pictures have \(extents[3]) channels. Give 1 or 3.")
      }
    }
    return Layout(
      count: extents[0], dimension: size / width / extents[0], shape: shape, width: width)
  }
}
