import Foundation
import LinearAlgebra

@testable import Metrics

/// Every metric of `measure` by its definition, in double precision: pair by pair, rotation by rotation, with
/// nothing taken from the package but its random directions and its clusters.
final class DirectMeasures {
  let real: Matrix
  let generated: Matrix
  let settings: MeasureSettings

  private let cross: [[Double]]
  private let withinReal: [[Double]]
  private let withinGenerated: [[Double]]

  init(_ real: Matrix, _ generated: Matrix, _ settings: MeasureSettings) {
    self.real = real
    self.generated = generated
    self.settings = settings
    cross = DirectMetrics.squares(real, generated)
    withinReal = DirectMetrics.squares(real, real)
    withinGenerated = DirectMetrics.squares(generated, generated)
  }

  private lazy var rbfSpectrum: [Double] = {
    let sigma = sigma ?? .nan
    return spectrum { exp(-self.withinGenerated[$0][$1] / (2 * sigma * sigma)) }
  }()

  private lazy var cosineSpectrum: [Double] = {
    let unit = generated.directRowsOfUnitNorm.rowsAsArrays
    return spectrum { i, j in zip(unit[i], unit[j]).reduce(0) { $0 + $1.0 * $1.1 } }
  }()

  private func spectrum(_ kernel: (Int, Int) -> Double) -> [Double] {
    // A kernel has no negative eigenvalue: its singular values are they.
    JacobiRotations.singularValues(
      (0..<m).map { i in (0..<m).map { kernel(i, $0) / Double(m) } }
    ).filter { $0 > 1e-14 }
  }

  private var n: Int { real.rowCount }
  private var m: Int { generated.rowCount }

  /// The largest value of the cubic kernel, which its sums are rounded relative to.
  var largestKernel: Double {
    let base = (real.rowsAsArrays + generated.rowsAsArrays).map { $0.squaredNorm }.max() ?? 0
    let value = base / Double(real.columnCount) + 1
    return value * value * value
  }

  /// The median distance between real samples; `nil` where it is 0.
  var sigma: Double? {
    let all = (0..<n).flatMap { i in (0..<i).map { withinReal[i][$0].squareRoot() } }.sorted()
    let median = (all[(all.count - 1) / 2] + all[all.count / 2]) / 2
    return median > 0 ? median : nil
  }

  /// The value of a metric; `nil` where there must be none.
  func value(_ metric: MeasuredMetric, k: Int) -> Double? {
    switch metric {
    case .energyDistance: discrepancy(isBiased: true) { -$0.squareRoot() }
    case .energyDistanceUnbiased: discrepancy(isBiased: false) { -$0.squareRoot() }
    case .energyDistanceNormalised: normalisedEnergy
    case .rbfDiscrepancy, .rbfDiscrepancyBiased:
      sigma.map { sigma in
        discrepancy(isBiased: metric == .rbfDiscrepancyBiased) { exp(-$0 / (2 * sigma * sigma)) }
      }
    case .unitRowDiscrepancy:
      1000
        * DirectMeasures(real.directRowsOfUnitNorm, generated.directRowsOfUnitNorm, settings)
        .discrepancy(isBiased: true) { expm1(-$0 / 200) }
    case .slicedWasserstein: meanSquaredTransport.squareRoot()
    case .mind: 3 * Double(real.columnCount) * meanSquaredTransport
    case .frechetDistance: frechet(generated)
    case .frechetDistanceMean: meanTerm(generated)
    case .frechetDistanceTraceReal: real.directDeviations.reduce(0) { $0 + $1.squaredNorm }
    case .frechetDistanceTraceGenerated, .totalVariance:
      generated.directDeviations.reduce(0) { $0 + $1.squaredNorm }
    case .frechetDistanceCross: crossTerm(generated)
    case .frechetDistanceInfinite: m < 20 ? nil : extrapolated
    case .kernelDistance, .kernelDistanceSubsets: kernel(isBiased: false)
    case .kernelDistanceBiased: kernel(isBiased: true)
    case .improvedPrecision:
      min(n, m) > 3 ? share(of: m) { j in inClosedBall(j, k: 3) } : nil
    case .improvedRecall:
      min(n, m) > 3
        ? share(of: n) { i in
          (0..<m).contains { cross[i][$0] <= radius(withinGenerated, $0, k: 3) }
        } : nil
    case .distinctNearest: Double(Set((0..<m).map(nearestReal)).count)
    case .sparseMass: sparseMass
    case .probabilisticPrecision: support(withinReal, m) { x, y in cross[x][y] }
    case .probabilisticRecall: support(withinGenerated, n) { x, y in cross[y][x] }
    case .effectiveRank, .participationRatio: rank(metric)
    case .vendiRBF, .vendiRBFOrder2, .vendiRBFOrderInfinity:
      sigma == nil ? nil : vendi(metric, rbfSpectrum)
    case .vendiCosine, .vendiCosineOrder2, .vendiCosineOrderInfinity:
      generated.elements.contains { $0 != 0 } ? vendi(metric, cosineSpectrum) : nil
    case .differentBins, .binDivergence: bins(metric)
    // Balls of real samples alone.
    case .realism: n > k ? realism(k: k) : nil
    default: min(n, m) > k ? neighbours(metric, k: k) : nil
    }
  }
}

