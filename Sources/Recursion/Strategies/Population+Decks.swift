extension Population {
  /// The positions of a training set that each model is trained on.
  ///
  /// Position `i` belongs to the model that drew it, `i mod M`. Of those of a model the share ``own``
  /// stays, and the others go to the other models in turn, so that every sample trains one model.
  ///
  /// - Parameters:
  ///   - count: The samples of the training set.
  ///   - generation: The generation; at generation 0 nothing is exchanged, since nothing was drawn.
  func decks(_ count: Int, generation: Int) -> [[Int]] {
    guard models > 1 else { return [Array(0..<count)] }
    let stays = generation == 0 ? 1 : own
    var decks = [[Int]](repeating: [], count: models)
    for position in 0..<count {
      let (turn, home) = position.quotientAndRemainder(dividingBy: models)
      // Evenly spread: so many of the first t turns stay that their share is `stays`.
      let isKept = Int(Double(turn + 1) * stays) > Int(Double(turn) * stays)
      let moved = turn - Int(Double(turn) * stays)
      decks[isKept ? home : (home + 1 + moved % (models - 1)) % models].append(position)
    }
    return decks
  }
}
