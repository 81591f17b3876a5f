public import LinearAlgebra

/// Channel levels of drawn samples that are not yet rounded: `v = t − 1/2`, so that the whole level `v`
/// covers `t` from `v` to `v + 1`.
public struct ContinuousLevels: Equatable, Sendable {
  /// The levels, one sample a row.
  public let rows: Matrix

  /// The numbers of a task.
  private static let tileCount = 1 << 16

  /// Creates levels.
  public init(rows: Matrix) {
    self.rows = rows
  }

  /// The whole levels, `floor(t)` clamped to 0 … 255.
  public var bytes: [UInt8] {
    joined { level in UInt8(min(max(level + 0.5, 0), 255)) }
  }

  /// The levels in single precision, not clamped: what is carried without rounding.
  public var floats: [Float] {
    joined { Float($0) }
  }

  /// The share of levels whose `t` lies outside [0, 256): what clamping touches.
  public var gamutShare: Double {
    let tiles = Parallelism.blocks(of: rows.elements.count, size: Self.tileCount)
    let counts = Parallelism.map(tiles.count) { index in
      var outside = 0
      for place in tiles[index] {
        let level = rows.elements[place]
        if !(level >= -0.5 && level < 255.5) { outside += 1 }
      }
      return outside
    }
    return Double(counts.reduce(0, +)) / Double(max(1, rows.elements.count))
  }

  /// Every level converted, on all threads.
  private func joined<Value: Sendable>(_ convert: @Sendable (Double) -> Value) -> [Value] {
    let tiles = Parallelism.blocks(of: rows.elements.count, size: Self.tileCount)
    let parts = Parallelism.map(tiles.count) { index in
      tiles[index].map { convert(rows.elements[$0]) }
    }
    guard parts.count > 1 else { return parts.first ?? [] }
    var all: [Value] = []
    all.reserveCapacity(rows.elements.count)
    for part in parts { all.append(contentsOf: part) }
    return all
  }
}
