import LinearAlgebra
import Randomness
import Samples

extension PatchesModel {
  /// The samples of a task.
  private static let tileRows = 128

  /// Draws the samples with these numbers: the thumbnail, then level after level its details.
  ///
  /// `bias` acts on the thumbnail, `detailBias` on the conditional covariances of the details.
  public func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    Draws.tiled(samples, dimension: dimension, tileRows: Self.tileRows) { tile in
      drawTile(tile, latents: latents, sampling: sampling)
    }
  }

  private func drawTile(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let drawn = thumbnail.draw(samples, latents: latents, sampling: sampling)
    var rows = drawn.rows
    for (level, detail) in details.enumerated() {
      rows = cut(
        detail.draw(
          coarse: rows, samples: samples, latents: latents, bias: sampling.detailBias),
        after: level)
    }
    return Draws(rows: rows, components: drawn.components)
  }

  /// Pictures of twice the size of a level's thumbnails, cut to the next shape: odd sizes were padded.
  func cut(_ rows: Matrix, after level: Int) -> Matrix {
    let coarse = shapes[level]
    let doubled = PictureShape(
      width: 2 * coarse.width, height: 2 * coarse.height, channels: coarse.channels)
    return ThumbnailPyramid.resized(rows: rows, from: doubled, to: shapes[level + 1])
  }

  /// The sum over levels of the variance of the orthonormal detail coefficients, over 256 drawn
  /// pictures.
  func measuredDetailVariance() -> Double {
    guard !details.isEmpty else { return 0 }
    let latents = Latents(seed: 0, purpose: "detail variance", generation: 0)
    var fine = draw(0..<256, latents: latents, sampling: Sampling()).rows
    var total = 0.0
    for level in details.indices.reversed() {
      let padded = ThumbnailPyramid.padded(rows: fine, shape: shapes[level + 1])
      let coefficients = ThumbnailPyramid.details(fine: padded.rows, coarse: shapes[level])
      let centred = coefficients.subtractingFromRows(coefficients.columnMeans())
      let sum = centred.squaredRowNorms().reduce(0, +)
      total += sum / Double(fine.rowCount - 1) * pow4(details.count - 1 - level)
      fine = ThumbnailPyramid.reduce(rows: fine, shape: shapes[level + 1]).rows
    }
    return total
  }
}
