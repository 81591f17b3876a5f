public import LinearAlgebra

/// A fit that the data or the settings made impossible.
public enum GeneratorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The training set is smaller than the family's minimum.
  case tooFewSamples(generator: String, needed: Int, found: Int)

  /// A family that models pictures was given plain vectors.
  case notPictures(generator: String)

  /// The pictures are smaller than the family's patches.
  case picturesTooSmall(generator: String, needed: Int, width: Int, height: Int)

  /// The weights of the training samples say nothing, or something impossible.
  case unusableWeights(reason: String)

  /// A training value is NaN or infinite.
  case notFinite(row: Int, column: Int)

  /// A setting has a value outside its range.
  case invalidSetting(name: String, value: String, allowed: String)

  /// A setting was given that the family does not have.
  case unusedSetting(name: String, generator: String, used: [String])

  /// There is no family of this name.
  case unknownGenerator(name: String, known: [String])

  /// A model that was written to a file cannot be read.
  case unusableModel(reason: String)

  /// The linear algebra of a fit failed.
  case numerics(generator: String, LinearAlgebraError)

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .tooFewSamples(let generator, let needed, let found):
      """
      The generator \(generator) needs at least \(Self.counted(needed, "sample")) and was given \
      \(found). Add pictures or rows, or lower the number of components.
      """
    case .notPictures(let generator):
      """
      The generator \(generator) models pictures, and these samples are plain vectors. Use gmm, \
      gaussian or bootstrap, or pass a folder of pictures.
      """
    case .picturesTooSmall(let generator, let needed, let width, let height):
      """
      The generator \(generator) needs pictures of at least \(needed)×\(needed) pixels, and these \
      are \(width)×\(height). Choose a larger size or a smaller patch.
      """
    case .unusableWeights(let reason):
      """
      The weights of the training samples cannot be used: \(reason). Every weight is a finite number, \
      not negative, and at least one is positive.
      """
    case .notFinite(let row, let column):
      """
      Training sample \(row) has a value that is not a finite number, in column \(column). Remove \
      or replace it.
      """
    case .invalidSetting(let name, let value, let allowed):
      "The setting \(name) cannot be \(value). Choose \(allowed)."
    case .unusedSetting(let name, let generator, let used):
      """
      The generator \(generator) has no setting \(name). \
      \(used.isEmpty ? "It has none: leave it out." : "It has \(used.joined(separator: ", ")).")
      """
    case .unusableModel(let reason):
      "The stored model cannot be used: \(reason). Remove its generation and run again."
    case .unknownGenerator(let name, let known):
      "There is no generator \(name). Choose one of \(known.joined(separator: ", "))."
    case .numerics(let generator, let error):
      "The generator \(generator) could not be fitted. \(error)"
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }
}
