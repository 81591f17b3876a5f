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
  /// The cluster with the largest sum of squared errors is cut next. No cluster has fewer than
  /// `min(4, max(1, n / 2K))` members. There are fewer than `count` clusters only if none is left
  /// that can be cut: all are too small or made of identical samples.
  static func clusters(of rows: Matrix, count: Int) -> [[Int]] {
    let n = rows.rowCount
    let smallest = max(1, min(4, n / (2 * max(1, count))))
    let everything = Array(0..<n)
    var clusters = [
      Cluster(members: everything, squaredError: centred(rows, everything).squaredError)
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
          cut(waiting[uncut[$0]].members, of: rows, smallest: smallest)
        }
        for (index, halves) in zip(uncut, cuts) { clusters[index].halves = halves }
      }
      guard let halves = clusters[widest].halves, halves.count == 2 else { break }
      clusters[widest] = halves[0]
      clusters.append(halves[1])
    }
    return clusters.map(\.members)
  }

  /// The members' rows about their mean, and the sum of their squares.
  private static func centred(
    _ rows: Matrix, _ members: [Int]
  ) -> (rows: Matrix, squaredError: Double) {
    let gathered = rows.gatheringRows(members)
    let centred = gathered.subtractingFromRows(gathered.columnMeans())
    return (centred, centred.squaredRowNorms().reduce(0, +))
  }

  /// Cuts a cluster in two by two-means, started at the halves on both sides of the mean along the
  /// leading direction.
  private static func cut(_ members: [Int], of rows: Matrix, smallest: Int) -> [Cluster] {
    let centred = centred(rows, members).rows
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
      return Cluster(members: chosen, squaredError: Self.centred(rows, chosen).squaredError)
    }
  }

  /// The coordinates along the leading principal direction, by power steps from the outermost sample.
  private static func leadingScores(of centred: Matrix) -> [Double] {
    let norms = centred.squaredRowNorms()
    let outermost = norms.indices.max { (norms[$0], -$0) < (norms[$1], -$1) } ?? 0
    var scores = products(centred, Array(centred.row(outermost)))
    for _ in 0..<powerSteps {
      let scale = 1 / (scores.map(abs).max() ?? 1)
      let column = Matrix(
        rowCount: scores.count, columnCount: 1, elements: scores.map { $0 * scale })
      scores = products(centred, centred.transposedTimes(column).elements)
    }
    return scores
  }

  /// Half the squared distance to the mean of one side minus that to the other's: positive where the
  /// side marked `true` is nearer.
  private static func distanceDifferences(_ centred: Matrix, _ side: [Bool]) -> [Double] {
    // The mean of all is 0, so the means of the two sides lie opposite each other.
    let marked = side.count { $0 }
    let column = Matrix(rowCount: side.count, columnCount: 1, elements: side.map { $0 ? 1 : 0 })
    let sum = centred.transposedTimes(column).elements
    let mean = sum.map { $0 / Double(marked) }
    let opposite = sum.map { -$0 / Double(side.count - marked) }
    let difference = zip(mean, opposite).map { $0 - $1 }
    let middle = zip(mean, opposite).reduce(0) { $0 + ($1.0 * $1.0 - $1.1 * $1.1) / 2 }
    return products(centred, difference).map { $0 - middle }
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

  /// The inner product of every row with a vector.
  private static func products(_ rows: Matrix, _ vector: [Double]) -> [Double] {
    rows.times(transposeOf: Matrix(rowCount: 1, columnCount: vector.count, elements: vector))
      .elements
  }
}
