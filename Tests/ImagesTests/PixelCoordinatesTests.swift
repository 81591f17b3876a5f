import Foundation
import LinearAlgebra
import Randomness
import Samples
import Testing

@testable import Images

@Suite("Pixel coordinates")
struct PixelCoordinatesTests {
  private static let spaces = PixelCoordinates.Space.allCases

  /// Pictures that hold every level in every channel.
  private func pictures(channels: Int) -> SampleSet {
    let shape = PictureShape(width: 16, height: 16, channels: channels)
    var stream = RandomStream(seed: 1, purpose: "test")
    let bytes = (0..<4 * shape.count).map { index in
      index < shape.count ? UInt8(index / channels) : UInt8(stream.integer(below: 256))
    }
    return SampleSet(count: 4, dimension: shape.count, shape: shape, storage: .bytes(bytes))
  }

  private func coordinates(_ samples: SampleSet, _ space: PixelCoordinates.Space)
    -> PixelCoordinates
  {
    PixelCoordinates(
      space: space, shape: samples.shape ?? PictureShape(width: 1, height: 1, channels: 1))
  }

  @Test("Bytes come back exactly, with noise or without", arguments: spaces, [1, 3])
  func roundTrip(space: PixelCoordinates.Space, channels: Int) {
    let samples = pictures(channels: channels)
    let coordinates = coordinates(samples, space)
    for offsets in [
      Dequantisation.centre, .noise(seed: 3, generation: 2, firstSample: 10),
    ] {
      let rows = coordinates.rows(of: samples, 0..<4, offsets: offsets)
      #expect(SampleSet.Storage.bytes(coordinates.levels(of: rows).bytes) == samples.storage)
      #expect(coordinates.levels(of: rows).gamutShare == 0)
    }
  }

  @Test("The values are those of the formula")
  func formula() {
    let shape = PictureShape(width: 1, height: 1, channels: 3)
    let samples = SampleSet(
      count: 1, dimension: 3, shape: shape, storage: .bytes([0, 100, 255]))
    let y = [0.5, 100.5, 255.5].map { t in
      let p = 0.02 + 0.96 * t / 256
      return log(p / (1 - p)) / 4
    }
    let expected = [
      (y[0] + y[1] + y[2]) / 3.0.squareRoot(), (y[0] - y[2]) / 2.0.squareRoot(),
      (y[0] - 2 * y[1] + y[2]) / 6.0.squareRoot(),
    ]
    let rows = PixelCoordinates(space: .logit, shape: shape)
      .rows(of: samples, 0..<1, offsets: .centre)
    for (value, formula) in zip(rows.elements, expected) { #expect(abs(value - formula) < 1e-14) }
  }

  @Test("The opponent colours are orthonormal")
  func orthonormality() {
    // In the linear space the map is affine: differences of unit steps are its columns, scaled.
    let shape = PictureShape(width: 1, height: 1, channels: 3)
    let samples = SampleSet(
      count: 4, dimension: 3, shape: shape,
      storage: .bytes([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]))
    let rows = PixelCoordinates(space: .linear, shape: shape)
      .rows(of: samples, 0..<4, offsets: .centre)
    let columns = (1...3).map { row in
      (0..<3).map { (rows[row, $0] - rows[0, $0]) * 256 / 0.96 }
    }
    for first in 0..<3 {
      for second in 0..<3 {
        let product = zip(columns[first], columns[second]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (first == second ? 1 : 0)) < 1e-12)
      }
    }
  }

