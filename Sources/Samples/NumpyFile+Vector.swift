public import Storage

extension NumpyFile {
  /// Returns numbers as the bytes of a file that holds an array `(n)` of float64, version 1.
  public static func bytes(ofVector values: [Double]) -> [UInt8] {
    var bytes = header("<f8", [values.count])
    LittleEndian.append(values.map(\.bitPattern), to: &bytes)
    return bytes
  }

  /// Returns the numbers in the bytes of a file that holds an array `(n)` or `(n, 1)` of float64 or
  /// float32; some may be infinite.
  ///
  /// - Throws: ``FormatError`` if they are not such an array, or a number is NaN.
  public static func vector(_ bytes: [UInt8]) throws(FormatError) -> [Double] {
    let (header, start) = try NumpyHeader.read(bytes)
    guard let count = header.shape.first, header.shape == [count] || header.shape == [count, 1]
    else {
      throw FormatError("It holds an array of shape \(header.shapeText). Give a vector (n).")
    }
    let range = start..<bytes.count
    let values: [Double]
    switch header.type {
    case "<f8" where count == range.count / 8 && range.count % 8 == 0:
      values = LittleEndian.integers(UInt64.self, in: bytes, range).map(Double.init(bitPattern:))
    case "<f4" where count == range.count / 4 && range.count % 4 == 0:
      values = LittleEndian.integers(UInt32.self, in: bytes, range).map {
        Double(Float(bitPattern: $0))
      }
    case "<f8", "<f4":
      throw FormatError(
        "Its shape \(header.shapeText) does not fill the \(range.count) bytes that follow. "
          + "Write the file again.")
    default:
      throw FormatError(
        "Its numbers have the type '\(header.type)'. Give float64 ('<f8') or float32 ('<f4'): "
          + "save array.astype('float64').")
    }
    if let index = values.firstIndex(where: \.isNaN) {
      throw FormatError("The number in row \(index), counted from 0, is NaN.")
    }
    return values
  }
}
