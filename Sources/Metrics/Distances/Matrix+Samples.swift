import LinearAlgebra

/// The largest magnitude that an entry may have: sixth powers of it, which the kernel distance takes,
/// summed over all pairs, stay far below the largest double.
private let largestMagnitude = 1e45

/// The size that the largest entry of a real set has at least: of smaller numbers the squares of squares, of
/// which null bands are made, have few digits, or none.
private let leastMagnitude = 1e-45

extension DesignMatrix {
  /// Throws what keeps these samples, one a row, from being measured: too few rows, no columns, or
  /// the position of the first entry that is NaN, infinite or beyond 1e45.
  package func requireSamples(
    _ role: SampleRole, atLeast required: Int = 2
  ) throws(MetricsError) {
    guard columnCount > 0 else { throw .noFeatures(set: role) }
    guard rowCount >= required else {
      throw .tooFewSamples(set: role, count: rowCount, required: required)
    }
    let blocks = rowBlocks
    let offenders = Parallelism.map(blocks.count) { index -> (entry: Int, value: Double)? in
      let elements = rows(blocks[index]).elements
      // A comparison with NaN is false, so this one test finds all three.
      return elements.firstIndex { !(abs($0) <= largestMagnitude) }.map { ($0, elements[$0]) }
    }
    for (block, offender) in zip(blocks, offenders) {
      guard let (entry, value) = offender else { continue }
      let (row, column) = (block.lowerBound + entry / columnCount, entry % columnCount)
      guard value.isFinite else { throw .notFinite(set: role, row: row, column: column) }
      throw .tooLarge(set: role, row: row, column: column, value: value)
    }
  }

  /// Throws if all entries are so small that distances between samples are lost; zeros alone are what they are.
  func requirePowers(_ role: SampleRole) throws(MetricsError) {
    let blocks = rowBlocks
    let largest =
      Parallelism.map(blocks.count) { index in
        rows(blocks[index]).elements.reduce(0) { max($0, abs($1)) }
      }.max() ?? 0
    guard largest == 0 || largest >= leastMagnitude else {
      throw .tooSmall(set: role, largest: largest)
    }
  }

  /// Throws unless another set has as many features as this one.
  func requireDimension(
    _ role: SampleRole, of other: some DesignMatrix, _ otherRole: SampleRole
  ) throws(MetricsError) {
    guard columnCount == other.columnCount else {
      throw .unequalDimensions(
        set: role, dimension: columnCount, other: otherRole, otherDimension: other.columnCount)
    }
  }

  /// Throws what keeps a real and a generated set from being compared.
  func requireComparable(with generated: some DesignMatrix) throws(MetricsError) {
    try requireDimension(.real, of: generated, .generated)
    try requireSamples(.real)
    try generated.requireSamples(.generated)
  }
}