extension DirectMeasures {
  private func mean(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) -> Double {
    var sum = CompensatedSum()
    for i in 0..<rows { for j in 0..<columns { sum.add(value(i, j)) } }
    return sum.value / Double(rows * columns)
  }

  /// `E f(x, x') + E f(y, y') - 2 E f(x, y)` over all pairs, or over those of different samples.
  private func discrepancy(isBiased: Bool, _ function: (Double) -> Double) -> Double {
    func within(_ squares: [[Double]]) -> Double {
      let count = squares.count
      let all = mean(count, count) { isBiased || $0 != $1 ? function(squares[$0][$1]) : 0 }
      return isBiased ? all : all * Double(count) / Double(count - 1)
    }
    return within(withinReal) + within(withinGenerated)
      - 2 * mean(n, m) { function(cross[$0][$1]) }
  }

  private var normalisedEnergy: Double? {
    let between = mean(n, m) { cross[$0][$1].squareRoot() }
    return between > 0
      ? discrepancy(isBiased: true) { -$0.squareRoot() } / (2 * between) : nil
  }

  private func kernel(isBiased: Bool) -> Double {
    let (a, b) = (real.rowsAsArrays, generated.rowsAsArrays)
    func value(_ x: [Double], _ y: [Double]) -> Double {
      let base = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / Double(x.count) + 1
      return base * base * base
    }
    func within(_ rows: [[Double]]) -> Double {
      let count = rows.count
      let all = mean(count, count) { isBiased || $0 != $1 ? value(rows[$0], rows[$1]) : 0 }
      return isBiased ? all : all * Double(count) / Double(count - 1)
    }
    return within(a) + within(b) - 2 * mean(n, m) { value(a[$0], b[$1]) }
  }

  /// The mean over the directions of the squared difference of quantiles, on a grid that both sizes divide.
  private var meanSquaredTransport: Double {
    let directions = randomDirections(
      count: settings.directions, dimension: real.columnCount, seed: settings.seed)
    let centre = real.directMean
    var sum = CompensatedSum()
    for direction in directions.rowsAsArrays {
      func scores(_ set: Matrix) -> [Double] {
        set.rowsAsArrays.map { row in
          row.indices.reduce(0) { $0 + (row[$1] - centre[$1]) * direction[$1] }
        }.sorted()
      }
      let (a, b) = (scores(real), scores(generated))
      for step in 0..<n * m {
        let difference = a[step / m] - b[step / n]
        sum.add(difference * difference / Double(n * m))
      }
    }
    return sum.value / Double(directions.rowCount)
  }

