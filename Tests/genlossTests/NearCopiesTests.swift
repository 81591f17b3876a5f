import Randomness
import Samples
import SystemPackage
import Testing

@Suite("Near copies of training samples")
struct NearCopiesTests {
  @Test("The sentence tells of samples that lie on training samples but for a trace of noise")
  func nearCopies() throws {
    try withTool { genloss in
      func normals(_ seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, purpose: "near copies")
        return stream.normals(800)
      }
      func write(_ values: [Double], to name: String) throws {
        try NumpyFile.write(
          SampleSet(count: 200, dimension: 4, storage: .floats(values.map(Float.init))),
          to: genloss.path(name))
      }
      let (train, trace) = (normals(2), normals(4))
      try write(normals(1), to: "real.npy")
      try write(train, to: "train.npy")
      try write(normals(3), to: "fresh.npy")
      try write(zip(train, trace).map { $0 + 1e-4 * $1 }, to: "near.npy")
      for (name, isNear) in [("near", true), ("fresh", false)] {
        let outcome = try genloss(
          "measure", "real.npy", "\(name).npy", "--train", "train.npy", "--splits", "6")
        #expect(outcome.status == 0, "\(outcome.messages)")
        let sentence = outcome.output.split(separator: "\n")[1]
        #expect(sentence.hasSuffix("Look for near copies.") == isNear, "\(sentence)")
      }
    }
  }
}
