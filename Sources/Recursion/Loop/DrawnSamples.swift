import Generators
import Images
import LinearAlgebra
import Samples

/// Samples that a model drew, as the next generation sees them, and what is known of them before the
/// carry.
///
/// They are drawn, measured and carried in batches, so that memory holds the carried samples, where
/// they are few, and one batch of numbers.
struct DrawnSamples: Sendable {
  /// The samples after the carry.
  let carried: SampleSet

  /// The component that drew each of them.
  let components: [Int32]

  /// Their total variance before it, in model coordinates.
  let variance: Double

  /// Their total variance before it, in levels (or the vectors' own numbers).
  let levelVariance: Double

  /// The share of levels outside 0 … 255 before it; of a vector's numbers it means nothing.
  let gamutShare: Double

  /// Draws samples and carries them.
  ///
  /// - Parameters:
  ///   - count: The samples wanted.
  ///   - likeliest: The share of all drawn samples that is kept: those of the highest density under the
  ///     law that is drawn.
  /// - Throws: `DecodingError` if a JPEG that was just written cannot be read; ``RecursionError`` if the
  ///   likeliest are asked of a model without a density.
  init(
    _ count: Int, of model: any GenerativeModel, latents: Latents, sampling: Sampling,
    likeliest: Double = 1, coordinates: ModelCoordinates, carry: Carry
  ) throws {
    let drawing = Drawing(model: model, latents: latents, sampling: sampling)
    let choice = try drawing.likeliest(count, share: likeliest)
    var writer = SampleWriter(
      expecting: count, dimension: model.dimension, isBytes: carry != .float)
    var variance = StreamingVariance()
    var levelVariance = StreamingVariance()
    var outside = 0.0
    var components: [Int32] = []
    for batch in drawing.batches(choice?.kept.count ?? count) {
      let drawn = try choice?.drawn ?? model.draw(batch, latents: latents, sampling: sampling)
      let places = choice.map { choice in
        batch.filter { choice.kept[$0] }.map { $0 - batch.lowerBound }
      }
      let rows = places.map(drawn.rows.gatheringRows) ?? drawn.rows
      components += (places.map { $0.map { drawn.components[$0] } } ?? drawn.components)
        .map(Int32.init)
      let levels = coordinates.levels(of: rows)
      variance.append(rows)
      levelVariance.append(levels.rows)
      outside += levels.gamutShare * Double(rows.rowCount)
      writer.append(try carry.carry(levels, shape: coordinates.shape).storage)
    }
    carried = writer.finish(shape: coordinates.shape)
    self.components = components
    self.variance = variance.total
    self.levelVariance = levelVariance.total
    gamutShare = outside / Double(max(1, count))
  }
}

/// The samples of a model in batches of bounded memory.
private struct Drawing {
  let model: any GenerativeModel
  let latents: Latents
  let sampling: Sampling

  /// The numbers of a batch: some 8 MB, more for pictures of which ``batchSamples`` are more.
  ///
  /// What is made of a batch takes the memory, and mostly the cache, of what was made of the one before.
  private static let batchNumbers = 1 << 20

  /// The samples of a batch are a multiple of this, two of the tiles in which thumbnails are drawn: one
  /// that lies across two batches would be drawn twice.
  private static let batchSamples = 128

  /// The numbers of the first samples, a batch at a time.
  func batches(_ count: Int) -> [Range<Int>] {
    guard !model.drawsAtOnce else { return Parallelism.blocks(of: count, size: max(1, count)) }
    let size =
      max(1, Self.batchNumbers / max(1, model.dimension) / Self.batchSamples)
      * Self.batchSamples
    return Parallelism.blocks(of: count, size: size)
  }

  /// Which samples are kept of those that are drawn.
  struct Choice {
    /// For each sample, whether it is kept.
    let kept: [Bool]

    /// All of them, where they are one batch that might not be the same if it were drawn again.
    let drawn: Draws?
  }

  /// The `count` likeliest of `count / share` samples; `nil` where none is left out.
  ///
  /// The samples are drawn once to be scored and again to be kept, so that no more than a batch is in
  /// memory; of a model that draws at once, those that were scored are kept.
  func likeliest(_ count: Int, share: Double) throws -> Choice? {
    guard share < 1 else { return nil }
    let candidates = max(count, Int((Double(count) / share).rounded(.up)))
    var densities: [Double] = []
    var whole: Draws?
    for batch in batches(candidates) {
      let drawn = try model.draw(batch, latents: latents, sampling: sampling)
      if model.drawsAtOnce { whole = drawn }
      guard let scores = try model.logDensity(drawn.rows, sampling: sampling, noiseFloor: 0) else {
        throw RecursionError.noDensityToChooseBy(likeliest: share)
      }
      densities += scores
    }
    // Equal densities in the order of their numbers, so that the choice is always the same.
    let ranked = densities.indices.sorted {
      (densities[$0], $1) > (densities[$1], $0)
    }
    var kept = Array(repeating: false, count: candidates)
    for index in ranked.prefix(count) { kept[index] = true }
    return Choice(kept: kept, drawn: whole)
  }
}
