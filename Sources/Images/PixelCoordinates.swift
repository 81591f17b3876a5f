import Foundation
public import LinearAlgebra
import Randomness
public import Samples

/// The coordinates in which pictures are modelled.
///
/// A channel of the continuous level t in [0, 256) becomes `p = a + (1 − 2a) t / 256` with a =
/// 0.02, then `y = logit(p) / 4` (or `y = p`), and the three `y` of a pixel are turned into
/// opponent colours by the orthonormal rows (1, 1, 1)/√3, (1, 0, −1)/√2, (1, −2, 1)/√6; grey keeps
/// its `y`. The logit lets a model draw any real number without leaving the levels for good:
/// clipping would contract the pictures at every generation.
public struct PixelCoordinates: Equatable, Sendable {
  /// What is done to a level before the colours are turned.
  public enum Space: String, CaseIterable, Sendable {
    /// `y = logit(p) / 4`.
    case logit
    /// `y = p`.
    case linear
  }

  /// What is done to a level.
  public let space: Space

  /// The size of the pictures; a row has `shape.count` coordinates in the order of the pixels.
  public let shape: PictureShape

  /// The distance a of the darkest and the brightest level from 0 and 1.
  static let margin = 0.02

  /// The change of p with t.
  static let slope = (1 - 2 * margin) / 256

  /// The nearest that p may come to 0 and 1 when it is computed from a stored level:
  /// single-precision levels beyond the gamut cannot be told apart any finer, and a logit must stay
  /// finite.
  private static let leastProbability = 0x1p-24

  /// Creates coordinates for pictures of one size, grey or RGB.
  public init(space: Space, shape: PictureShape) {
    precondition(
      shape.channels == 1 || shape.channels == 3, "\(shape.channels) channels, not 1 or 3")
    self.space = space
    self.shape = shape
  }
}

extension PixelCoordinates {
  /// Returns samples in these coordinates, shape `(range.count, shape.count)`.
  ///
  /// - Parameters:
  ///   - samples: Pictures of ``shape``. Whole levels v become `t = v + u`; floats hold `v = t − 1/2` of
  ///     a continuous level already, and nothing is added but the half. A picture of floats that are all
  ///     whole is one of whole levels that stands beside continuous ones.
  ///   - range: The samples wanted.
  ///   - offsets: The offsets u of whole levels.
  public func rows(
    of samples: SampleSet, _ range: Range<Int>, offsets: Dequantisation
  ) -> Matrix {
    let dimension = shape.count
    precondition(
      samples.dimension == dimension, "\(samples.dimension) numbers a sample, not \(dimension)")
    // Whole levels and one offset leave 256 numbers to transform, however many pictures there are.
    let ofCentres = ofCentres
    return Matrix(rowCount: range.count, columnCount: dimension, tileRows: tileRows) { rows, out in
      var levels = [Double](repeating: 0, count: dimension)
      let first = range.lowerBound + rows.lowerBound
      let stored = samples.storage(first..<first + rows.count)
      for position in 0..<rows.count {
        let start = position * dimension
        switch (stored, offsets) {
        case (.bytes(let bytes), .centre):
          for index in 0..<dimension { levels[index] = ofCentres[Int(bytes[start + index])] }
        case (.bytes(let bytes), .noise):
          for index in 0..<dimension { levels[index] = Double(bytes[start + index]) }
          offsets.add(to: &levels, sample: first + position)
          toChannels(levels: &levels)
        case (.floats(let floats), _):
          for index in 0..<dimension { levels[index] = Double(floats[start + index]) }
          let isWhole = levels.allSatisfy { 0...255 ~= $0 && $0 == $0.rounded() }
          (isWhole ? offsets : .centre).add(to: &levels, sample: first + position)
          toChannels(levels: &levels)
        }
        toOpponents(&levels)
        for index in 0..<dimension { out[start + index] = levels[index] }
      }
    }
  }

  /// The `y` of the centre of each whole level, before the colours are turned: 256 numbers.
  public var ofCentres: [Double] {
    var centres = (0..<256).map { Double($0) + 0.5 }
    toChannels(levels: &centres)
    return centres
  }

  /// Returns the continuous levels of every channel: the inverse of ``rows(of:_:offsets:)``.
  public func levels(of rows: Matrix) -> ContinuousLevels {
    let count = shape.count
    precondition(rows.columnCount == count, "\(rows.columnCount) columns, not \(count)")
    return ContinuousLevels(
      rows: Matrix(rowCount: rows.rowCount, columnCount: count, tileRows: tileRows) {
        tile, out in
        var values = [Double](repeating: 0, count: count)
        for (position, row) in tile.enumerated() {
          for index in 0..<count { values[index] = rows.elements[row * count + index] }
          toChannels(&values)
          toLevels(&values)
          for index in 0..<count { out[position * count + index] = values[index] - 0.5 }
        }
      })
  }

