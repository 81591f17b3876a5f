import Randomness
import Recursion
import Samples

/// Small real data for tests of whole runs.
enum TestData {
  /// Discs and squares of random place, size and colours: two classes of pictures.
  static func pictures(_ count: Int, size: Int = 16, channels: Int = 3) -> SampleSet {
    let shape = PictureShape(width: size, height: size, channels: channels)
    var bytes: [UInt8] = []
    for sample in 0..<count {
      var stream = RandomStream(seed: 7, purpose: "test-pictures", sample: sample)
      let centre = (x: 0.3 + 0.4 * stream.uniform(), y: 0.3 + 0.4 * stream.uniform())
      let radius = 0.15 + 0.2 * stream.uniform()
      let colours = (0..<2).map { _ in
        (0..<channels).map { _ in UInt8(20 + stream.integer(below: 216)) }
      }
      for row in 0..<size {
        for column in 0..<size {
          let dx = abs((Double(column) + 0.5) / Double(size) - centre.x)
          let dy = abs((Double(row) + 0.5) / Double(size) - centre.y)
          let inside =
            sample % 2 == 0 ? dx * dx + dy * dy < radius * radius : max(dx, dy) < radius
          bytes += colours[inside ? 1 : 0]
        }
      }
    }
    return SampleSet(
      count: count, dimension: shape.count, shape: shape, storage: .bytes(bytes),
      labels: (0..<count).map { Int32($0 % 2) }, classNames: ["discs", "squares"])
  }

  /// Independent normal numbers.
  static func vectors(_ count: Int, dimension: Int) -> SampleSet {
    GaussianLaw(dimension: dimension, seed: 3).samples(0..<count)
  }

  /// The samples as the real data of a run.
  static func real(_ samples: SampleSet, name: String = "shapes") -> RealData {
    RealData(
      name: name, supply: .finite(samples), fingerprint: RealData.fingerprint(of: samples))
  }
}
