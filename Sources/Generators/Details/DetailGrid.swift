import LinearAlgebra
import Samples

/// How a detail level cuts a coarse picture into blocks of `side × side` cells, and what a block may
/// see: its context.
///
/// Blocks that stick out at the right or the bottom are drawn whole and cut.
struct DetailGrid: Equatable, Sendable {
  /// A block by its place, counted in blocks from the top left.
  struct Block: Hashable, Sendable {
    let row: Int
    let column: Int
  }

  /// The shape of the coarse pictures.
  let shape: PictureShape

  /// The side of a block in cells, `B`.
  let side: Int

  /// The numbers of detail in a cell, `3 C`.
  var cellCount: Int { 3 * shape.channels }

  /// The numbers of detail in a block, `B² 3 C`.
  var targetCount: Int { side * side * cellCount }

  /// The numbers of a context: the coarse cells around the block, their mean, the details of the row
  /// of cells above and of the column of cells to the left.
  var contextCount: Int {
    (side + 2) * (side + 2) * shape.channels + shape.channels + (2 * side + 2) * cellCount
  }

  /// The numbers of detail in a picture.
  var detailCount: Int { 3 * shape.count }

  /// Rows of blocks.
  var rowCount: Int { (shape.height + side - 1) / side }

  /// Columns of blocks.
  var columnCount: Int { (shape.width + side - 1) / side }

  /// The blocks that lie inside the picture, in raster order.
  var wholeBlocks: [Block] {
    (0..<shape.height / side).flatMap { row in
      (0..<shape.width / side).map { Block(row: row, column: $0) }
    }
  }

  /// All blocks in an order in which they can be drawn: those of one wave, `2 row + column`, do not
  /// see each other, as a context reaches one cell into the block to the upper right.
  var waves: [[Block]] {
    let waves = (0...(2 * (rowCount - 1) + columnCount - 1)).map { wave in
      (0..<rowCount).compactMap { row in
        let column = wave - 2 * row
        return (0..<columnCount).contains(column) ? Block(row: row, column: column) : nil
      }
    }
    return waves.filter { !$0.isEmpty }
  }

  /// The places within a block's details that lie inside the picture.
  func inside(_ block: Block) -> [Int] {
    let rows = min(side, shape.height - block.row * side)
    let columns = min(side, shape.width - block.column * side)
    return (0..<rows).flatMap { y in
      (0..<columns * cellCount).map { y * side * cellCount + $0 }
    }
  }

  /// The blocks by what lies inside the picture: those that lose the same rows and columns at the
  /// border share their law.
  ///
  /// In the order in which they are drawn and not that of a dictionary, which would add up log-densities
  /// in another order in every process.
  var blocksByInside: [(inside: [Int], blocks: [Block])] {
    var groups: [(inside: [Int], blocks: [Block])] = []
    for block in waves.joined() {
      let inside = inside(block)
      if let index = groups.firstIndex(where: { $0.inside == inside }) {
        groups[index].blocks.append(block)
      } else {
        groups.append((inside, [block]))
      }
    }
    return groups
  }

  /// The place in the details of a picture of the first number of a row of a block's cells.
  private func start(_ block: Block, cellRow: Int) -> Int {
    ((block.row * side + cellRow) * shape.width + block.column * side) * cellCount
  }

  /// Copies the details of a block from a picture's; places outside the picture get 0.
  func readTarget(
    _ block: Block, details: [Double], from picture: Int, into out: inout MutableSpan<Double>,
    at position: Int
  ) {
    let rows = min(side, shape.height - block.row * side)
    let width = min(side, shape.width - block.column * side) * cellCount
    for y in 0..<rows {
      let source = picture + start(block, cellRow: y)
      for index in 0..<width {
        out[position + y * side * cellCount + index] = details[source + index]
      }
    }
  }

  /// Copies the details of a block into a picture's; what sticks out is dropped.
  func writeTarget<Scalar: BinaryFloatingPoint>(
    _ block: Block, _ target: [Scalar], from position: Int, into details: inout [Scalar],
    at picture: Int
  ) {
    let rows = min(side, shape.height - block.row * side)
    let width = min(side, shape.width - block.column * side) * cellCount
    for y in 0..<rows {
      let destination = picture + start(block, cellRow: y)
      for index in 0..<width {
        details[destination + index] = target[position + y * side * cellCount + index]
      }
    }
  }

  /// Writes the context of a block of the picture that starts at `coarseStart` of `coarse` and at
  /// `detailStart` of `details`.
  ///
  /// The coarse cells, continued at the edges, count less their mean in each channel; the mean counts
  /// half. Details outside the picture are 0.
  func writeContext<Scalar: BinaryFloatingPoint>(
    _ block: Block, coarse: [Scalar], from coarseStart: Int, details: [Scalar],
    from detailStart: Int, into out: inout MutableSpan<Scalar>, at position: Int
  ) {
    let channels = shape.channels
    let (top, left) = (block.row * side, block.column * side)
    let cells = (side + 2) * (side + 2)
    let means = position + cells * channels
    for channel in 0..<channels { out[means + channel] = 0 }
    var index = position
    for y in (top - 1)...(top + side) {
      let line = min(max(y, 0), shape.height - 1) * shape.width
      for x in (left - 1)...(left + side) {
        let source = coarseStart + (line + min(max(x, 0), shape.width - 1)) * channels
        for channel in 0..<channels {
          let value = coarse[source + channel]
          out[index + channel] = value
          out[means + channel] += value
        }
        index += channels
      }
    }
    let scale = 1 / Scalar(cells)
    for channel in 0..<channels {
      let mean = out[means + channel] * scale
      for cell in 0..<cells { out[position + cell * channels + channel] -= mean }
      out[means + channel] = mean / 2
    }
    index += channels
    for x in (left - 1)...(left + side) {
      writeCell(row: top - 1, column: x, details, from: detailStart, into: &out, at: index)
      index += cellCount
    }
    for y in top..<(top + side) {
      writeCell(row: y, column: left - 1, details, from: detailStart, into: &out, at: index)
      index += cellCount
    }
  }

  private func writeCell<Scalar: BinaryFloatingPoint>(
    row: Int, column: Int, _ details: [Scalar], from start: Int,
    into out: inout MutableSpan<Scalar>, at position: Int
  ) {
    guard row >= 0, row < shape.height, column >= 0, column < shape.width else {
      for offset in 0..<cellCount { out[position + offset] = 0 }
      return
    }
    let source = start + (row * shape.width + column) * cellCount
    for offset in 0..<cellCount { out[position + offset] = details[source + offset] }
  }
}
