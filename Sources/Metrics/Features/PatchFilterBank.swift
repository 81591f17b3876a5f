import LinearAlgebra
import Samples

/// Filters of 8×8 pixels, the leading principal components of patches of real pictures, and how strongly
/// a picture answers to each.
struct PatchFilterBank: PictureStatistics {
  /// The side of a patch; of smaller pictures, their shorter side.
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

  /// Fits the filters to the patches of real pictures, of all or of some evenly among them.
  ///
  /// - Throws: ``FeatureSpaceError/noVariation(space:count:)`` if all patches are the same.
  init(fittedTo samples: SampleSet, shape: PictureShape, space name: String) throws {
    grid = PatchGrid(shape: shape, side: Self.patchSide, stride: Self.stride)
    let every = max(1, (samples.count * grid.count + Self.largestFit - 1) / Self.largestFit)
    var rows: [Double] = []
    var number = 0
    for block in samples.blocks {
      let levels = samples.values(block)
      for picture in 0..<block.count {
        let patches = grid.patches(
          of: levels[picture * samples.dimension..<(picture + 1) * samples.dimension])
        // Every so many, counted through all pictures, so that all places of a picture take part.
        for patch in 0..<grid.count {
          if number % every == 0 { rows += patches.row(patch) }
          number += 1
        }
      }
    }
    let patches = Matrix(
      rowCount: rows.count / grid.dimension, columnCount: grid.dimension, elements: rows)
    mean = patches.columnMeans()
    let gram = patches.subtractingFromRows(mean).gram()
    let eigen = try gram.symmetricEigen(largest: min(Self.largestBank, grid.dimension))
    let largest = eigen.values.first ?? 0
    let rank = eigen.values.prefix { $0 > 1e-10 * largest && $0 > 0 }.count
    guard rank > 0 else {
      throw FeatureSpaceError.noVariation(space: name, count: samples.count)
    }
    filters = eigen.vectors.rows(0..<rank).transposed()
  }

  /// Takes the bank into a fingerprint.
  func combine(into fingerprint: inout Fingerprint) {
    fingerprint.combine(mean)
    fingerprint.combine(filters.elements)
  }

  /// The mean response of each filter over the patches of a picture, then the root mean square ones.
  func values(of levels: ArraySlice<Float>) -> [Double] {
    let responses = grid.patches(of: levels).subtractingFromRows(mean).times(filters)
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

/// The overlapping patches of a picture.
private struct PatchGrid: Sendable {
  private let shape: PictureShape
  private let width: Int
  private let height: Int
  private let corners: [(x: Int, y: Int)]

  init(shape: PictureShape, side: Int, stride step: Int) {
    self.shape = shape
    let (width, height) = (min(side, shape.width), min(side, shape.height))
    self.width = width
    self.height = height
    corners = stride(from: 0, through: shape.height - height, by: step).flatMap { y in
      stride(from: 0, through: shape.width - width, by: step).map { (x: $0, y: y) }
    }
  }

  /// The patches in a picture.
  var count: Int { corners.count }

  /// The numbers in a patch.
  var dimension: Int { width * height * shape.channels }

  /// The patches, one a row, levels as `v / 127.5 - 1`.
  func patches(of levels: ArraySlice<Float>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(count * dimension)
    for (x, y) in corners {
      for row in y..<y + height {
        let first = levels.startIndex + (row * shape.width + x) * shape.channels
        for index in first..<first + width * shape.channels {
          elements.append(Double(levels[index]) / 127.5 - 1)
        }
      }
    }
    return Matrix(rowCount: count, columnCount: dimension, elements: elements)
  }
}
