import LinearAlgebra
import Samples

/// Filters of 8×8 pixels, the leading principal components of patches of real pictures, and how strongly
/// a picture answers to each.
struct PatchFilterBank: PictureStatistics {
  /// The side of a patch; where a picture is narrower or lower, the patch is, too.
  private static let patchSide = 8

  /// The distance between neighbouring patches.
  private static let stride = 4

  /// The most filters.
  private static let largestBank = 32

  /// The most patches that the filters are fitted to.
  private static let largestFit = 20_000

  private let grid: PatchGrid

  /// Subtracted from each patch.
  private let mean: [Double]

  /// One filter a column, orthonormal, of shape `(patch, filters)`.
  private let filters: Matrix

  /// Two numbers a filter.
  var count: Int { 2 * filters.columnCount }

  /// Fits the filters to the patches of real pictures: to all, or to as many of each picture.
  ///
  /// - Throws: ``FeatureSpaceError/noVariation(space:count:)`` if all patches are the same.
  init(fittedTo samples: SampleSet, shape: PictureShape, space name: String) throws {
    grid = PatchGrid(shape: shape, side: Self.patchSide, stride: Self.stride)
    let selection = PatchSelection(
      pictures: samples.count, places: grid.count, largestCount: Self.largestFit)
    var rows: [Double] = []
    for block in samples.blocks {
      let levels = samples.values(block)
      for picture in 0..<block.count {
        let patches = grid.patches(
          of: levels[picture * samples.dimension..<(picture + 1) * samples.dimension],
          at: selection.places(inPicture: block.lowerBound + picture))
        rows += patches.elements
      }
    }
    let patches = Matrix(
      rowCount: rows.count / grid.dimension, columnCount: grid.dimension, elements: rows)
    mean = patches.columnMeans()
    filters = try FeatureProjection.principalDirections(
      of: patches.subtractingFromRows(mean), atMost: Self.largestBank,
      rounding: FeatureProjection.rounding(of: mean, rowCount: patches.rowCount)
    ).transposed()
    guard filters.columnCount > 0 else {
      throw FeatureSpaceError.noVariation(space: name, count: samples.count)
    }
  }

  /// Takes the bank into a fingerprint.
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(mean)
    fingerprint.combine(filters.elements)
  }

  /// The mean response of each filter over the patches of a picture, then the root mean square ones.
  func values(of levels: ArraySlice<Float>) -> [Double] {
    let patches = grid.patches(of: levels, at: 0..<grid.count)
    let responses = patches.subtractingFromRows(mean).times(filters)
    var sums = [Double](repeating: 0, count: filters.columnCount)
    var squares = sums
    for patch in 0..<responses.rowCount {
      for filter in sums.indices {
        let response = responses[patch, filter]
        sums[filter] += response
        squares[filter] += response * response
      }
    }
    let number = Double(responses.rowCount)
    return sums.map { $0 / number } + squares.map { ($0 / number).squareRoot() }
  }
}
