import LinearAlgebra

/// The splitting of samples into clusters by halving, again and again, the cluster that varies most.
///
/// Deterministic, O(n·d·log K), and without the one giant catch-all cluster of k-means: at K = 375 and
/// n = 3000 the clusters hold 4/7/25 samples (least/median/most) where k-means++ gives 0/6/51.
///
/// - Note: bisecting k-means (Steinbach, Karypis and Kumar 2000), each cut starting across the leading
///   direction (principal direction divisive partitioning, Boley 1998).
enum RecursiveBisection {
  private static let powerSteps = 5
  private static let twoMeansSteps = 6

  /// How many clusters are cut ahead at a time: fixed, so that the cuts never depend on the threads.
  private static let cutsAhead = 8

  private struct Cluster {
    let members: [Int]
    let squaredError: Double
    var halves: [Cluster]?
  }

  /// Returns at most `count` clusters of the rows, as ascending row numbers.
  ///
  /// Errors, means and directions count each row by its weight, if there are any; sizes count rows.
  /// The cluster with the largest sum of squared errors is cut next. No cluster has fewer than
  /// `min(4, max(1, n / 2K))` members. There are fewer than `count` clusters only if none is left
  /// that can be cut: all are too small or made of identical samples.
  static func clusters(
    of rows: some DesignMatrix, weights: [Double]? = nil, count: Int
  ) -> [[Int]] {
    let n = rows.rowCount
    let smallest = max(1, min(4, n / (2 * max(1, count))))
    let everything = Array(0..<n)
    var clusters = [
      Cluster(
        members: everything,
        squaredError: Members(everything, of: rows, weights: weights).squaredError)
    ]
    let scale = clusters[0].squaredError
    while clusters.count < count {
      let order = clusters.indices
        .filter {
          clusters[$0].members.count >= 2 * smallest && clusters[$0].squaredError > 1e-24 * scale
        }
        .sorted {
          (clusters[$0].squaredError, -$0) > (clusters[$1].squaredError, -$1)
        }
      guard let widest = order.first else { break }
      if clusters[widest].halves == nil {
        let uncut = Array(order.filter { clusters[$0].halves == nil }.prefix(cutsAhead))
        let waiting = clusters
        let cuts = Parallelism.map(uncut.count) {
          cut(waiting[uncut[$0]].members, of: rows, weights: weights, smallest: smallest)
        }
        for (index, halves) in zip(uncut, cuts) { clusters[index].halves = halves }
      }
      guard let halves = clusters[widest].halves, halves.count == 2 else { break }
      clusters[widest] = halves[0]
      clusters.append(halves[1])
    }
    return clusters.map(\.members)
  }

  /// Cuts a cluster in two by two-means, started at the halves on both sides of the mean along the
  /// leading direction.
  private static func cut(
    _ members: [Int], of rows: some DesignMatrix, weights: [Double]?, smallest: Int
  ) -> [Cluster] {
    let centred = Members(members, of: rows, weights: weights)
    var scores = leadingScores(of: centred)
    var side = sides(scores, smallest: smallest)
    for _ in 0..<twoMeansSteps {
      scores = distanceDifferences(centred, side)
      let next = sides(scores, smallest: smallest)
      if next == side { break }
      side = next
    }
    return [false, true].map { half in
      let chosen = members.indices.filter { side[$0] == half }.map { members[$0] }
      return Cluster(
        members: chosen, squaredError: Members(chosen, of: rows, weights: weights).squaredError)
    }
  }

  /// The coordinates along the leading principal direction, by power steps from the outermost sample.
  private static func leadingScores(of centred: Members<some DesignMatrix>) -> [Double] {
    let norms = centred.squaredNorms()
    let outermost = norms.indices.max { (norms[$0], -$0) < (norms[$1], -$1) } ?? 0
    var scores = centred.products(with: centred.row(outermost))
    for _ in 0..<powerSteps {
      let scale = 1 / (scores.map(abs).max() ?? 1)
      scores = centred.products(with: centred.sum(times: scores.map { $0 * scale }))
    }
    return scores
  }

  /// Half the squared distance to the mean of one side minus that to the other's: positive where the
  /// side marked `true` is nearer.
  private static func distanceDifferences(
    _ centred: Members<some DesignMatrix>, _ side: [Bool]
  ) -> [Double] {
    // The mean of all is 0, so the means of the two sides lie opposite each other.
    let (marked, other) = centred.weights(side)
    let sum = centred.sum(times: side.map { $0 ? 1 : 0 })
    let mean = sum.map { $0 / marked }
    let opposite = sum.map { -$0 / other }
    let difference = zip(mean, opposite).map { $0 - $1 }
    let middle = zip(mean, opposite).reduce(0) { $0 + ($1.0 * $1.0 - $1.1 * $1.1) / 2 }
    return centred.products(with: difference).map { $0 - middle }
  }

