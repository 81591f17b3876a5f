import Foundation
import Metrics
import Samples
import Sprites

/// Time and memory of the metrics of one generation of many pictures.
struct ScaleBenchmark {
  let generated: Int
  let heldOut: Int

  /// Reads `70000`, or `70000x20000` with the number of held-out pictures; without it there are as many
  /// as generated ones.
  init?(_ argument: String) {
    let numbers = argument.split(separator: "x").compactMap { Int($0) }
    guard let generated = numbers.first else { return nil }
    self.generated = generated
    heldOut = numbers.count > 1 ? numbers[1] : generated
  }

  /// Measures one generation after another, once.
  func run() throws {
    let train = Self.pictures(generated, seed: 1)
    let evaluator = try Evaluator(
      train: train, heldOut: Self.pictures(heldOut, seed: 2),
      features: Self.pictures(1000, seed: 3), generatedCount: generated, seed: 1, nullDraws: 0)
    let drawn = Self.pictures(generated, seed: 4)
    var previous: GenerationFeatures?
    for name in ["first", "second"] {
      let before = ResidentMemory.now
      let cpu = clock()
      let wall = try ContinuousClock().measure {
        previous = try evaluator.evaluate(drawn, previous: previous).features
      }
      let seconds = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
      print(
        "\(generated) generated, \(heldOut) held out, \(name) evaluation:",
        String(format: "%.2f s wall, %.2f s CPU,", wall / .seconds(1), seconds),
        "peak \(ResidentMemory.peak) MB, \(before) MB before, "
          + "\(3 * generated * 32 * 32 * 3 / 1_000_000) MB of pictures at most")
    }
  }

  /// Sprites with noise, so that no two are equal: drawing so many would take longer than measuring.
  private static func pictures(_ count: Int, seed: UInt64) -> SampleSet {
    let law = try? SpriteLaw(size: 32)
    let originals = law.map { $0.samples(0..<min(count, 1000)) }
    var bytes: [UInt8] = []
    guard let originals, case .bytes(let values) = originals.storage else {
      return SampleSet(count: 0, dimension: 3072, storage: .bytes([]))
    }
    bytes.reserveCapacity(count * 3072)
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    for index in 0..<count {
      let start = index % originals.count * 3072
      for offset in start..<start + 3072 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(values[offset] &+ UInt8(state >> 60))
      }
    }
    return SampleSet(
      count: count, dimension: 3072, shape: originals.shape, storage: .bytes(bytes))
  }
}
