import Theory

extension Strategy {
  /// What every generation is trained on, as theory takes it; `nil` for a recipe that is not linear in
  /// its samples: one that selects, filters or moves them or the model, or has several models.
  ///
  /// - Parameters:
  ///   - generations: The last generation.
  ///   - budget: The samples in generation 0's training set, `N`.
  ///   - supply: The finite real samples, those of generation 0 first, from which fresh ones are drawn
  ///     again and again; `nil` where fresh samples are new.
  func plans(generations: Int, budget: Int, supply: Int?) -> [GenerationPlan]? {
    // Whatever a recipe may hold beside these is not linear.
    let linear = Recipe(
      mixing: Mixing(
        recipe.mixing.parts.map { part in
          MixingPart(part.sources, part.size, part.choice, weight: part.weight)
        }), sampling: SamplingRule(bias: recipe.sampling.bias))
    guard recipe == linear else { return nil }
    let mixing = recipe.mixing
    let drawn = (0...generations).map { mixing.drawnCount($0, budget: budget) }
    return (0...generations).map { generation in
      guard generation > 0 else {
        return GenerationPlan([PlannedPart([.original(budget)])], drawn: drawn[0])
      }
      let draws = mixing.draws(generation, budget: budget)
      var parts = draws.map { draw in
        PlannedPart(draw, budget: budget, supply: supply, drawn: drawn)
      }
      let counts = draws.map { draw in
        draw.choice.taken(of: draw.sizes(budget: budget) { drawn[$0] })
      }
      if let samples = PartWeights(draws.map(\.weight), counts: counts).ofSamples {
        var start = 0
        for (index, count) in counts.enumerated() {
          let weight = samples[start..<start + count].reduce(0, +)
          parts[index].weight = weight / Double(samples.count)
          start += count
        }
      }
      return GenerationPlan(parts, drawn: drawn[generation])
    }
  }
}

extension PlannedPart {
  fileprivate init(_ draw: PoolDraw, budget: Int, supply: Int?, drawn: [Int]) {
    if draw.pools == [.fresh] {
      let count = draw.choice.count ?? 0
      self =
        supply.map { PlannedPart([.original($0)], .random(count)) } ?? PlannedPart([.fresh(count)])
      return
    }
    let pools = draw.pools.map { pool -> PlannedPool in
      switch pool {
      case .original: .original(budget)
      case .reservoir(let count): .original(min(count, budget))
      case .fresh: preconditionFailure("fresh samples are taken by number, not pooled with others")
      case .generation(let generation): .generation(generation)
      }
    }
    let total = draw.sizes(budget: budget) { drawn[$0] }.reduce(0, +)
    let choice: Choice =
      switch draw.choice {
      case .all: .all
      case .leading(let count): count < total ? .leading(count) : .all
      case .random(let count): count < total ? .random(count) : .all
      case .replacement(let count): .replacement(count)
      case .equal(let count): .equal(count)
      }
    self.init(pools, choice)
  }
}
