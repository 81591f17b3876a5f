import LinearAlgebra
import Synchronization

/// The pass over all pairs of a real and a generated sample that decides who lies in whose ball.
struct NeighbourPass: Sendable {
  let distances: SinglePrecisionDistances

  /// The numbers of neighbours, ascending.
  let ks: [Int]

  let realRadii: NeighbourRadii
  let generatedRadii: NeighbourRadii

  /// What the pairs say about each sample, as flags, ``slots`` a sample, one for each `k`.
  struct Counts: Sendable {
    let pass: NeighbourPass
    fileprivate(set) var realFlags: [UInt8]
    fileprivate(set) var generatedFlags: [UInt8]
    fileprivate(set) var densityPairs: [Int]

    /// The closed real balls, none wider than the median one, that hold a generated sample.
    fileprivate(set) var clippedPairs: [Int]

    /// The generated samples in the ball of a real one.
    fileprivate(set) var coveragePairs: [Int32]
    fileprivate(set) var nearest: NearestNeighbours
  }

  fileprivate static let inBall: UInt8 = 1
  fileprivate static let inClosedBall: UInt8 = 2
  fileprivate static let covered: UInt8 = 4
  fileprivate static let coveredClosed: UInt8 = 8
  /// Of a generated sample: its own ball holds a real one.
  fileprivate static let holdsReal: UInt8 = 16

  /// Visits every pair, a tile at a time.
  ///
  /// Tasks own the generated samples of a tile. What they find out about real samples is put together
  /// with `or`, in any order.
  func run() -> Counts {
    let rowTiles = distances.tiles(of: distances.exact.firstNorms.count, largest: 2560)
    let columnTiles = distances.tiles(of: distances.exact.secondNorms.count, largest: 1280)
    let count = distances.exact.firstNorms.count * ks.count
    let ofReal = Mutex<(flags: [UInt8], pairs: [Int32])>(
      (Array(repeating: 0, count: count), Array(repeating: 0, count: count)))
    let clips = ks.map { realRadii.medianSquare(neighbour: $0) }
    let parts = Parallelism.map(columnTiles.count) { index in
      var visitor = TileVisitor(
        self, clips: clips, columns: columnTiles[index], mostRows: rowTiles[0].count)
      for rows in rowTiles { visitor.visit(rows) }
      ofReal.withLock { known in
        for index in 0..<count {
          known.flags[index] |= visitor.realFlags[index]
          known.pairs[index] += visitor.coveragePairs[index]
        }
      }
      return visitor.finish()
    }
    let known = ofReal.withLock { $0 }
    var counts = Counts(
      pass: self, realFlags: known.flags, generatedFlags: [], densityPairs: [], clippedPairs: [],
      coveragePairs: known.pairs, nearest: NearestNeighbours(unknown: 0))
    for part in parts {
      counts.generatedFlags += part.flags
      counts.densityPairs += part.densityPairs
      counts.clippedPairs += part.clippedPairs
      counts.nearest.append(part.nearest)
    }
    return counts
  }

  /// What pairs say about the generated samples of a tile.
  private struct TileCounts: Sendable {
    let flags: [UInt8]
    let densityPairs: [Int]
    let clippedPairs: [Int]
    let nearest: NearestNeighbours
  }

  /// What one task knows of the generated samples of its tile and of all real samples.
  private struct TileVisitor {
    let pass: NeighbourPass
    /// For each number of neighbours, the square beyond which real balls are clipped.
    let clips: [Double]
    let columns: Range<Int>
    var realFlags: [UInt8]
    var coveragePairs: [Int32]
    private var flags: [UInt8]
    private var densityPairs: [Int]
    private var clippedPairs: [Int]
    private var nearest: NearestCandidates
    private let largestNorm: Double
    private var tile: [Float]

    /// Tiles in double precision, once those in single precision have left too many pairs open.
    private var wideTile: [Double] = []

    /// The pairs that were subtracted.
    private var recomputed = 0

    init(_ pass: NeighbourPass, clips: [Double], columns: Range<Int>, mostRows: Int) {
      self.pass = pass
      self.clips = clips
      self.columns = columns
      let slots = pass.ks.count
      let norms = pass.distances.exact
      realFlags = Array(repeating: 0, count: norms.firstNorms.count * slots)
      coveragePairs = Array(repeating: 0, count: realFlags.count)
      flags = Array(repeating: 0, count: columns.count * slots)
      densityPairs = Array(repeating: 0, count: columns.count * slots)
      clippedPairs = densityPairs
      nearest = NearestCandidates(owners: columns, count: 1, areOfSecond: true)
      largestNorm = norms.secondNorms[columns].max() ?? 0
      tile = Array(repeating: 0, count: mostRows * columns.count)
    }

