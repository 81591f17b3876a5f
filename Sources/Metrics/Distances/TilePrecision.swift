import LinearAlgebra

/// What is known of the numbers in a tile of squared distances.
struct TilePrecision: Sendable {
  /// The squared distance that a 1 in the tile stands for, a power of 4.
  let unit: Double

  /// The largest error of a squared distance, relative to the sum of the squared norms of both rows.
  let relativeError: Double

  /// What comes on top of it where numbers are too small for the format.
  let absoluteError: Double

  /// The largest error of a squared distance between rows whose squared norms have this sum.
  @inline(__always)
  func errorBound(_ norms: Double) -> Double { relativeError * norms + absoluteError }
}

/// A format in which a tile of squared distances is computed.
protocol TileScalar: BLASScalar {
  /// The same number.
  var widened: Double { get }

  /// A number that is not smaller, and hardly larger.
  static func bound(_ value: Double) -> Self
}

extension Double: TileScalar {
  @inline(__always) var widened: Double { self }

  @inline(__always) static func bound(_ value: Double) -> Double { value }
}

extension Float: TileScalar {
  @inline(__always) var widened: Double { Double(self) }

  @inline(__always) static func bound(_ value: Double) -> Float { Float(value).nextUp }
}
