import LinearAlgebra

/// A set in the order of its jackknife blocks.
struct DealtSamples: Sendable {
  let rows: Matrix
  let blocks: [Range<Int>]

  /// The number of each row among those of the set; `nil` where the order is the set's own.
  let order: [Int]?
}

/// The sums of a kernel over the pairs of rows of two sets, for every pair of blocks.
struct PairSums: Sendable {
  let sums: Matrix
  let rowCounts: [Int]
  let columnCounts: [Int]

  var blockCount: Int { rowCounts.count }

  /// The number of rows.
  var count: Int { rowCounts.reduce(0, +) }

  /// Sums over the ordered pairs of different rows of one set: half of the tiles, each taken twice.
  static func within(_ kernels: [PairKernel], _ samples: DealtSamples) -> [PairSums] {
    PairPass(
      kernels: kernels, evaluation: PairEvaluation(kernels, within: samples.rows),
      rowBlocks: samples.blocks, columnBlocks: samples.blocks, isOneSet: true, fold: .nothing
    ).run().0
  }

  /// Sums over all pairs of rows of two sets, and what else the distances between them say, if they are among
  /// the kernels.
  static func between(
    _ kernels: [PairKernel], _ first: DealtSamples, _ second: DealtSamples,
    folding fold: SupportFold
  ) -> ([PairSums], SupportFold.Scores) {
    PairPass(
      kernels: kernels, evaluation: PairEvaluation(kernels, first.rows, second.rows),
      rowBlocks: first.blocks, columnBlocks: second.blocks, isOneSet: false, fold: fold
    ).run()
  }

  /// The sum over all pairs, or over those without a row or a column of a block.
  private func sum(leavingOut block: Int?) -> Double {
    var sum = 0.0
    for row in 0..<sums.rowCount where row != block {
      for column in 0..<sums.columnCount where column != block { sum += sums[row, column] }
    }
    return sum
  }

  private func count(_ counts: [Int], leavingOut block: Int?) -> Double {
    Double(counts.reduce(0, +) - (block.map { counts[$0] } ?? 0))
  }

  /// The mean over all pairs.
  func mean(leavingOut block: Int? = nil) -> Double {
    let pairs = count(rowCounts, leavingOut: block) * count(columnCounts, leavingOut: block)
    return sum(leavingOut: block) / pairs
  }

  /// The mean over pairs of different rows of one set.
  func meanOfDifferent(leavingOut block: Int? = nil) -> Double {
    let rows = count(rowCounts, leavingOut: block)
    return sum(leavingOut: block) / (rows * (rows - 1))
  }
}

/// The pass over all pairs of rows of two sets, or of one, in tiles.
private struct PairPass: Sendable {
  let kernels: [PairKernel]
  let evaluation: PairEvaluation
  let rowBlocks: [Range<Int>]
  let columnBlocks: [Range<Int>]

  /// Whether rows and columns are of the same set: half of the tiles are enough.
  let isOneSet: Bool

  /// What else the distances are asked for.
  let fold: SupportFold

  /// The row tiles whose partial scores are held at a time, each of as many numbers as there are columns.
  private static let tilesAtATime = 64

  private var columnCount: Int { columnBlocks.last?.upperBound ?? 0 }

  func run() -> ([PairSums], SupportFold.Scores) {
    let rowTiles = Parallelism.blocks(
      of: rowBlocks.last?.upperBound ?? 0, size: evaluation.tileSize)
    let columnTiles = Parallelism.blocks(of: columnCount, size: evaluation.tileSize)
    var totals = kernels.map { _ in emptySums }
    var totalScores = fold.start(real: 0, generated: columnCount)
    for batch in Parallelism.blocks(of: rowTiles.count, size: Self.tilesAtATime) {
      let partials = Parallelism.map(batch.count) {
        partial(batch.lowerBound + $0, rowTiles, columnTiles)
      }
      for (sums, scores) in partials {
        for kernel in kernels.indices {
          for index in sums[kernel].elements.indices {
            totals[kernel].elements[index] += sums[kernel].elements[index]
          }
        }
        fold.append(scores, to: &totalScores)
      }
    }
    let sums = totals.map {
      PairSums(
        sums: $0, rowCounts: rowBlocks.map(\.count), columnCounts: columnBlocks.map(\.count))
    }
    return (sums, totalScores)
  }

  private var emptySums: Matrix {
    Matrix(rowCount: rowBlocks.count, columnCount: columnBlocks.count)
  }

  /// What the pairs with the rows of one tile give.
  private func partial(
    _ index: Int, _ rowTiles: [Range<Int>], _ columnTiles: [Range<Int>]
  ) -> ([Matrix], SupportFold.Scores) {
    let rows = rowTiles[index]
    var tiles = PairTiles(of: evaluation)
    var sums = kernels.map { _ in emptySums }
    var scores = fold.start(real: rows.count, generated: columnCount)
    for (columnIndex, columns) in columnTiles.enumerated() {
      guard !isOneSet || columnIndex >= index else { continue }
      let isDiagonal = isOneSet && columnIndex == index
      evaluation.evaluate(&tiles, rows: rows, columns: columns) { kernel, values in
        if isDiagonal {
          for position in 0..<rows.count { values[position * (columns.count + 1)] = 0 }
        }
        sums[kernel].addSums(
          of: values, rows: rows, columns: columns, rowBlocks, columnBlocks,
          mirrored: isOneSet && !isDiagonal)
        if kernels[kernel] == .distance {
          fold.take(values, rows: rows, columns: columns, into: &scores)
        }
      }
    }
    return (sums, scores)
  }
}

extension Matrix {
  /// The rows as they are, without a jackknife.
  var inOneBlock: DealtSamples { DealtSamples(rows: self, blocks: [0..<rowCount], order: nil) }

  /// The rows in the order of the jackknife, and its blocks; one block if there can be no jackknife.
  func dealt(smallestSet: Int) -> DealtSamples {
    guard let jackknife = Jackknife(rowCount: rowCount, smallestSet: smallestSet) else {
      return inOneBlock
    }
    return DealtSamples(
      rows: gatheringRows(jackknife.order), blocks: jackknife.blocks, order: jackknife.order)
  }

  /// Adds the sums of a tile's parts to the entries of their blocks.
  fileprivate mutating func addSums(
    of tile: [Double], rows: Range<Int>, columns: Range<Int>, _ rowBlocks: [Range<Int>],
    _ columnBlocks: [Range<Int>], mirrored: Bool
  ) {
    for (columnBlock, columnRange) in columnBlocks.enumerated() {
      let part = columnRange.clamped(to: columns)
      guard !part.isEmpty else { continue }
      for (rowBlock, rowRange) in rowBlocks.enumerated() {
        var sum = 0.0
        for row in rowRange.clamped(to: rows) {
          let start = (row - rows.lowerBound) * columns.count - columns.lowerBound
          sum += tile.sum(start + part.lowerBound..<start + part.upperBound)
        }
        self[rowBlock, columnBlock] += sum
        if mirrored { self[columnBlock, rowBlock] += sum }
      }
    }
  }
}

extension [Double] {
  /// The sum of a part, in four interleaved partial sums.
  fileprivate func sum(_ range: Range<Int>) -> Double {
    let values = span.extracting(range)
    var sums = SIMD4<Double>()
    var index = 0
    while index + 4 <= values.count {
      sums += SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
      index += 4
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    while index < values.count {
      sum += values[index]
      index += 1
    }
    return sum
  }
}
