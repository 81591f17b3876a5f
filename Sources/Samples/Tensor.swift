/// A named array of numbers, as a safetensors file stores it.
public struct Tensor: Equatable, Sendable {
  /// The values, in row-major order.
  public enum Values: Equatable, Sendable {
    case float64([Double])
    case float32([Float])
    case int32([Int32])
    case uint8([UInt8])
  }

  /// The name in the file.
  public let name: String

  /// The extents; the product is the number of values.
  public let shape: [Int]

  /// The values.
  public let values: Values

  /// Creates a tensor; the shape must hold as many numbers as there are values.
  public init(name: String, shape: [Int], values: Values) {
    precondition(
      shape.reduce(1, *) == values.count, "\(values.count) values do not fill the shape \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
