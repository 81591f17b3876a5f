public import Generators
public import LinearAlgebra
import Randomness
public import Samples

/// What a user's command fitted: the bytes of its MODEL, and the command to draw from it.
///
/// It is one component of which nothing is known but its samples. They are the stored numbers
/// themselves, levels from 0 to 255 for pictures.
public struct ExternalModel: GenerativeModel {
  let command: ExternalCommand
  let files: ModelFiles

  /// The numbers in a sample, `D`.
  public var dimension: Int { command.exchange.dimension }

  /// One component of weight 1.
  public var componentWeights: [Double] { [1] }

  /// The mean, of which nothing is known: NaN, of shape `(1, D)`.
  public var componentMeans: Matrix {
    Matrix(rowCount: 1, columnCount: dimension, repeating: .nan)
  }

  /// NaN: nobody knows it.
  public var totalVariance: Double { .nan }

  /// The whole set is drawn by one call of the command, in whatever order that likes.
  public var drawsAtOnce: Bool { true }

  /// Draws `0..<samples.upperBound` by one call of the command and takes the part asked for.
  ///
  /// The rows are taken in a random order, always the same for the same latents: a command may well
  /// write its components one after the other, and some measurements look at the first samples only.
  ///
  /// - Throws: ``ExternalGeneratorError`` or `StorageError`.
  public func draw(
    _ samples: Range<Int>, latents: Latents, sampling: Sampling
  ) throws -> Draws {
    let count = samples.upperBound
    guard !samples.isEmpty else {
      return Draws(rows: Matrix(rowCount: 0, columnCount: dimension), components: [])
    }
    let rows = try command.draw(count, from: files, latents: latents)
    var stream = RandomStream(
      seed: latents.seed, purpose: Purpose("exec/\(latents.purpose)/order"),
      generation: latents.generation)
    let order = stream.permutation(count)
    return Draws(
      rows: rows.gatheringRows(Array(order[samples])),
      components: Array(repeating: 0, count: samples.count))
  }

  /// What `CMD score` says; `nil` if the command does not score, or with a bias or a noise floor, which
  /// it knows nothing of.
  ///
  /// - Throws: ``ExternalGeneratorError`` or `StorageError`.
  public func logDensity(
    _ rows: Matrix, sampling: Sampling, noiseFloor: Double
  ) throws -> [Double]? {
    guard noiseFloor == 0, sampling == Sampling() else { return nil }
    return try command.score(rows, under: files)
  }

  /// The files that the command wrote, as tensors of bytes.
  public var tensors: [Tensor] { files.tensors }

  /// The model itself: it has one component.
  public func matched(to previous: any GenerativeModel) -> any GenerativeModel { self }
}
