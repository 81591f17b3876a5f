import Randomness

/// Which real samples play which part in a repetition of a calibration.
///
/// Half of the samples, drawn at random, stand for the real set; of the others, the pool, as many as can
/// be chosen whatever the damage stand for the generated one. All sets of one kind have one size, so that
/// nothing but the damage tells them apart.
public struct CalibrationDesign: Sendable {
  /// The samples.
  public let count: Int

  /// How much is damaged.
  public let strength: Double

  /// The samples that stand for the real set.
  public let realCount: Int

  /// The samples that stand for the generated set.
  public let generatedCount: Int

  /// The mode of each sample.
  private let modes: [Int]

  private let modeCount: Int

  /// The samples, those that lie nearest to others first.
  private let byDensity: [Int]

  private let seed: UInt64

  /// The least samples of a calibration: beside each other some must be left to choose from.
  public static let leastSamples = 24

  /// Plans repetitions.
  ///
  /// - Parameters:
  ///   - modes: The mode of each sample, from 0 on.
  ///   - isolation: How far each sample lies from others.
  ///   - strength: Between 0 and 0.6.
  public init(modes: [Int], isolation: [Double], strength: Double, seed: UInt64) {
    precondition(
      modes.count == isolation.count && modes.count >= Self.leastSamples,
      "\(modes.count) modes and \(isolation.count) distances")
    precondition(strength > 0 && strength <= 0.6, "a strength of \(strength)")
    count = modes.count
    self.strength = strength
    self.modes = modes
    modeCount = (modes.max() ?? 0) + 1
    self.seed = seed
    byDensity = isolation.indices.sorted {
      isolation[$0] == isolation[$1] ? $0 < $1 : isolation[$0] < isolation[$1]
    }
    realCount = count / 2
    // What is missing must leave enough: a tenth more than the share, for modes are of uneven size.
    generatedCount = max(10, Int((0.9 * (1 - strength) * Double(count - count / 2)).rounded(.down)))
  }

  /// The samples of one repetition.
  public struct Repetition: Sendable {
    /// Those that stand for the real set.
    public let real: [Int]

    /// Those that stand for an honest generated set.
    public let honest: [Int]

    /// Those of a generated set with each damage that is a choice; a damage that no choice gives is
    /// missing.
    public let damaged: [Damage: [Int]]
  }

  /// Draws a repetition.
  public func repetition(_ number: Int) -> Repetition {
    var stream = RandomStream(seed: seed, purpose: "calibrate/split", sample: number)
    let order = stream.permutation(count)
    let pool = Array(order[realCount...])
    let honest = Array(pool.prefix(generatedCount))
    var damaged: [Damage: [Int]] = [:]
    damaged[.modes] = withoutModes(pool, number)
    let tail = Set(byDensity.suffix(Int((strength * Double(count)).rounded())))
    damaged[.tails] = chosen(pool.filter { !tail.contains($0) })
    let copies = Int((strength * Double(generatedCount)).rounded())
    let kept = honest.dropLast(copies)
    var choice = RandomStream(seed: seed, purpose: "calibrate/copies", sample: number)
    damaged[.duplicates] =
      kept + (0..<copies).map { _ in kept[choice.integer(below: kept.count)] }
    return Repetition(real: Array(order[..<realCount]), honest: honest, damaged: damaged)
  }

  private func chosen(_ rows: [Int]) -> [Int]? {
    rows.count >= generatedCount ? Array(rows.prefix(generatedCount)) : nil
  }

  /// The pool without a share of the modes, drawn at random among those that can be spared.
  private func withoutModes(_ pool: [Int], _ number: Int) -> [Int]? {
    var sizes = [Int](repeating: 0, count: modeCount)
    for row in pool { sizes[modes[row]] += 1 }
    var stream = RandomStream(seed: seed, purpose: "calibrate/modes", sample: number)
    let wanted = max(1, Int((strength * Double(modeCount)).rounded()))
    var missing: Set<Int> = []
    var left = pool.count
    for mode in stream.permutation(modeCount) where missing.count < wanted {
      guard sizes[mode] > 0, left - sizes[mode] >= generatedCount else { continue }
      missing.insert(mode)
      left -= sizes[mode]
    }
    guard !missing.isEmpty else { return nil }
    return chosen(pool.filter { !missing.contains(modes[$0]) })
  }
}