  /// Returns for every row the log volume of the change of coordinates, the sum over channels of
  /// `log |dy/dt|`, in nats.
  ///
  /// With a density of rows, `−(log p(row) + logVolume) / (D ln 2)` is bits per dimension.
  /// `log |dy/dt| = log((1 − 2a)/256) − log p − log(1 − p) − log 4`; linear: the first term.
  public func logVolume(of rows: Matrix) -> [Double] {
    let constant = log(Self.slope) * Double(shape.count)
    guard space == .logit else { return Array(repeating: constant, count: rows.rowCount) }
    let scale = constant - log(4) * Double(shape.count)
    return eachRow(rows) { values in
      // −log p − log(1 − p) of p = sigmoid(z) is |z| + 2 log(1 + exp(−|z|)).
      let sum = values.reduce(scale) { $0 + abs(4 * $1) }
      var exponentials = values.map { -abs(4 * $0) }
      ElementaryFunctions.applyExponential(to: &exponentials)
      return sum + 2 * Self.sumOfLogarithms(ofOnePlus: exponentials)
    }
  }

  /// `Σ log(1 + x)` for numbers in [0, 1], from a logarithm of every 512 factors' product, at most
  /// 2^512.
  private static func sumOfLogarithms(ofOnePlus values: [Double]) -> Double {
    Parallelism.blocks(of: values.count, size: 512).reduce(0) { sum, block in
      sum + log(values[block].reduce(1) { $0 * (1 + $1) })
    }
  }

  /// Rows a task covers: some 64 thousand numbers.
  private var tileRows: Int { max(1, 65_536 / max(1, shape.count)) }

  /// What `body` makes of the `y` of the channels of every row, on all threads.
  private func eachRow(_ rows: Matrix, _ body: @Sendable ([Double]) -> Double) -> [Double] {
    precondition(
      rows.columnCount == shape.count, "\(rows.columnCount) columns, not \(shape.count)")
    return Matrix(rowCount: rows.rowCount, columnCount: 1, tileRows: tileRows) { tile, out in
      for (position, row) in tile.enumerated() {
        var values = Array(rows.row(row))
        toChannels(&values)
        out[position] = body(values)
      }
    }.elements
  }
}

// The kernels: one picture, in place.
extension PixelCoordinates {
  private static let third = 1 / 3.0.squareRoot()
  private static let half = 1 / 2.0.squareRoot()
  private static let sixth = 1 / 6.0.squareRoot()

  /// Levels t to the `y` of the channels.
  private func toChannels(levels values: inout [Double]) {
    let least = Self.leastProbability
    switch space {
    case .logit:
      for index in values.indices {
        let p = min(max(Self.margin + Self.slope * values[index], least), 1 - least)
        values[index] = p
      }
      ElementaryFunctions.applyLogit(to: &values)
      for index in values.indices { values[index] *= 0.25 }
    case .linear:
      for index in values.indices { values[index] = Self.margin + Self.slope * values[index] }
    }
  }

  /// The `y` of the channels to coordinates.
  private func toOpponents(_ values: inout [Double]) {
    guard shape.channels == 3 else { return }
    let (third, half, sixth) = (Self.third, Self.half, Self.sixth)
    for pixel in stride(from: 0, to: values.count, by: 3) {
      let (red, green, blue) = (values[pixel], values[pixel + 1], values[pixel + 2])
      values[pixel] = third * (red + green + blue)
      values[pixel + 1] = half * (red - blue)
      values[pixel + 2] = sixth * (red - 2 * green + blue)
    }
  }

  /// Coordinates to the `y` of the channels.
  private func toChannels(_ values: inout [Double]) {
    guard shape.channels == 3 else { return }
    let (third, half, sixth) = (Self.third, Self.half, Self.sixth)
    for pixel in stride(from: 0, to: values.count, by: 3) {
      let light = third * values[pixel]
      let across = half * values[pixel + 1]
      let against = sixth * values[pixel + 2]
      values[pixel] = light + across + against
      values[pixel + 1] = light - 2 * against
      values[pixel + 2] = light - across + against
    }
  }

  /// The `y` of the channels to levels t.
  private func toLevels(_ values: inout [Double]) {
    switch space {
    case .logit:
      for index in values.indices { values[index] *= 4 }
      ElementaryFunctions.applySigmoid(to: &values)
      for index in values.indices { values[index] = (values[index] - Self.margin) / Self.slope }
    case .linear:
      for index in values.indices { values[index] = (values[index] - Self.margin) / Self.slope }
    }
  }
}
