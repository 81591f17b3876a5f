import Generators
import Images
import Randomness
import Samples

/// A model in the part of the real law: the samples that it draws, without rounding or clipping.
///
/// Its draws must not be able to fail, as those of a user's own command can.
struct ModelLaw: SampleSource {
  /// The model, in model coordinates.
  let model: any GenerativeModel

  private let coordinates: ModelCoordinates
  private let latents: Latents

  /// Creates the law of a model's own samples, drawn with random numbers that no loop uses.
  init(_ model: any GenerativeModel, coordinates: ModelCoordinates, seed: UInt64) {
    self.model = model
    self.coordinates = coordinates
    latents = Latents(seed: seed, purpose: "truth", generation: 0)
  }

  var dimension: Int { model.dimension }

  var shape: PictureShape? { coordinates.shape }

  /// Returns the samples with these numbers.
  func samples(_ range: Range<Int>) -> SampleSet {
    guard let rows = try? model.draw(range, latents: latents, sampling: Sampling()).rows else {
      preconditionFailure("a model whose draws fail was taken for the real law")
    }
    return SampleSet(
      count: range.count, dimension: dimension, shape: shape,
      storage: .floats(coordinates.levels(of: rows).floats))
  }
}