  @Test("The log volume agrees with finite differences", arguments: spaces, [1, 3])
  func jacobian(space: PixelCoordinates.Space, channels: Int) throws {
    let shape = PictureShape(width: 1, height: 1, channels: channels)
    let coordinates = PixelCoordinates(space: space, shape: shape)
    for level in [0, 3, 77, 200, 255] as [Float] {
      let centre = (0..<channels).map { min(level + 5 * Float($0), 255) }
      let step: Float = 0.0078125
      let shifted =
        [centre]
        + (0..<2 * channels).map { index in
          var moved = centre
          moved[index / 2] += index.isMultiple(of: 2) ? step : -step
          return moved
        }
      let samples = SampleSet(
        count: shifted.count, dimension: channels, shape: shape,
        storage: .floats(shifted.flatMap { $0 }))
      let rows = coordinates.rows(of: samples, 0..<shifted.count, offsets: .centre)
      let jacobian = (0..<channels).map { channel in
        (0..<channels).map {
          (rows[1 + 2 * channel, $0] - rows[2 + 2 * channel, $0]) / Double(2 * step)
        }
      }
      let determinant =
        channels == 1
        ? jacobian[0][0]
        : jacobian[0][0] * (jacobian[1][1] * jacobian[2][2] - jacobian[1][2] * jacobian[2][1])
          - jacobian[0][1] * (jacobian[1][0] * jacobian[2][2] - jacobian[1][2] * jacobian[2][0])
          + jacobian[0][2] * (jacobian[1][0] * jacobian[2][1] - jacobian[1][1] * jacobian[2][0])
      let volume = try #require(coordinates.logVolume(of: rows.rows(0..<1)).first)
      #expect(abs(log(abs(determinant)) - volume) < 1e-5)
    }
  }

  @Test("The density of the levels integrates to 1")
  func volumeOfTheLevels() throws {
    // A normal density of y, carried back to t by the volume, is a density of t.
    let shape = PictureShape(width: 1, height: 1, channels: 1)
    let coordinates = PixelCoordinates(space: .logit, shape: shape)
    let count = 20_000
    let levels = (0..<count).map { Float(256 * (Double($0) + 0.5) / Double(count) - 0.5) }
    let samples = SampleSet(count: count, dimension: 1, shape: shape, storage: .floats(levels))
    let rows = coordinates.rows(of: samples, 0..<count, offsets: .centre)
    let volumes = coordinates.logVolume(of: rows)
    let deviation = 0.15
    let sum = zip(rows.elements, volumes).reduce(0.0) { sum, value in
      let z = value.0 / deviation
      return sum + exp(-z * z / 2 + value.1) / (deviation * (2 * Double.pi).squareRoot())
    }
    #expect(abs(sum * 256 / Double(count) - 1) < 1e-6)
  }

  @Test("Floats are carried without rounding or clamping", arguments: spaces)
  func floatCarry(space: PixelCoordinates.Space) {
    let shape = PictureShape(width: 4, height: 4, channels: 3)
    let coordinates = PixelCoordinates(space: space, shape: shape)
    var stream = RandomStream(seed: 4, purpose: "test")
    let rows = Matrix(
      rowCount: 50, columnCount: 48,
      elements: (0..<50 * 48).map { _ in 0.5 * stream.normal() })
    let levels = coordinates.levels(of: rows).floats
    #expect(coordinates.levels(of: rows).gamutShare > 0.001)
    #expect((levels.min() ?? 0) < -0.5 && (levels.max() ?? 0) > 255.5)
    let carried = coordinates.rows(
      of: SampleSet(count: 50, dimension: 48, shape: shape, storage: .floats(levels)), 0..<50,
      offsets: .noise(seed: 1, generation: 1, firstSample: 0))
    let gap = zip(rows.elements, carried.elements).map { abs($0 - $1) }.max() ?? 1
    #expect(gap < 1e-3)
  }

  @Test("Levels far beyond the gamut stay finite and clamp to black and white")
  func extremes() {
    let shape = PictureShape(width: 2, height: 1, channels: 1)
    let coordinates = PixelCoordinates(space: .logit, shape: shape)
    let rows = Matrix(rows: [[-50, 50]])
    #expect(coordinates.levels(of: rows).bytes == [0, 255])
    #expect(coordinates.levels(of: rows).gamutShare == 1)
    #expect(coordinates.logVolume(of: rows).allSatisfy { $0.isFinite })
    let carried = SampleSet(
      count: 1, dimension: 2, shape: shape, storage: .floats(coordinates.levels(of: rows).floats))
    let back = coordinates.rows(of: carried, 0..<1, offsets: .centre)
    #expect(back.elements.allSatisfy { $0.isFinite })
    #expect(back[0, 0] < -3 && back[0, 1] > 3)
  }

