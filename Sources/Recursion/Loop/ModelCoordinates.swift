import Foundation
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

  /// Consecutive samples in model coordinates, of shape `(range.count, D)`.
  func rows(of samples: SampleSet, _ range: Range<Int>, offsets: Dequantisation) -> Matrix {
    switch self {
    case .pixels(let coordinates, _): coordinates.rows(of: samples, range, offsets: offsets)
    case .identity:
      Matrix(
        rowCount: range.count, columnCount: samples.dimension, floats: samples.values(range))
    }
  }

  /// The variance of the observation noise under which pictures are scored, in squared model
  /// coordinates: 8 levels of 256 at mid-grey, where a level is 0.96 / 256 wide.
  ///
  /// Without it the cross-entropy of real data explodes as soon as one component has collapsed.
  /// Vectors are scored exactly.
  var observationNoise: Double {
    switch self {
    case .pixels: pow(8 * 0.96 / 256, 2)
    case .identity: 0
    }
  }

  /// All samples in model coordinates, of shape `(n, D)`, computed as they are asked for.
  func rows(of samples: SampleSet, offsets: Dequantisation) -> RowSource {
    RowSource(rowCount: samples.count, columnCount: samples.dimension) { range in
      rows(of: samples, range, offsets: offsets)
    }
  }

  /// The total variance of samples in model coordinates, whole levels being taken at their centres.
  func totalVariance(of samples: SampleSet) -> Double {
    // Turning the colours leaves the total variance as it is.
    if case .pixels(let coordinates, _) = self, samples.isBytes {
      return samples.totalVariance(ofLevels: coordinates.ofCentres)
    }
    return rows(of: samples, offsets: .centre).totalVariance()
  }

  /// Continuous levels (or numbers), not clipped: the inverse of ``rows(of:_:offsets:)``.
  func levels(of rows: Matrix) -> ContinuousLevels {
    switch self {
    case .pixels(let coordinates, _): coordinates.levels(of: rows)
    case .identity: ContinuousLevels(rows: rows)
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
