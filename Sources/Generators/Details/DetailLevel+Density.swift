import Foundation
import LinearAlgebra

extension DetailLevel {
  /// The pictures of a task.
  private static let tilePictures = 16

  /// The log-density (nats) of the details of pictures `(n, 4 H W C)` given their 2×2 means
  /// `(n, H W C)`, under the law that is drawn: the sum over blocks of `log p(details | context)`.
  ///
  /// It is a density of the details `h`, `v`, `g` of this level as ``ThumbnailPyramid`` defines them;
  /// whoever composes levels adds the pyramid's Jacobian. Of blocks that stick out only what lies
  /// inside the picture counts.
  ///
  /// - Parameters:
  ///   - bias: The factor on the conditional covariances, positive unless there is a noise floor.
  ///   - noiseFloor: A variance added to every detail of this level.
  /// - Throws: ``LinearAlgebraError`` if a covariance is numerically singular.
  func logDensity(
    coarse: Matrix, fine: Matrix, bias: Double, noiseFloor: Double
  ) throws(LinearAlgebraError) -> [Double] {
    precondition(bias > 0 || noiseFloor > 0, "a law without variance has no density")
    let details = ThumbnailPyramid.details(fine: fine, coarse: grid.shape)
    var sums = [Double](repeating: 0, count: coarse.rowCount)
    for (inside, blocks) in grid.blocksByInside {
      let law = try BlockLaw(self, inside: inside, bias: bias, noiseFloor: noiseFloor)
      let parts = Matrix(rowCount: coarse.rowCount, columnCount: 1, tileRows: Self.tilePictures) {
        pictures, out in
        let logDensities = logDensities(
          blocks, pictures: pictures, coarse: coarse, details: details, law: law)
        for (index, value) in logDensities.enumerated() { out[index / blocks.count] += value }
      }
      for row in sums.indices { sums[row] += parts.elements[row] }
    }
    return sums
  }

  /// The log-densities of the same blocks of consecutive pictures, picture after picture.
  private func logDensities(
    _ blocks: [DetailGrid.Block], pictures: Range<Int>, coarse: Matrix, details: Matrix,
    law: BlockLaw
  ) -> [Double] {
    let rowCount = pictures.count * blocks.count
    let contexts = Matrix(rowCount: rowCount, columnCount: grid.contextCount, tileRows: rowCount) {
      rows, out in
      for row in rows {
        let picture = pictures.lowerBound + row / blocks.count
        grid.writeContext(
          blocks[row % blocks.count], coarse: coarse.elements, from: picture * coarse.columnCount,
          details: details.elements, from: picture * details.columnCount, into: &out,
          at: row * grid.contextCount)
      }
    }
    let targets = Matrix(rowCount: rowCount, columnCount: grid.targetCount, tileRows: rowCount) {
      rows, out in
      for row in rows {
        let picture = pictures.lowerBound + row / blocks.count
        grid.readTarget(
          blocks[row % blocks.count], details: details.elements,
          from: picture * details.columnCount, into: &out, at: row * grid.targetCount)
      }
    }
    let z = reduction(contexts)
    let logWeights = contextDensities(z)
    let (coordinates, constants) = law.coordinates(targets)
    let logDensities = law.densities(FloatMatrix(z.appendingColumns(of: coordinates)))
    var joint = [Double](repeating: 0, count: count)
    return (0..<rowCount).map { row in
      for k in 0..<count { joint[k] = logWeights[row, k] + logDensities[row, k] }
      return logSumExp(joint) - logSumExp(logWeights.row(row)) + constants[row]
    }
  }
}

/// The conditional law of those details of a block that lie inside the picture.
private struct BlockLaw: Sendable {
  /// The densities of the coordinates of ``coordinates(_:)`` given the context, in rows `(z, t)`.
  let densities: ComponentDensities<Float>

  private let target: PrincipalComponents
  private let inside: [Int]
  private let residual: Double

  /// A whole block is scored along the principal axes, and outside them by one number.
  private var isWhole: Bool { inside.count == target.dimension }

  init(
    _ level: DetailLevel, inside: [Int], bias: Double, noiseFloor: Double
  ) throws(LinearAlgebraError) {
    target = level.target
    self.inside = inside
    residual = bias * level.target.residualVariance + noiseFloor
    guard inside.count < level.target.dimension else {
      let added = Array(repeating: noiseFloor, count: level.target.count)
      densities = try ComponentDensities(
        means: level.intercepts, gains: level.gains,
        covariances: level.covariances.map { $0.scaled(by: bias).addingToDiagonal(added) })
      return
    }
    // What is left of a cut block has a dense covariance: the axes are not orthogonal there.
    let axes = level.target.components.transposed().gatheringRows(inside).transposed()
    let outside = Matrix.identity(inside.count).adding(-1, times: axes.gram())
    let noise = Matrix.diagonal(Array(repeating: noiseFloor, count: inside.count))
    densities = try ComponentDensities(
      means: level.intercepts.map { intercept in
        let shift = Matrix(rowCount: 1, columnCount: intercept.count, elements: intercept)
          .times(axes)
        return inside.indices.map { level.target.mean[inside[$0]] + shift[0, $0] }
      },
      gains: level.gains.map { $0.times(axes) },
      covariances: level.covariances.map { covariance in
        axes.transposedTimes(covariance.times(axes)).scaled(by: bias)
          .adding(bias * level.target.residualVariance, times: outside).adding(1, times: noise)
          .symmetrized()
      })
  }

  /// The numbers that ``densities`` scores, and what is to be added to each log-density.
  func coordinates(_ targets: Matrix) -> (Matrix, [Double]) {
    guard isWhole else {
      return (
        targets.transposed().gatheringRows(inside).transposed(),
        Array(repeating: 0, count: targets.rowCount)
      )
    }
    let centred = targets.subtractingFromRows(target.mean)
    let coordinates = centred.times(transposeOf: target.components)
    let outside = target.dimension - target.count
    guard outside > 0 else { return (coordinates, Array(repeating: 0, count: targets.rowCount)) }
    let constant = -0.5 * Double(outside) * log(2 * .pi * residual)
    let norms = zip(centred.squaredRowNorms(), coordinates.squaredRowNorms())
    return (coordinates, norms.map { constant - 0.5 * max($0 - $1, 0) / residual })
  }
}
