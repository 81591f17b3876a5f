import Foundation
import LinearAlgebra

extension ThumbnailModel {
  /// The samples of a task.
  private static let tileRows = 128

  /// Draws the samples with these numbers.
  ///
  /// One vector of `D` normal numbers serves as the residual noise inside the principal components and
  /// as the noise outside: its parts there are independent. So the noise of a sample is the same
  /// picture in every generation, whatever its principal components are, and only its texture
  /// changes.
  func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    Draws.tiled(samples, dimension: dimension, tileRows: Self.tileRows) { tile in
      drawTile(tile, latents: latents, sampling: sampling)
    }
  }

  private func drawTile(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let chosen = latents.components(
      logWeights: mixture.weights.map { log($0) }, samples: samples)
    let noise = latents.normals("noise", samples: samples, count: dimension)
    let amplitudes = latents.normals("factors", samples: samples, count: mixture.rank)
    let inside = noise.times(transposeOf: principal.components)
    let means = sampledMeans(sampling)
    let scale = sampling.bias.squareRoot()
    let outside =
      outsideCount > 0 ? (sampling.bias * principal.residualVariance).squareRoot() : 0
    let residuals = mixture.residualVariances.map { scale * $0.squareRoot() }
    let (d, q) = (principal.count, mixture.rank)
    var coordinates = inside
    for (row, k) in chosen.enumerated() {
      for j in 0..<d {
        let normal = inside.elements[row * d + j]
        var value = means.elements[k * d + j] + residuals[k] * normal
        for factor in 0..<q {
          value +=
            scale * amplitudes.elements[row * q + factor]
            * mixture.factors.elements[(k * q + factor) * d + j]
        }
        // The whole noise is added below; what of it lies inside is taken away here.
        coordinates.elements[row * d + j] = value * scales[j] - outside * normal
      }
    }
    var rows = coordinates.times(principal.components)
    for row in 0..<samples.count {
      for column in 0..<dimension {
        rows.elements[row * dimension + column] +=
          principal.mean[column] + outside * noise.elements[row * dimension + column]
      }
    }
    return Draws(rows: rows, components: chosen)
  }

  /// The means of the components in scaled coordinates as they are sampled: with a global bias all
  /// distances from the mean of the model shrink.
  func sampledMeans(_ sampling: Sampling) -> Matrix {
    guard sampling.biasScope == .global else { return mixture.means }
    let mean = mixture.mean
    let scale = sampling.bias.squareRoot()
    return mixture.means.subtractingFromRows(mean).scaled(by: scale)
      .subtractingFromRows(mean.map(-))
  }
}
