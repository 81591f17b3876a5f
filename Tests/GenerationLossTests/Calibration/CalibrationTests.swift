import Images
import Metrics
import Samples
import Sprites
import Storage
import SystemPackage
import Testing

@testable import GenerationLoss

@Suite("Calibration")
struct CalibrationTests {
  private let shape = PictureShape(width: 8, height: 8, channels: 1)

  /// Pictures of sharp stripes of several phases and levels.
  private var stripes: SampleSet {
    var levels: [UInt8] = []
    for sample in 0..<40 {
      for pixel in 0..<64 {
        let base = (pixel + sample) % 4 < 2 ? 60 : 180
        levels.append(UInt8(base + sample))
      }
    }
    return SampleSet(count: 40, dimension: 64, shape: shape, storage: .bytes(levels))
  }

  private func planted(_ damage: Damage, _ strength: Double, seed: UInt64 = 1) throws -> [Double] {
    try PlantedDamage(damage: damage, strength: strength, seed: seed)
      .pictures(stripes, shape: shape).values.map(Double.init)
  }

  private func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  @Test("Shrinking by s leaves the mean picture and (1 - s)² of the variance about it")
  func shrink() throws {
    let (before, after) = (stripes.values.map(Double.init), try planted(.shrink, 0.5))
    for pixel in 0..<64 {
      let (first, second) = (
        stride(from: pixel, to: before.count, by: 64).map { before[$0] },
        stride(from: pixel, to: after.count, by: 64).map { after[$0] }
      )
      #expect(abs(first.reduce(0, +) - second.reduce(0, +)) < 25)
      #expect(abs(variance(second) / variance(first) - 0.25) < 0.02)
    }
  }

  @Test(
    "Blur of s is the share s of the way to the mean of 5 x 5 neighbours by binomial weights",
    arguments: [0.25, 0.5, 1])
  func blur(strength: Double) throws {
    let weights = [1.0, 4, 6, 4, 1]
    let before = stripes.values.map(Double.init)
    // Sixteenths of whole levels, twice: all sums are exact, and so is the rounding at the end.
    let expected = before.indices.map { index in
      let (picture, y, x) = (index / 64 * 64, index % 64 / 8, index % 8)
      var sum = 0.0
      for (row, vertical) in weights.enumerated() {
        for (column, horizontal) in weights.enumerated() {
          let (y, x) = (min(7, max(0, y + row - 2)), min(7, max(0, x + column - 2)))
          sum += vertical * horizontal * before[picture + 8 * y + x]
        }
      }
      return (before[index] + strength * (sum / 256 - before[index])).rounded()
    }
    #expect(try planted(.blur, strength) == expected)
    #expect(expected != before)
  }

  @Test("Noise adds s of the deviation, JPEG changes little")
  func others() throws {
    let before = stripes.values.map(Double.init)
    let noise = zip(before, try planted(.noise, 0.2)).map { $1 - $0 }
    // Levels deviate from the mean picture, not from the mean level.
    var about = 0.0
    for pixel in 0..<64 {
      about += variance(stride(from: pixel, to: before.count, by: 64).map { before[$0] }) / 64
    }
    #expect(abs(variance(noise).squareRoot() / (0.2 * about.squareRoot()) - 1) < 0.1)
    #expect(try planted(.noise, 0.2) == planted(.noise, 0.2))
    #expect(try planted(.noise, 0.2) != planted(.noise, 0.2, seed: 2))
    let coded = zip(before, try planted(.jpeg, 0.7)).map { abs($1 - $0) }
    #expect(coded.contains { $0 > 0 } && coded.reduce(0, +) / Double(coded.count) < 60)
  }

  private func calibration(
    of data: MeasuredData, strength: Double = 0.3, metrics: Set<MeasuredMetric>
  ) throws -> Calibration {
    var settings = Calibration.Settings(MeasureSettings(metrics: metrics))
    settings.repeats = 8
    settings.strength = strength
    return try Calibration(of: data, spaces: nil, settings: settings) { _ in }
  }

  @Test("On drawn pictures shrinking is found by the variance, and nothing is planted twice alike")
  func pictures() throws {
    try withTemporaryFolder { folder in
      let icons = folder.appending("icons")
      try SpriteFolder.write(to: icons, count: 100, law: try SpriteLaw(size: 16, seed: 1))
      let data = try MeasuredData(icons.string, pictures: PictureFolder.Options())
      let found = try calibration(of: data, metrics: [.totalVariance, .recall, .energyDistance])
      #expect(found.damages.count + found.missing.count == Damage.allCases.count)
      #expect(found.counts.real == 40)
      #expect(found.spaces.map(\.name) == ["pixels", "conv", "patches", "colour"])
      let variance = try #require(found.spaces[0].metrics.first { $0.metric == .totalVariance })
      #expect(try #require(variance.power[.shrink]?.value) > 0.8)
      #expect(try #require(variance.power[.shrink]?.meanScore) < 0)
      let report = CalibrationReport(found)
      #expect(report.sentence.hasPrefix("With 40 real and "))
      #expect(report.rows.count == 12)
      let files = try report.files()
      #expect(
        files.map(\.name)
          == ["calibration.csv", "calibration.json", "calibration.png", "calibration.svg"])
      let table = try CSV.rows(of: files[0].bytes)
      #expect(table.count == 1 + 12 * (1 + found.damages.count))
      _ = try JSONValue(parsing: files[1].bytes)
    }
  }

  @Test("Rows have the damages that rows can have; too few are refused")
  func rows() throws {
    try withTemporaryFolder { folder in
      func data(_ count: Int) throws -> MeasuredData {
        let path = folder.appending("\(count).npy")
        var values: [Float] = []
        for index in 0..<count * 3 {
          let number: Int = index * 7919 + index / 3 * 31
          values.append(Float(number % 101))
        }
        try NumpyFile.write(
          SampleSet(count: count, dimension: 3, storage: .floats(values)), to: path)
        return try MeasuredData(path.string, pictures: PictureFolder.Options())
      }
      let found = try calibration(of: try data(120), metrics: [.totalVariance])
      #expect(found.damages == [.modes, .tails, .duplicates, .shrink, .noise])
      #expect(found.missing.isEmpty)
      #expect(throws: (any Error).self) {
        try calibration(of: try data(23), metrics: [.totalVariance])
      }
    }
  }
}
