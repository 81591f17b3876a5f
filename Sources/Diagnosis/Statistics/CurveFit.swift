import Foundation

/// A curve fitted to values by least squares.
struct CurveFit: Sendable {
  let shape: CurveShape
  let intercept: Double
  let coefficient: Double

  /// `θ` of the shape; 0 where it has none.
  let parameter: Double

  /// The sum of squared residuals.
  let residualSquares: Double

  /// The number of values.
  let count: Int

  /// The mean of `g(x)` and its sum of squared deviations.
  private let design: (mean: Double, squares: Double)

  private static let trials = 48
  private static let rounds = 3

  /// Fits a curve; `nil` for too few values, or a shape that does not vary over them.
  init?(_ shape: CurveShape, x: [Double], y: [Double]) {
    precondition(x.count == y.count, "\(x.count) places, \(y.count) values")
    guard x.count >= max(2, shape.parameterCount),
      x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite), let last = x.max()
    else { return nil }
    guard var range = shape.range(last: last) else {
      guard let fit = CurveFit(shape, x, y, parameter: 0) else { return nil }
      self = fit
      return
    }
    var best: CurveFit?
    for _ in 0..<Self.rounds {
      // Trials are evenly spaced in the logarithm, each round between the neighbours of the last best.
      let (low, high) = (log(range.lowerBound), log(range.upperBound))
      let step = (high - low) / Double(Self.trials)
      for trial in 0...Self.trials {
        let fit = CurveFit(shape, x, y, parameter: exp(low + step * Double(trial)))
        guard let fit, fit.residualSquares < best?.residualSquares ?? .infinity else { continue }
        best = fit
      }
      guard let centre = best?.parameter else { return nil }
      range =
        max(range.lowerBound, centre * exp(-step))...min(range.upperBound, centre * exp(step))
    }
    guard let best else { return nil }
    self = best
  }

  private init?(_ shape: CurveShape, _ x: [Double], _ y: [Double], parameter: Double) {
    let g = x.map { shape.value($0, parameter) }
    let n = Double(x.count)
    let (gMean, yMean) = (g.reduce(0, +) / n, y.reduce(0, +) / n)
    var (squares, products) = (0.0, 0.0)
    for (g, y) in zip(g, y) {
      squares += (g - gMean) * (g - gMean)
      products += (g - gMean) * (y - yMean)
    }
    guard squares > 1e-12 * max(1e-12, gMean * gMean) else { return nil }
    self.shape = shape
    self.parameter = parameter
    coefficient = products / squares
    intercept = yMean - coefficient * gMean
    let (a, b) = (intercept, coefficient)
    residualSquares = zip(g, y).reduce(0) { sum, pair in
      let residual = pair.1 - a - b * pair.0
      return sum + residual * residual
    }
    count = x.count
    design = (gMean, squares)
  }

  /// The curve at `x`.
  func value(_ x: Double) -> Double { intercept + coefficient * shape.value(x, parameter) }

  /// The degrees of freedom of the residuals, at least 1.
  var degreesOfFreedom: Int { max(1, count - shape.parameterCount) }

  /// The variance of a residual.
  var residualVariance: Double { residualSquares / Double(degreesOfFreedom) }

  /// One standard error of ``coefficient``, `θ` held.
  var coefficientError: Double { (residualVariance / design.squares).squareRoot() }

  /// The variance of a new value at `x` about the curve: that of a residual and of the curve, `θ` held.
  func predictionVariance(_ x: Double) -> Double {
    let deviation = shape.value(x, parameter) - design.mean
    return residualVariance * (1 + 1 / Double(count) + deviation * deviation / design.squares)
  }

  /// Where the curve settles; `nil` where it does not.
  var asymptote: Double? {
    switch shape {
    case .exponentialApproach, .hyperbolicApproach: intercept + coefficient
    case .inversePower: intercept
    case .line, .power: nil
    }
  }

  /// Akaike's criterion with the correction for few values: the lower, the better the curve predicts new
  /// values; `nil` where there are too few values for the correction.
  ///
  /// - Note: Hurvich and Tsai, Biometrika 76 (1989) 297–307.
  var akaike: Double? {
    // The residuals' variance is fitted, too.
    let (n, k) = (Double(count), Double(shape.parameterCount + 1))
    guard n - k - 1 > 0 else { return nil }
    // A perfect fit of rounded numbers is not infinitely good.
    let variance = max(residualSquares / n, 1e-24)
    return n * log(variance) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }
}
