extension Strategy {
  /// Returns the most samples a generation with which a loop sees no more distinct real samples than there
  /// are to be spent; `nil` if it sees more even with the two that a fit needs.
  ///
  /// - Parameters:
  ///   - budget: The real samples to be spent.
  ///   - supply: The finite real samples from which fresh ones are drawn again and again; `nil` where
  ///     fresh samples are new.
  public func samples(spending budget: Double, generations: Int, supply: Int?) -> Int? {
    func isEnough(_ samples: Int) -> Bool {
      distinctRealCount(generations: generations, budget: samples, supply: supply) <= budget
    }
    guard budget >= 2, isEnough(2) else { return nil }
    // The more samples, the more real ones among them: bisection.
    var (enough, tooMany) = (2, Int(min(budget, 1e12)) + 1)
    while tooMany - enough > 1 {
      let middle = (enough + tooMany) / 2
      if isEnough(middle) { enough = middle } else { tooMany = middle }
    }
    return enough
  }

  /// Returns the synthetic samples that any generation up to the last is trained on, each counted once:
  /// those that a loop must pay for.
  ///
  /// What the last generation draws is measured alone, and costs nothing here; nor does what is drawn beside
  /// real samples that leave no room for it.
  ///
  /// - Parameter budget: The samples in generation 0's training set, `N`.
  public func syntheticCount(generations: Int, budget: Int) -> Int {
    var used = [Int](repeating: 0, count: max(0, generations))
    for generation in stride(from: 1, through: generations, by: 1) {
      for draw in recipe.mixing.draws(generation, budget: budget) {
        for pool in draw.pools {
          guard case .generation(let source) = pool else { continue }
          let drawn = recipe.mixing.drawnCount(source, budget: budget)
          // Of several pools at once any sample may be taken.
          let taken = draw.pools.count == 1 ? draw.choice.taken(of: [drawn]) : drawn
          used[source] = max(used[source], min(drawn, taken))
        }
      }
    }
    return used.reduce(0, +)
  }
}