  /// Marks the rows with a positive score, or, where that leaves one side too small, as many of the
  /// highest as the limit asks for.
  private static func sides(_ scores: [Double], smallest: Int) -> [Bool] {
    let positive = scores.count { $0 > 0 }
    let marked = min(max(positive, smallest), scores.count - smallest)
    guard marked != positive else { return scores.map { $0 > 0 } }
    let order = scores.indices.sorted { (scores[$0], -$0) > (scores[$1], -$1) }
    var side = [Bool](repeating: false, count: scores.count)
    for index in order.prefix(marked) { side[index] = true }
    return side
  }
}

/// Some rows of a matrix about their mean, gathered in tiles: all of them at once where they are few,
/// else again for each pass over them.
private struct Members<Rows: DesignMatrix>: Sendable {
  private let rows: Rows
  private let members: [Int]
  private let mean: [Double]

  /// What each member counts; `nil` for 1 each.
  private let weights: [Double]?

  /// The centred rows, where they fill one tile.
  private let kept: Matrix?

  /// The numbers of a tile, some 32 MB.
  private static var tileNumbers: Int { 1 << 22 }

  private let tiles: [Range<Int>]

  init(_ members: [Int], of rows: Rows, weights: [Double]?) {
    self.rows = rows
    self.members = members
    let weights = weights.map { all in members.map { all[$0] } }
    self.weights = weights
    tiles = Parallelism.blocks(
      of: members.count, size: max(1, Self.tileNumbers / max(1, rows.columnCount)))
    var sum = [Double](repeating: 0, count: rows.columnCount)
    var first: Matrix?
    var total = 0.0
    for tile in tiles {
      let gathered = rows.gatheringRows(Array(members[tile]))
      let part = weights.map { Array($0[tile]) }
      let count = part?.reduce(0, +) ?? Double(tile.count)
      for (column, value) in gathered.columnMeans(weights: part).enumerated() {
        sum[column] += value * count
      }
      total += count
      first = gathered
    }
    let mean = sum.map { $0 / max(total, .leastNormalMagnitude) }
    self.mean = mean
    kept = tiles.count <= 1 ? first?.subtractingFromRows(mean) : nil
  }

  private func tile(_ tile: Range<Int>) -> Matrix {
    kept ?? rows.gatheringRows(Array(members[tile])).subtractingFromRows(mean)
  }

  /// The sum of the squared distances from the mean, each times its weight.
  var squaredError: Double {
    let norms = squaredNorms()
    return weights.map { zip(norms, $0).reduce(0) { $0 + $1.0 * $1.1 } } ?? norms.reduce(0, +)
  }

  func squaredNorms() -> [Double] {
    tiles.flatMap { tile($0).squaredRowNorms() }
  }

  /// What the marked members count together, and the others.
  func weights(_ marked: [Bool]) -> (marked: Double, other: Double) {
    guard let weights else {
      let count = marked.count { $0 }
      return (Double(count), Double(marked.count - count))
    }
    return zip(weights, marked).reduce(into: (0, 0)) { sums, member in
      if member.1 { sums.0 += member.0 } else { sums.1 += member.0 }
    }
  }

  /// One of the rows about the mean.
  func row(_ index: Int) -> [Double] {
    zip(rows.rows(members[index]..<members[index] + 1).elements, mean).map { $0 - $1 }
  }

  /// The inner product of every row with a vector.
  func products(with vector: [Double]) -> [Double] {
    let other = Matrix(rowCount: 1, columnCount: vector.count, elements: vector)
    return tiles.flatMap { tile($0).times(transposeOf: other).elements }
  }

  /// The sum of the rows, each times its factor and its weight.
  func sum(times factors: [Double]) -> [Double] {
    let factors = weights.map { zip(factors, $0).map { $0 * $1 } } ?? factors
    var sum = [Double](repeating: 0, count: mean.count)
    for range in tiles {
      let column = Matrix(
        rowCount: range.count, columnCount: 1, elements: Array(factors[range]))
      for (index, value) in tile(range).transposedTimes(column).elements.enumerated() {
        sum[index] += value
      }
    }
    return sum
  }
}
