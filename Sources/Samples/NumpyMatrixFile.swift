public import Storage
public import SystemPackage

/// A `.npy` file of a matrix `(n, d)` of float32 or float64, read in parts, in all its digits.
public struct NumpyMatrixFile: Sendable {
  /// The number of rows.
  public let rowCount: Int

  /// The number of columns.
  public let columnCount: Int

  /// Whether the numbers are float64, or else float32.
  public let isDouble: Bool

  private let file: RandomAccessFile
  private let start: Int

  /// Whether the numbers lie column by column.
  private let isFortran: Bool

  /// The bytes at the beginning of a file that hold the longest header.
  private static let longestHeader = 1 << 17

  /// Opens a file; `nil` if it holds an array of four extents: pictures.
  ///
  /// - Throws: ``StorageError`` if the file cannot be read or holds another array.
  public init?(_ path: FilePath) throws(StorageError) {
    file = try RandomAccessFile(path)
    let head = try file.bytes(0..<min(file.byteCount, Self.longestHeader))
    do throws(FormatError) {
      let (header, start) = try NumpyHeader.read(head)
      if header.shape.count == 4 { return nil }
      self.start = start
      isFortran = header.isFortran
      (rowCount, columnCount, isDouble) = try Self.layout(
        header, byteCount: file.byteCount - start)
    } catch {
      throw StorageError(.read, path, .malformed(error.description))
    }
  }

  private static func layout(
    _ header: NumpyHeader, byteCount: Int
  ) throws(FormatError) -> (Int, Int, Bool) {
    guard header.shape.count == 2 else {
      throw FormatError(
        "It holds an array of shape \(header.shapeText). Give a matrix (n, d), one sample a row, or "
          + "pictures (n, height, width, channels).")
    }
    guard ["<f4", "<f8"].contains(header.type) else {
      throw FormatError(
        "Its numbers have the type '\(header.type)'. Give float32 ('<f4') or float64 ('<f8'): "
          + "save array.astype('float32').")
    }
    guard header.shape.allSatisfy({ $0 > 0 }) else {
      throw FormatError("Its shape \(header.shapeText) holds no number. Give at least one row.")
    }
    try header.requireRowsInMemory()
    let isDouble = header.type == "<f8"
    let (count, overflow) = header.shape[0].multipliedReportingOverflow(by: header.shape[1])
    guard !overflow, count <= byteCount, count * (isDouble ? 8 : 4) == byteCount else {
      throw FormatError(
        "Its shape \(header.shapeText) does not fill the \(byteCount) bytes of numbers that follow. "
          + "Write the file again.")
    }
    return (header.shape[0], header.shape[1], isDouble)
  }

  /// The numbers of consecutive rows.
  ///
  /// Of a file that can no longer be read they are NaN, and ``failure`` says so.
  public func values(_ rows: Range<Int>) -> [Double] {
    guard isFortran else {
      return numbers(
        rows.lowerBound * columnCount..<rows.upperBound * columnCount)
    }
    var values = [Double](repeating: 0, count: rows.count * columnCount)
    for column in 0..<columnCount {
      let first = column * rowCount
      let numbers = numbers(first + rows.lowerBound..<first + rows.upperBound)
      for (row, number) in numbers.enumerated() { values[row * columnCount + column] = number }
    }
    return values
  }

  /// Numbers as they lie in the file; NaN if it can no longer be read.
  private func numbers(_ range: Range<Int>) -> [Double] {
    let width = isDouble ? 8 : 4
    let first = start + range.lowerBound * width
    guard let bytes = try? file.bytes(first..<first + range.count * width) else {
      return Array(repeating: .nan, count: range.count)
    }
    return isDouble
      ? LittleEndian.integers(UInt64.self, in: bytes, 0..<bytes.count)
        .map(Double.init(bitPattern:))
      : LittleEndian.integers(UInt32.self, in: bytes, 0..<bytes.count).map {
        Double(Float(bitPattern: $0))
      }
  }

  /// Why the file could not be read to the end; `nil` if it could.
  public var failure: StorageError? { file.failure }
}
