import LinearAlgebra

/// How fast this processor is.
public enum ProcessorProbe {
  /// Returns the speed of one thread relative to ``CostTable/referenceRate``: the best of several short
  /// matrix products, a tenth of a second together.
  public static func speed() -> Double {
    let (rows, order) = (256, 512)
    let left = Matrix(rowCount: rows, columnCount: order, repeating: 1.25)
    let right = Matrix(rowCount: order, columnCount: order, repeating: 0.75)
    let operations = 2 * Double(rows * order * order)
    let clock = ContinuousClock()
    let start = clock.now
    var best = Double.infinity
    while start.duration(to: clock.now) < .milliseconds(100) || best == .infinity {
      let time = clock.measure { _ = left.times(right) }
      best = min(best, max(1e-9, time / .seconds(1)))
    }
    return operations / best / CostTable.referenceRate
  }
}
