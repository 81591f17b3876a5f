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
    self =
      Self.sums(
        real: SampleSums([kernel], real), generated: SampleSums([kernel], generated))[0]
  }

  private init(real: BlockSums, generated: BlockSums, cross: BlockSums) {
    self.real = real
    self.generated = generated
    self.cross = cross
  }

  /// Adds the sums between two sets to those within them, for each of their kernels: all from one pass
  /// over the pairs.
  static func sums(real: SampleSums, generated: SampleSums) -> [TwoSampleSums] {
    precondition(real.kernels == generated.kernels, "sums of different kernels")
    let smallest = min(real.samples.rowCount, generated.samples.rowCount)
    let (first, second) = (
      real.dealt(smallestSet: smallest), generated.dealt(smallestSet: smallest)
    )
    let cross = BlockSums.between(real.kernels, first.0, second.0)
    return cross.indices.map {
      TwoSampleSums(real: first.1[$0], generated: second.1[$0], cross: cross[$0])
    }
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

  /// The V-statistic of a distance over twice the mean between the sets, from 0 to 1; `nil` where all samples of
  /// both sets are the same.
  var normalised: Estimate? {
    func share(_ block: Int?) -> Double {
      let between = 2 * cross.mean(leavingOut: block)
      let within = real.mean(leavingOut: block) + generated.mean(leavingOut: block)
      let share = (between - within) / between
      // The means agree to about 1e-15 of their size between equal sets.
      return share < 1e-13 ? 0 : share
    }
    guard cross.mean() > 0 else { return nil }
    let blocks = real.blockCount > 1 ? real.blockCount : 0
    let without = (0..<blocks).map { share($0) }
    return Estimate(
      value: share(nil),
      standardError: blocks > 0 ? Jackknife.standardError(leavingOut: without) : nil)
  }

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

/// The sums of kernels over the pairs within one set, which are the same against every other set.
struct SampleSums: Sendable {
  /// The kernels, in the order of the sums.
  let kernels: [PairKernel]

  /// The set.
  let samples: Matrix

  /// The rows by the blocks for a comparison with a set that is no smaller than ten samples or than
  /// this one.
  private let usual: OnDemand<(DealtSamples, [BlockSums])>

  /// Prepares the sums, which are computed when they are first needed.
  init(_ kernels: [PairKernel], _ samples: Matrix) {
    self.kernels = kernels
    self.samples = samples
    usual = OnDemand { Self.sums(kernels, samples, smallestSet: samples.rowCount) }
  }

  /// The rows by the blocks for a comparison with so small a set, and the sums.
  fileprivate func dealt(smallestSet: Int) -> (DealtSamples, [BlockSums]) {
    if min(smallestSet, Jackknife.blockCount) == min(samples.rowCount, Jackknife.blockCount) {
      return usual.value
    }
    return Self.sums(kernels, samples, smallestSet: smallestSet)
  }

  private static func sums(
    _ kernels: [PairKernel], _ samples: Matrix, smallestSet: Int
  ) -> (DealtSamples, [BlockSums]) {
    let dealt = samples.dealt(smallestSet: smallestSet)
    return (dealt, BlockSums.within(kernels, dealt))
  }
}

/// A set in the order of its jackknife blocks.
private struct DealtSamples: Sendable {
  let rows: Matrix
  let blocks: [Range<Int>]
}

/// The sums of a kernel over the pairs of rows of two sets, for every pair of blocks.
private struct BlockSums: Sendable {
  let sums: Matrix
  let rowCounts: [Int]
  let columnCounts: [Int]

  var blockCount: Int { rowCounts.count }

  /// The number of rows.
  var count: Int { rowCounts.reduce(0, +) }

  /// Sums over the ordered pairs of different rows of one set: half of the tiles, each taken twice.
  static func within(_ kernels: [PairKernel], _ samples: DealtSamples) -> [BlockSums] {
    sums(
      PairEvaluation(kernels, within: samples.rows), count: kernels.count, samples.blocks,
      samples.blocks, isOneSet: true)
  }

  /// Sums over all pairs of rows of two sets.
  static func between(
    _ kernels: [PairKernel], _ first: DealtSamples, _ second: DealtSamples
  ) -> [BlockSums] {
    sums(
      PairEvaluation(kernels, first.rows, second.rows), count: kernels.count, first.blocks,
      second.blocks, isOneSet: false)
  }

  private static func sums(
    _ evaluation: PairEvaluation, count: Int, _ rowBlocks: [Range<Int>],
    _ columnBlocks: [Range<Int>], isOneSet: Bool
  ) -> [BlockSums] {
    let size = evaluation.tileSize
    let rowTiles = Parallelism.blocks(of: rowBlocks.last?.upperBound ?? 0, size: size)
    let columnTiles = Parallelism.blocks(of: columnBlocks.last?.upperBound ?? 0, size: size)
    let empty = [Matrix](
      repeating: Matrix(rowCount: rowBlocks.count, columnCount: columnBlocks.count), count: count)
    let partials = Parallelism.map(rowTiles.count) { index in
      let rows = rowTiles[index]
      var tiles = PairTiles(of: evaluation)
      var partial = empty
      for (columnIndex, columns) in columnTiles.enumerated() {
        guard !isOneSet || columnIndex >= index else { continue }
        let isDiagonal = isOneSet && columnIndex == index
        evaluation.evaluate(&tiles, rows: rows, columns: columns) { kernel, values in
          if isDiagonal {
            for position in 0..<rows.count { values[position * (columns.count + 1)] = 0 }
          }
          partial[kernel].addSums(
            of: values, rows: rows, columns: columns, rowBlocks, columnBlocks,
            mirrored: isOneSet && !isDiagonal)
        }
      }
      return partial
    }
    var totals = empty
    for partial in partials {
      for (kernel, sums) in partial.enumerated() {
        for index in sums.elements.indices {
          totals[kernel].elements[index] += sums.elements[index]
        }
      }
    }
    return totals.map {
      BlockSums(
        sums: $0, rowCounts: rowBlocks.map(\.count), columnCounts: columnBlocks.map(\.count))
    }
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
  fileprivate func dealt(smallestSet: Int) -> DealtSamples {
    guard let jackknife = Jackknife(rowCount: rowCount, smallestSet: smallestSet) else {
      return DealtSamples(rows: self, blocks: [0..<rowCount])
    }
    return DealtSamples(rows: gatheringRows(jackknife.order), blocks: jackknife.blocks)
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
