import Foundation
import LinearAlgebra
import Samples
import Testing

@testable import Generators

@Suite("Thumbnail pyramid")
struct ThumbnailPyramidTests {
  @Test("Composing means and details gives the picture back, colour and grey", arguments: [1, 3])
  func roundTrip(channels: Int) {
    let shape = PictureShape(width: 6, height: 10, channels: channels)
    let rows = normalRows(5, shape.count, seed: 1)
    let (coarse, small) = ThumbnailPyramid.reduce(rows: rows, shape: shape)
    #expect(small == PictureShape(width: 3, height: 5, channels: channels))
    let details = ThumbnailPyramid.details(fine: rows, coarse: small)
    let again = ThumbnailPyramid.compose(coarse: coarse, details: details, shape: small)
    #expect(largestDifference(again.elements, rows.elements) < 1e-14)
  }

  @Test("Twice the means and the details hold the picture's sum of squares: the map is orthonormal")
  func orthonormal() {
    let shape = PictureShape(width: 8, height: 8, channels: 3)
    let rows = normalRows(4, shape.count, seed: 2)
    let (coarse, small) = ThumbnailPyramid.reduce(rows: rows, shape: shape)
    let details = ThumbnailPyramid.details(fine: rows, coarse: small).squaredRowNorms()
    let sums = zip(coarse.squaredRowNorms(), details).map { 4 * $0 + $1 }
    #expect(largestDifference(sums, rows.squaredRowNorms()) < 1e-11)
  }

  @Test("The Jacobian of the means and details is 1/2 for every cell and channel")
  func jacobian() throws {
    let shape = PictureShape(width: 4, height: 4, channels: 1)
    // The map is linear: the pictures with one pixel of 1 are mapped to the columns of its matrix.
    let basis = Matrix.identity(shape.count)
    let (coarse, small) = ThumbnailPyramid.reduce(rows: basis, shape: shape)
    let map = coarse.appendingColumns(of: ThumbnailPyramid.details(fine: basis, coarse: small))
    let logDeterminant = try map.singularValueDecomposition().values.reduce(0) { $0 + log($1) }
    #expect(abs(logDeterminant + Double(small.count) * log(2)) < 1e-12)
  }

  @Test("Odd sizes repeat their last column and row, and cutting undoes it")
  func oddSizes() {
    let shape = PictureShape(width: 3, height: 5, channels: 2)
    let rows = normalRows(3, shape.count, seed: 3)
    let (even, padded) = ThumbnailPyramid.padded(rows: rows, shape: shape)
    #expect(padded == PictureShape(width: 4, height: 6, channels: 2))
    #expect(even.columnCount == padded.count)
    #expect(even[0, (5 * 4 + 3) * 2 + 1] == rows[0, (4 * 3 + 2) * 2 + 1])
    #expect(ThumbnailPyramid.resized(rows: even, from: padded, to: shape) == rows)
    #expect(
      ThumbnailPyramid.reduce(rows: rows, shape: shape).shape
        == PictureShape(width: 2, height: 3, channels: 2))
  }
}
