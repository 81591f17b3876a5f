import Foundation
public import LinearAlgebra
public import Samples

/// The radial power spectra of pictures: how much of a picture is coarse and how much fine.
///
/// A picture's levels, in grey by the weights of ITU-R BT.601, are Fourier-transformed; the logarithmic
/// power `20 ln |F + 1e-8|` is averaged over the frequencies whose distance from 0, in cycles a
/// picture, has the same whole part.
///
/// - Note: Durall, Keuper and Keuper 2020, <https://arxiv.org/abs/2003.01826>.
public struct RadialSpectrum: Sendable {
  private let shape: PictureShape

  /// Cosine and sine of each frequency at each place, for rows and for columns, `(side, side)`.
  private let vertical: (cosine: Matrix, sine: Matrix)
  private let horizontal: (cosine: Matrix, sine: Matrix)

  /// The radius of each frequency.
  private let radii: [Int]

  /// The number of radii, from 0 on, those alone that a whole circle has.
  public let count: Int

  /// Prepares for pictures of one size.
  public init(shape: PictureShape) {
    self.shape = shape
    vertical = Self.waves(shape.height)
    horizontal = Self.waves(shape.width)
    count = min(shape.width, shape.height) / 2 + 1
    radii = (0..<shape.height).flatMap { row in
      (0..<shape.width).map { column in
        let y = Double(Self.frequency(row, shape.height))
        let x = Double(Self.frequency(column, shape.width))
        return Int((x * x + y * y).squareRoot())
      }
    }
  }

  /// The signed frequency of a place in a transform.
  private static func frequency(_ index: Int, _ side: Int) -> Int {
    index <= side / 2 ? index : index - side
  }

  private static func waves(_ side: Int) -> (cosine: Matrix, sine: Matrix) {
    var (cosine, sine) = (
      Matrix(rowCount: side, columnCount: side), Matrix(rowCount: side, columnCount: side)
    )
    for frequency in 0..<side {
      for place in 0..<side {
        // The angle of the remainder: large products would cost digits.
        let angle = 2 * Double.pi * Double(frequency * place % side) / Double(side)
        cosine[frequency, place] = cos(angle)
        sine[frequency, place] = sin(angle)
      }
    }
    return (cosine, sine)
  }

  /// Returns one spectrum a picture, `(n, count)`.
  public func spectra(of samples: SampleSet) -> Matrix {
    precondition(samples.shape == shape, "pictures of another size")
    let count = count
    return Matrix(rowCount: samples.count, columnCount: count, tileRows: 16) { rows, out in
      let values = samples.values(rows)
      for position in 0..<rows.count {
        let spectrum = spectrum(of: grey(values, from: position * shape.count))
        for radius in 0..<count { out[position * count + radius] = spectrum[radius] }
      }
    }
  }

  private func grey(_ values: [Float], from start: Int) -> Matrix {
    var grey = Matrix(rowCount: shape.height, columnCount: shape.width)
    for pixel in 0..<shape.width * shape.height {
      let first = start + pixel * shape.channels
      grey.elements[pixel] =
        shape.channels == 1
        ? Double(values[first])
        : 0.299 * Double(values[first]) + 0.587 * Double(values[first + 1])
          + 0.114 * Double(values[first + 2])
    }
    return grey
  }

  private func spectrum(of picture: Matrix) -> [Double] {
    // (C - iS) P (C - iS)ᵀ, real and imaginary part.
    let (upper, lower) = (vertical.cosine.times(picture), vertical.sine.times(picture))
    let cosineCosine = upper.times(transposeOf: horizontal.cosine)
    let sineSine = lower.times(transposeOf: horizontal.sine)
    let cosineSine = upper.times(transposeOf: horizontal.sine)
    let sineCosine = lower.times(transposeOf: horizontal.cosine)
    var sums = [Double](repeating: 0, count: count)
    var counts = [Int](repeating: 0, count: count)
    for index in radii.indices where radii[index] < count {
      let real = cosineCosine.elements[index] - sineSine.elements[index] + 1e-8
      let imaginary = cosineSine.elements[index] + sineCosine.elements[index]
      sums[radii[index]] += 10 * log(real * real + imaginary * imaginary)
      counts[radii[index]] += 1
    }
    return zip(sums, counts).map { $0 / Double(max(1, $1)) }
  }
}
