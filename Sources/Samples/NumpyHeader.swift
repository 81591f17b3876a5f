import Storage

/// What the header of a `.npy` file says: a Python dictionary with three keys.
struct NumpyHeader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The type of the numbers, such as `<f4`.
  let type: String

  /// The extents of the array.
  let shape: [Int]

  /// Whether the first index runs fastest, as in what `numpy.save` makes of a transposed array.
  let isFortran: Bool

  /// The most numbers in Fortran order, which have to be in memory before the first row is known.
  static let fortranLimit = 1 << 24

  /// The shape as Python writes it.
  var shapeText: String {
    "(\(shape.map { "\($0)" }.joined(separator: ", "))\(shape.count == 1 ? "," : ""))"
  }

  /// Returns the header of a file and where the numbers start.
  static func read(
    _ bytes: [UInt8]
  ) throws(FormatError) -> (header: NumpyHeader, start: Int) {
    guard bytes.starts(with: magic) else {
      throw FormatError("It does not start like a .npy file. Save the array with numpy.save.")
    }
    guard bytes.count >= 12 else { throw FormatError(cutShort) }
    let version = (bytes[6], bytes[7])
    let lengthBytes: Int
    switch version {
    case (1, 0): lengthBytes = 2
    case (2, 0), (3, 0): lengthBytes = 4
    default:
      throw FormatError(
        "It has version \(version.0).\(version.1) of the .npy format; 1.0, 2.0 and 3.0 are known. "
          + "Save the array with numpy.save.")
    }
    let start = 8 + lengthBytes
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= lengthLimit else {
      throw FormatError(
        "Its header claims \(length) bytes; the limit is \(lengthLimit). Save a plain array.")
    }
    guard length <= bytes.count - start else { throw FormatError(cutShort) }
    var parser = Parser(bytes: Array(bytes[start..<start + length]))
    return (try parser.header(), start + length)
  }

  /// Throws if the array is in Fortran order and too large for that.
  func requireRowsInMemory() throws(FormatError) {
    let count = shape.reduce(Int?(1)) { count, extent in
      count.flatMap {
        let (product, overflow) = $0.multipliedReportingOverflow(by: extent)
        return overflow ? nil : product
      }
    }
    guard isFortran, count.map({ $0 > Self.fortranLimit }) ?? true else { return }
    throw FormatError(
      "It is in Fortran order, in which at most 16.8 million numbers are read. Save "
        + "numpy.ascontiguousarray(array).")
  }

  private static let lengthLimit = 65_535
  private static let cutShort = "It ends inside its header. Write the file again."

  private struct Parser {
    let bytes: [UInt8]
    var position = 0

    mutating func header() throws(FormatError) -> NumpyHeader {
      var type: String?
      var isFortran: Bool?
      var shape: [Int]?
      try expect("{")
      while !take("}") {
        let key = try string()
        try expect(":")
        switch key {
        case "descr" where type == nil:
          guard !take("[") else {
            throw FormatError(
              "Its rows are records with named fields. Give a plain float32 or float64 matrix.")
          }
          type = try string()
        case "fortran_order" where isFortran == nil:
          isFortran = take("True")
          if isFortran == false { try expect("False") }
        case "shape" where shape == nil: shape = try tuple()
        default: throw malformed
        }
        if !take(",") {
          try expect("}")
          break
        }
      }
      skipSpace()
      guard position == bytes.count, let type, let isFortran, let shape else { throw malformed }
      if type.contains("O") {
        throw FormatError(
          "It holds Python objects, which are never read because they can run code. "
            + "Give a plain float32 or float64 matrix.")
      }
      if type.hasPrefix(">") {
        throw FormatError(
          "Its numbers are big-endian ('\(type)'). Save array.astype('<\(type.dropFirst())').")
      }
      return NumpyHeader(type: type, shape: shape, isFortran: isFortran)
    }

    private mutating func tuple() throws(FormatError) -> [Int] {
      var extents: [Int] = []
      try expect("(")
      while !take(")") {
        skipSpace()
        let start = position
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
          position += 1
        }
        guard
          let extent = Int(String(decoding: bytes[start..<position], as: UTF8.self))
        else { throw malformed }
        extents.append(extent)
        if !take(",") {
          // One number in brackets is no tuple in Python.
          guard extents.count > 1 else { throw malformed }
          try expect(")")
          break
        }
      }
      return extents
    }

    /// A string without escapes, in quotes of either kind; for a message, only what is printable.
    private mutating func string() throws(FormatError) -> String {
      skipSpace()
      guard let quote = next, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(quote) else {
        throw malformed
      }
      position += 1
      let start = position
      while let byte = next, byte != quote {
        guard (0x20...0x7E).contains(byte), byte != UInt8(ascii: "\\") else { throw malformed }
        position += 1
      }
      guard next == quote else { throw malformed }
      position += 1
      return String(decoding: bytes[start..<position - 1], as: UTF8.self)
    }

    private var next: UInt8? {
      position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipSpace() {
      while let byte = next, byte == 0x20 || byte == 0x0A { position += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
      skipSpace()
      guard bytes[position...].starts(with: text.utf8) else { return false }
      position += text.utf8.count
      return true
    }

    private mutating func expect(_ text: String) throws(FormatError) {
      guard take(text) else { throw malformed }
    }

    private var malformed: FormatError {
      FormatError(
        "Its header is not the dictionary of 'descr', 'fortran_order' and 'shape' that numpy writes. "
          + "Save the array with numpy.save.")
    }
  }
}
