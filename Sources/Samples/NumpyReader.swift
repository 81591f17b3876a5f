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

    /// The extents of an array in Fortran order; `nil` for C order.
    let turnedExtents: [Int]?
  }

  private let byteCount: Int
  private var received = 0
  private var layout: Layout?
  private var writer: SampleWriter?

  /// The bytes of a number whose other bytes are still to come.
  private var pending: [UInt8] = []

  /// The bytes so far of an array in Fortran order, whose first row is known when all are there.
  private var turned: [UInt8] = []

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
    if layout.turnedExtents == nil { try write(body, layout) } else { turned += body }
  }

  /// Takes bytes in the order of the rows.
  private mutating func write(_ bytes: [UInt8], _ layout: Layout) throws(FormatError) {
    if layout.width == 1 {
      writer?.append(.bytes(bytes))
    } else {
      try appendNumbers(bytes, layout)
    }
  }

  /// Returns the samples.
  ///
  /// - Throws: ``FormatError`` if bytes are missing.
  public consuming func finish() throws(FormatError) -> SampleSet {
    guard let layout else {
      _ = try NumpyHeader.read([])
      preconditionFailure("no bytes are no header")
    }
    guard received == byteCount else {
      throw FormatError(
        "It should hold \(byteCount) bytes, and \(received) could be read. Write the file again.")
    }
    if let extents = layout.turnedExtents {
      try write(Self.inRows(turned, extents, width: layout.width), layout)
    }
    guard let writer else { preconditionFailure("a layout comes with a writer") }
    return writer.finish(shape: layout.shape)
  }

  /// The bytes of an array in Fortran order, in C order.
  private static func inRows(_ bytes: [UInt8], _ extents: [Int], width: Int) -> [UInt8] {
    // How far a step along each axis goes in the file.
    let strides = extents.reduce(into: [1]) { $0.append($0[$0.count - 1] * $1) }
    var rows: [UInt8] = []
    rows.reserveCapacity(bytes.count)
    var place = Array(repeating: 0, count: extents.count)
    var number = 0
    while rows.count < bytes.count {
      rows += bytes[number * width..<(number + 1) * width]
      for axis in extents.indices.reversed() {
        place[axis] += 1
        number += strides[axis]
        if place[axis] < extents[axis] { break }
        place[axis] = 0
        number -= strides[axis + 1]
      }
    }
    return rows
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
    try header.requireRowsInMemory()
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
      count: extents[0], dimension: size / width / extents[0], shape: shape, width: width,
      turnedExtents: header.isFortran ? extents : nil)
  }
}
