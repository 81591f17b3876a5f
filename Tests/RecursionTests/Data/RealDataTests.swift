import Recursion
import Samples
import Testing

@Suite("The fingerprint of real data")
struct RealDataTests {
  @Test("It changes with a value, a label, a class name, the shape and the type")
  func fingerprint() {
    let shape = PictureShape(width: 2, height: 1, channels: 1)
    func set(
      _ bytes: [UInt8] = [1, 2, 3, 4], shape: PictureShape? = shape, labels: [Int32]? = [0, 1],
      names: [String] = ["a", "b"]
    ) -> SampleSet {
      SampleSet(
        count: 2, dimension: 2, shape: shape, storage: .bytes(bytes), labels: labels,
        classNames: names)
    }
    let floats = SampleSet(count: 2, dimension: 2, storage: .floats([1, 2, 3, 4]))
    let sets = [
      set(), set([1, 2, 3, 5]), set(labels: [1, 0]), set(names: ["a", "c"]),
      set(shape: PictureShape(width: 1, height: 2, channels: 1)), set(shape: nil),
      set(labels: nil, names: []), floats,
    ]
    #expect(Set(sets.map(RealData.fingerprint(of:))).count == sets.count)
    #expect(RealData.fingerprint(of: set()) == RealData.fingerprint(of: set()))
    #expect(RealData.fingerprint(of: set()).count == 64)
  }
}
