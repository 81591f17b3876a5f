import LinearAlgebra
import Samples

/// The overlapping patches of a picture.
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
    corners = stride(from: 0, through: shape.height - height, by: step).flatMap { y in
      stride(from: 0, through: shape.width - width, by: step).map { (x: $0, y: y) }
    }
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
