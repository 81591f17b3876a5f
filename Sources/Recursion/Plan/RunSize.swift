import Generators
import Images
import Samples
import Theory

/// The numbers that decide what a run costs.
struct RunSize: Equatable, Sendable {
  /// The samples that generation 0 is trained on, and that each generation is measured on: `n`.
  var samples: Int

  /// The numbers in a sample: `D`.
  var dimension: Int

  /// The size of the pictures; `nil` for vectors.
  var shape: PictureShape?

  /// The samples that each generation is trained on, from generation 0 on.
  var trained: [Int]

  /// The samples that each generation draws, from generation 0 on: `n` or more.
  var drawn: [Int]

  /// The real samples held out: `h`.
  var heldOut: Int

  /// The real samples that feature spaces are fitted on.
  var features: Int

  /// The samples in memory beside those of the division: all of the data's; 0 for a law.
  var stored: Int

  /// Whether the control loop runs, too.
  var hasControl: Bool

  /// The realisable twins that run, too.
  var twins = 0

  /// The most synthetic samples that the strategy keeps in memory at a time.
  var kept: Int

  /// The bytes of a carried number: 1, or 4 without rounding.
  var carriedBytes: Int

  /// The generator's name.
  var generator: String

  /// Mixture components, factors, principal components and EM steps, as far as the generator has them.
  var components = 1
  var rank = 0
  var dimensions = 0
  var steps = 0

  /// The longer side of the thumbnail.
  var patch = 32

  /// The fits of a generation: one more where a model is moved away from one of its own samples.
  var fits = 1

  /// How often each kept sample is drawn, on average: once, or more where the likeliest are chosen.
  var draws = 1.0
}

extension RunSize {
  /// The numbers in a thumbnail: what principal components are taken of.
  var thumbnail: Int {
    guard let shape, generator == "patches" else { return dimension }
    return min(dimension, patch * patch * shape.channels)
  }

  /// The blocks of all detail levels in a picture; 0 where the picture is its own thumbnail.
  var detailBlocks: Int {
    guard let shape, generator == "patches" else { return 0 }
    var (blocks, width, height) = (0, shape.width, shape.height)
    while max(width, height) > patch {
      // A block covers 4 x 4 pixels of the level below.
      (width, height) = ((width + 1) / 2, (height + 1) / 2)
      blocks += max(1, width / 4) * max(1, height / 4)
    }
    return blocks
  }

  /// The number of detail levels.
  var detailLevels: Int {
    guard let shape, generator == "patches" else { return 0 }
    var (levels, side) = (0, max(shape.width, shape.height))
    while side > patch {
      side = (side + 1) / 2
      levels += 1
    }
    return levels
  }
}

extension PreparedRun {
  /// The numbers that decide what this run costs.
  var size: RunSize {
    let engine = engine(strategy: strategy)
    let setting = { (name: String) in
      generator.settings.first { $0.key == name }.flatMap { Int($0.value) }
    }
    let stored: Int =
      if case .finite(let samples) = data.supply { samples.count } else { 0 }
    // The fit clamps what is asked for to what the samples support.
    let dimensions = setting("dimensions") ?? 0
    return RunSize(
      samples: engine.sampleCount, dimension: data.dimension, shape: data.shape,
      trained: sizes.map(\.trained),
      drawn: strategy.drawnCounts(
        generations: configuration.generations, budget: division.original.count),
      heldOut: division.heldOut.count,
      features: division.features.count, stored: stored,
      hasControl: configuration.control && strategy.name != "refit",
      twins: configuration.errorBudget ? (carry == .float ? 1 : 2) : 0,
      kept: strategy.keptCount(
        generations: configuration.generations, budget: division.original.count),
      carriedBytes: carry == .float ? 4 : 1, generator: generator.name,
      components: min(setting("components") ?? 1, engine.sampleCount),
      rank: min(setting("rank") ?? 0, max(0, dimensions - 1)), dimensions: dimensions,
      steps: setting("steps") ?? 0,
      patch: setting("patch") ?? 32, fits: strategy.recipe.step == .identity ? 1 : 2,
      draws: strategy.recipe.sampling.likeliest < 1 ? 2 / strategy.recipe.sampling.likeliest : 1)
  }
}

extension Strategy {
  /// The samples that each generation draws.
  func drawnCounts(generations: Int, budget: Int) -> [Int] {
    (0...generations).map { recipe.mixing.drawnCount($0, budget: budget) }
  }

  /// The most synthetic samples that are in memory at a time: those from which a generation is mixed, or
  /// at least those just drawn.
  func keptCount(generations: Int, budget: Int) -> Int {
    let drawn = drawnCounts(generations: generations, budget: budget)
    var before = [0]
    for count in drawn { before.append(before[before.count - 1] + count) }
    return (1...generations + 1).reduce(0) { most, generation in
      let first = recipe.mixing.firstPool(of: generation) ?? generation - 1
      return max(most, before[generation] - before[first])
    }
  }
}
