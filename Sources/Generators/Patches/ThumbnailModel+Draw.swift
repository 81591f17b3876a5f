import Foundation
import LinearAlgebra

extension ThumbnailModel {
  /// The samples of a task.
  private static let tileRows = 64

  /// Draws the samples with these numbers.
  ///
  /// One vector of `D` normal numbers serves as the residual noise inside the principal components and
  /// as the noise outside: its parts there are independent. So the noise of a sample is the same
  /// picture in every generation, whatever its principal components are, and only its texture
  /// changes.
  ///
  /// Products and noise are in single precision: what is drawn is rounded to 8 bits.
  func draw(_ samples: Range<Int>, latents: Latents, sampling: Sampling) -> Draws {
    let drawing = ThumbnailDrawing(self, sampling: sampling)
    return Draws.tiled(samples, dimension: dimension, tileRows: Self.tileRows) { tile in
      drawing.draw(tile, latents: latents)
    }
  }

  /// The means of the components in scaled coordinates as they are sampled: with a global bias all
  /// distances from the mean of the model shrink.
  func sampledMeans(_ sampling: Sampling) -> Matrix {
    guard sampling.biasScope == .global else { return mixture.means }
    let mean = Matrix(
      rowCount: 1, columnCount: mixture.count, elements: sampling.weights(mixture.weights)
    ).times(mixture.means).elements
    let scale = sampling.bias.squareRoot()
    return mixture.means.subtractingFromRows(mean).scaled(by: scale)
      .subtractingFromRows(mean.map(-))
  }
}

/// A thumbnail model made ready to draw.
private struct ThumbnailDrawing: Sendable {
  private let logWeights: [Double]
  private let truncation: Double?
  private let components: FloatMatrix
  private let mean: [Double]
  private let means: FloatMatrix
  private let factors: FloatMatrix
  private let scales: [Float]

  /// The factors of a component.
  private let rank: Int

  /// The deviation of the residual noise of each component, inside the principal components.
  private let residuals: [Float]

  /// The deviation of the noise outside the principal components.
  private let outside: Float

  init(_ model: ThumbnailModel, sampling: Sampling) {
    let scale = sampling.bias.squareRoot()
    logWeights = sampling.weights(model.mixture.weights).map { log($0) }
    truncation = sampling.truncation
    components = FloatMatrix(model.principal.components)
    mean = model.principal.mean
    means = FloatMatrix(model.sampledMeans(sampling))
    factors = FloatMatrix(model.mixture.factors.scaled(by: scale))
    scales = model.scales.map(Float.init)
    rank = model.mixture.rank
    residuals = model.mixture.residualVariances.map { Float(scale * $0.squareRoot()) }
    outside =
      model.outsideCount > 0
      ? Float((sampling.bias * model.principal.residualVariance).squareRoot()) : 0
  }

  func draw(_ samples: Range<Int>, latents: Latents) -> Draws {
    let chosen = latents.components(logWeights: logWeights, samples: samples)
    let (d, q, dimension) = (components.rowCount, rank, mean.count)
    let noise = latents.singleNormals(
      "noise", samples: samples, count: dimension, within: truncation)
    let amplitudes = latents.singleNormals(
      "factors", samples: samples, count: q, within: truncation)
    var coordinates = noise.times(transposeOf: components)
    for (row, k) in chosen.enumerated() {
      for j in 0..<d {
        let normal = coordinates.elements[row * d + j]
        var value = means.elements[k * d + j] + residuals[k] * normal
        for factor in 0..<q {
          value +=
            amplitudes.elements[row * q + factor] * factors.elements[(k * q + factor) * d + j]
        }
        // The whole noise is added below; what of it lies inside is taken away here.
        coordinates.elements[row * d + j] = value * scales[j] - outside * normal
      }
    }
    let inside = coordinates.times(components)
    let rows = Matrix(
      rowCount: samples.count, columnCount: dimension, tileRows: samples.count
    ) { rows, out in
      for row in rows {
        for column in 0..<dimension {
          let index = row * dimension + column
          out[index] =
            mean[column] + Double(inside.elements[index] + outside * noise.elements[index])
        }
      }
    }
    return Draws(rows: rows, components: chosen)
  }
}
