import LinearAlgebra

/// The squared distances between all rows of two sets, a tile at a time, by matrix products in single
/// precision: twice as fast as ``PairDistances``, and enough to tell which few pairs decide about
/// neighbours.
///
/// The rows are centred in double precision, brought to norms of at most 2 by a power of 2, and then
/// rounded. A caller looks closer at every pair for which ``TilePrecision/errorBound(_:)`` of the sum of
/// norms could make a difference, and takes tiles in double precision where these are too many: sets that
/// are narrow beside their distance from the centre, of a few clusters, or with an outlier.
struct SinglePrecisionDistances: Sendable {
  /// The rows, and the columns, of a tile of few features.
  static let tileSize = 512

  /// The features from which larger tiles are faster: the less counts what a product does with its operands
  /// first, against memory that is read once more to look through a tile that left the cache.
  private static let manyFeatures = 1024

  /// The samples of which at least eight of the largest tiles can be made, for as many threads.
  private static let manySamples = 8192

  /// Some samples, in tiles of one size: of many samples with many features, of at most `largest`.
  func tiles(of count: Int, largest: Int) -> [Range<Int>] {
    let isLarge = exact.dimension >= Self.manyFeatures && count >= Self.manySamples
    let most = isLarge ? largest : Self.tileSize
    let number = max(1, (count + most - 1) / most)
    return Parallelism.blocks(of: count, size: max(1, (count + number - 1) / number))
  }

  /// The distances themselves.
  let exact: PairDistances

  /// What is known of tiles in single precision.
  let single: TilePrecision

  /// What is known of tiles in double precision.
  var double: TilePrecision { exact.precision }

  private let first: FloatMatrix
  private let second: FloatMatrix

  /// The squared norms of the rows of both, in units of ``single``.
  private let firstNorms: [Float]
  private let secondNorms: [Float]

  /// Rounds the rows of both sets.
  init(_ exact: PairDistances) {
    self.exact = exact
    let largest = max(exact.firstNorms.max() ?? 0, exact.secondNorms.max() ?? 0)
    // Not so small that the scale's square overflows; what is smaller is left to the absolute error.
    let exponent = largest > 0 ? max(largest.squareRoot().exponent, -500) : 0
    let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
    let unit = Double(sign: .plus, exponent: 2 * exponent, significand: 1)
    (first, second) = exact.singlePrecisionRows(scale: scale)
    firstNorms = exact.firstNorms.map { Float(scale * scale * $0) }
    secondNorms = exact.secondNorms.map { Float(scale * scale * $0) }
    let d = Double(exact.dimension)
    // Each operand is rounded once and each of d terms and their sums once more, at 2⁻²⁴ of the terms'
    // magnitudes, whose sum is at most that of both squared norms; what is added to these, in one part or in
    // up to d, once more at twice as much. A tenth more covers the products of errors; numbers below 2⁻¹²⁶
    // lose up to 2⁻¹⁴⁹ each.
    single = TilePrecision(
      unit: unit, relativeError: (d + 8) * 0x1.2p-23,
      absoluteError: (d + 8) * 0x1p-140 * unit + exact.precision.absoluteError)
  }

  /// Writes the squared distances between some rows of both sets, in units of ``single``, to the front of
  /// `tile`, row after row.
  func fill(_ tile: inout [Float], rows: Range<Int>, columns: Range<Int>) {
    first.multiply(
      rows: rows, plus: firstNorms, by: -2, transposed: columns, of: second, plus: secondNorms,
      into: &tile)
  }

  /// Writes the squared distances between some rows of one set, each pair once, likewise: on the diagonal and
  /// below it NaN, which is no candidate.
  func fillPairs(_ tile: inout [Float], of rows: Range<Int>) {
    first.multiplyPairs(of: rows, plus: firstNorms, by: -2, into: &tile)
  }
}
