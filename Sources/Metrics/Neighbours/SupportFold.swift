import LinearAlgebra

/// What the distances between a real and a generated set say of single samples' places in the other set's support,
/// found out tile by tile in a pass over the pairs.
struct SupportFold: Sendable {
  /// What is added to every distance in a realism score, in feature units, as in the authors' program: copies
  /// have a score, if one without a meaning beyond "very large".
  private static let smallestDistance = 1e-5

  /// Below this a product of relative distances stands for 0: probabilities do not see it, and numbers too small
  /// for the processor's normal range would cost it a hundred times as much.
  private static let smallestProduct = 1e-30

  /// For each number of neighbours that realism is asked for, the radii of the real samples' balls.
  private var reaches: [[Double]]

  /// One over the radius that makes the real support a probability; 0 if it is not asked for, or is a point's.
  private let realRate: Double

  /// The same of the generated support.
  private let generatedRate: Double

  /// What it finds out about all pairs of two sets, whose samples stay in their order.
  func scores(real: Matrix, generated: Matrix) -> Scores {
    PairSums.between(
      [.distance], real.inOneBlock, generated.inOneBlock, folding: self
    ).1
  }

  /// What is known of all generated samples and of those real ones that were seen.
  struct Scores: Sendable {
    /// For each number of neighbours, the largest ratio of a real radius to the distance from a generated sample.
    fileprivate(set) var realism: [[Double]]

    /// For every generated sample, the product of its relative distances from real ones.
    fileprivate(set) var generatedProducts: [Double]

    /// For every real sample, the same the other way round.
    fileprivate(set) var realProducts: [Double]
  }

  /// Distances are not asked for anything.
  static let nothing = SupportFold(reaches: [])

  /// Asks for realism, from the radii of the real samples' balls for each number of neighbours, and for the
  /// probabilities of lying in the support of balls of one radius, 0 where they are not asked for.
  init(reaches: [[Double]], realRadius: Double = 0, generatedRadius: Double = 0) {
    self.reaches = reaches
    realRate = Self.rate(realRadius)
    generatedRate = Self.rate(generatedRadius)
  }

  /// One over a radius, whose distances it makes shares of it; finite for the smallest numbers there are.
  private static func rate(_ radius: Double) -> Double {
    radius > 0 ? min(1 / radius, .greatestFiniteMagnitude) : 0
  }

  /// The same for real samples in another order, given by their numbers; `nil` for the one they have.
  func inOrder(_ order: [Int]?) -> SupportFold {
    guard let order else { return self }
    var fold = self
    fold.reaches = reaches.map { radii in order.map { radii[$0] } }
    return fold
  }

  /// Nothing seen yet of so many samples.
  func start(real: Int, generated: Int) -> Scores {
    Scores(
      realism: reaches.map { _ in Array(repeating: 0, count: generated) },
      generatedProducts: Array(repeating: 1, count: realRate > 0 ? generated : 0),
      realProducts: Array(repeating: 1, count: generatedRate > 0 ? real : 0))
  }

  /// Takes the distances between the real samples of `scores` and some generated ones into account, row after row.
  func take(_ tile: [Double], rows: Range<Int>, columns: Range<Int>, into scores: inout Scores) {
    for (slot, radii) in reaches.enumerated() {
      var largest = Array(scores.realism[slot][columns])
      for (position, row) in rows.enumerated() {
        let distances = tile.span.extracting(
          position * columns.count..<(position + 1) * columns.count)
        let radius = radii[row]
        for index in largest.indices {
          let ratio = radius / (distances[index] + Self.smallestDistance)
          largest[index] = ratio > largest[index] ? ratio : largest[index]
        }
      }
      scores.realism[slot].replaceSubrange(columns, with: largest)
    }
    if realRate > 0 {
      var products = Array(scores.generatedProducts[columns])
      for position in 0..<rows.count {
        let distances = tile.span.extracting(
          position * columns.count..<(position + 1) * columns.count)
        for index in products.indices {
          let share = distances[index] * realRate
          products[index] *= share < 1 ? share : 1
        }
      }
      for index in products.indices where products[index] < Self.smallestProduct {
        products[index] = 0
      }
      scores.generatedProducts.replaceSubrange(columns, with: products)
    }
    if generatedRate > 0 {
      for position in 0..<rows.count {
        let distances = tile.span.extracting(
          position * columns.count..<(position + 1) * columns.count)
        let product = scores.realProducts[position] * product(of: distances)
        scores.realProducts[position] = product < Self.smallestProduct ? 0 : product
      }
    }
  }

  /// Adds what other real samples, which follow those of `scores`, say.
  func append(_ further: Scores, to scores: inout Scores) {
    for slot in reaches.indices {
      for index in scores.realism[slot].indices {
        scores.realism[slot][index] = max(scores.realism[slot][index], further.realism[slot][index])
      }
    }
    for index in scores.generatedProducts.indices {
      let product = scores.generatedProducts[index] * further.generatedProducts[index]
      scores.generatedProducts[index] = product < Self.smallestProduct ? 0 : product
    }
    scores.realProducts += further.realProducts
  }

  /// The product of a row's relative distances, in four interleaved partial products.
  private func product(of distances: Span<Double>) -> Double {
    var products = SIMD4<Double>(repeating: 1)
    var index = 0
    while index + 4 <= distances.count {
      let shares =
        generatedRate
        * SIMD4(distances[index], distances[index + 1], distances[index + 2], distances[index + 3])
      products *= shares.replacing(with: 1, where: shares .> 1)
      index += 4
    }
    var product = (products[0] * products[1]) * (products[2] * products[3])
    while index < distances.count {
      product *= min(1, generatedRate * distances[index])
      index += 1
    }
    return product
  }
}
