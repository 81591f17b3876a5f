/// Numbers in the byte order of `.npy` and safetensors files.
enum LittleEndian {
  /// Returns the integers that lie one after another in a range of bytes, a multiple of their size.
  static func integers<Integer: FixedWidthInteger>(
    _ type: Integer.Type, in bytes: [UInt8], _ range: Range<Int>
  ) -> [Integer] {
    let size = MemoryLayout<Integer>.size
    let count = range.count / size
    precondition(count * size == range.count, "\(range.count) bytes are no whole number of values")
    return unsafe bytes.withUnsafeBytes { buffer in
      let buffer = unsafe UnsafeRawBufferPointer(rebasing: buffer[range])
      return (0..<count).map { index in
        unsafe Integer(
          littleEndian: buffer.loadUnaligned(fromByteOffset: index * size, as: type))
      }
    }
  }

  /// Appends the bytes of integers.
  static func append<Integer: FixedWidthInteger>(_ values: [Integer], to bytes: inout [UInt8]) {
    if 1.littleEndian == 1 {
      unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    } else {
      unsafe values.map(\.littleEndian).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
  }

  /// Appends the bytes of floating-point numbers in the format of IEEE 754.
  static func append<Number: BinaryFloatingPoint>(
    _ values: [Number], to bytes: inout [UInt8], bits: (Number) -> some FixedWidthInteger
  ) {
    if 1.littleEndian == 1 {
      unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    } else {
      append(values.map(bits), to: &bytes)
    }
  }
}
