extension Population {
  /// The positions of a training set that each model is trained on.
  ///
  /// Of the samples that a model drew the share ``own`` stays, and the others go to the other models in
  /// turn, so that every sample trains one model.
  ///
  /// - Parameters:
  ///   - homes: The model of each training sample, see ``home(of:in:)``.
  ///   - generation: The generation; at generation 0 nothing is exchanged, since nothing was drawn.
  func decks(homes: [Int], generation: Int) -> [[Int]] {
    let stays = generation == 0 || models == 1 ? 1 : own
    var decks = [[Int]](repeating: [], count: models)
    var turns = [Int](repeating: 0, count: models)
    for (position, home) in homes.enumerated() {
      let turn = turns[home]
      turns[home] += 1
      // Evenly spread: so many of the first t turns stay that their share is `stays`.
      let isKept = Int(Double(turn + 1) * stays) > Int(Double(turn) * stays)
      let moved = turn - Int(Double(turn) * stays)
      decks[isKept ? home : (home + 1 + moved % (models - 1)) % models].append(position)
    }
    return decks
  }

  /// The model that a training sample belongs to: the one that drew it, and of real samples one after the
  /// other in the order of their numbers.
  func home(of origin: SampleOrigin, in pools: SamplePools) -> Int {
    switch origin {
    case .original(let number), .fresh(let number): number % models
    case .synthetic(let generation, let sample):
      pools.homes(of: generation)?[sample] ?? sample % models
    }
  }
}