    /// What was found out about the generated samples, once all real ones were visited.
    mutating func finish() -> TileCounts {
      TileCounts(
        flags: flags, densityPairs: densityPairs, clippedPairs: clippedPairs,
        nearest: NearestNeighbours(nearest.nearest(pass.distances.exact)))
    }

    /// Takes the pairs with some real samples into account.
    mutating func visit(_ rows: Range<Int>) {
      var rest = rows
      if wideTile.isEmpty {
        pass.distances.fill(&tile, rows: rows, columns: columns)
        // A pair that is subtracted costs as much as a dozen in a product.
        let most = recomputed + nearest.recomputed + rows.count * columns.count / 32
        let done = visit(tile, pass.distances.single, rows: rows, recomputing: most)
        rest = rows.lowerBound + done..<rows.upperBound
      }
      let size = SinglePrecisionDistances.tileSize
      for block in Parallelism.blocks(of: rest.count, size: size) {
        if wideTile.isEmpty { wideTile = Array(repeating: 0, count: size * columns.count) }
        let part = rest.lowerBound + block.lowerBound..<rest.lowerBound + block.upperBound
        pass.distances.exact.fill(&wideTile, rows: part, columns: columns)
        _ = visit(wideTile, pass.distances.double, rows: part, recomputing: .max)
      }
    }

    /// Visits the rows of a tile until so many pairs have been subtracted.
    ///
    /// - Returns: The rows that were visited.
    private mutating func visit<Scalar: TileScalar>(
      _ tile: [Scalar], _ precision: TilePrecision, rows: Range<Int>, recomputing most: Int
    ) -> Int {
      let norms = pass.distances.exact
      let largestRow = norms.firstNorms[rows].max() ?? 0
      var limits = (0..<columns.count).map {
        limit($0, precision, largestRow: largestRow) as Scalar
      }
      let pieces = Parallelism.blocks(of: columns.count, size: NearestCandidates.pieceLength)
      for (position, row) in rows.enumerated() {
        guard recomputed + nearest.recomputed <= most else { return position }
        let error = precision.errorBound(norms.firstNorms[row] + largestNorm)
        let radius = pass.ks.last.map { pass.realRadii.square(row, neighbour: $0) }
        let rowLimit =
          radius.map { Scalar.bound(($0 + error) / precision.unit) } ?? -Scalar.infinity
        let start = position * columns.count
        for piece in pieces {
          let range = start + piece.lowerBound..<start + piece.upperBound
          // Hardly a piece has a pair that says anything.
          guard
            Scalar.anyIsAtMost(
              rowLimit, or: limits, from: piece.lowerBound, in: tile, range)
          else { continue }
          for index in piece {
            let square = tile[start + index]
            guard square <= rowLimit || square <= limits[index] else { continue }
            record(precision.unit * square.widened, precision, row: row, index: index)
            limits[index] = limit(index, precision, largestRow: largestRow)
          }
        }
      }
      return rows.count
    }

    /// The number in a tile beyond which a pair says nothing about a generated sample, whatever the
    /// rounding error of the product.
    private func limit<Scalar: TileScalar>(
      _ index: Int, _ precision: TilePrecision, largestRow: Double
    ) -> Scalar {
      let column = columns.lowerBound + index
      let radius = pass.ks.last.map { pass.generatedRadii.square(column, neighbour: $0) } ?? 0
      let error = precision.errorBound(
        largestRow + pass.distances.exact.secondNorms[column])
      return Scalar.bound(
        (max(radius, nearest.bound(index)) + error) / precision.unit)
    }

    /// Takes a pair into account that may lie in a ball or be the nearest of a generated sample.
    private mutating func record(
      _ product: Double, _ precision: TilePrecision, row: Int, index: Int
    ) {
      let column = columns.lowerBound + index
      let distances = pass.distances.exact
      let error = precision.errorBound(distances.firstNorms[row] + distances.secondNorms[column])
      if product - error <= nearest.bound(index) {
        nearest.insert(product, error, owner: index, row: row, distances)
      }
      var square = product
      if isUndecided(product, error, row: row, column: column) {
        square = distances.squaredDistance(row, column)
        recomputed += 1
      }
      for (slot, k) in pass.ks.enumerated() {
        let radius = pass.realRadii.square(row, neighbour: k)
        let place = index * pass.ks.count + slot
        let realPlace = row * pass.ks.count + slot
        if square <= radius {
          flags[place] |= NeighbourPass.inClosedBall
          realFlags[realPlace] |= NeighbourPass.coveredClosed
          if square <= clips[slot] { clippedPairs[place] += 1 }
          if square < radius {
            flags[place] |= NeighbourPass.inBall
            realFlags[realPlace] |= NeighbourPass.covered
            coveragePairs[realPlace] += 1
            densityPairs[place] += 1
          }
        }
        let generatedRadius = pass.generatedRadii.square(column, neighbour: k)
        if square <= generatedRadius {
          realFlags[realPlace] |= NeighbourPass.inClosedBall
          if square < generatedRadius {
            realFlags[realPlace] |= NeighbourPass.inBall
            flags[place] |= NeighbourPass.holdsReal
          }
        }
      }
    }

