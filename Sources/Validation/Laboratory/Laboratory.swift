import Generators
import LinearAlgebra
import Randomness
import Recursion
import Samples
import Synchronization

/// Runs loops many times over with different seeds, and remembers what came of them.
///
/// Every chain is a task of its own, so that all its inner loops are serial; its seed is a function of
/// the laboratory's seed, the setting and the chain's number. So results depend neither on the threads
/// nor on which checks are made.
final class Laboratory: Sendable {
  /// The seed of all chains.
  let seed: UInt64

  /// The chains that are run for each one of a setting's.
  private let share: Double

  /// What is done to every generator on purpose; `nil` for the engine as it is.
  private let tampering: Effect?

  /// What chains of a setting left: a row of records a chain.
  private let memory = Mutex<[Experiment: any Sendable]>([:])

  private struct Experiment: Hashable {
    let setting: LoopSetting
    let record: ObjectIdentifier
  }

  /// Creates a laboratory.
  init(seed: UInt64, share: Double = 1, tampering: Effect? = nil) {
    self.seed = seed
    self.share = share
    self.tampering = tampering
  }

  /// The number of chains or repetitions for so many of a setting, at least 40.
  func count(_ chains: Int) -> Int { max(40, Int((Double(chains) * share).rounded())) }

  /// The seed of an experiment's repetition.
  func seed(_ experiment: String, _ repetition: Int) -> UInt64 {
    var stream = RandomStream(seed: seed, purpose: Purpose(experiment), sample: repetition)
    return stream.next()
  }

  /// The moments of every model of every chain: one row a chain, one entry a fit.
  func moments(_ setting: LoopSetting) throws -> [[Moments]] {
    try records(setting) { generation in Moments(of: generation.model) }
  }

  /// The copies of each category, or of each original, that every model of a bootstrap holds.
  func counts(_ setting: LoopSetting) throws -> [[CategoryCounts]] {
    try records(setting) { CategoryCounts(of: $0.training) }
  }

  /// An average over chains of a number of the model at a fit, counted from 1.
  func average(
    _ setting: LoopSetting, fit: Int, _ value: (Moments) throws -> Double
  ) throws -> Average {
    Average(try moments(setting).map { try value($0[fit - 1]) })
  }

  /// What each generation of each chain left, in the order of the chains.
  func records<Record: Sendable>(
    _ setting: LoopSetting, _ record: @Sendable (Chain.Generation) throws -> Record
  ) throws -> [[Record]] {
    let experiment = Experiment(setting: setting, record: ObjectIdentifier(Record.self))
    if let known = memory.withLock({ $0[experiment] }) as? [[Record]] { return known }
    let generator = try tampered(setting.generator())
    let name = setting.description
    let chains = Parallelism.map(count(setting.chains)) { index in
      Result {
        var records: [Record] = []
        try setting.chain(seed: seed(name, index), generator: generator)
          .run(fits: setting.fits) { generation in
            records.append(try record(generation))
            return
              !(setting.stopsWhenFixed
              && CategoryCounts(of: generation.training).occupied == 1)
          }
        return records
      }
    }
    let result = try chains.map { try $0.get() }
    memory.withLock { $0[experiment] = result }
    return result
  }

  /// Repeats an experiment that is no loop with different seeds.
  func repetitions<Value: Sendable>(
    _ experiment: String, _ count: Int, _ value: @Sendable (UInt64) throws -> Value
  ) throws -> [Value] {
    try Parallelism.map(self.count(count)) { index in
      Result { try value(seed("validate \(experiment)", index)) }
    }.map { try $0.get() }
  }

  /// The average of a number over repetitions.
  func repeated(
    _ experiment: String, _ count: Int, _ value: @Sendable (UInt64) throws -> Double
  ) throws -> Average {
    Average(try repetitions(experiment, count, value))
  }

  /// The generator as this laboratory has it.
  func tampered(_ generator: any Generator) -> any Generator {
    tampering.map { AlteredGenerator(base: generator, effect: $0) } ?? generator
  }
}
