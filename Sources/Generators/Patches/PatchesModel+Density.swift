import Foundation
public import LinearAlgebra
import Samples

extension PatchesModel {
  /// Returns the log-density (nats) of each row of shape `(n, D)` under the law that is drawn.
  ///
  /// With `L` levels the orthonormal Haar coefficients of a picture are `2^L` times its thumbnail and
  /// `2^l` times the details of level `l`, of which 0 is the finest, so
  ///
  ///     log p(x) = log p(thumbnail) - D₀ L ln 2 + Σₗ (log p(details of l | coarser) - nₗ l ln 2).
  ///
  /// Noise of variance `v` in every pixel is noise of variance `v/4^l` in the pixels and the details
  /// of level `l`; it is added to the law of the thumbnail and to each conditional law of details.
  ///
  /// - Returns: `nil` for a law without variance, and for pictures of which some size is odd at a
  ///   level: their last row or column was drawn together with one that is not in the picture.
  public func logDensity(
    _ rows: Matrix, sampling: Sampling, noiseFloor: Double
  ) -> [Double]? {
    var fine = rows
    var total = [Double](repeating: 0, count: rows.rowCount)
    for (level, detail) in details.enumerated().reversed() {
      let shape = shapes[level + 1]
      guard shape.width % 2 == 0, shape.height % 2 == 0 else { return nil }
      guard sampling.detailBias > 0 || noiseFloor > 0 else { return nil }
      let depth = details.count - 1 - level
      let coarse = ThumbnailPyramid.reduce(rows: fine, shape: shape).rows
      guard
        let densities = try? detail.logDensity(
          coarse: coarse, fine: fine, bias: sampling.detailBias,
          noiseFloor: noiseFloor / pow4(depth))
      else { return nil }
      let jacobian = Double(3 * shapes[level].count * depth) * log(2)
      for row in total.indices { total[row] += densities[row] - jacobian }
      fine = coarse
    }
    guard
      let densities = thumbnail.logDensity(
        fine, sampling: sampling, noiseFloor: noiseFloor / pow4(details.count))
    else { return nil }
    let jacobian = Double(thumbnail.dimension * details.count) * log(2)
    return zip(total, densities).map { $0 + $1 - jacobian }
  }
}
