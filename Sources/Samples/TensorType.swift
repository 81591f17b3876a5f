/// The types of numbers in a safetensors file that are read and written, by their names there.
enum TensorType: String {
  case float64 = "F64"
  case float32 = "F32"
  case int32 = "I32"
  case uint8 = "U8"

  /// The bytes of one number.
  var width: Int {
    switch self {
    case .float64: 8
    case .float32, .int32: 4
    case .uint8: 1
    }
  }

  /// Returns the numbers in a range of bytes.
  func values(_ bytes: [UInt8], _ range: Range<Int>) -> Tensor.Values {
    switch self {
    case .float64:
      .float64(
        LittleEndian.integers(UInt64.self, in: bytes, range).map(Double.init(bitPattern:)))
    case .float32:
      .float32(
        LittleEndian.integers(UInt32.self, in: bytes, range).map(Float.init(bitPattern:)))
    case .int32: .int32(LittleEndian.integers(Int32.self, in: bytes, range))
    case .uint8: .uint8(Array(bytes[range]))
    }
  }
}

extension Tensor.Values {
  /// The type of the numbers.
  var type: TensorType {
    switch self {
    case .float64: .float64
    case .float32: .float32
    case .int32: .int32
    case .uint8: .uint8
    }
  }

  /// The number of numbers.
  public var count: Int {
    switch self {
    case .float64(let values): values.count
    case .float32(let values): values.count
    case .int32(let values): values.count
    case .uint8(let values): values.count
    }
  }

  /// Appends the numbers, little-endian.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .float64(let values): LittleEndian.append(values, to: &bytes) { $0.bitPattern }
    case .float32(let values): LittleEndian.append(values, to: &bytes) { $0.bitPattern }
    case .int32(let values): LittleEndian.append(values, to: &bytes)
    case .uint8(let values): bytes += values
    }
  }
}

extension Tensor {
  /// The bytes of its numbers.
  var byteCount: Int { values.count * values.type.width }
}
