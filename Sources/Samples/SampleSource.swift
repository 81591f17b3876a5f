/// A law that never runs out: sample `i` is the same whenever and wherever it is asked for.
public protocol SampleSource: Sendable {
  /// The numbers in a sample.
  var dimension: Int { get }

  /// The size of the pictures; `nil` for plain vectors.
  var shape: PictureShape? { get }

  /// Returns the samples with these numbers, at most 2³² − 1.
  func samples(_ range: Range<Int>) -> SampleSet
}
