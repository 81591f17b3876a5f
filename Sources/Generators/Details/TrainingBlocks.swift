import LinearAlgebra
import Samples

/// What a detail level is fitted to: blocks with their contexts, taken evenly over positions and, at each
/// position, over pictures.
struct TrainingBlocks: Sendable {
  /// How pictures are cut into blocks.
  let grid: DetailGrid

  /// The capacity of the level.
  let settings: DetailSettings

  /// The contexts, of shape `(N, context numbers)`.
  private(set) var contexts: Matrix

  /// The details, of shape `(N, B² 3 C)`.
  private(set) var targets: Matrix

  /// What each block counts: its picture's weight, scaled so that all of them sum to the effective
  /// number of blocks; `nil` where all count alike.
  private(set) var weights: [Double]?

  /// The number of training pictures.
  private let pictures: Int

  /// Makes room for the blocks of a number of pictures, to be filled by ``take(_:coarse:fine:)``.
  ///
  /// - Parameters:
  ///   - coarseShape: The size of the coarse pictures, at least one block.
  ///   - weights: What each picture counts; `nil` where all count alike.
  ///   - settings: The capacity; lowered where the pictures hold fewer blocks.
  /// - Throws: ``GeneratorError`` if the pictures are smaller than a block or there are none.
  init(
    coarseShape: PictureShape, pictures: Int, weights: [Double]? = nil, settings: DetailSettings
  ) throws(GeneratorError) {
    let grid = DetailGrid(shape: coarseShape, side: settings.block / 2)
    guard pictures > 0 else {
      throw .tooFewSamples(generator: "patches", needed: 1, found: 0)
    }
    guard !grid.wholeBlocks.isEmpty else {
      throw .picturesTooSmall(
        generator: "patches", needed: settings.block, width: 2 * coarseShape.width,
        height: 2 * coarseShape.height)
    }
    self.grid = grid
    self.pictures = pictures
    self.settings = settings.resolved(sampleCount: pictures, coarseShape: coarseShape)
    contexts = Matrix(rowCount: self.settings.blocks, columnCount: grid.contextCount)
    targets = Matrix(rowCount: self.settings.blocks, columnCount: grid.targetCount)
    guard let weights else { return }
    var ofBlocks = [Double](repeating: 0, count: self.settings.blocks)
    for choice in chosen(in: 0..<pictures) { ofBlocks[choice.index] = weights[choice.picture] }
    self.weights = EffectiveWeights.normalized(ofBlocks)
  }

  /// Takes the blocks that lie in consecutive pictures.
  ///
  /// - Parameters:
  ///   - range: The numbers of the pictures.
  ///   - coarse: Their 2×2 means, of shape `(m, H W C)`.
  ///   - fine: The pictures themselves, of shape `(m, 4 H W C)`.
  mutating func take(_ range: Range<Int>, coarse: Matrix, fine: Matrix) {
    let chosen = chosen(in: range)
    let grid = grid
    let details = ThumbnailPyramid.details(fine: fine, coarse: grid.shape)
    let newContexts = Matrix(
      rowCount: chosen.count, columnCount: grid.contextCount, tileRows: 256
    ) { rows, out in
      for (position, row) in rows.enumerated() {
        let picture = chosen[row].picture
        grid.writeContext(
          chosen[row].block, coarse: coarse.elements, from: picture * coarse.columnCount,
          details: details.elements, from: picture * details.columnCount, into: &out,
          at: position * grid.contextCount)
      }
    }
    let newTargets = Matrix(
      rowCount: chosen.count, columnCount: grid.targetCount, tileRows: 256
    ) { rows, out in
      for (position, row) in rows.enumerated() {
        let picture = chosen[row].picture
        grid.readTarget(
          chosen[row].block, details: details.elements, from: picture * details.columnCount,
          into: &out, at: position * grid.targetCount)
      }
    }
    for (row, choice) in chosen.enumerated() {
      contexts.copyRow(row, of: newContexts, to: choice.index)
      targets.copyRow(row, of: newTargets, to: choice.index)
    }
  }

  /// The blocks chosen in these pictures: of all blocks, position after position, every so many-th.
  ///
  /// The picture is counted from the first of the range.
  private func chosen(
    in range: Range<Int>
  ) -> [(index: Int, block: DetailGrid.Block, picture: Int)] {
    let blocks = grid.wholeBlocks
    let places = blocks.count * pictures
    let count = settings.blocks
    /// The first index whose place, `index · places / count` rounded down, is not before this one.
    func first(_ place: Int) -> Int { (place * count + places - 1) / places }
    return blocks.indices.flatMap { block in
      let start = block * pictures
      return (first(start + range.lowerBound)..<first(start + range.upperBound)).map { index in
        (index, blocks[block], index * places / count - start - range.lowerBound)
      }
    }
  }
}

extension Matrix {
  /// Overwrites a row with one of another matrix of as many columns.
  fileprivate mutating func copyRow(_ row: Int, of other: Matrix, to destination: Int) {
    for column in 0..<columnCount {
      elements[destination * columnCount + column] = other.elements[row * columnCount + column]
    }
  }
}
