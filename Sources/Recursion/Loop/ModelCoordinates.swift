import Images
import LinearAlgebra
import Samples

/// The coordinates in which a generator is fitted: logit pixels for pictures, the numbers
/// themselves for vectors and for generators that copy samples.
enum ModelCoordinates: Sendable {
  /// Dequantised, in opponent colours; see `PixelCoordinates`.
  case pixels(PixelCoordinates, PictureShape)

  /// The stored numbers; `shape` is that of the pictures, if they are any.
  case identity(PictureShape?)

  var shape: PictureShape? {
    switch self {
    case .pixels(_, let shape): shape
    case .identity(let shape): shape
    }
  }

  /// Samples in model coordinates, of shape `(n, D)`.
  func rows(of samples: SampleSet, offsets: Dequantisation) -> Matrix {
    switch self {
    case .pixels(let coordinates, _):
      coordinates.rows(of: samples, 0..<samples.count, offsets: offsets)
    case .identity:
      Matrix(rowCount: samples.count, columnCount: samples.dimension, floats: samples.values)
    }
  }

  /// Continuous levels (or numbers), not clipped: the inverse of ``rows(of:offsets:)``.
  func levels(of rows: Matrix) -> [Float] {
    switch self {
    case .pixels(let coordinates, _): coordinates.levels(of: rows)
    case .identity: rows.elements.map(Float.init)
    }
  }

  /// Levels rounded and clipped to bytes.
  func bytes(of rows: Matrix) -> [UInt8] {
    switch self {
    case .pixels(let coordinates, _): coordinates.bytes(of: rows)
    case .identity: rows.elements.map { UInt8(min(255, max(0, $0.rounded()))) }
    }
  }

  /// The share of channel values outside 0 … 255; `nil` for vectors.
  func gamutShare(of rows: Matrix) -> Double? {
    switch self {
    case .pixels(let coordinates, _): return coordinates.gamutShare(of: rows)
    case .identity(nil): return nil
    case .identity:
      let outside = rows.elements.count { !(0...255).contains($0) }
      return Double(outside) / Double(max(1, rows.elements.count))
    }
  }

  /// The log-determinant of the map from levels to model coordinates at each row.
  func logVolume(of rows: Matrix) -> [Double] {
    switch self {
    case .pixels(let coordinates, _): coordinates.logVolume(of: rows)
    case .identity: Array(repeating: 0, count: rows.rowCount)
    }
  }
}
