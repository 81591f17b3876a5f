import Testing

@testable import Samples

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

  /// Pictures that fill 12 MB, more than a set that is copied.
  private var many: SampleSet {
    let shape = PictureShape(width: 64, height: 32, channels: 3)
    let levels = (0..<2000 * shape.count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    return SampleSet(
      count: 2000, dimension: shape.count, shape: shape, storage: .bytes(levels),
      labels: (0..<2000).map { Int32($0 % 3) }, classNames: ["a", "b", "c"])
  }

  @Test("Large selections share the values, and read like copies")
  func shared() {
    let set = many
    let order = (0..<2000).map { $0 * 1337 % 2000 }
    let chosen = set.selecting(order)
    #expect(chosen.parts[0].rows != nil)
    #expect(chosen.labels == order.map { Int32($0 % 3) })
    for sample in [0, 1, 999, 1999] {
      #expect(
        chosen.values(sample..<sample + 1) == set.values(order[sample]..<order[sample] + 1))
    }
    let inverse = (0..<2000).map { $0 * 1273 % 2000 }
    #expect(chosen.selecting(inverse) == set)
    #expect(chosen.selecting([5, 5]) == set.selecting([order[5], order[5]]))
  }

  @Test("Large sets end to end share the values, and are read across the seam")
  func endToEnd() {
    let set = many
    let joined = set.appending(set.selecting([7, 8]))
    #expect(joined.parts.count == 2)
    #expect(joined.count == 2002)
    #expect(joined.storage(1999..<2001) == set.selecting([1999, 7]).storage)
    #expect(joined.selecting([2001, 0]) == set.selecting([8, 0]))
    let floats = SampleSet(
      count: 1, dimension: set.dimension, shape: set.shape,
      storage: .floats(Array(repeating: 0.5, count: set.dimension)))
    #expect(
      set.appending(floats).storage(1999..<2001)
        == .floats(set.values(1999..<2000) + floats.values))
  }

  @Test("Samples that arrive in batches are those that arrive at once")
  func batches() {
    let set = many
    var writer = SampleWriter(expecting: 2000, dimension: set.dimension, isBytes: true)
    for block in [0..<1, 1..<1500, 1500..<2000] { writer.append(set.storage(block)) }
    #expect(writer.finish(shape: set.shape).labelled(set.labels, classNames: set.classNames) == set)
  }

  @Test(
    "The numbers of a file may be cut anywhere between its pieces", arguments: [200, 333, 4096])
  func pieces(size: Int) throws {
    let values = (0..<1000).map { Float($0) / 7 }
    for set in [
      SampleSet(count: 500, dimension: 2, storage: .floats(values)),
      pictures((0..<1000).map { UInt8($0 % 256) }, nil),
    ] {
      let bytes = NumpyFile.bytes(of: set)
      var reader = NumpyReader(byteCount: bytes.count)
      for start in stride(from: 0, to: bytes.count, by: size) {
        try reader.append(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(try reader.finish() == set)
    }
  }

  @Test("A law's samples are the same drawn at once and kept block by block")
  func law() {
    struct Counting: SampleSource {
      let dimension = 1
      let shape: PictureShape? = nil
      func samples(_ range: Range<Int>) -> SampleSet {
        SampleSet(count: range.count, dimension: 1, storage: .floats(range.map(Float.init)))
      }
    }
    #expect(Counting().keptSamples(100..<9100) == Counting().samples(100..<9100))
  }
}
