import LinearAlgebra
import Samples

/// The overlapping patches of a picture: each so many pixels after the one before, and where these do
/// not end with the picture, one more that does.
struct PatchGrid: Sendable {
  private let shape: PictureShape
  private let width: Int
  private let height: Int
  private let corners: [(x: Int, y: Int)]

  init(shape: PictureShape, side: Int, stride step: Int) {
    self.shape = shape
    let (width, height) = (min(side, shape.width), min(side, shape.height))
    self.width = width
    self.height = height
    let columns = Self.starts(size: shape.width, side: width, stride: step)
    corners = Self.starts(size: shape.height, side: height, stride: step).flatMap { y in
      columns.map { (x: $0, y: y) }
    }
  }

  /// Where patches start along an axis, so that they reach from its first pixel to its last.
  static func starts(size: Int, side: Int, stride step: Int) -> [Int] {
    Array(stride(from: 0, to: size - side, by: step)) + [size - side]
  }

  /// The patches in a picture.
  var count: Int { corners.count }

  /// The numbers in a patch.
  var dimension: Int { width * height * shape.channels }

  /// The patches at some places of a picture, one a row, levels as `v / 127.5 - 1`.
  func patches(of levels: ArraySlice<Float>, at places: some Collection<Int>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(places.count * dimension)
    for place in places {
      let (x, y) = corners[place]
      for row in y..<y + height {
        let first = levels.startIndex + (row * shape.width + x) * shape.channels
        for index in first..<first + width * shape.channels {
          elements.append(Double(levels[index]) / 127.5 - 1)
        }
      }
    }
    return Matrix(rowCount: places.count, columnCount: dimension, elements: elements)
  }
}
