/// Returns the effective sample size `n_e` of the last generation: the number of real samples on
/// which a single fit would be as wrong (theory 0.3).
///
/// `1 / n_e` is the sum of the squared influences of all samples on the fit. For equal sizes `n` it
/// becomes
///
/// | strategy | `n_e` |
/// |---|---|
/// | replace, after `t` fits | `n / t` |
/// | accumulate | `n / Σ_{s ≤ t} 1/s²`, at least `6n/π²` |
/// | accumulate-subsample | at least `n / (π²/2 − 2)` |
/// | fresh-data, `q` the synthetic share | `n_real·(1 + q)` |
/// | synthetic-augmentation | `n_real·(1 + q) / (1 + 2q)` |
/// | real-only, refit | `n` |
///
/// The subsample is drawn without replacement, as in C3; `3n/π²` holds for one with replacement.
///
/// - Parameters:
///   - strategy: What every generation but the first is trained on.
///   - sizes: The sizes of generations `0 ... t − 1`, the first of them real.
/// - Returns: A positive number, to first order in `1/n`.
public func effectiveSampleSize(_ strategy: StrategyKind, _ sizes: [GenerationSizes]) -> Double {
  precondition(sizes.first?.synthetic == 0, "the first generation is trained on real samples")
  return effectiveSampleSizes(strategy, sizes).last ?? .infinity
}

/// Returns the effective sample sizes of all generations; see ``effectiveSampleSize(_:_:)``.
public func effectiveSampleSizes(
  _ strategy: StrategyKind, _ sizes: [GenerationSizes]
) -> [Double] {
  precondition(
    sizes.first.map { $0.synthetic == 0 } ?? true,
    "the first generation is trained on real samples")
  return LoopMoments(strategy.plans(sizes)).error.map { 1 / $0 }
}

/// Returns the expected squared distance of each generation's mean from the real mean, as a share
/// of the real variance (A2, C2, D1, D3).
///
/// Exact for models that reproduce the mean and the total second moment of their training set and
/// draw independent samples. It is the same share in every direction.
///
/// - Parameters:
///   - strategy: What every generation but the first is trained on.
///   - sizes: The sizes of the generations, the first of them real.
/// - Returns: One number from 0 to 1 a generation.
public func expectedMeanDrift(_ strategy: StrategyKind, _ sizes: [GenerationSizes]) -> [Double] {
  precondition(
    sizes.first.map { $0.synthetic == 0 } ?? true,
    "the first generation is trained on real samples")
  return LoopMoments(strategy.plans(sizes)).drift
}

/// Returns the effective sample sizes of generations that are mixed by any linear plan.
public func effectiveSampleSizes(_ plans: [GenerationPlan]) -> [Double] {
  LoopMoments(plans).error.map { 1 / $0 }
}

/// Returns the expected share of the real variance that each generation's model has kept,
/// `1 − expectedMeanDrift`: what a model loses in variance its mean gains by drifting (theory 0.1).
///
/// `(1 − 1/n)^t` under replace (A1), `Π (1 − 1/(n s²))` under accumulate (C1), the recursions of C3
/// under accumulate-subsample, D1 under fresh-data and D3 under synthetic-augmentation.
///
/// - Parameters:
///   - strategy: What every generation but the first is trained on.
///   - sizes: The sizes of the generations, the first of them real.
/// - Returns: One number from 0 to 1 a generation.
public func expectedVarianceShare(
  _ strategy: StrategyKind, _ sizes: [GenerationSizes]
) -> [Double] {
  expectedMeanDrift(strategy, sizes).map { 1 - $0 }
}