  private func meanTerm(_ set: Matrix) -> Double {
    zip(real.directMean, set.directMean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// The sum of the singular values of the product of both centred sets: `tr (S₁ S₂)^½`.
  private func crossTerm(_ set: Matrix) -> Double {
    let (a, b) = (real.directDeviations, set.directDeviations)
    return JacobiRotations.singularValues(
      a.map { x in b.map { y in zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } } }
    ).reduce(0, +)
  }

  private func frechet(_ set: Matrix) -> Double {
    let traces = (real.directDeviations + set.directDeviations).reduce(0) { $0 + $1.squaredNorm }
    return meanTerm(set) + traces - 2 * crossTerm(set)
  }

  /// The intercept of the least-squares line through 15 distances.
  private var extrapolated: Double {
    let points = (0...14).map { step in
      let size = m / 10 + step * (m - m / 10) / 14
      return (x: 1 / Double(size), y: frechet(generated.rows(0..<size)))
    }
    let count = Double(points.count)
    let (x, y) = (
      points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
    )
    let slope =
      points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
      / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    return y - slope * x
  }

  private func rank(_ metric: MeasuredMetric) -> Double? {
    let values = JacobiRotations.singularValues(generated.directDeviations).map { $0 * $0 }
    let total = values.reduce(0, +)
    // Of equal rows rounding of the mean is left.
    let largest = generated.elements.reduce(0) { max($0, abs($1)) }
    guard total > 1e-28 * largest * largest else { return nil }
    let shares = values.map { $0 / total }.filter { $0 > 1e-14 }
    return metric == .effectiveRank
      ? exp(-shares.reduce(0) { $0 + $1 * log($1) }) : 1 / shares.reduce(0) { $0 + $1 * $1 }
  }

  private func vendi(_ metric: MeasuredMetric, _ values: [Double]) -> Double {
    switch metric {
    case .vendiRBF, .vendiCosine: return exp(-values.reduce(0) { $0 + $1 * log($1) })
    case .vendiRBFOrder2, .vendiCosineOrder2: return 1 / values.reduce(0) { $0 + $1 * $1 }
    default: return 1 / (values.max() ?? 0)
    }
  }

  private func bins(_ metric: MeasuredMetric) -> Double? {
    let count = min(FrozenScales.binCount(n), Set(real.rowsAsArrays).count)
    guard count >= 2, let bins = try? ModeBins(of: real, count: count),
      let a = try? bins.cells.labels(of: real), let b = try? bins.cells.labels(of: generated)
    else { return nil }
    var (different, divergence) = (0.0, 0.0)
    for bin in 0..<count {
      let (x, y) = (Double(a.count { $0 == bin }), Double(b.count { $0 == bin }))
      let (p, q) = (x / Double(n), y / Double(m))
      let pooled = (x + y) / Double(n + m)
      let deviation = (pooled * (1 - pooled) * (1 / Double(n) + 1 / Double(m))).squareRoot()
      // Two-sided, at 5 %.
      if deviation > 0, erfc(abs(p - q) / deviation / 2.0.squareRoot()) < 0.05 { different += 1 }
      for share in [p, q] where share > 0 { divergence += share * log(2 * share / (p + q)) / 2 }
    }
    return metric == .differentBins ? different : divergence
  }
}

extension DirectMeasures {
  private func radius(_ squares: [[Double]], _ row: Int, k: Int) -> Double {
    var others = squares[row]
    others.remove(at: row)
    return others.sorted()[k - 1]
  }

  private func share(of count: Int, _ holds: (Int) -> Bool) -> Double {
    Double((0..<count).count(where: holds)) / Double(count)
  }

  private func inClosedBall(_ j: Int, k: Int) -> Bool {
    (0..<n).contains { cross[$0][j] <= radius(withinReal, $0, k: k) }
  }

  private func nearestReal(_ j: Int) -> Int {
    (0..<n).min { cross[$0][j] < cross[$1][j] } ?? -1
  }

  private func support(
    _ squares: [[Double]], _ count: Int, _ square: (Int, Int) -> Double
  ) -> Double? {
    guard min(n, m) > 4 else { return nil }
    let radii = squares.indices.map { radius(squares, $0, k: 4).squareRoot() }
    let reach = 1.2 * radii.reduce(0, +) / Double(radii.count)
    guard reach > 0 else { return nil }
    return (0..<count).reduce(0) { sum, sample in
      let product = squares.indices.reduce(1.0) {
        $0 * min(1, square($1, sample).squareRoot() / reach)
      }
      return sum + (1 - product) / Double(count)
    }
  }

