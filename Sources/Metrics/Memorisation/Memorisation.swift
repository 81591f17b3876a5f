public import LinearAlgebra

/// How much nearer generated samples lie to the training set than unseen real samples do.
public struct Memorisation: Equatable, Sendable {
  /// ``meanGeneratedToTrain`` over ``meanTestToTrain``.
  ///
  /// It is 1 for a model that learnt the law, 0 for one that hands out its training set, above 1 for one
  /// that leaves the law's support. Its standard error is of first order, over the sampling of the
  /// generated and the test set, the training set held fixed.
  public let ratio: Estimate

  /// The mean distance from a generated sample to the nearest training sample, in feature units.
  public let meanGeneratedToTrain: Double

  /// The mean distance from a test sample to the nearest training sample, in feature units.
  public let meanTestToTrain: Double

  /// The number of generated samples that equal a training sample in every feature.
  public let exactCopies: Int
}

/// Compares the distances to the training set of generated samples and of real samples that the model
/// never saw.
///
/// - Parameters:
///   - train: The samples that the model was fitted to, `(l, d)`, `l >= 1`.
///   - test: Real samples that it was not fitted to, `(n, d)`, `n >= 2`.
///   - generated: Samples of the model, `(m, d)`, `m >= 2`.
/// - Throws: ``MetricsError`` if a set is too small, an entry is not finite, the dimensions differ or
///   every test sample is a copy of a training sample.
/// - Complexity: O(l (n + m) d) time; memory does not grow with the pairs.
public func memorisationRatio(
  train: Matrix, test: Matrix, generated: Matrix
) throws(MetricsError) -> Memorisation {
  try train.requireSamples(.train, atLeast: 1)
  try train.requireDimension(.train, of: test, .test)
  try train.requireDimension(.train, of: generated, .generated)
  try test.requireSamples(.test)
  try generated.requireSamples(.generated)
  return try Memorisation(
    generatedToTrain: NearestNeighbours(of: generated, in: train).distances,
    testToTrain: NearestNeighbours(of: test, in: train).distances)
}

extension Memorisation {
  /// From the distances to the nearest training sample.
  init(generatedToTrain: [Double], testToTrain: [Double]) throws(MetricsError) {
    let (a, aError) = mean(generatedToTrain)
    let (b, bError) = mean(testToTrain)
    guard b > 0 else { throw .testSetInsideTrainingSet(count: testToTrain.count) }
    let ratio = a / b
    var error: Double?
    if let aError, let bError {
      error = ((aError * aError + ratio * ratio * bError * bError) / (b * b)).squareRoot()
    }
    self.ratio = Estimate(value: ratio, standardError: error)
    meanGeneratedToTrain = a
    meanTestToTrain = b
    exactCopies = generatedToTrain.count { $0 == 0 }
  }
}

private func mean(_ values: [Double]) -> (mean: Double, standardError: Double?) {
  (values.reduce(0, +) / Double(values.count), standardErrorOfMean(values))
}