  @Test("A sample's noise is its own, whichever range asks for it")
  func noiseAddress() {
    let samples = pictures(channels: 3)
    let coordinates = coordinates(samples, .logit)
    func rows(_ range: Range<Int>, first: Int, generation: Int = 1) -> Matrix {
      coordinates.rows(
        of: samples, range,
        offsets: .noise(seed: 5, generation: generation, firstSample: first))
    }
    let all = rows(0..<4, first: 100)
    #expect(all.rows(2..<4) == rows(2..<4, first: 100))
    #expect(all != rows(0..<4, first: 101))
    #expect(all != rows(0..<4, first: 100, generation: 2))
    // A set that begins with sample 2, whose number is then 102, has the same noise.
    let tail = coordinates.rows(
      of: samples.selecting([2, 3]), 0..<2,
      offsets: .noise(seed: 5, generation: 1, firstSample: 102))
    #expect(tail == all.rows(2..<4))
  }

  @Test("Whole levels keep their noise beside continuous ones")
  func wholeAmongFloats() {
    let whole = pictures(channels: 3)
    let coordinates = coordinates(whole, .logit)
    let offsets = Dequantisation.noise(seed: 5, generation: 1, firstSample: 0)
    let floats = SampleSet(
      count: 1, dimension: whole.dimension, shape: whole.shape,
      storage: .floats((0..<whole.dimension).map { Float($0 % 200) + 0.25 }))
    let mixed = coordinates.rows(of: whole.appending(floats), 0..<whole.count + 1, offsets: offsets)
    #expect(
      mixed.rows(0..<whole.count)
        == coordinates.rows(of: whole, 0..<whole.count, offsets: offsets))
    #expect(
      mixed.rows(whole.count..<whole.count + 1)
        == coordinates.rows(of: floats, 0..<1, offsets: .centre))
  }

  @Test("The noise is uniform within a level")
  func noiseDistribution() {
    let shape = PictureShape(width: 100, height: 100, channels: 1)
    let samples = SampleSet(
      count: 1, dimension: 10_000, shape: shape,
      storage: .bytes([UInt8](repeating: 9, count: 10_000)))
    let coordinates = PixelCoordinates(space: .linear, shape: shape)
    let offsets = coordinates.rows(
      of: samples, 0..<1, offsets: .noise(seed: 1, generation: 0, firstSample: 0)
    ).elements.map { ($0 - 0.02) * 256 / 0.96 - 9 }
    let mean = offsets.reduce(0, +) / 10_000
    let square = offsets.reduce(0) { $0 + $1 * $1 } / 10_000
    #expect(offsets.allSatisfy { $0 > 0 && $0 < 1 })
    // Standard errors of the mean and of the mean square of 10 000 uniform numbers.
    #expect(abs(mean - 0.5) < 4 * 0.00289)
    #expect(abs(square - 1.0 / 3) < 4 * 0.00298)
  }

  @Test("The thread count changes no bit")
  func threads() {
    let samples = pictures(channels: 3)
    let coordinates = coordinates(samples, .logit)
    let indices = (0..<400).map { $0 % 4 }
    let many = samples.selecting(indices)
    let offsets = Dequantisation.noise(seed: 1, generation: 0, firstSample: 0)
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    Parallelism.threads = 1
    let one = coordinates.rows(of: many, 0..<400, offsets: offsets)
    Parallelism.threads = 4
    let four = coordinates.rows(of: many, 0..<400, offsets: offsets)
    #expect(one == four)
    #expect(coordinates.levels(of: one) == coordinates.levels(of: four))
  }
}
