import LinearAlgebra

/// The largest magnitude that an entry may have: sixth powers of it, which the kernel distance takes,
/// summed over all pairs, stay far below the largest double.
private let largestMagnitude = 1e45

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
