public import ArgumentParser
public import Comparison
import Export
public import Generators
public import Images
public import Metrics
public import Recursion
public import Thresholds

// Choices of the modules as values of options: their raw values are what a user writes.

extension CovarianceEstimator: ExpressibleByArgument {}
extension Truth: ExpressibleByArgument {}
extension Start: ExpressibleByArgument {}
extension ExchangeFormat: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
extension Sampling.BiasScope: ExpressibleByArgument {}
extension PictureFolder.ChannelChoice: ExpressibleByArgument {}
extension PictureFolder.Fit: ExpressibleByArgument {}
extension PixelCoordinates.Space: ExpressibleByArgument {}
extension RealParts.Unit: ExpressibleByArgument {}
extension ClassLabels.Counts: ExpressibleByArgument {}
extension ClassLabels.Moment: ExpressibleByArgument {}

extension Carry {
  /// Reads `float`, `png8` or `jpeg:Q`.
  static func written(_ text: String) throws -> Carry {
    guard let carry = Carry(text) else {
      throw ValidationError(
        "it is float, png8 or jpeg:Q with a quality Q from 1 to 100."
          + NearestName.question(text, among: ["float", "png8", "jpeg:90"]))
    }
    return carry
  }
}

extension Brake: ExpressibleByArgument {}
extension ComparedBudget: ExpressibleByArgument {}
extension SweptAxis: ExpressibleByArgument {}
