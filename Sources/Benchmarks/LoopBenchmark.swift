import Foundation
import GenerationLoss
import LinearAlgebra
import Metrics
import Recursion
import Samples
import Sprites
import Storage
import SystemPackage

/// Whole generations of a run on drawn pictures, as a user has them: fit, draw, default metrics,
/// pictures and files, without the control loop and without what is done once.
enum LoopBenchmark {
  /// The generations that are timed, after one that is not.
  private static let generations = 5

  /// Runs generations of pictures of a size and prints the mean time of one, and how much of it the metrics
  /// take: those of the run's own samples, once more by themselves.
  static func run(size: Int, count: Int) throws {
    var configuration = RunConfiguration()
    configuration.data = "sprites:size=\(size)"
    configuration.generations = generations
    configuration.samples = count
    configuration.control = false
    // A folder's worth: a fifth is held out, and a tenth is for the feature spaces.
    let drawn = try SpriteLaw(size: size).samples(0..<count * 10 / 7 + 8)
    let data = RealData(
      name: "sprites", supply: .finite(drawn), fingerprint: RealData.fingerprint(of: drawn))
    let folder = FilePath(NSTemporaryDirectory())
      .appending("genloss-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(atPath: folder.string) }
    let clock = ContinuousClock()
    var start: (wall: ContinuousClock.Instant, cpu: clock_t)?
    var end = (wall: clock.now, cpu: Foundation.clock())
    var parts = (train: 0, heldOut: 0, features: 0)
    _ = try Run(
      configuration: configuration, data: data, illustrator: RunPictures(), command: [],
      version: Release.version
    ).perform(in: folder) { event in
      if case .prepared(let train, let heldOut, let features, _) = event {
        parts = (train, heldOut, features)
      }
      guard case .finished(let generation, _, _, _) = event else { return }
      end = (clock.now, Foundation.clock())
      if generation == 0 { start = end }
    }
    guard let start else { return }
    let wall = start.wall.duration(to: end.wall) / .seconds(1) / Double(generations)
    let cpu = Double(end.cpu - start.cpu) / Double(CLOCKS_PER_SEC) / Double(generations)
    func text(_ value: Double) -> String {
      value.formatted(.number.precision(.fractionLength(3)).grouping(.never))
    }
    print(
      "\(size)×\(size)×3, n = \(count), \(Parallelism.threads) threads: a generation takes "
        + "\(text(wall)) s, \(text(cpu)) CPU-s; peak memory \(ResidentMemory.peak) MB")
    let metrics = try metricSeconds(of: folder, drawn, parts)
    print(
      "  of it the default metrics: \(text(metrics)) CPU-s, \(text(100 * metrics / cpu)) %")
  }

  /// The processor time of the default metrics of a generation of a run, against real sets as large as the
  /// run's.
  private static func metricSeconds(
    of folder: FilePath, _ drawn: SampleSet, _ parts: (train: Int, heldOut: Int, features: Int)
  ) throws -> Double {
    func samples(_ range: Range<Int>) -> SampleSet { drawn.selecting(Array(range)) }
    let generations = try (0...generations).map { generation in
      let name = String(format: "generations/%03d/samples.npy", generation)
      return try NumpyFile.read(folder.appending(name))
    }
    let evaluator = try Evaluator(
      train: samples(0..<parts.train),
      heldOut: samples(parts.train..<parts.train + parts.heldOut),
      features: samples(drawn.count - parts.features..<drawn.count),
      generatedCount: generations[0].count, seed: 1, nullDraws: 0)
    // What real sets alone decide is computed once in a run.
    var previous = try evaluator.evaluate(generations[0]).features
    let start = Foundation.clock()
    for generation in generations.dropFirst() {
      previous = try evaluator.evaluate(generation, previous: previous, explains: true).features
    }
    return Double(Foundation.clock() - start) / Double(CLOCKS_PER_SEC) / Double(Self.generations)
  }
}
