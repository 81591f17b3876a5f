import Samples

/// The capacity of a detail level and how it is fitted.
struct DetailSettings: Equatable, Sendable {
  /// The side of a block in fine pixels: even.
  var block = 8

  /// The components of the joint mixture of context and details.
  var components = 32

  /// The numbers that the context is reduced to.
  var context = 40

  /// The principal components of a block's details.
  var targetRank = 64

  /// The blocks that the mixture is fitted to, taken evenly over positions and pictures.
  var blocks = 10_000

  /// Lloyd's iterations before EM.
  var lloydSteps = 6

  /// The EM steps.
  var steps = 3

  /// The pseudo-counts of the pooled covariance in each component's.
  var shrinkage = 20.0

  /// The fewest blocks for which a component is worth having.
  static let blocksPerComponent = 20

  /// The settings for generation 0's `n`: no more blocks than there are, and no more components than
  /// these support.
  ///
  /// They are held for the run, so that capacity cannot grow with the strategy.
  func resolved(sampleCount n: Int, coarseShape: PictureShape) -> DetailSettings {
    let cells = block / 2
    let available = n * (coarseShape.width / cells) * (coarseShape.height / cells)
    var settings = self
    settings.blocks = min(blocks, available)
    settings.components = min(components, max(1, settings.blocks / Self.blocksPerComponent))
    return settings
  }
}
