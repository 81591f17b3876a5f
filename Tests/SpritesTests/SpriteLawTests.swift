import LinearAlgebra
import Samples
import Testing

@testable import Sprites

@Suite("Law of sprites", .serialized)
struct SpriteLawTests {
  @Test("A picture is the same alone and in a batch, wherever the batch begins")
  func drawnAlone() throws {
    let law = try SpriteLaw(size: 32, seed: 7)
    let batch = law.samples(0..<60)
    #expect(law.samples(20..<60) == batch.selecting(Array(20..<60)))
    for index in [0, 17, 59] {
      #expect(law.samples(index..<index + 1) == batch.selecting([index]))
    }
  }

  @Test("Pictures do not depend on the number of threads")
  func threads() throws {
    let law = try SpriteLaw(size: 32, seed: 3)
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    Parallelism.threads = 1
    let alone = law.samples(0..<80)
    Parallelism.threads = 4
    #expect(law.samples(0..<80) == alone)
  }

  @Test("Another seed gives other pictures, and no two pictures of one seed agree")
  func seeds() throws {
    let first = try SpriteLaw(size: 16, seed: 1).samples(0..<200)
    let second = try SpriteLaw(size: 16, seed: 2).samples(0..<200)
    let rows = Set((0..<200).flatMap { [first.values($0..<$0 + 1), second.values($0..<$0 + 1)] })
    #expect(rows.count == 400)
  }

  @Test(
    "A picture has the size that was asked for, three channels and a label",
    arguments: [16, 64, 256])
  func shapes(size: Int) throws {
    let law = try SpriteLaw(size: size)
    let samples = law.samples(5..<8)
    #expect(law.dimension == 3 * size * size)
    #expect(law.shape == PictureShape(width: size, height: size, channels: 3))
    #expect(samples.shape == law.shape)
    #expect(samples.classNames == SpriteLaw.classNames)
    let names = samples.labels?.map { samples.classNames[Int($0)] }
    #expect(names == (5..<8).map { law.attributes(of: $0).className })
  }

  @Test("The same picture at another size is the same drawing")
  func sizesAgree() throws {
    // The mean colour of a drawing does not depend on the pixels it is drawn with.
    let small = try SpriteLaw(size: 32, seed: 4).samples(0..<12)
    let large = try SpriteLaw(size: 256, seed: 4).samples(0..<12)
    for index in 0..<12 {
      let means = [small, large].map { samples in
        samples.values(index..<index + 1).reduce(0, +) / Float(samples.dimension)
      }
      #expect(abs(means[0] - means[1]) < 0.5)
    }
  }

  @Test("Class shares follow Zipf's law", arguments: [0, 1, 1.5])
  func zipf(exponent: Double) throws {
    let law = try SpriteLaw(zipf: exponent)
    let count = 20_000
    var counts = [Double](repeating: 0, count: SpriteLaw.classNames.count)
    for index in 0..<count { counts[law.classIndex(of: index)] += 1 }
    for rank in law.shares.indices {
      #expect(
        abs(law.shares[rank] / law.shares[0] - 1 / power(Double(rank + 1), exponent)) < 1e-12)
    }
    // Chi-square with 15 degrees of freedom stays below 44.3 with probability 0.9999.
    #expect(chiSquare(counts, law.shares) < 44.3)
  }

  @Test("A rare class gets the share it is given; the others keep their proportions")
  func rare() throws {
    let plain = try SpriteLaw()
    let law = try SpriteLaw(rare: [("cats", 0.01), ("ships", 0.002)])
    let cats = try #require(SpriteLaw.classNames.firstIndex(of: "cats"))
    let ships = try #require(SpriteLaw.classNames.firstIndex(of: "ships"))
    #expect(law.shares[cats] == 0.01)
    #expect(law.shares[ships] == 0.002)
    #expect(abs(law.shares.reduce(0, +) - 1) < 1e-12)
    let ratio = law.shares[0] / plain.shares[0]
    for rank in law.shares.indices where rank != cats && rank != ships {
      #expect(abs(law.shares[rank] / plain.shares[rank] - ratio) < 1e-12)
    }
    let drawn = (0..<20_000).count { law.classIndex(of: $0) == cats }
    #expect(abs(Double(drawn) - 200) < 4 * (20_000 * 0.01 * 0.99).squareRoot())
  }

  @Test("A class with the share 0 never appears, and one with the share 1 always does")
  func extremeShares() throws {
    let without = try SpriteLaw(rare: [("faces", 0)])
    #expect((0..<2000).allSatisfy { without.classIndex(of: $0) != 0 })
    let only = try SpriteLaw(rare: [("birds", 1)])
    #expect((0..<2000).allSatisfy { only.attributes(of: $0).className == "birds" })
  }

  @Test("Other class shares leave the pictures of a class as they are")
  func sharesMoveNothingElse() throws {
    let steep = try SpriteLaw(size: 16, zipf: 2)
    let flat = try SpriteLaw(size: 16, zipf: 0)
    let common = (0..<400).filter { steep.classIndex(of: $0) == flat.classIndex(of: $0) }
    #expect(common.count > 5)
    for index in common {
      #expect(steep.attributes(of: index) == flat.attributes(of: index))
    }
  }

  @Test("Arguments that make no sense are refused with the reason")
  func refusals() {
    let refusals: [(SpriteError, () throws -> SpriteLaw)] = [
      (.size(15), { try SpriteLaw(size: 15) }),
      (.size(257), { try SpriteLaw(size: 257) }),
      (.zipf(-1), { try SpriteLaw(zipf: -1) }),
      (.unknownClass("dogs"), { try SpriteLaw(rare: [("dogs", 0.1)]) }),
      (.repeatedClass("cats"), { try SpriteLaw(rare: [("cats", 0.1), ("cats", 0.2)]) }),
      (
        .share(className: "cats", share: 1.5), { try SpriteLaw(rare: [("cats", 1.5)]) }
      ),
      (.total(1.25), { try SpriteLaw(rare: [("cats", 0.5), ("fish", 0.75)]) }),
      (.total(0), { try SpriteLaw(rare: SpriteLaw.classNames.map { ($0, 0) }) }),
    ]
    for (error, make) in refusals {
      #expect(throws: error) { try make() }
    }
    #expect(throws: SpriteError.self) { try SpriteLaw(zipf: .nan) }
    #expect(
      SpriteError.size(15).description
        == "Sprites of 15 pixels cannot be drawn. Choose a size from 16 to 256.")
    #expect(SpriteError.unknownClass("dogs").description.contains("faces, cats, fish"))
  }
}

/// Pearson's statistic of counts against probabilities.
func chiSquare(_ counts: [Double], _ shares: [Double]) -> Double {
  let total = counts.reduce(0, +)
  return zip(counts, shares).reduce(0) { sum, pair in
    let expected = total * pair.1
    return sum + (pair.0 - expected) * (pair.0 - expected) / expected
  }
}

/// `base` to the power of 0, 1 or 1.5.
private func power(_ base: Double, _ exponent: Double) -> Double {
  exponent == 0 ? 1 : exponent == 1 ? base : base * base.squareRoot()
}
