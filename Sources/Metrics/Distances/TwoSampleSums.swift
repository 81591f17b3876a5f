import LinearAlgebra

/// The sums of a kernel over all pairs within and between two sets, by jackknife block: from them come
/// the U- and V-statistics of the two samples, and the same with any block left out.
struct TwoSampleSums: Sendable {
  private let real: BlockSums
  private let generated: BlockSums
  private let cross: BlockSums

  /// Evaluates the kernel for every pair, in tiles.
  ///
  /// - Complexity: O((n + m)² d) time, O(tile) memory a thread.
  init(_ kernel: PairKernel, real: Matrix, generated: Matrix) {
    self.init(real: SampleSums(kernel, real), generated: SampleSums(kernel, generated))
  }

  /// Adds the sums between two sets to those within them, of one kernel.
  init(real: SampleSums, generated: SampleSums) {
    let smallest = min(real.samples.rowCount, generated.samples.rowCount)
    let (first, second) = (
      real.dealt(smallestSet: smallest), generated.dealt(smallestSet: smallest)
    )
    self.real = first.1
    self.generated = second.1
    cross = BlockSums(
      PairEvaluation(real.kernel, first.0.rows, second.0.rows), first.0.blocks, second.0.blocks)
  }

  /// `E k(x, x') + E k(y, y') - 2 E k(x, y)` over pairs of different samples: the U-statistic.
  var unbiased: Double {
    real.meanOfDifferent() + generated.meanOfDifferent() - 2 * cross.mean()
  }

  /// The same over all pairs, of a kernel that is 0 between equal samples: the V-statistic.
  var biased: Double { real.mean() + generated.mean() - 2 * cross.mean() }

  /// The V-statistic of a Gaussian kernel, which is 1 between equal samples.
  var biasedGaussian: Double {
    let value = biased + 1 / Double(real.count) + 1 / Double(generated.count)
    // Three means of at most 1 leave so much where they cancel.
    return abs(value) < 1e-14 ? 0 : value
  }

  /// The mean between the two sets.
  var crossMean: Double { cross.mean() }

  /// The jackknife standard error of ``unbiased``; `nil` for fewer than three samples in a set.
  var standardError: Double? {
    guard real.blockCount > 1 else { return nil }
    return Jackknife.standardError(
      leavingOut: (0..<real.blockCount).map { block in
        real.meanOfDifferent(leavingOut: block) + generated.meanOfDifferent(leavingOut: block)
          - 2 * cross.mean(leavingOut: block)
      })
  }
}

/// The sums of a kernel over the pairs within one set, which are the same against every other set.
struct SampleSums: Sendable {
  let kernel: PairKernel

  /// The set.
  var samples: Matrix { whole.samples }

  private let whole: DealtSamples
  private let within: OnDemand<BlockSums>

  /// Prepares the sums, which are computed when they are first needed.
  init(_ kernel: PairKernel, _ samples: Matrix) { self.init(kernel, DealtSamples(samples)) }

  /// The same from samples that other kernels are summed over, too.
  init(_ kernel: PairKernel, _ samples: DealtSamples) {
    self.kernel = kernel
    whole = samples
    within = OnDemand { Self.within(kernel, samples.dealt) }
  }

  /// The rows by the blocks for a comparison with so small a set, and the sums.
  fileprivate func dealt(smallestSet: Int) -> (DealtSamples.Rows, BlockSums) {
    if min(smallestSet, Jackknife.blockCount) == min(samples.rowCount, Jackknife.blockCount) {
      return (whole.dealt, within.value)
    }
    let dealt = samples.dealt(smallestSet: smallestSet)
    return (dealt, Self.within(kernel, dealt))
  }

  private static func within(_ kernel: PairKernel, _ dealt: DealtSamples.Rows) -> BlockSums {
    BlockSums(PairEvaluation(kernel, within: dealt.rows), dealt.blocks)
  }
}

/// A set in the order of its jackknife blocks: one copy for all kernels.
struct DealtSamples: Sendable {
  /// The rows and their blocks.
  struct Rows: Sendable {
    let rows: Matrix
    let blocks: [Range<Int>]
  }

  /// The set in its own order.
  let samples: Matrix

  private let lazyRows: OnDemand<Rows>

  init(_ samples: Matrix) {
    self.samples = samples
    lazyRows = OnDemand { samples.dealt(smallestSet: samples.rowCount) }
  }

  /// The set by the blocks for a comparison with one that is no smaller than ten samples or than itself.
  var dealt: Rows { lazyRows.value }
}

/// The sums of a kernel over the pairs of rows of two sets, for every pair of blocks.
private struct BlockSums: Sendable {
  let blockCount: Int
  /// The number of rows.
  var count: Int { rowCounts.reduce(0, +) }
  private let sums: Matrix
  private let rowCounts: [Int]
  private let columnCounts: [Int]

  /// Sums over the ordered pairs of different rows of one set: half of the tiles, each taken twice.
  init(_ evaluation: PairEvaluation, _ blocks: [Range<Int>]) {
    self.init(evaluation, blocks, blocks, isOneSet: true)
  }

  /// Sums over all pairs of rows of two sets.
  init(_ evaluation: PairEvaluation, _ rowBlocks: [Range<Int>], _ columnBlocks: [Range<Int>]) {
    self.init(evaluation, rowBlocks, columnBlocks, isOneSet: false)
  }

  private init(
    _ evaluation: PairEvaluation, _ rowBlocks: [Range<Int>], _ columnBlocks: [Range<Int>],
    isOneSet: Bool
  ) {
    blockCount = rowBlocks.count
    rowCounts = rowBlocks.map(\.count)
    columnCounts = columnBlocks.map(\.count)
    let size = evaluation.tileSize
    let rowTiles = Parallelism.blocks(of: rowBlocks.last?.upperBound ?? 0, size: size)
    let columnTiles = Parallelism.blocks(of: columnBlocks.last?.upperBound ?? 0, size: size)
    let partials = Parallelism.map(rowTiles.count) { index in
      let rows = rowTiles[index]
      var tile = [Double](repeating: 0, count: size * size)
      var partial = Matrix(rowCount: rowBlocks.count, columnCount: columnBlocks.count)
      for (columnIndex, columns) in columnTiles.enumerated() {
        guard !isOneSet || columnIndex >= index else { continue }
        evaluation.fill(&tile, rows: rows, columns: columns)
        let isDiagonal = isOneSet && columnIndex == index
        if isDiagonal {
          for position in 0..<rows.count { tile[position * (columns.count + 1)] = 0 }
        }
        partial.addSums(
          of: tile, rows: rows, columns: columns, rowBlocks, columnBlocks,
          mirrored: isOneSet && !isDiagonal)
      }
      return partial
    }
    var total = Matrix(rowCount: rowBlocks.count, columnCount: columnBlocks.count)
    for partial in partials {
      for index in total.elements.indices { total.elements[index] += partial.elements[index] }
    }
    sums = total
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

extension Matrix {
  /// The rows in the order of the jackknife, and its blocks; one block if there can be no jackknife.
  fileprivate func dealt(smallestSet: Int) -> DealtSamples.Rows {
    guard let jackknife = Jackknife(rowCount: rowCount, smallestSet: smallestSet) else {
      return DealtSamples.Rows(rows: self, blocks: [0..<rowCount])
    }
    return DealtSamples.Rows(rows: gatheringRows(jackknife.order), blocks: jackknife.blocks)
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
