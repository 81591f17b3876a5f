public import Samples
public import Storage
public import Theory

/// What a run would do, without doing it.
public struct RunPlan: Sendable {
  /// Every option resolved, by its name on the command line.
  public let configuration: [(key: String, value: JSONValue)]

  /// The size of the pictures; `nil` for vectors.
  public let shape: PictureShape?

  /// The real samples to train on, held out, and for feature spaces.
  public let counts: (training: Int, heldOut: Int, features: Int)

  /// For each generation, the samples it is trained on.
  public let sizes: [GenerationSizes]

  /// The bytes that the samples of all generations take on the disk.
  public let sampleBytes: Int
}

extension Run {
  /// Says what the run would do: everything is resolved and checked, nothing is fitted or written.
  ///
  /// - Throws: what ``perform(in:progress:)`` would refuse.
  public func plan() throws -> RunPlan {
    let prepared = try PreparedRun(configuration: configuration, data: data)
    let division = prepared.division
    let engine = prepared.engine(strategy: prepared.strategy)
    let width = prepared.carry == .float ? 4 : 1
    return RunPlan(
      configuration: prepared.entries(strategy: prepared.strategy), shape: data.shape,
      counts: (division.original.count, division.heldOut.count, division.features.count),
      sizes: (0...configuration.generations).map { generation in
        engine.strategy.sizes(
          Strategy.Context(
            generation: generation, sampleCount: engine.sampleCount,
            realShare: engine.realShare))
      },
      sampleBytes: (configuration.generations + 1) * engine.sampleCount * data.dimension * width)
  }
}
