import Foundation
import LinearAlgebra

/// A Gaussian kernel density over the training samples: `kde` on the command line.
///
/// Every draw is a training sample plus noise, so that a fully synthetic loop adds `h²` to the variance
/// of every coordinate at every generation: the model that diverges where others collapse.
///
/// - Note: Silverman, Density Estimation for Statistics and Data Analysis (1986), section 4.2.
public struct KernelDensityGenerator: Generator {
  /// The standard deviation `h` of the kernel along every coordinate, in model coordinates; `nil` for
  /// Scott's rule at each fit.
  ///
  /// Scott's rule is `σ n^(-1/(D + 4))` for `n` samples (Kish's effective number, if they are weighted)
  /// of `D` numbers, with `σ²` their mean variance along a coordinate. It is made for few dimensions:
  /// of pictures it makes grey noise.
  public let bandwidth: Double?

  /// Creates the generator.
  ///
  /// - Throws: ``GeneratorError/invalidSetting(name:value:allowed:)``.
  public init(bandwidth: Double? = nil) throws(GeneratorError) {
    if let bandwidth, !(bandwidth > 0 && bandwidth.isFinite) {
      throw .invalidSetting(
        name: "bandwidth", value: "\(bandwidth)",
        allowed:
          "a positive number, in the units of the samples, or the generator bootstrap for none")
    }
    self.bandwidth = bandwidth
  }

  /// The name on the command line.
  public var name: String { "kde" }

  /// Every training sample is a component.
  public var keepsSamples: Bool { true }

  /// Keeps the samples, at least 1 of positive weight; `previous` is ignored.
  ///
  /// - Throws: ``GeneratorError``.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    let rows = try TrainingRows(training, generator: name)
    return KernelDensityModel(training: rows, bandwidth: bandwidth ?? Self.scottsRule(rows))
  }

  private static func scottsRule(_ training: TrainingRows) -> Double {
    let dimension = Double(training.rows.columnCount)
    let deviation = (training.totalVariance / dimension).squareRoot()
    return deviation * pow(training.effectiveCount, -1 / (dimension + 4))
  }

  /// The generator itself: its bandwidth follows each training set unless it is given.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator { self }

  /// The bandwidth.
  public var settings: [(key: String, value: String)] {
    [("bandwidth", bandwidth.map { "\($0)" } ?? "auto")]
  }
}
