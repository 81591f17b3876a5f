import LinearAlgebra
import Samples

/// Pictures at half the size and what is lost on the way: the Haar pyramid, in model coordinates.
///
/// A cell of four pixels `[a b; c d]` becomes its mean `m` and three details, for each channel
/// `h = (a - b + c - d)/2`, `v = (a + b - c - d)/2`, `g = (a - b - c + d)/2`. The map from the pixels to
/// `(2m, h, v, g)` is orthonormal, so its Jacobian with `m` in place of `2m` is `1/2` for each cell and
/// channel.
enum ThumbnailPyramid {
  /// The pictures of a tile of rows.
  private static let tileRows = 16

  /// The shape of pictures at half the size, odd sizes rounded up.
  static func halved(_ shape: PictureShape) -> PictureShape {
    PictureShape(
      width: (shape.width + 1) / 2, height: (shape.height + 1) / 2, channels: shape.channels)
  }

  /// The means of 2×2 pixels of pictures `(n, H W C)`; odd sizes repeat their last row or column.
  static func reduce(rows: Matrix, shape: PictureShape) -> (rows: Matrix, shape: PictureShape) {
    let fine = padded(rows: rows, shape: shape)
    let coarse = halved(shape)
    let stride = fine.shape.width * shape.channels
    let source = fine.rows
    let reduced = Matrix(rowCount: rows.rowCount, columnCount: coarse.count, tileRows: tileRows) {
      tile, out in
      var index = 0
      for picture in tile {
        for y in 0..<coarse.height {
          for x in 0..<coarse.width {
            let corner = picture * fine.shape.count + 2 * y * stride + 2 * x * shape.channels
            for upper in corner..<corner + shape.channels {
              let lower = upper + stride
              out[index] =
                (source.elements[upper] + source.elements[upper + shape.channels]
                  + source.elements[lower] + source.elements[lower + shape.channels]) / 4
              index += 1
            }
          }
        }
      }
    }
    return (reduced, coarse)
  }

  /// The details of pictures of twice the size of `coarse`, of shape `(n, cells * 3 C)`: cell after
  /// cell, all `h`, all `v`, all `g` of the cell's channels.
  static func details(fine: Matrix, coarse: PictureShape) -> Matrix {
    precondition(
      fine.columnCount == 4 * coarse.count, "\(fine.columnCount) is not 4 × \(coarse.count)")
    let channels = coarse.channels
    let stride = 2 * coarse.width * channels
    return Matrix(rowCount: fine.rowCount, columnCount: 3 * coarse.count, tileRows: tileRows) {
      tile, out in
      var index = 0
      for picture in tile {
        for y in 0..<coarse.height {
          for x in 0..<coarse.width {
            let corner = picture * fine.columnCount + 2 * y * stride + 2 * x * channels
            for channel in 0..<channels {
              let upper = corner + channel
              let a = fine.elements[upper]
              let b = fine.elements[upper + channels]
              let c = fine.elements[upper + stride]
              let d = fine.elements[upper + stride + channels]
              out[index + channel] = (a - b + c - d) / 2
              out[index + channels + channel] = (a + b - c - d) / 2
              out[index + 2 * channels + channel] = (a - b - c + d) / 2
            }
            index += 3 * channels
          }
        }
      }
    }
  }

  /// The pictures `(n, 4 H W C)` with these 2×2 means `(n, H W C)` and details: the inverse of
  /// ``reduce(rows:shape:)`` and ``details(fine:coarse:)``.
  static func compose(coarse: Matrix, details: Matrix, shape: PictureShape) -> Matrix {
    Matrix(rowCount: coarse.rowCount, columnCount: 4 * shape.count, tileRows: tileRows) {
      tile, out in
      compose(
        coarse: coarse.rows(tile).elements, details: details.rows(tile).elements,
        count: tile.count, shape: shape, into: &out)
    }
  }

  /// Writes `count` composed pictures.
  static func compose<Scalar: BinaryFloatingPoint>(
    coarse: [Double], details: [Scalar], count: Int, shape: PictureShape,
    into out: inout MutableSpan<Double>
  ) {
    let channels = shape.channels
    let stride = 2 * shape.width * channels
    var index = 0
    for picture in 0..<count {
      for y in 0..<shape.height {
        for x in 0..<shape.width {
          let corner = picture * 4 * shape.count + 2 * y * stride + 2 * x * channels
          for channel in 0..<channels {
            let mean = coarse[index]
            let detail = 3 * (index - channel) + channel
            let h = Double(details[detail]) / 2
            let v = Double(details[detail + channels]) / 2
            let g = Double(details[detail + 2 * channels]) / 2
            let upper = corner + channel
            out[upper] = mean + (h + v + g)
            out[upper + channels] = mean + (-h + v - g)
            out[upper + stride] = mean + (h - v - g)
            out[upper + stride + channels] = mean + (-h - v + g)
            index += 1
          }
        }
      }
    }
  }

  /// Pictures of even width and height: odd ones with their last column and row repeated.
  static func padded(rows: Matrix, shape: PictureShape) -> (rows: Matrix, shape: PictureShape) {
    let even = PictureShape(
      width: shape.width + shape.width % 2, height: shape.height + shape.height % 2,
      channels: shape.channels)
    return (resized(rows: rows, from: shape, to: even), even)
  }

  /// Pictures cut at the right and the bottom, or continued by repeating the last column and row.
  static func resized(rows: Matrix, from old: PictureShape, to new: PictureShape) -> Matrix {
    guard old != new else { return rows }
    precondition(old.channels == new.channels, "\(old.channels) channels, not \(new.channels)")
    return Matrix(rowCount: rows.rowCount, columnCount: new.count, tileRows: tileRows) {
      tile, out in
      var index = 0
      for picture in tile {
        for y in 0..<new.height {
          for x in 0..<new.width {
            let pixel = min(y, old.height - 1) * old.width + min(x, old.width - 1)
            let start = picture * old.count + pixel * old.channels
            for source in start..<start + old.channels {
              out[index] = rows.elements[source]
              index += 1
            }
          }
        }
      }
    }
  }
}
