/// Second moments of the samples of a loop, in one direction, about the real mean and in units of the
/// real variance.
///
/// The samples form segments: those of one segment were treated alike so far, so that any two of them
/// have one covariance, whatever two they are. A rule that treats them differently cuts the segment.
struct SegmentCovariances {
  /// The samples of each segment.
  private(set) var counts: [Double] = []

  /// The second moment of a sample of each.
  private(set) var seconds: [Double] = []

  /// The covariance of a sample of one and another sample, of the same or of another segment.
  private var covariances: [[Double]] = []

  /// How often a segment was cut.
  private(set) var cuts = 0

  var indices: Range<Int> { counts.indices }

  /// Adds a segment.
  ///
  /// - Parameters:
  ///   - within: The covariance of two of its samples.
  ///   - others: The covariance of one of them with a sample of each segment there is.
  mutating func append(count: Int, second: Double, within: Double, others: [Double]) {
    for index in indices { covariances[index].append(others[index]) }
    covariances.append(others + [within])
    counts.append(Double(count))
    seconds.append(second)
  }

  /// Adds real samples, which covary with no others.
  mutating func appendReal(_ count: Int) {
    append(count: count, second: 1, within: 0, others: indices.map { _ in 0 })
  }

  /// Makes a border after so many samples of segments put end to end.
  ///
  /// - Parameter list: The segments; one that is cut is followed by its rest.
  /// - Returns: By how many samples they are too few.
  mutating func cut(_ list: inout [Int], at count: Int) -> Int {
    var left = count
    for (position, segment) in list.enumerated() {
      let size = Int(counts[segment])
      if left < size {
        if left > 0 {
          list.insert(counts.count, at: position + 1)
          append(
            count: size - left, second: seconds[segment], within: covariances[segment][segment],
            others: covariances[segment])
          counts[segment] = Double(left)
          cuts += 1
        }
        return 0
      }
      left -= size
    }
    return left
  }

  /// Removes the segments from an index on.
  mutating func removeLast(from start: Int) {
    guard start < counts.count else { return }
    counts.removeLast(counts.count - start)
    seconds.removeLast(seconds.count - start)
    covariances.removeLast(covariances.count - start)
    for index in indices { covariances[index].removeLast(covariances[index].count - start) }
  }

  /// The covariances of the sum of all samples of some segments, as often as each stands there, with a
  /// sample of each of a range of segments, taken at random.
  func sums(over segments: some Sequence<Int>, with range: Range<Int>) -> [Double] {
    var sums = [Double](repeating: 0, count: range.count)
    for segment in segments {
      let count = counts[segment]
      let row = covariances[segment]
      for index in range { sums[index - range.lowerBound] += count * row[index] }
      // A sample covaries with itself as its second moment says.
      if range.contains(segment) {
        sums[segment - range.lowerBound] += seconds[segment] - row[segment]
      }
    }
    return sums
  }
}
