public import ArgumentParser
public import Generators
public import Images
public import Metrics
public import Recursion

// Choices of the modules as values of options: their raw values are what a user writes.

extension CovarianceEstimator: ExpressibleByArgument {}
extension Start: ExpressibleByArgument {}
extension Sampling.BiasScope: ExpressibleByArgument {}
extension PictureFolder.ChannelChoice: ExpressibleByArgument {}
extension PictureFolder.Fit: ExpressibleByArgument {}
extension PixelCoordinates.Space: ExpressibleByArgument {}
extension RealParts.Unit: ExpressibleByArgument {}

extension Carry: ExpressibleByArgument {
  /// Reads `float`, `png8` or `jpeg:Q`.
  public init?(argument: String) { self.init(argument) }
}
