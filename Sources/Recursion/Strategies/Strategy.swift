public import Storage
import Theory

/// A recipe with the name and the settings that it came from.
///
/// Adding a strategy means adding an entry to ``StrategyCatalogue``; a recipe that nobody named is
/// written in a file of options, see ``CustomStrategy``.
public struct Strategy: Equatable, Sendable {
  /// The name on the command line, as in the papers.
  public let name: String

  /// The name, with the settings that are not at their defaults.
  public let label: String

  /// The strategy as options hold it, every setting with its value: text, or an object where the recipe
  /// is written out.
  public let json: JSONValue

  /// What the loop does.
  public internal(set) var recipe: Recipe

  /// The real share of training sets of fixed size; `nil` where none is set for all generations.
  public let realShare: Double?

  /// The generation before which it does nothing of its own; `nil` where there is none.
  let turningPoint: Int?
}

extension Strategy {
  /// What a user should know of a run that ends before the strategy begins; `nil` if it does not.
  func neverBegins(within generations: Int) -> String? {
    guard let turningPoint, turningPoint > generations else { return nil }
    return "\(label) begins at generation \(turningPoint), and this run ends at generation "
      + "\(generations). Raise --generations, or lower its \(SettingKey.turningPoint)."
  }
}

extension Strategy {
  /// Refuses a strategy that cannot be followed with so many samples.
  ///
  /// - Parameter budget: The samples in generation 0's training set, `N`.
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)``.
  func requireSamples(generations: Int, budget: Int) throws(RecursionError) {
    func refusal(_ reason: String) -> RecursionError {
      .invalidStrategy(text: label, place: [], reason: reason)
    }
    for case .reservoir(let count) in recipe.mixing.parts.flatMap(\.sources) where count > budget {
      throw refusal(
        "it keeps \(count) originals, and generation 0 is trained on \(budget). Keep \(budget) or "
          + "fewer, or raise --samples.")
    }
    for generation in 1..<max(1, generations + 1) {
      for part in recipe.mixing.draws(generation, budget: budget) {
        if let count = part.choice.count, count >= MixingPart.mostCandidates {
          throw refusal(
            "its filters choose among more samples than any machine holds. Ask for fewer candidates "
              + "of each, or for fewer filters.")
        }
        guard case .reservoir(let kept) = part.pools.first, part.pools.count == 1,
          let count = part.choice.count, part.choice.taken(of: [kept]) < count
        else { continue }
        throw refusal(
          "it draws \(count) samples from \(kept) originals"
            + (generation > 1 ? " in generation \(generation)" : "")
            + ". Draw \(kept) or fewer.")
      }
      let count = rowCounts(generation, budget: budget).trained
      guard count < 2 else { continue }
      throw refusal(
        "generation \(generation) would be trained on \(count) samples, and a fit needs 2. Raise "
          + "--samples or the share.")
    }
  }

  /// Returns the most real samples that a generation draws from the originals that are kept, 0 where it keeps
  /// none: a smaller reservoir does not hold them.
  ///
  /// - Parameter budget: The samples in generation 0's training set, `N`.
  public func reservoirDraw(generations: Int, budget: Int) -> Int {
    stride(from: 1, through: generations, by: 1).flatMap { generation in
      recipe.mixing.draws(generation, budget: budget).compactMap { part -> Int? in
        guard case .reservoir = part.pools.first, part.pools.count == 1 else { return nil }
        return part.choice.count
      }
    }.max() ?? 0
  }

  /// The samples of a generation's pools and of its training set.
  private func rowCounts(
    _ generation: Int, budget: Int
  ) -> (real: Int, synthetic: Int, trained: Int, isFresh: Bool, isSubsample: Bool) {
    var (real, synthetic, trained) = (0, 0, 0)
    var (isFresh, isSubsample) = (false, false)
    for part in recipe.mixing.draws(generation, budget: budget) {
      let sizes = part.sizes(budget: budget) { recipe.mixing.drawnCount($0, budget: budget) }
      let pooled = sizes.reduce(0, +)
      let pooledReal = zip(part.pools, sizes).reduce(0) { $0 + ($1.0.isReal ? $1.1 : 0) }
      let pooledSynthetic = pooled - pooledReal
      let count = part.filters.reduce(part.choice.taken(of: sizes)) { $1.kept(of: $0) }
      if pooledReal == 0 {
        synthetic += count
      } else if pooledSynthetic == 0 {
        real += count
      } else {
        real += pooledReal
        synthetic += pooledSynthetic
        isSubsample = isSubsample || count != pooled
      }
      trained += count
      isFresh = isFresh || part.pools == [.fresh]
    }
    return (real, synthetic, trained, isFresh, isSubsample)
  }

  /// The numbers of training samples of a generation as theory takes them.
  ///
  /// - Parameter budget: The samples in generation 0's training set, `N`.
  func sizes(_ generation: Int, budget: Int) -> GenerationSizes {
    guard generation > 0 else { return GenerationSizes(real: budget, synthetic: 0) }
    let counts = rowCounts(generation, budget: budget)
    let subsample =
      counts.isSubsample ? min(counts.trained, counts.real + counts.synthetic) : nil
    return GenerationSizes(
      real: counts.real, synthetic: counts.synthetic, fresh: counts.isFresh, subsample: subsample)
  }
}
