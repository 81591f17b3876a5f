import LinearAlgebra

/// For some rows of a set, the pairs that may be among their nearest, found in tiles of any precision and
/// told apart exactly at the end.
///
/// A pair is known by the least that its squared distance can be. The `count` smallest of the most that
/// such distances can be bound what is still worth keeping. Of equally near rows those with lower numbers
/// are nearer, so that what is kept does not depend on the order in which tiles arrive.
struct NearestCandidates: Sendable {
  /// A pair of an owner and another row.
  private struct Candidate {
    /// The least that the squared distance can be, or the distance itself.
    var least: Double
    var row: Int32
    var isExact: Bool

    static func isNearer(_ a: Candidate, _ b: Candidate) -> Bool {
      (a.least, a.row) < (b.least, b.row)
    }
  }

  /// The rows whose nearest others are sought.
  let owners: Range<Int>

  /// How many are sought.
  let count: Int

  /// Whether the owners are rows of the second set, and the others of the first.
  private let areOfSecond: Bool

  /// How often a pair had to be subtracted before all pairs were seen.
  private(set) var recomputed = 0

  /// The length of the pieces of a row of a tile that are looked at as a whole.
  static let pieceLength = 64

  private let capacity: Int

  /// The `count` smallest upper bounds of each owner, ascending.
  private var bounds: [Double]

  private var candidates: [Candidate]

  private var candidateCounts: [Int]

  /// Knows no pairs yet.
  init(owners: Range<Int>, count: Int, areOfSecond: Bool = false) {
    self.owners = owners
    self.count = count
    self.areOfSecond = areOfSecond
    capacity = 4 * count + 24
    bounds = Array(repeating: .infinity, count: owners.count * count)
    candidates = Array(
      repeating: Candidate(least: 0, row: 0, isExact: false), count: owners.count * capacity)
    candidateCounts = Array(repeating: 0, count: owners.count)
  }

  /// Takes the part of a tile from some place on into account whose rows, or else whose columns, are owners.
  ///
  /// What is NaN is no candidate.
  mutating func offer<Scalar: TileScalar>(
    _ tile: [Scalar], from start: Int, _ precision: TilePrecision, _ distances: PairDistances,
    rows: Range<Int>, columns: Range<Int>, byColumn: Bool
  ) {
    precondition(!areOfSecond, "tiles are offered to rows of the first set alone")
    let (mine, theirs) =
      byColumn
      ? (distances.secondNorms[columns], distances.firstNorms[rows])
      : (distances.firstNorms[rows], distances.secondNorms[columns])
    let largest = theirs.max() ?? 0
    let errors = mine.map { precision.errorBound($0 + largest) }
    let firstOwner = (byColumn ? columns.lowerBound : rows.lowerBound) - owners.lowerBound
    var limits = errors.indices.map {
      limit(firstOwner + $0, errors[$0], precision) as Scalar
    }
    let pieces = Parallelism.blocks(of: columns.count, size: Self.pieceLength)
    for (position, row) in rows.enumerated() {
      let rowStart = start + position * columns.count
      for piece in pieces {
        let range = rowStart + piece.lowerBound..<rowStart + piece.upperBound
        // Hardly a piece has a candidate.
        let hasCandidate =
          byColumn
          ? Scalar.anyIsAtMost(-.infinity, or: limits, from: piece.lowerBound, in: tile, range)
          : Scalar.anyIsAtMost(limits[position], in: tile, range)
        guard hasCandidate else { continue }
        for index in piece {
          let place = byColumn ? index : position
          let square = tile[rowStart + index]
          guard square <= limits[place] else { continue }
          insert(
            precision.unit * square.widened, errors[place], owner: firstOwner + place,
            row: byColumn ? row : columns.lowerBound + index, distances)
          limits[place] = limit(firstOwner + place, errors[place], precision)
        }
      }
    }
  }

  /// The number in a tile beyond which a pair is not among the nearest.
  private func limit<Scalar: TileScalar>(
    _ owner: Int, _ error: Double, _ precision: TilePrecision
  ) -> Scalar {
    Scalar.bound((bound(owner) + error) / precision.unit)
  }

  /// The most that the squared distance from an owner to the last of its nearest can be.
  @inline(__always)
  func bound(_ owner: Int) -> Double { bounds[owner * count + count - 1] }

  /// Takes a pair of an owner into account, whose squared distance is known up to an error.
  mutating func insert(
    _ square: Double, _ error: Double, owner: Int, row: Int, _ distances: PairDistances
  ) {
    // No distance is below 0: copies beyond those kept are not worth a second look.
    if bound(owner) == 0, candidateCounts[owner] == count {
      let last = candidates[owner * capacity + count - 1]
      if last.isExact, last.row < row { return }
    }
    if candidateCounts[owner] == capacity { makeRoom(owner, distances) }
    candidates[owner * capacity + candidateCounts[owner]] = Candidate(
      least: square - error, row: Int32(row), isExact: false)
    candidateCounts[owner] += 1
    insert(bound: square + error, owner: owner)
  }

  private mutating func insert(bound: Double, owner: Int) {
    let start = owner * count
    var place = start + count - 1
    guard bound < bounds[place] else { return }
    while place > start, bounds[place - 1] > bound {
      bounds[place] = bounds[place - 1]
      place -= 1
    }
    bounds[place] = bound
  }

  /// Forgets candidates that are too far, or, if that leaves too many, all but the nearest.
  private mutating func makeRoom(_ owner: Int, _ distances: PairDistances) {
    let start = owner * capacity
    let last = bound(owner)
    var kept = start
    for index in start..<start + candidateCounts[owner] where candidates[index].least <= last {
      candidates[kept] = candidates[index]
      kept += 1
    }
    candidateCounts[owner] = kept - start
    if candidateCounts[owner] > capacity / 2 { recomputed += settle(owner, distances) }
  }

  /// Keeps the nearest candidates alone, with their distances.
  ///
  /// - Returns: The distances that were computed.
  @discardableResult
  private mutating func settle(_ owner: Int, _ distances: PairDistances) -> Int {
    let start = owner * capacity
    let last = bound(owner)
    var nearest = candidates[start..<start + candidateCounts[owner]].filter { $0.least <= last }
    let open = nearest.indices.filter { !nearest[$0].isExact }
    let squares = distances.squaredDistances(
      owners.lowerBound + owner, ofSecond: areOfSecond, to: open.map { Int(nearest[$0].row) })
    for (index, square) in zip(open, squares) {
      nearest[index].least = square
      nearest[index].isExact = true
    }
    nearest.sort(by: Candidate.isNearer)
    let kept = min(count, nearest.count)
    for index in 0..<kept { candidates[start + index] = nearest[index] }
    candidateCounts[owner] = kept
    for index in 0..<count {
      bounds[owner * count + index] = index < kept ? nearest[index].least : .infinity
    }
    return open.count
  }

  /// The squared distances to the nearest rows, ascending, and their numbers, owner after owner.
  mutating func nearest(_ distances: PairDistances) -> (squares: [Double], rows: [Int]) {
    var (squares, rows): ([Double], [Int]) = ([], [])
    for owner in 0..<owners.count {
      settle(owner, distances)
      let start = owner * capacity
      for candidate in candidates[start..<start + count] {
        squares.append(candidate.least)
        rows.append(Int(candidate.row))
      }
    }
    return (squares, rows)
  }
}
