import LinearAlgebra

/// The kernel `k(x, y) = (x·y/d + 1)³` about a centre `c`, between the rows of two sets:
/// `K(x, y) = k(x, y) - k(x, c) - k(c, y) + k(c, c)`, the inner product of what `k` makes of `x` and of `y`,
/// each less what it makes of `c`.
///
/// Discrepancies do not see what depends on one sample alone, so that `K` gives them what `k` does. Far from
/// the origin `k` is a large number and nearly the same for all pairs, which leaves no digits of what
/// differs; `K` is as small as that. With `x = c + a`, `y = c + b`, `w = a·b/d`, `u = c·a/d`, `v = c·b/d`,
/// `s = |c|²/d + 1` and `q = s + u + v` it is `w (3q² + 3qw + w²) + 3uv (q + s)`, in which nothing large
/// cancels.
struct CubicTerms: Sendable {
  /// What is computed once for a row, as `x = c + a = μ + e`, where products are at hand of rows about `μ`.
  struct Side: Sendable {
    /// `c·a/d`.
    let linear: [Double]

    /// What comes to `e·e'/d` to make it `a·b/d`: `e·(μ - c)/d` of a row of the first set,
    /// `b·(μ - c)/d` of one of the second.
    let inner: [Double]
  }

  /// One over the dimension.
  let share: Double

  let rows: Side
  let columns: Side

  /// `|c|²/d + 1`.
  private let base: Double

  /// Prepares the pairs of two sets, whose rows' products are taken about `middle`.
  init(_ first: Matrix, _ second: Matrix, about centre: [Double], productsAbout middle: [Double]) {
    let share = 1 / Double(centre.count)
    let shift = zip(middle, centre).map { $0 - $1 }
    self.share = share
    base = share * centre.reduce(0) { $0 + $1 * $1 } + 1
    rows = Side(
      linear: first.products(about: centre, with: centre, times: share),
      inner: first.products(about: middle, with: shift, times: share))
    columns = Side(
      linear: second.products(about: centre, with: centre, times: share),
      inner: second.products(about: centre, with: shift, times: share))
  }

  /// The kernel of two rows with these `w`, `u` and `v`.
  @inline(__always)
  func kernel(_ w: Double, _ u: Double, _ v: Double) -> Double {
    let q = base + u + v
    return w * (3 * q * (q + w) + w * w) + 3 * u * v * (q + base)
  }

  /// The kernel of each row of a set with itself.
  static func ofSame(_ samples: Matrix, about centre: [Double]) -> [Double] {
    let terms = CubicTerms(samples, samples, about: centre, productsAbout: centre)
    return zip(samples.squaredRowNorms(about: centre), terms.rows.linear).map {
      terms.kernel(terms.share * $0, $1, $1)
    }
  }
}

extension Matrix {
  /// The inner product of every row, less a centre, with a vector, times a factor.
  func products(about centre: [Double], with vector: [Double], times factor: Double = 1) -> [Double]
  {
    let d = columnCount
    return Matrix(rowCount: rowCount, columnCount: 1, tileRows: 256) { rows, out in
      for (position, row) in rows.enumerated() {
        var sum = 0.0
        for column in 0..<d {
          sum += (elements[row * d + column] - centre[column]) * vector[column]
        }
        out[position] = factor * sum
      }
    }.elements
  }
}
