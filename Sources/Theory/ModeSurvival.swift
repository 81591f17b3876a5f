import Foundation

/// Returns the constants `g₁ … g_k` of mode survival: `g₁ = 1`, `g_{k+1} = 1 − exp(−g_k)` (E2).
///
/// `g_k` is about `2 / (k + 1 + ln(k)/3)`.
public func survivalConstants(_ count: Int) -> [Double] {
  var constants: [Double] = []
  for _ in 0..<count { constants.append(constants.last.map { -expm1(-$0) } ?? 1) }
  return constants
}

/// Returns the probability that a mode is alive after some generations of replace,
/// `1 − exp(−c g_k)` (E2).
///
/// Exact for Poisson counts and excellent for multinomial ones. A mode seen `c` times survives
/// about `2c` to `3c` generations.
///
/// - Parameters:
///   - expectedCount: The number `c` of real training samples expected in the mode.
///   - generations: The number `k` of generations; after 0 every mode is alive.
public func modeSurvival(expectedCount: Double, generations: Int) -> Double {
  survivalConstants(generations).last.map { -expm1(-expectedCount * $0) } ?? 1
}

/// Returns, for each generation, the probability that its training set still holds a mode, in a loop
/// whose synthetic samples are all of the last model (E2 with real samples coming in).
///
/// Every sample has a Poisson number of descendants in the next training set, so that the lines of real
/// samples die out independently: `1 − exp(−Σ c a)`, over the real samples of all generations, with
/// `c` of them expected in the mode and `a` the probability that such a line lives.
///
/// - Parameters:
///   - plans: What the generations are trained on.
///   - share: The share of the mode in the real law.
/// - Returns: `nil` for generations up to which samples have weights or come from earlier models, unless
///   all samples of all models are kept: then a mode that was seen is never lost. What comes later
///   changes no earlier number.
public func expectedModeSurvival(_ plans: [GenerationPlan], share: Double) -> [Double?] {
  guard let first = plans.first, let size = first.originalCount else {
    return plans.map { _ in nil }
  }
  var steps: [ModeStep]? = []
  var (isKept, isWeighted) = (true, false)
  return plans.indices.map { generation in
    let plan = plans[generation]
    isWeighted = isWeighted || !plan.parts.allSatisfy { $0.weight == nil }
    isKept = isKept && plan.keeps(original: size)
    let drawn = generation > 0 ? plans[generation - 1].drawn : 0
    let step = ModeStep(plan, at: generation, original: size, drawn: drawn)
    steps = step.flatMap { step in steps.map { $0 + [step] } }
    if isWeighted { return nil }
    if isKept { return -expm1(-share * Double(size)) }
    return steps.map { survival(through: $0, share: share) }
  }
}

/// The probability that the last of these training sets still holds a mode.
private func survival(through steps: [ModeStep], share: Double) -> Double {
  // The probability that a sample in a training set has a line into the last one, from there back.
  var alive = [1.0]
  for generation in stride(from: steps.count - 1, to: 0, by: -1) {
    let mean = Double(steps[generation].synthetic) / Double(steps[generation - 1].total)
    alive.append(-expm1(-mean * alive[alive.count - 1]))
  }
  alive.reverse()
  var lines = zip(steps, alive).reduce(0.0) { $0 + Double($1.0.fresh) * $1.1 }
  // An original sample has a line from every set that it was in.
  var start = 0
  for end in Set(steps.map(\.original)).sorted() {
    let dead = zip(steps, alive).reduce(1.0) { $1.0.original >= end ? $0 * (1 - $1.1) : $0 }
    lines += Double(end - start) * (1 - dead)
    start = end
  }
  return -expm1(-share * lines)
}

/// The samples of one training set by where they come from.
private struct ModeStep {
  var original = 0
  var fresh = 0
  var synthetic = 0

  var total: Int { original + fresh + synthetic }

  /// - Parameter drawn: The samples that the generation before drew.
  init?(_ plan: GenerationPlan, at generation: Int, original size: Int, drawn: Int) {
    for part in plan.parts {
      guard part.pools.count == 1 else { return nil }
      switch (part.pools[0], part.choice) {
      case (.original(let count), .all): original += count
      case (.original(let pooled), .leading(let count)): original += min(pooled, count)
      case (.fresh(let count), .all): fresh += count
      case (.generation(generation - 1), .all): synthetic += drawn
      case (.generation(generation - 1), .leading(let count)),
        (.generation(generation - 1), .random(let count)):
        synthetic += count
      default: return nil
      }
    }
    guard original <= size, generation > 0 || original == size else { return nil }
  }
}

extension GenerationPlan {
  /// The samples of the real set; `nil` if there are others.
  fileprivate var originalCount: Int? {
    guard parts.count == 1, parts[0].choice == .all, parts[0].pools.count == 1,
      case .original(let count) = parts[0].pools[0]
    else { return nil }
    return count
  }

  /// Whether all of the original samples are trained on.
  fileprivate func keeps(original size: Int) -> Bool {
    parts.contains { $0.choice == .all && $0.pools.contains(.original(size)) }
  }
}

/// Returns the expected number of different real samples left after 0, 1 … generations of a
/// bootstrap of `n` (E4): `n`, then `n (1 − (1 − 1/n)ⁿ)`, about `0.632 n`, and at last about
/// `2n/t`.
///
/// The lines of descent are taken as independent, each copy having binomially many copies in the
/// next generation: exact after one generation, and within a few percent while many are left.
///
/// - Parameters:
///   - n: The number of samples.
///   - generations: The number of generations.
/// - Returns: `generations + 1` numbers.
public func expectedDistinctOriginals(_ n: Int, generations: Int) -> [Double] {
  let size = Double(n)
  var alive = [1.0]
  for _ in 0..<generations {
    alive.append(-expm1(size * log1p(-alive[alive.count - 1] / size)))
  }
  return alive.map { $0 * size }
}
