import Samples
import Testing

@Suite("Sample sets")
struct SampleSetTests {
  private let shape = PictureShape(width: 2, height: 1, channels: 1)

  private func pictures(_ levels: [UInt8], _ labels: [Int32]?) -> SampleSet {
    SampleSet(
      count: levels.count / 2, dimension: 2, shape: shape, storage: .bytes(levels), labels: labels,
      classNames: labels == nil ? [] : ["cat", "dog"])
  }

  @Test("Values are read as floats, whole or in part")
  func values() {
    let set = pictures([0, 1, 2, 3, 4, 255], nil)
    #expect(set.values == [0, 1, 2, 3, 4, 255])
    #expect(set.values(1..<2) == [2, 3])
    #expect(set.values(1..<1).isEmpty)
  }

  @Test("Selected samples keep their order, their repeats and their labels")
  func selecting() {
    let set = pictures([0, 1, 2, 3, 4, 5], [0, 1, 0]).selecting([2, 0, 2])
    #expect(set == pictures([4, 5, 0, 1, 4, 5], [0, 0, 0]))
  }

  @Test("Joined samples stay bytes only if all are, and keep labels only if all have them")
  func appending() {
    let left = pictures([0, 1], [1])
    #expect(left.appending(pictures([2, 3], [0])) == pictures([0, 1, 2, 3], [1, 0]))
    let floats = SampleSet(count: 1, dimension: 2, shape: shape, storage: .floats([0.5, 2]))
    let joined = left.appending(floats)
    #expect(joined.storage == .floats([0, 1, 0.5, 2]))
    #expect(joined.labels == nil)
    #expect(joined.classNames.isEmpty)
  }
}
