import LinearAlgebra
import Samples

/// The pictures of a training set halved until they fit into the patch.
struct TrainingPyramid: Sendable {
  /// The shapes from the thumbnail's to the full one; empty for plain vectors.
  let shapes: [PictureShape]

  /// The shapes of the coarse pictures of each detail level, that of the finest level first.
  var levels: [PictureShape] { shapes.dropLast().reversed() }

  init(_ training: TrainingSet, patchSize: Int) {
    var shapes = training.shape.map { [$0] } ?? []
    while let shape = shapes.first, max(shape.width, shape.height) > patchSize {
      shapes.insert(ThumbnailPyramid.halved(shape), at: 0)
    }
    self.shapes = shapes
  }

  /// Reads the pictures once, block by block, and takes from each what the levels are fitted to.
  ///
  /// - Parameter blocks: One for each of ``levels``, to be filled.
  /// - Returns: The thumbnails: kept if they are few, else halved again whenever they are read.
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  func read(
    _ rows: RowSource, into blocks: inout [TrainingBlocks]
  ) throws(LinearAlgebraError) -> RowSource {
    guard let full = shapes.last, let small = shapes.first, shapes.count > 1 else { return rows }
    precondition(blocks.count == levels.count, "not one set of blocks for each level")
    let keepsThumbnails = rows.rowCount <= small.count
    var kept: [Double] = []
    if keepsThumbnails { kept.reserveCapacity(rows.rowCount * small.count) }
    for range in rows.blocks {
      var fine = rows.rows(range)
      do {
        try fine.requireFinite()
      } catch .notFinite(let row, let column) {
        throw .notFinite(row: range.lowerBound + row, column: column)
      }
      var shape = full
      for level in blocks.indices {
        let padded = ThumbnailPyramid.padded(rows: fine, shape: shape).rows
        let coarse = ThumbnailPyramid.reduce(rows: fine, shape: shape)
        blocks[level].take(range, coarse: coarse.rows, fine: padded)
        (fine, shape) = coarse
      }
      if keepsThumbnails { kept += fine.elements }
    }
    return keepsThumbnails
      ? RowSource(
        Matrix(rowCount: rows.rowCount, columnCount: small.count, elements: kept))
      : RowSource(rowCount: rows.rowCount, columnCount: small.count) { range in
        reduced(rows, range)
      }
  }

  /// The thumbnails of consecutive pictures, from as many full pictures at a time as memory allows.
  private func reduced(_ rows: RowSource, _ range: Range<Int>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(range.count * (shapes.first?.count ?? 0))
    for block in rows.blocks where block.overlaps(range) {
      var pictures = rows.rows(block.clamped(to: range))
      for shape in shapes.dropFirst().reversed() {
        pictures = ThumbnailPyramid.reduce(rows: pictures, shape: shape).rows
      }
      elements += pictures.elements
    }
    return Matrix(
      rowCount: range.count, columnCount: shapes.first?.count ?? 0, elements: elements)
  }
}
