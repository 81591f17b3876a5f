import Foundation
import GenerationLoss
import Images
import LinearAlgebra
import Recursion
import Sprites
import Storage
import SystemPackage

/// Measures the figures of `CostTable`: the processor times of whole runs, and the figures that come
/// nearest to all of them in relative terms.
enum CostMeasurement {
  /// A run of some seconds.
  private struct Case {
    /// A side of pictures, or a law.
    let data: String
    let samples: Int
    let generations: Int
    var generator: String?
    var strategy = "replace"
  }

  private static let cases = [
    Case(data: "32", samples: 300, generations: 0), Case(data: "32", samples: 300, generations: 4),
    Case(data: "32", samples: 1000, generations: 0),
    Case(data: "32", samples: 1000, generations: 3),
    Case(data: "32", samples: 300, generations: 5, strategy: "accumulate"),
    Case(data: "32", samples: 3000, generations: 1),
    Case(data: "64", samples: 300, generations: 0), Case(data: "64", samples: 300, generations: 4),
    Case(data: "64", samples: 1000, generations: 0),
    Case(data: "64", samples: 1000, generations: 2),
    Case(data: "64", samples: 400, generations: 3, strategy: "accumulate"),
    Case(data: "64", samples: 3000, generations: 0),
    Case(data: "gaussian:d=4", samples: 300, generations: 6),
    Case(data: "gaussian:d=4", samples: 2000, generations: 3, generator: "gaussian"),
    Case(data: "gaussian:d=32", samples: 1000, generations: 4),
    Case(data: "gaussian:d=100", samples: 1000, generations: 2),
    Case(data: "sprites:size=32", samples: 200, generations: 1),
  ]

  /// Performs the runs on one thread, and prints the figures and what they foretell of each run.
  static func perform() throws {
    Parallelism.threads = 1
    let folder = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss-costs-\(getpid())")
    defer { try? FileStore.remove(folder) }
    for side in [32, 64] {
      try SpriteFolder.write(
        to: folder.appending("\(side)"), count: 4500, law: try SpriteLaw(size: side))
    }
    let measurements = try cases.map { try measure($0, in: folder) }
    let figures = leastSquares(measurements)
    for (figure, value) in zip(CostTable.figures, figures) {
      print("\(figure.name) = \(value)")
    }
    for (item, measurement) in zip(cases, measurements) {
      let foretold = zip(measurement.amounts, figures).reduce(0) { $0 + $1.0 * $1.1 }
      let ratio = (100 * foretold / measurement.seconds).rounded() / 100
      print("\(ratio) of \(measurement.seconds) s: \(item)")
    }
  }

  /// The processor time of a run at the reference rate, and what it has of everything in the table.
  private static func measure(
    _ item: Case, in folder: FilePath
  ) throws -> (seconds: Double, amounts: [Double]) {
    var configuration = RunConfiguration()
    configuration.samples = item.samples
    configuration.generations = item.generations
    configuration.strategy = item.strategy
    configuration.generator = item.generator
    let isFolder = Int(item.data) != nil
    if isFolder { configuration.pictures.limit = item.samples * 10 / 7 + 8 }
    let path = folder.appending("run")
    try FileStore.remove(path)
    let start = clock()
    let data = try DataSource.open(
      isFolder ? folder.appending(item.data).string : item.data, pictures: configuration.pictures,
      seed: 1)
    let run = Run(
      configuration: configuration, data: data, illustrator: RunPictures(), command: [],
      version: Release.version)
    _ = try run.perform(in: path) { _ in }
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    let plan = try run.plan()
    let nothing = CostTable.figures.reduce(into: CostTable()) { $0[keyPath: $1.path] = 0 }
    let amounts = CostTable.figures.map { figure in
      var one = nothing
      one[keyPath: figure.path] = 1
      return plan.processorSeconds(one)
    }
    return (seconds * ProcessorProbe.speed(), amounts)
  }

  /// The non-negative figures with the least squares of relative errors, by coordinate descent.
  private static func leastSquares(
    _ measurements: [(seconds: Double, amounts: [Double])]
  ) -> [Double] {
    let count = CostTable.figures.count
    let rows = measurements.map { measurement in
      measurement.amounts.map { $0 / measurement.seconds }
    }
    var figures = [Double](repeating: 0, count: count)
    for _ in 0..<20_000 {
      for column in 0..<count {
        var (numerator, denominator) = (0.0, 0.0)
        for row in rows {
          let others =
            zip(row, figures).reduce(0) { $0 + $1.0 * $1.1 } - row[column] * figures[column]
          numerator += row[column] * (1 - others)
          denominator += row[column] * row[column]
        }
        if denominator > 0 { figures[column] = max(0, numerator / denominator) }
      }
    }
    return figures
  }
}
