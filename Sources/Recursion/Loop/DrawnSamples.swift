import Generators
import Images
import LinearAlgebra
import Samples

/// Samples that a model drew, as the next generation sees them, and what is known of them before the
/// carry.
///
/// They are drawn, measured and carried in batches, so that memory holds the carried samples and one
/// batch of numbers.
struct DrawnSamples: Sendable {
  /// The samples after the carry.
  let carried: SampleSet

  /// Their total variance before it, in model coordinates.
  let variance: Double

  /// Their total variance before it, in levels (or the vectors' own numbers).
  let levelVariance: Double

  /// The share of levels outside 0 … 255 before it; of a vector's numbers it means nothing.
  let gamutShare: Double

  /// The numbers of a batch: some 32 MB, more for pictures of which ``batchSamples`` are more.
  private static let batchNumbers = 1 << 22

  /// The samples of a batch are a multiple of this, the tile in which thumbnails are drawn: one that
  /// lies across two batches would be drawn twice.
  private static let batchSamples = 128

  /// Draws samples and carries them.
  ///
  /// - Throws: `DecodingError` if a JPEG that was just written cannot be read; whatever the model throws.
  init(
    _ samples: Range<Int>, of model: any GenerativeModel, latents: Latents, sampling: Sampling,
    coordinates: ModelCoordinates, carry: Carry
  ) throws {
    let batch =
      model.drawsAtOnce
      ? max(1, samples.count)
      : max(1, Self.batchNumbers / max(1, model.dimension) / Self.batchSamples)
        * Self.batchSamples
    var storage: SampleSet.Storage?
    var variance = StreamingVariance()
    var levelVariance = StreamingVariance()
    var outside = 0.0
    for block in Parallelism.blocks(of: samples.count, size: batch) {
      let numbers =
        samples.lowerBound + block.lowerBound..<samples.lowerBound + block.upperBound
      let rows = try model.draw(numbers, latents: latents, sampling: sampling).rows
      let levels = coordinates.levels(of: rows)
      variance.append(rows)
      levelVariance.append(levels.rows)
      outside += levels.gamutShare * Double(block.count)
      let carried = try carry.carry(levels, shape: coordinates.shape).storage
      // Taken out first: a second reference would have all samples copied for each batch.
      storage = storage.take()?.appending(carried) ?? carried
    }
    carried = SampleSet(
      count: samples.count, dimension: model.dimension, shape: coordinates.shape,
      storage: storage ?? .floats([]))
    self.variance = variance.total
    self.levelVariance = levelVariance.total
    gamutShare = outside / Double(max(1, samples.count))
  }
}
