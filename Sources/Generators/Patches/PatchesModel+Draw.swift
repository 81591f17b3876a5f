import LinearAlgebra
import Randomness
import Samples

extension PatchesModel {
  /// The samples that are drawn together: every level's tiles divide it.
  private static let groupSize = 64

  /// Draws the samples with these numbers: the thumbnail, then level after level its details.
  ///
  /// `bias` acts on the thumbnail, `detailBias` on the conditional covariances of the details.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    guard !details.isEmpty else {
      return thumbnail.draw(samples, latents: latents, sampling: sampling)
    }
    guard !samples.isEmpty else {
      return Draws(rows: Matrix(rowCount: 0, columnCount: dimension), components: [])
    }
    // Whole groups are drawn, so that a sample has the same bits whatever else is drawn.
    let size = Self.groupSize
    let groups = samples.lowerBound / size * size..<(samples.upperBound + size - 1) / size * size
    let drawn = thumbnail.draw(groups, latents: latents, sampling: sampling)
    var rows = drawn.rows
    for (level, detail) in details.enumerated() {
      rows = cut(
        detail.draw(
          coarse: rows, samples: groups, latents: latents, bias: sampling.detailBias),
        after: level)
    }
    let wanted =
      samples.lowerBound - groups.lowerBound..<samples.upperBound - groups.lowerBound
    return Draws(
      rows: wanted.count == rows.rowCount ? rows : rows.rows(wanted),
      components: Array(drawn.components[wanted]))
  }

  /// Pictures of twice the size of a level's thumbnails, cut to the next shape: odd sizes were padded.
  func cut(_ rows: Matrix, after level: Int) -> Matrix {
    let coarse = shapes[level]
    let doubled = PictureShape(
      width: 2 * coarse.width, height: 2 * coarse.height, channels: coarse.channels)
    return ThumbnailPyramid.resized(rows: rows, from: doubled, to: shapes[level + 1])
  }

  /// The sum over levels of the variance of the orthonormal detail coefficients, over 64 drawn
  /// pictures.
  func measuredDetailVariance() -> Double {
    guard !details.isEmpty else { return 0 }
    let latents = Latents(seed: 0, purpose: "detail variance", generation: 0)
    let groups = Parallelism.blocks(of: Self.measuredPictures, size: Self.groupSize)
    let ofGroups = Parallelism.map(groups.count) { group in
      var variances = [StreamingVariance](repeating: StreamingVariance(), count: details.count)
      var fine = draw(groups[group], latents: latents, sampling: Sampling()).rows
      for level in details.indices.reversed() {
        let padded = ThumbnailPyramid.padded(rows: fine, shape: shapes[level + 1])
        variances[level].append(
          ThumbnailPyramid.details(fine: padded.rows, coarse: shapes[level]))
        fine = ThumbnailPyramid.reduce(rows: fine, shape: shapes[level + 1]).rows
      }
      return variances
    }
    var variances = [StreamingVariance](repeating: StreamingVariance(), count: details.count)
    for group in ofGroups {
      for level in details.indices { variances[level].append(group[level]) }
    }
    let n = Double(Self.measuredPictures)
    return details.indices.reduce(0) { sum, level in
      sum + variances[level].total * n / (n - 1) * pow4(details.count - 1 - level)
    }
  }

  /// The pictures on which the variance of the details is measured.
  private static let measuredPictures = 64
}
