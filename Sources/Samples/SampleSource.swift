/// A law that never runs out: sample `i` is the same whenever and wherever it is asked for.
public protocol SampleSource: Sendable {
  /// The numbers in a sample.
  var dimension: Int { get }

  /// The size of the pictures; `nil` for plain vectors.
  var shape: PictureShape? { get }

  /// Returns the samples with these numbers, at most 2³² − 1.
  func samples(_ range: Range<Int>) -> SampleSet
}

extension SampleSource {
  /// The samples that are drawn at once.
  private var blockSamples: Int { 4096 }

  /// Returns the same samples, kept in a temporary file where they are many.
  public func keptSamples(_ range: Range<Int>) -> SampleSet {
    guard range.count > blockSamples else { return samples(range) }
    var writer: SampleWriter?
    var labels: [Int32] = []
    var classNames: [String] = []
    for start in stride(from: range.lowerBound, to: range.upperBound, by: blockSamples) {
      let block = samples(start..<min(start + blockSamples, range.upperBound))
      if writer == nil {
        writer = SampleWriter(
          expecting: range.count, dimension: dimension, isBytes: block.isBytes)
        classNames = block.classNames
      }
      writer?.append(block.storage)
      labels += block.labels ?? []
    }
    guard let writer else { return samples(range) }
    return writer.finish(shape: shape)
      .labelled(labels.count == range.count ? labels : nil, classNames: classNames)
  }
}
