/// The strategies by name.
public enum StrategyCatalogue {
  /// All strategies, in the order in which they are listed.
  public static let strategies: [Strategy] = [
    Strategy(
      name: "replace",
      summary: "N synthetic samples of the last generation, nothing else (fully synthetic loop)",
      source: "Shumailov et al. 2024; Alemohammad et al. 2023", usesRealShare: false
    ) { context in
      [PoolDraw([.generation(context.generation - 1)], .all)]
    },
    Strategy(
      name: "accumulate",
      summary: "the original real set and the synthetic samples of every generation so far",
      source: "Gerstgrasser et al. 2024", usesRealShare: false
    ) { context in
      [PoolDraw([.original] + synthetic(before: context.generation), .all)]
    },
    Strategy(
      name: "accumulate-subsample",
      summary: "N samples drawn from all that accumulated, real and synthetic alike",
      source: "Kazdan et al. 2025", usesRealShare: false
    ) { context in
      [
        PoolDraw(
          [.original] + synthetic(before: context.generation), .random(context.sampleCount))
      ]
    },
    Strategy(
      name: "synthetic-augmentation",
      summary:
        "a fixed real set, p N samples, and (1 - p) N synthetic samples of the last generation",
      source: "Alemohammad et al. 2023; Bertrand et al. 2024", usesRealShare: true
    ) { context in
      [
        PoolDraw([.original], .leading(context.realCount)),
        PoolDraw([.generation(context.generation - 1)], .leading(context.syntheticCount)),
      ]
    },
    Strategy(
      name: "fresh-data",
      summary: "p N new real samples and (1 - p) N synthetic samples of the last generation",
      source: "Alemohammad et al. 2023", usesRealShare: true
    ) { context in
      [
        PoolDraw([.fresh], .leading(context.realCount)),
        PoolDraw([.generation(context.generation - 1)], .leading(context.syntheticCount)),
      ]
    },
    Strategy(
      name: "refit",
      summary: "the original real set again, with new random numbers: the control of fit noise",
      source: "control", usesRealShare: false
    ) { _ in
      [PoolDraw([.original], .all)]
    },
    Strategy(
      name: "real-only",
      summary: "N new real samples: the control of an endless real supply",
      source: "control", usesRealShare: false
    ) { context in
      [PoolDraw([.fresh], .leading(context.sampleCount))]
    },
  ]

  /// Returns the strategy with a name.
  ///
  /// - Throws: ``RecursionError/unknownStrategy(name:suggestion:)``.
  public static func strategy(named name: String) throws(RecursionError) -> Strategy {
    if let strategy = strategies.first(where: { $0.name == name }) { return strategy }
    throw RecursionError.unknownStrategy(
      name: name, suggestion: NearestName.all(name, among: strategies.map(\.name)).first)
  }

  private static func synthetic(before generation: Int) -> [Pool] {
    (0..<generation).map(Pool.generation)
  }
}
