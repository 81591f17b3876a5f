import Generators
public import Samples
import Theory

extension RunSize {
  /// The part of the memory that a run may take: the rest belongs to the system and to luck.
  private static let largestShare = 0.8

  /// Refuses a run that would not fit into memory.
  ///
  /// - Throws: ``RecursionError/tooLittleMemory(needed:available:)``.
  func requireMemory(available: Int = Machine.memory) throws(RecursionError) {
    let needed = memory(withFiles: true)
    guard needed > Self.largestShare * Double(available) else { return }
    throw .tooLittleMemory(needed: needed, available: Double(available))
  }
}

extension RunConfiguration {
  /// Refuses a run that would not fit into memory, before any sample is read or drawn.
  ///
  /// - Parameters:
  ///   - stored: The samples of the data, or more; 0 for a law.
  ///   - dimension: The numbers in a sample.
  ///   - shape: The size of pictures; `nil` for vectors.
  /// - Throws: ``RecursionError/tooLittleMemory(needed:available:)``, and what ``validate()`` throws.
  public func requireMemory(
    stored: Int, dimension: Int, shape: PictureShape?
  ) throws(RecursionError) {
    try validate()
    let isFinite = stored > 0
    let training = Double(stored) * (1 - holdout - featureShare)
    let most = RealDivision.defaultSampleCount
    let n = samples ?? (isFinite ? max(2, min(most, Int(training))) : most)
    let strategy = try resolvedStrategy()
    try strategy.requireSamples(generations: generations, budget: n)
    let trained = (0...generations).map { strategy.sizes($0, budget: n).trained }
    let size = RunSize(
      samples: n, dimension: dimension, shape: shape, trained: trained,
      drawn: strategy.drawnCounts(generations: generations, budget: n),
      heldOut: isFinite ? Int(Double(stored) * holdout) : n,
      features: isFinite ? Int(Double(stored) * featureShare) : max(200, n / 4), stored: stored,
      hasControl: control, kept: n, carriedBytes: carry == .float || shape == nil ? 4 : 1,
      generator: generatorName(forPictures: shape != nil),
      dimensions: min(generatorOptions.dimensions ?? 400, n, dimension),
      patch: generatorOptions.patch ?? 32)
    try size.requireMemory()
  }
}
