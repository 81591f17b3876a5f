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
    let drawing = DetailDrawing(self, bias: bias)
    return Matrix(
      rowCount: coarse.rowCount, columnCount: 4 * grid.shape.count, tileRows: tilePictures
    ) { pictures, out in
      let numbers =
        samples.lowerBound + pictures.lowerBound..<samples.lowerBound + pictures.upperBound
      let means = coarse.rows(pictures).elements
      let details = drawing.details(of: means.map(Float.init), samples: numbers, latents: latents)
      ThumbnailPyramid.compose(
        coarse: means, details: details, count: pictures.count, shape: grid.shape, into: &out)
    }
  }
}

/// A detail level made ready to draw, in single precision: what is drawn is rounded to 8 bits, and
/// single precision is some ten thousand times finer than that.
private struct DetailDrawing: Sendable {
  private let level: Int
  private let grid: DetailGrid
  private let waves: [[DetailGrid.Block]]

  /// The map from a context to `z`, of shape `(context numbers, q)`, and what it makes of the mean.
  private let contextMap: FloatMatrix
  private let contextOffset: [Float]

  private let contextDensities: GuardedDensities

  /// The principal axes of the details, of shape `(r, B² 3 C)`, and their mean.
  private let axes: FloatMatrix
  private let mean: [Float]

  /// The deviation of the noise outside the axes.
  private let outside: Float

  /// For each component the map from `(z, ε)` to the coordinates of the details along the axes, less the
  /// noise that is added to all of a block's details afterwards: of shape `(q + r, r)`.
  private let maps: [FloatMatrix]

  /// For each component the intercept of the coordinates.
  private let intercepts: [[Float]]

  init(_ law: DetailLevel, bias: Double) {
    level = law.level
    grid = law.grid
    waves = law.grid.waves
    contextMap = FloatMatrix(law.reduction.map)
    contextOffset = law.reduction.meanImage.map(Float.init)
    contextDensities = law.contextDensities
    axes = FloatMatrix(law.target.components)
    mean = law.target.mean.map(Float.init)
    let outside = (bias * law.target.residualVariance).squareRoot()
    self.outside = Float(outside)
    let scale = bias.squareRoot()
    maps = zip(law.gains, law.roots).map { gain, root in
      let noise = root.scaled(by: scale)
        .addingToDiagonal(Array(repeating: -outside, count: root.rowCount))
      return FloatMatrix(gain.appendingRows(of: noise))
    }
    intercepts = law.intercepts.map { $0.map(Float.init) }
  }

  /// The details of consecutive samples, picture after picture.
  ///
  /// - Parameter coarse: Their coarse pictures.
  func details(of coarse: [Float], samples: Range<Int>, latents: Latents) -> [Float] {
    var details = [Float](repeating: 0, count: samples.count * grid.detailCount)
    var components = samples.map { latents.stream("detail\(level)/component", sample: $0) }
    var noises = samples.map { latents.stream("detail\(level)/noise", sample: $0) }
    for wave in waves {
      let z = contexts(wave, coarse: coarse, details: details, pictures: samples.count)
      let logJoint = contextDensities(z)
      let chosen = (0..<logJoint.rowCount).map { row in
        components[row % samples.count].gumbelMax(logJoint.row(row))
      }
      var noise = [Float](repeating: 0, count: chosen.count * grid.targetCount)
      var span = noise.mutableSpan
      for row in chosen.indices {
        noises[row % samples.count].fillNormals(
          &span, row * grid.targetCount..<(row + 1) * grid.targetCount)
      }
      write(
        wave, z: z, components: chosen,
        noise: FloatMatrix(
          rowCount: chosen.count, columnCount: grid.targetCount, elements: noise),
        into: &details, pictures: samples.count)
    }
    return details
  }

  /// The reduced contexts of the blocks of a wave, block after block and of each all pictures.
  private func contexts(
    _ wave: [DetailGrid.Block], coarse: [Float], details: [Float], pictures: Int
  ) -> FloatMatrix {
    let count = wave.count * pictures
    var contexts = [Float](repeating: 0, count: count * grid.contextCount)
    var span = contexts.mutableSpan
    for row in 0..<count {
      let picture = row % pictures
      grid.writeContext(
        wave[row / pictures], coarse: coarse, from: picture * grid.shape.count, details: details,
        from: picture * grid.detailCount, into: &span, at: row * grid.contextCount)
    }
    var z = FloatMatrix(rowCount: count, columnCount: grid.contextCount, elements: contexts)
      .times(contextMap)
    for row in 0..<count {
      for (column, offset) in contextOffset.enumerated() {
        z.elements[row * contextOffset.count + column] -= offset
      }
    }
    return z
  }

  /// Draws the details `μ + Vᵀ(a + zG + √λ C^½ ε) + √r (I - VVᵀ) ε` of the blocks of a wave.
  ///
  /// The same noise serves along the axes and outside them: its parts are independent.
  private func write(
    _ wave: [DetailGrid.Block], z: FloatMatrix, components: [Int], noise: FloatMatrix,
    into details: inout [Float], pictures: Int
  ) {
    let (q, rank, size) = (z.columnCount, axes.rowCount, grid.targetCount)
    let along = noise.times(transposeOf: axes)
    var members = [[Int]](repeating: [], count: maps.count)
    for (row, component) in components.enumerated() { members[component].append(row) }
    // One component after the other, so that each has one product of consecutive rows.
    let order = members.flatMap { $0 }
    var inputs = FloatMatrix(
      rowCount: order.count, columnCount: q + rank,
      elements: [Float](repeating: 0, count: order.count * (q + rank)))
    for (position, row) in order.enumerated() {
      let start = position * (q + rank)
      for j in 0..<q { inputs.elements[start + j] = z.elements[row * q + j] }
      for j in 0..<rank { inputs.elements[start + q + j] = along.elements[row * rank + j] }
    }
    var coordinates = FloatMatrix(
      rowCount: order.count, columnCount: rank,
      elements: [Float](repeating: 0, count: order.count * rank))
    var first = 0
    for k in members.indices where !members[k].isEmpty {
      let rows = first..<first + members[k].count
      coordinates.setRows(rows, to: inputs, times: maps[k])
      for row in rows {
        for j in 0..<rank { coordinates.elements[row * rank + j] += intercepts[k][j] }
      }
      first = rows.upperBound
    }
    var drawn = coordinates.times(axes)
    for (position, row) in order.enumerated() {
      for j in 0..<size {
        drawn.elements[position * size + j] +=
          mean[j] + outside * noise.elements[row * size + j]
      }
      grid.writeTarget(
        wave[row / pictures], drawn.elements, from: position * size, into: &details,
        at: row % pictures * grid.detailCount)
    }
  }
}
