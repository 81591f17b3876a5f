import LinearAlgebra
import Synchronization

/// The pass over all pairs of a real and a generated sample that decides who lies in whose ball.
struct NeighbourPass: Sendable {
  let distances: PairDistances

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
    let size = PairDistances.tileSize
    let rowTiles = Parallelism.blocks(of: distances.firstNorms.count, size: size)
    let columnTiles = Parallelism.blocks(of: distances.secondNorms.count, size: size)
    let count = distances.firstNorms.count * ks.count
    let ofReal = Mutex<(flags: [UInt8], pairs: [Int32])>(
      (Array(repeating: 0, count: count), Array(repeating: 0, count: count)))
    let clips = ks.map { realRadii.medianSquare(neighbour: $0) }
    let parts = Parallelism.map(columnTiles.count) { index in
      var visitor = TileVisitor(self, clips: clips, columns: columnTiles[index])
      var tile = [Double](repeating: 0, count: size * size)
      for rows in rowTiles {
        distances.fill(&tile, rows: rows, columns: columnTiles[index])
        visitor.visit(tile, rows: rows)
      }
      ofReal.withLock { known in
        for index in 0..<count {
          known.flags[index] |= visitor.realFlags[index]
          known.pairs[index] += visitor.coveragePairs[index]
        }
      }
      return visitor.ofGenerated
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
    var flags: [UInt8]
    var densityPairs: [Int]
    var clippedPairs: [Int]
    var nearest: NearestNeighbours
  }

  /// What one task knows of the generated samples of its tile and of all real samples.
  private struct TileVisitor {
    let pass: NeighbourPass
    /// For each number of neighbours, the square beyond which real balls are clipped.
    let clips: [Double]
    let columns: Range<Int>
    var realFlags: [UInt8]
    var coveragePairs: [Int32]
    var ofGenerated: TileCounts
    private let largestNorm: Double

    init(_ pass: NeighbourPass, clips: [Double], columns: Range<Int>) {
      self.pass = pass
      self.clips = clips
      self.columns = columns
      let slots = pass.ks.count
      realFlags = Array(repeating: 0, count: pass.distances.firstNorms.count * slots)
      coveragePairs = Array(repeating: 0, count: realFlags.count)
      ofGenerated = TileCounts(
        flags: Array(repeating: 0, count: columns.count * slots),
        densityPairs: Array(repeating: 0, count: columns.count * slots),
        clippedPairs: Array(repeating: 0, count: columns.count * slots),
        nearest: NearestNeighbours(unknown: columns.count))
      largestNorm = pass.distances.secondNorms[columns].max() ?? 0
    }

    mutating func visit(_ tile: [Double], rows: Range<Int>) {
      let distances = pass.distances
      let largestRow = distances.firstNorms[rows].max() ?? 0
      var limits = (0..<columns.count).map { limit($0, largestRow: largestRow) }
      for (position, row) in rows.enumerated() {
        let error = distances.relativeError * (distances.firstNorms[row] + largestNorm)
        let rowLimit =
          pass.ks.last.map { pass.realRadii.square(row, neighbour: $0) + error } ?? -.infinity
        let start = position * columns.count
        let squares = tile.span.extracting(start..<start + columns.count)
        for index in squares.indices {
          let square = squares[index]
          guard square <= rowLimit || square <= limits[index] else { continue }
          record(square, row: row, index: index)
          limits[index] = limit(index, largestRow: largestRow)
        }
      }
    }

    /// The squared distance beyond which a pair says nothing about a generated sample, whatever the
    /// rounding error of the product.
    private func limit(_ index: Int, largestRow: Double) -> Double {
      let column = columns.lowerBound + index
      let radius = pass.ks.last.map { pass.generatedRadii.square(column, neighbour: $0) } ?? 0
      let error =
        pass.distances.relativeError * (largestRow + pass.distances.secondNorms[column])
      return max(radius, ofGenerated.nearest.squares[index]) + error
    }

    /// Takes a pair into account that may lie in a ball or be the nearest of a generated sample.
    private mutating func record(_ product: Double, row: Int, index: Int) {
      let column = columns.lowerBound + index
      let error = pass.distances.errorBound(row, column)
      let best = ofGenerated.nearest.squares[index]
      let mayBeNearest = best > 0 && product - error <= best
      var square = product
      if mayBeNearest || isUndecided(product, error, row: row, column: column) {
        square = pass.distances.squaredDistance(row, column)
      }
      if mayBeNearest { ofGenerated.nearest.offer(exact: square, row: row, index: index) }
      for (slot, k) in pass.ks.enumerated() {
        let radius = pass.realRadii.square(row, neighbour: k)
        let place = index * pass.ks.count + slot
        let realPlace = row * pass.ks.count + slot
        if square <= radius {
          ofGenerated.flags[place] |= NeighbourPass.inClosedBall
          realFlags[realPlace] |= NeighbourPass.coveredClosed
          if square <= clips[slot] { ofGenerated.clippedPairs[place] += 1 }
          if square < radius {
            ofGenerated.flags[place] |= NeighbourPass.inBall
            realFlags[realPlace] |= NeighbourPass.covered
            coveragePairs[realPlace] += 1
            ofGenerated.densityPairs[place] += 1
          }
        }
        let generatedRadius = pass.generatedRadii.square(column, neighbour: k)
        if square <= generatedRadius {
          realFlags[realPlace] |= NeighbourPass.inClosedBall
          if square < generatedRadius {
            realFlags[realPlace] |= NeighbourPass.inBall
            ofGenerated.flags[place] |= NeighbourPass.holdsReal
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
      symmetricPrecision: held.count * precision.total < precision.count * held.total
        ? held : precision,
      symmetricRecall: coverage.count < recall.count ? coverage : recall,
      clippedDensity: Self.clipped(
        stride(from: position, to: clippedPairs.count, by: slots).map { clippedPairs[$0] }, k: k),
      clippedCoverage: Self.clipped(
        stride(from: position, to: coveragePairs.count, by: slots).map { Int(coveragePairs[$0]) },
        k: k),
      meanRealRadius: meanRadius(pass.realRadii, realFlags.count / slots),
      meanGeneratedRadius: meanRadius(pass.generatedRadii, m))
  }
}
