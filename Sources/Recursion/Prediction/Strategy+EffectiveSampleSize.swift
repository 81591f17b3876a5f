import Theory

extension Strategy {
  /// Returns theory's effective sample size `n_e` of every generation (theory 0.3), from 0 on; `nil` for a
  /// recipe that is not linear in its samples.
  ///
  /// - Parameters:
  ///   - generations: The last generation; the cost is quadratic in it.
  ///   - budget: The samples in generation 0's training set, `N`.
  ///   - supply: The finite real samples from which fresh ones are drawn again and again; `nil` where
  ///     fresh samples are new.
  public func effectiveSampleSizes(generations: Int, budget: Int, supply: Int?) -> [Double]? {
    plans(generations: generations, budget: budget, supply: supply)
      .map { Theory.effectiveSampleSizes($0) }
  }

  /// Returns the real samples that a loop has seen up to a generation, each counted once.
  ///
  /// Verifiers and clusters are made of the training set of generation 0, and cost nothing beside it.
  ///
  /// - Parameter supply: As above; then the number is an expectation.
  public func distinctRealCount(generations: Int, budget: Int, supply: Int?) -> Double {
    let fresh = (0..<max(0, generations)).map { recipe.mixing.freshCount($0 + 1, budget: budget) }
    guard let supply, supply > 0 else { return Double(budget + fresh.reduce(0, +)) }
    // Generation 0's samples are in the supply, and each draw leaves others out by chance.
    return fresh.reduce(Double(min(budget, supply))) { seen, count in
      seen + (Double(supply) - seen) * min(1, Double(count) / Double(supply))
    }
  }
}
