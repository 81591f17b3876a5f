import LinearAlgebra
import Samples
import Testing

@testable import Generators

@Suite("The blocks that a detail level is fitted to")
struct TrainingBlocksTests {
  private let shape = PictureShape(width: 9, height: 7, channels: 3)

  private func blocks(of pictures: Int, _ count: Int) throws -> TrainingBlocks {
    try TrainingBlocks(
      coarseShape: shape, pictures: pictures, settings: DetailSettings(block: 4, blocks: count))
  }

  @Test(
    "They are the same whether the pictures come at once or in parts",
    arguments: [1, 5, 37], [3, 40, 10_000])
  func parts(pictures: Int, count: Int) throws {
    let coarse = normalRows(pictures, shape.count, seed: 1)
    let fine = normalRows(pictures, 4 * shape.count, seed: 2)
    var whole = try blocks(of: pictures, count)
    whole.take(0..<pictures, coarse: coarse, fine: fine)
    for size in [1, 4, 16] {
      var parts = try blocks(of: pictures, count)
      for range in Parallelism.blocks(of: pictures, size: size) {
        parts.take(range, coarse: coarse.rows(range), fine: fine.rows(range))
      }
      #expect(parts.contexts == whole.contexts)
      #expect(parts.targets == whole.targets)
    }
  }

  @Test("With room for all of them, every block of every picture is there once")
  func all() throws {
    let coarse = normalRows(6, shape.count, seed: 3)
    let fine = normalRows(6, 4 * shape.count, seed: 4)
    var blocks = try blocks(of: 6, 10_000)
    blocks.take(0..<6, coarse: coarse, fine: fine)
    let places = blocks.grid.wholeBlocks.count
    #expect(places == 12 && blocks.targets.rowCount == 6 * places)
    let details = ThumbnailPyramid.details(fine: fine, coarse: shape)
    var expected: [Double] = []
    for block in blocks.grid.wholeBlocks {
      for picture in 0..<6 {
        for y in 0..<2 {
          let start = ((block.row * 2 + y) * shape.width + block.column * 2) * 9
          expected += Array(details.row(picture))[start..<start + 18]
        }
      }
    }
    #expect(blocks.targets.elements == expected)
  }
}