  private func neighbours(_ metric: MeasuredMetric, k: Int) -> Double? {
    let ofReal = (0..<n).map { radius(withinReal, $0, k: k) }
    let ofGenerated = (0..<m).map { radius(withinGenerated, $0, k: k) }
    let precision = share(of: m) { j in (0..<n).contains { cross[$0][j] < ofReal[$0] } }
    let recall = share(of: n) { i in (0..<m).contains { cross[i][$0] < ofGenerated[$0] } }
    let held = (0..<n).map { i in (0..<m).count { cross[i][$0] < ofReal[i] } }
    switch metric {
    case .precision: return precision
    case .recall: return recall
    case .density: return Double(held.reduce(0, +)) / Double(k * m)
    case .coverage: return Double(held.count { $0 > 0 }) / Double(n)
    case .symmetricPrecision:
      return min(
        precision, share(of: m) { j in (0..<n).contains { cross[$0][j] < ofGenerated[j] } })
    case .symmetricRecall: return min(recall, Double(held.count { $0 > 0 }) / Double(n))
    case .sparseRecall:
      let first = ofReal.sorted(by: >)[max(1, n / 10) - 1]
      let tail = (0..<n).filter { ofReal[$0] >= first }
      guard first > 0 else { return nil }
      return Double(tail.count { i in (0..<m).contains { cross[i][$0] < ofGenerated[$0] } })
        / Double(tail.count)
    case .clippedDensity: return clippedDensity(ofReal, k: k)
    case .clippedCoverage:
      let raw = Double(held.reduce(0) { $0 + min($1, k) }) / Double(k * n)
      let least = (0...m + 1).first { expectedCoverage($0, k: k) >= raw - 1e-12 }
      return Double(least ?? m + 1) / Double(m + 1)
    default: return nil
    }
  }

  private var sparseMass: Double? {
    let ofReal = (0..<n).map { radius(withinReal, $0, k: 1) }.sorted(by: >)
    let (first, last) = (ofReal[max(1, n / 10) - 1], ofReal[n / 1000])
    let inTail = { (square: Double) in square >= first && square <= last }
    let own = ofReal.count(where: inTail) - 1
    guard first > 0, own > 0 else { return nil }
    return share(of: m) { j in inTail(cross[nearestReal(j)][j]) } * Double(n + 1) / Double(own)
  }

  private func realism(k: Int) -> Double? {
    let radii = (0..<n).map { radius(withinReal, $0, k: k).squareRoot() }
    guard radii.contains(where: { $0 > 0 }) else { return nil }
    return (0..<m).reduce(0) { sum, j in
      sum
        + ((0..<n).map { radii[$0] / (cross[$0][j].squareRoot() + 1e-5) }.max() ?? 0) / Double(m)
    }
  }

  private func clippedDensity(_ radii: [Double], k: Int) -> Double {
    let roots = radii.map { $0.squareRoot() }.sorted()
    let middle = (roots[(n - 1) / 2] + roots[n / 2]) / 2
    let isClipped = { (square: Double) in square > middle * middle * (1 + 1e-15) }
    let raw = (0..<m).reduce(0) { sum, j in
      sum
        + min(
          k, (0..<n).count { cross[$0][j] <= radii[$0] && !isClipped(cross[$0][j]) })
    }
    // Among themselves real samples have exactly k nearest, of equally near ones those in front.
    var counts = [Int](repeating: 0, count: n)
    for i in 0..<n {
      let order = (0..<n).filter { $0 != i }.sorted {
        (withinReal[i][$0], $0) < (withinReal[i][$1], $1)
      }
      for other in order.prefix(k) where !isClipped(withinReal[i][other]) { counts[other] += 1 }
    }
    let scale = Double(counts.reduce(0) { $0 + min($1, k) }) / Double(k * n)
    return min(1, Double(raw) / Double(k * m) / scale)
  }

  /// What `count` further real samples give: the mean of `min(hits, k) / k`, hits being beta-binomial.
  private func expectedCoverage(_ count: Int, k: Int) -> Double {
    // One after the other, as balls are drawn from an urn with k and n - k balls.
    var probabilities = [1.0]
    for drawn in 0..<count {
      var next = [Double](repeating: 0, count: probabilities.count + 1)
      for (hits, probability) in probabilities.enumerated() {
        let hit = Double(k + hits) / Double(n + drawn)
        next[hits + 1] += probability * hit
        next[hits] += probability * (1 - hit)
      }
      probabilities = next
    }
    return probabilities.enumerated().reduce(0) {
      $0 + $1.element * Double(min($1.offset, k)) / Double(k)
    }
  }
}
