import Foundation
import Testing

@testable import Randomness

@Suite("Normal numbers in bulk")
struct BoxMullerTests {
  @Test(
    "A bulk fill continues the stream exactly as single calls would",
    arguments: [0, 1, 2, 3, 5], [1, 2, 7, 8, 9, 24, 301])
  func bulkEqualsSingles(taken: Int, count: Int) {
    var bulk = RandomStream(seed: 11, purpose: "test", generation: 1, sample: 2)
    var single = bulk
    for _ in 0..<taken {
      _ = bulk.normal()
      _ = single.normal()
    }
    #expect(bulk.normals(count) == (0..<count).map { _ in single.normal() })
    #expect(bulk.normal() == single.normal())
    #expect(bulk.next() == single.next())
  }

  @Test("A stream that stands inside a block fills as single calls would")
  func fillsFromInsideABlock() {
    var bulk = RandomStream(seed: 12, purpose: "test")
    _ = bulk.next()
    var single = bulk
    #expect(bulk.normals(40) == (0..<40).map { _ in single.normal() })
  }

  @Test("Words in bulk continue the stream exactly as single calls would", arguments: [0, 1, 2, 3])
  func bulkWordsEqualSingles(taken: Int) {
    var bulk = RandomStream(seed: 14, purpose: "test")
    for _ in 0..<taken { _ = bulk.next() }
    var single = bulk
    #expect(bulk.words(29) == (0..<29).map { _ in single.next() })
    #expect(bulk.next() == single.next())
  }

  @Test("Logarithm, cosine and sine agree with the C library to an unit in the last place")
  func agreesWithTheLibrary() {
    var stream = RandomStream(seed: 13, purpose: "test")
    var smallest = 1.0
    for _ in 0..<100_000 {
      let u = stream.uniform()
      smallest = min(smallest, u)
      let lanes = SIMD4(repeating: u)
      #expect(abs(ElementaryFunctions.logarithm(lanes)[0] - log(u)) <= 2 * abs(log(u)).ulp)
      let (cosines, sines) = BoxMuller.cosineAndSine(ofTurns: lanes)
      let (cosine, sine) = (cosines[0], sines[0])
      // The library's argument 2πu is itself rounded, by up to half a unit of 2π.
      #expect(abs(cosine - cos(2 * Double.pi * u)) < 1.5e-15)
      #expect(abs(sine - sin(2 * Double.pi * u)) < 1.5e-15)
    }
    for extreme in [0x1p-53, 0.5, 1 - 0x1p-53] {
      let logarithm = ElementaryFunctions.logarithm(SIMD4(repeating: extreme))[0]
      #expect(abs(logarithm - log(extreme)) <= 2 * abs(log(extreme)).ulp)
    }
    #expect(smallest > 0)
  }

  @Test("Gumbel numbers in bulk are those of single calls, and have their law's mean and variance")
  func gumbels() {
    var bulk = RandomStream(seed: 15, purpose: "test")
    var single = bulk
    let numbers = bulk.gumbels(100_003)
    #expect(numbers == (0..<numbers.count).map { _ in single.gumbel() })
    let n = Double(numbers.count)
    let mean = numbers.reduce(0, +) / n
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    // Euler's constant and π²/6; the kurtosis of 5.4 sets the error of the variance.
    let expected = Double.pi * Double.pi / 6
    #expect(abs(mean - 0.5772156649015329) < 5 * (expected / n).squareRoot())
    #expect(abs(variance - expected) < 5 * expected * (4.4 / n).squareRoot())
  }

  @Test("Single-precision numbers are the map of the stream's own words, sixteen from four blocks")
  func singlePrecision() {
    var stream = RandomStream(seed: 15, purpose: "test")
    var words = stream
    var numbers = [Float](repeating: 0, count: 1600)
    var span = numbers.mutableSpan
    stream.fillNormals(&span, 0..<1600)
    func uniform(_ word: UInt64) -> Double { (Double(word >> 9) + 0.5) / 0x1p23 }
    var largest = 0.0
    for group in 0..<100 {
      // Two words of 64 bits a block: the first is the radius, the second the angle.
      let blocks = (0..<4).map { _ in (words.next(), words.next()) }
      for pair in 0..<8 {
        let (first, second) = blocks[pair % 4]
        let shift = pair < 4 ? 0 : 32
        let (u, v) = (
          uniform(first >> shift & 0xFFFF_FFFF), uniform(second >> shift & 0xFFFF_FFFF)
        )
        let radius = (-2 * log(u)).squareRoot()
        let index = group * 16 + 2 * pair
        largest = max(
          largest, abs(Double(numbers[index]) - radius * cos(2 * Double.pi * v)),
          abs(Double(numbers[index + 1]) - radius * sin(2 * Double.pi * v)))
      }
    }
    #expect(largest < 4e-6, "\(largest)")
    // A new call begins with a new block.
    var again = [Float](repeating: 0, count: 3)
    var more = again.mutableSpan
    stream.fillNormals(&more, 0..<3)
    var rest = [Float](repeating: 0, count: 16)
    var restSpan = rest.mutableSpan
    words.fillNormals(&restSpan, 0..<16)
    #expect(again == Array(rest.prefix(3)))
  }

  @Test("Single-precision numbers have the moments of a standard normal law")
  func singlePrecisionMoments() {
    var stream = RandomStream(seed: 16, purpose: "test")
    let count = 400_000
    var numbers = [Float](repeating: 0, count: count)
    var span = numbers.mutableSpan
    stream.fillNormals(&span, 0..<count)
    let n = Double(count)
    func moment(_ power: Int) -> Double {
      numbers.reduce(0) { $0 + pow(Double($1), Double(power)) } / n
    }
    // The standard errors of the first four moments are those of 1, 2, 15 and 96 over n.
    #expect(abs(moment(1)) < 4 * (1 / n).squareRoot())
    #expect(abs(moment(2) - 1) < 4 * (2 / n).squareRoot())
    #expect(abs(moment(3)) < 4 * (15 / n).squareRoot())
    #expect(abs(moment(4) - 3) < 4 * (96 / n).squareRoot())
    let lag = zip(numbers, numbers.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) } / n
    #expect(abs(lag) < 4 / n.squareRoot())
  }
}
