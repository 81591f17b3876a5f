extension RandomStream {
  /// A standard normal number (Box and Muller 1958): two come from two uniform numbers.
  public mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let (cosine, sine) = BoxMuller.normals(next(), next())
    spareNormal = sine
    return cosine
  }

  /// `count` standard normal numbers.
  public mutating func normals(_ count: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: count)
    var span = numbers.mutableSpan
    fillNormals(&span, 0..<count)
    return numbers
  }

  /// A standard Gumbel number: the argmax of `log w + gumbel` over categories is a draw with
  /// probabilities proportional to the weights `w`.
  public mutating func gumbel() -> Double { gumbels(1)[0] }

  /// The next `count` standard Gumbel numbers: those of as many calls of ``gumbel()``, faster.
  public mutating func gumbels(_ count: Int) -> [Double] {
    var numbers = words(count).map(BoxMuller.uniform)
    ElementaryFunctions.applyGumbelQuantile(to: &numbers)
    return numbers
  }

  /// A category drawn with probabilities proportional to non-negative weights, at least one
  /// positive.
  public mutating func category(weights: [Double]) -> Int {
    let total = weights.reduce(0, +)
    precondition(total > 0, "no category has a positive weight")
    var remaining = uniform() * total
    for (index, weight) in weights.enumerated() where weight > 0 {
      remaining -= weight
      if remaining < 0 { return index }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// A uniformly random order of `0..<count` (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    for last in stride(from: count - 1, through: 1, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// `size` different numbers of `0..<count`, in random order.
  public mutating func sample(_ size: Int, outOf count: Int) -> [Int] {
    precondition(size <= count, "cannot take \(size) of \(count) without replacement")
    return Array(permutation(count).prefix(size))
  }
}
