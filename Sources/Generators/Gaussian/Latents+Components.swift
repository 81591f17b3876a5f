import Randomness

extension Latents {
  /// A component for each sample by Gumbel-max, the argmax of `log πₖ + Gₖ`.
  ///
  /// The numbers `G` belong to the components, so that the same latents choose the same component as
  /// long as the weights change little.
  func components(logWeights: [Double], samples: Range<Int>) -> [Int] {
    samples.map { sample in
      var stream = stream("component", sample: sample)
      return stream.gumbelMax(logWeights[...])
    }
  }
}

extension RandomStream {
  /// A category drawn with probabilities proportional to the exponentials of `scores`.
  mutating func gumbelMax(_ scores: ArraySlice<Double>) -> Int {
    var best = 0
    var largest = -Double.infinity
    let gumbels = gumbels(scores.count)
    for (category, score) in scores.enumerated() {
      let value = score + gumbels[category]
      if value > largest {
        largest = value
        best = category
      }
    }
    return best
  }
}
