import LinearAlgebra

/// The joint log-densities of a mixture of centred rows, in single precision but for the components
/// that are too narrow for it.
///
/// A row is known to 10⁻⁷ of its size, and so is its whitened distance from a component times the ratio
/// of the row's size to the component's deviations. Where these are more than a twentieth of the
/// mixture's own, a share of a sample is off by less than a thousandth; what is narrower, as components
/// become in a collapse, is scored in double precision.
struct GuardedDensities: Sendable {
  /// The least deviation of a coordinate given those before it, relative to the coordinate's deviation in
  /// the whole mixture, with which a component is scored in single precision.
  static let leastDeviation = 0.05

  /// The densities of all components; those of narrow ones are not used.
  private let single: ComponentDensities<Float>

  /// The components that are too narrow, ascending.
  let narrow: [Int]

  /// Their densities; `nil` if there are none.
  private let double: ComponentDensities<Double>?

  /// Prepares the densities.
  ///
  /// - Throws: ``LinearAlgebraError`` if a covariance is not positive definite.
  init(_ mixture: FullCovarianceMixture) throws(LinearAlgebraError) {
    let components = try WhitenedGaussian.components(of: mixture)
    let least = mixture.deviations.map { Self.leastDeviation * $0 }
    let narrow = components.indices.filter { k in
      // A component that starved has no density to speak of.
      mixture.weights[k] > 0
        && zip(components[k].conditionalDeviations, least).contains { $0 <= $1 }
    }
    self.narrow = narrow
    single = ComponentDensities(components)
    double = narrow.isEmpty ? nil : ComponentDensities(narrow.map { components[$0] })
  }

  /// The log-density of each row with each component, of shape `(n, K)`.
  func callAsFunction(_ rows: Matrix) -> Matrix {
    let densities = single(FloatMatrix(rows))
    return double.map { replacing(densities, by: $0(rows)) } ?? densities
  }

  /// The same for rows that are known in single precision alone.
  func callAsFunction(_ rows: FloatMatrix) -> Matrix {
    let densities = single(rows)
    guard let double else { return densities }
    let exact = Matrix(
      rowCount: rows.rowCount, columnCount: rows.columnCount,
      elements: rows.elements.map(Double.init))
    return replacing(densities, by: double(exact))
  }

  /// The densities with the columns of narrow components replaced.
  private func replacing(_ densities: Matrix, by exact: Matrix) -> Matrix {
    var densities = densities
    for row in 0..<densities.rowCount {
      for (column, k) in narrow.enumerated() { densities[row, k] = exact[row, column] }
    }
    return densities
  }
}
