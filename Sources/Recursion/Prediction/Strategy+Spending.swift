extension Strategy {
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
