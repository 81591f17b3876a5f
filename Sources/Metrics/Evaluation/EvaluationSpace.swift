import LinearAlgebra
import Samples

/// A frozen feature space with everything about the real samples that does not change from generation
/// to generation.
struct EvaluationSpace: Sendable {
  let name: SpaceName
  let fitted: FittedSpace
  let train: FeatureSet
  let heldOut: FeatureSet

  /// The distance from every held-out sample to the nearest training sample.
  let heldOutToTrain: OnDemand<[Double]>

  /// The eigenvalues of the covariance of the held-out samples, descending.
  let spectrum: [Double]

  /// Where the leading directions of the pooled samples are cut into bins.
  let marginals: [MarginalBins]

  /// The classifier of generated samples, and the names of its classes; `nil` without classes.
  let classes: ClassShares?

  /// The modes of the real samples; `nil` but in the space that has the classes.
  let modes: RealModes?

  /// What is summed over the pairs of held-out and generated samples.
  let kernels: [PairKernel]

  /// The metrics that a comparison gives.
  let metrics: Set<Metric>

  /// What is measured beside them; `nil` if nothing.
  let further: FurtherMetrics?

  init(
    _ name: SpaceName, train: SampleSet, heldOut: SampleSet, features: SampleSet,
    metrics choice: MetricChoice, withClasses: Bool, generatedCount: Int, seed: UInt64
  ) throws {
    self.name = name
    fitted = try name.fitted(to: features)
    let trainFeatures = fitted.space.keptFeatures(of: train)
    let heldOutFeatures = fitted.space.keptFeatures(of: heldOut)
    let featurePart = fitted.space.keptFeatures(of: features)
    let bandwidth = fitted.bandwidth
    let kernels = choice.kernels(
      about: heldOutFeatures.middle, bandwidth: bandwidth)
    self.train = try FeatureSet(trainFeatures, as: .train)
    self.heldOut = try FeatureSet(heldOutFeatures, as: .test, kernels: kernels)
    self.kernels = kernels
    metrics = choice.metrics
    further = try FurtherMetrics(
      choice.further, features: featurePart, bandwidth: bandwidth, seed: seed)
    let (unseen, learnt) = (self.heldOut.paired, self.train.paired)
    heldOutToTrain = OnDemand { NearestNeighbours(of: unseen, in: learnt).distances }
    spectrum = try CovarianceSpectrum(of: heldOutFeatures, as: .test).eigenvalues
    marginals = try MarginalBins.leading(
      3, of: trainFeatures.appendingRows(of: heldOutFeatures))
    classes = withClasses ? try ClassShares(features: trainFeatures, samples: train) : nil
    modes =
      withClasses
      ? try RealModes(
        features: featurePart, train: trainFeatures,
        labels: train.labels, heldOut: heldOutFeatures, generatedCount: generatedCount) : nil
  }
}

extension EvaluationSpace {
  /// The features of training and held-out samples, in this order.
  var pooled: RowSource { train.features.appendingRows(of: heldOut.features) }
}

/// The shares of classes among samples, by the nearest class mean of the training samples.
struct ClassShares: Sendable {
  /// The names of the classes, in the order of the shares.
  let names: [String]

  private let classifier: NearestClassMean

  /// Returns `nil` for samples without classes.
  init?(features: some DesignMatrix, samples: SampleSet) throws(MetricsError) {
    guard let labels = samples.labels, !samples.classNames.isEmpty else { return nil }
    names = samples.classNames
    classifier = try NearestClassMean(
      features: features, labels: labels.map(Int.init), classCount: names.count)
  }

  /// Returns the share of each class, with its binomial standard error.
  func outcomes(of generated: some DesignMatrix) -> [MetricOutcome] {
    do throws(MetricsError) {
      var counts = [Int](repeating: 0, count: names.count)
      for label in try classifier.labels(of: generated) { counts[label] += 1 }
      return counts.map { count in
        MetricOutcome(NeighbourScores.Share(count: count, total: generated.rowCount).estimate)
      }
    } catch {
      return names.map { _ in MetricOutcome(unavailable: error.description) }
    }
  }
}
