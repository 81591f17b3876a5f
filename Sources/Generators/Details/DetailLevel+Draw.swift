import Foundation
import LinearAlgebra
import Randomness
import Samples

extension DetailLevel {
  /// The pictures of a task, a power of two from 8 to 64: enough for products of whole batches, few
  /// enough to stay in the cache.
  private var tilePictures: Int {
    var pictures = 64
    while pictures > 8, pictures * grid.shape.count > 1 << 18 { pictures /= 2 }
    return pictures
  }

  /// Draws the details of coarse pictures `(n, H W C)` and returns the fine ones `(n, 4 H W C)`.
  ///
  /// Row `i` belongs to the sample `samples.lowerBound + i`; its details depend on the model, the
  /// latents, its number and its coarse picture alone.
  ///
  /// - Parameter bias: The factor on the conditional covariances.
  func draw(coarse: Matrix, samples: Range<Int>, latents: Latents, bias: Double) -> Matrix {
    precondition(
      coarse.rowCount == samples.count && coarse.columnCount == grid.shape.count,
      "\(coarse.rowCount)×\(coarse.columnCount) coarse pictures for \(samples.count) samples")
    let waves = grid.waves
    return Matrix(
      rowCount: coarse.rowCount, columnCount: 4 * grid.shape.count, tileRows: tilePictures
    ) { pictures, out in
      let means = coarse.rows(pictures).elements
      var details = [Double](repeating: 0, count: pictures.count * grid.detailCount)
      var streams = pictures.map { picture in
        let sample = samples.lowerBound + picture
        return (
          component: latents.stream("detail\(level)/component", sample: sample),
          noise: latents.stream("detail\(level)/noise", sample: sample)
        )
      }
      for wave in waves {
        draw(wave, coarse: means, details: &details, streams: &streams, bias: bias)
      }
      ThumbnailPyramid.compose(
        coarse: means, details: details, count: pictures.count, shape: grid.shape, into: &out)
    }
  }

  /// Draws the blocks of a wave in all pictures of a tile at once.
  private func draw(
    _ wave: [DetailGrid.Block], coarse: [Double], details: inout [Double],
    streams: inout [(component: RandomStream, noise: RandomStream)], bias: Double
  ) {
    let pictures = streams.count
    let rowCount = wave.count * pictures
    var contexts = Matrix(rowCount: rowCount, columnCount: grid.contextCount)
    var numbers = contexts.elements.mutableSpan
    for row in 0..<rowCount {
      let picture = row % pictures
      grid.writeContext(
        wave[row / pictures], coarse: coarse, from: picture * grid.shape.count, details: details,
        from: picture * grid.detailCount, into: &numbers, at: row * grid.contextCount)
    }
    let z = reduction(contexts)
    let components = components(of: contextDensities(z), streams: &streams)
    var noise = Matrix(rowCount: rowCount, columnCount: grid.targetCount)
    var normals = noise.elements.mutableSpan
    for row in 0..<rowCount {
      let range = row * grid.targetCount..<(row + 1) * grid.targetCount
      streams[row % pictures].noise.fillNormals(&normals, range)
    }
    // The same noise serves along the principal axes and outside them: its parts are independent.
    let along = noise.times(transposeOf: target.components)
    let level = (bias * target.residualVariance).squareRoot()
    var coordinates = conditional(z, along: along, components: components, bias: bias)
    for index in coordinates.elements.indices {
      coordinates.elements[index] -= level * along.elements[index]
    }
    var drawn = target.reconstruct(coordinates).elements
    for index in drawn.indices { drawn[index] += level * noise.elements[index] }
    for row in 0..<rowCount {
      grid.writeTarget(
        wave[row / pictures], drawn, from: row * grid.targetCount, into: &details,
        at: row % pictures * grid.detailCount)
    }
  }

  /// The component of each row by Gumbel-max from the joint log-densities of its context.
  private func components(
    of logJoint: Matrix, streams: inout [(component: RandomStream, noise: RandomStream)]
  ) -> [Int] {
    (0..<logJoint.rowCount).map { row in
      streams[row % streams.count].component.gumbelMax(logJoint.row(row))
    }
  }

  /// The principal coordinates `a + zG + √λ C^½ ε` of each row under its component.
  private func conditional(
    _ z: Matrix, along noise: Matrix, components: [Int], bias: Double
  ) -> Matrix {
    let rank = target.count
    let inputs = z.appendingColumns(of: noise)
    let scale = bias.squareRoot()
    var members = [[Int]](repeating: [], count: count)
    for (row, component) in components.enumerated() { members[component].append(row) }
    var coordinates = Matrix(rowCount: z.rowCount, columnCount: rank)
    for k in 0..<count where !members[k].isEmpty {
      let map = gains[k].appendingRows(of: roots[k].scaled(by: scale))
      let drawn = inputs.gatheringRows(members[k]).times(map)
      for (position, row) in members[k].enumerated() {
        for j in 0..<rank {
          coordinates.elements[row * rank + j] =
            intercepts[k][j] + drawn.elements[position * rank + j]
        }
      }
    }
    return coordinates
  }
}