    /// Whether a product is so close to one of the radii that its rounding error decides.
    private func isUndecided(_ product: Double, _ error: Double, row: Int, column: Int) -> Bool {
      pass.ks.indices.contains { slot in
        let k = pass.ks[slot]
        return abs(product - pass.realRadii.square(row, neighbour: k)) <= error
          || abs(product - pass.generatedRadii.square(column, neighbour: k)) <= error
          || abs(product - clips[slot]) <= error
      }
    }
  }
}

extension NeighbourPass.Counts {
  /// For each real sample, whether it lies in the open ball of a generated one of the fewest neighbours.
  var recalled: [Bool] {
    stride(from: 0, to: realFlags.count, by: max(1, pass.ks.count)).map {
      realFlags[$0] & NeighbourPass.inBall != 0
    }
  }

  /// For each generated sample, whether it lies in the open ball of a real one, likewise.
  var supported: [Bool] {
    stride(from: 0, to: generatedFlags.count, by: max(1, pass.ks.count)).map {
      generatedFlags[$0] & NeighbourPass.inBall != 0
    }
  }

  /// The mean of counts, none of them taken for more than `k`, over `k`.
  private static func clipped(_ counts: [Int], k: Int) -> Estimate {
    let shares = counts.map { Double(min($0, k)) / Double(k) }
    return Estimate(
      value: Double(counts.reduce(0) { $0 + min($1, k) }) / Double(k * counts.count),
      standardError: standardErrorOfMean(shares))
  }

  private func tailRecall(_ position: Int, k: Int) -> NeighbourScores.Share? {
    guard let tail = SupportTail(of: pass.realRadii, neighbour: k) else { return nil }
    var (recalled, total) = (0, 0)
    for row in 0..<realFlags.count / pass.ks.count
    where pass.realRadii.square(row, neighbour: k) >= tail.squares.lowerBound {
      total += 1
      if realFlags[row * pass.ks.count + position] & NeighbourPass.inBall != 0 { recalled += 1 }
    }
    return NeighbourScores.Share(count: recalled, total: total)
  }

  /// The metrics of one number of neighbours, the one at this position of the pass's.
  func scores(_ position: Int, k: Int) -> NeighbourScores {
    let slots = pass.ks.count
    func share(_ flags: [UInt8], _ flag: UInt8) -> NeighbourScores.Share {
      var count = 0
      for index in stride(from: position, to: flags.count, by: slots)
      where flags[index] & flag != 0 {
        count += 1
      }
      return NeighbourScores.Share(count: count, total: flags.count / slots)
    }
    func meanRadius(_ radii: NeighbourRadii, _ count: Int) -> Double {
      var sum = 0.0
      for row in 0..<count { sum += radii.square(row, neighbour: k).squareRoot() }
      return sum / Double(count)
    }
    let perGenerated = stride(from: position, to: densityPairs.count, by: slots).map {
      densityPairs[$0]
    }
    let pairs = perGenerated.reduce(0, +)
    let m = perGenerated.count
    let held = share(generatedFlags, NeighbourPass.holdsReal)
    let precision = share(generatedFlags, NeighbourPass.inBall)
    let recall = share(realFlags, NeighbourPass.inBall)
    let coverage = share(realFlags, NeighbourPass.covered)
    return NeighbourScores(
      k: k, precision: precision, recall: recall, coverage: coverage,
      density: Estimate(
        value: Double(pairs) / Double(k * m),
        standardError: standardErrorOfMean(perGenerated.map { Double($0) / Double(k) })),
      densityPairs: pairs,
      precisionClosed: share(generatedFlags, NeighbourPass.inClosedBall),
      recallClosed: share(realFlags, NeighbourPass.inClosedBall),
      coverageClosed: share(realFlags, NeighbourPass.coveredClosed),
      complementPrecision: held,
      symmetricPrecision: held.count * precision.total < precision.count * held.total
        ? held : precision,
      symmetricRecall: coverage.count < recall.count ? coverage : recall,
      clippedDensity: Self.clipped(
        stride(from: position, to: clippedPairs.count, by: slots).map { clippedPairs[$0] }, k: k),
      clippedCoverage: Self.clipped(
        stride(from: position, to: coveragePairs.count, by: slots).map { Int(coveragePairs[$0]) },
        k: k),
      tailRecall: tailRecall(position, k: k),
      meanRealRadius: meanRadius(pass.realRadii, realFlags.count / slots),
      meanGeneratedRadius: meanRadius(pass.generatedRadii, m))
  }
}
