import LinearAlgebra

@testable import Metrics

/// What this package says about two sets, each part computed when it is first asked for.
final class ReferenceMeasures {
  let real: Matrix
  let generated: Matrix

  init(_ pair: ReferenceFeatures.Pair) {
    real = pair.real
    generated = pair.generated
  }

  lazy var frechet = Result {
    try frechetDistance(
      real: SampleStatistics(of: real), generated: SampleStatistics(of: generated))
  }

  lazy var extrapolated = Result {
    try frechetDistanceAtInfiniteSize(real: SampleStatistics(of: real), generated: generated)
  }

  lazy var kernel = Result { try kernelDistance(real: real, generated: generated).value }

  lazy var blocks = Result {
    try kernelDistance(
      real: real, generated: generated,
      subsets: (0..<real.rowCount / 250).map { block in
        let rows = Array(block * 250..<(block + 1) * 250)
        return (rows, rows)
      })
  }

  lazy var energy = Result { try energyDistance(real: real, generated: generated) }

  lazy var sigma = Result { try medianDistance(of: real) }

  lazy var neighbours = Result {
    try NeighbourMetrics.compute(real: real, generated: generated, ks: [3, 5])
  }

  lazy var support = Result { try probabilisticSupport(real: real, generated: generated) }

  lazy var sliced = Result {
    try slicedWasserstein(
      real: real, generated: generated, directions: ReferenceFeatures.directions(real.columnCount))
  }

  lazy var bins = Result {
    try BinComparison(
      real: real, generated: generated,
      centres: real.gatheringRows((0..<20).map { $0 * real.rowCount / 20 }))
  }

  lazy var unitRows = ReferenceMeasures(
    ReferenceFeatures.Pair(real: real.normalizingRows(), generated: generated.normalizingRows()))

  /// The sum of both traces, which Fréchet distances are compared relative to.
  var traces: Double {
    get throws { try frechet.get().traceReal + frechet.get().traceGenerated }
  }

  /// The largest value of the cubic kernel.
  var largestKernel: Double {
    let norms = real.squaredRowNorms() + generated.squaredRowNorms()
    let base = (norms.max() ?? 0) / Double(real.columnCount) + 1
    return base * base * base
  }

  /// The scores of so many neighbours; `nil` where a set is too small.
  func scores(_ k: Int) throws -> NeighbourScores? { try neighbours.get()[k: k] }

  func vendi(_ set: Matrix) throws -> [Double] {
    try vendiScores(.cosine, of: set, orders: [1, 2, .infinity])
  }
}
