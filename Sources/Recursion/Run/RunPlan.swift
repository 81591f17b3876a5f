import LinearAlgebra
public import Samples
public import Storage
public import SystemPackage
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

  /// The real samples, generation 0's first, that fresh ones are drawn from again and again; `nil` where
  /// fresh samples are new.
  public let supply: Int?

  /// What a user should know before the run; `nil` if nothing.
  public let warning: String?

  /// What the run would have in common with others in a folder of shared work.
  public let shared: [SharedContent]

  /// Whether the control loop runs, too.
  public var hasControl: Bool { size.hasControl }

  private let size: RunSize

  /// Returns what the run takes, or what is left of it.
  ///
  /// - Parameters:
  ///   - resumed: The generations that are whole already.
  ///   - control: Those of the control.
  public func estimate(resumed: Int = 0, control: Int = 0) -> RunEstimate {
    RunEstimate(
      size, resumed: resumed, control: control, threads: Parallelism.threads,
      speed: ProcessorProbe.speed())
  }

  /// Returns what the run takes with so many threads, on a processor whose speed is known: for plans of
  /// many runs.
  ///
  /// - Parameter speed: That of ``ProcessorProbe/speed()``.
  public func estimate(threads: Int, speed: Double) -> RunEstimate {
    RunEstimate(size, threads: threads, speed: speed)
  }

  /// Returns the processor time of the whole run by a table of costs, at the reference rate.
  package func processorSeconds(_ costs: CostTable) -> Double {
    size.processorSeconds(costs)
  }

  init(_ prepared: PreparedRun) throws {
    let division = prepared.division
    configuration = prepared.entries(strategy: prepared.strategy)
    shape = prepared.data.shape
    counts = (division.original.count, division.heldOut.count, division.features.count)
    sizes = prepared.sizes
    supply = division.reusedCount
    warning = prepared.strategy.neverBegins(within: prepared.configuration.generations)
    size = prepared.size
    shared = try prepared.sharedContents()
    sampleBytes = size.drawn.reduce(0, +) * size.dimension * size.carriedBytes
  }
}

extension Run {
  /// Says what the run would do: everything is resolved and checked, nothing is fitted or written.
  ///
  /// - Throws: what ``perform(in:progress:)`` would refuse.
  public func plan() throws -> RunPlan {
    try RunPlan(PreparedRun(configuration: configuration, data: data))
  }

  /// Says what the run would do in a folder, too.
  ///
  /// - Parameter isDiscarded: Whether a run in the folder is to be removed first.
  /// - Throws: what ``perform(in:progress:)`` would refuse.
  public func plan(
    in path: FilePath, isDiscarded: Bool = false
  ) throws -> (plan: RunPlan, prospect: RunFolder.Prospect) {
    let plan = try plan()
    return (
      plan,
      try RunFolder.prospect(of: path, configuration: plan.configuration, isDiscarded: isDiscarded)
    )
  }
}

extension PreparedRun {
  /// For each generation, the samples it is trained on.
  var sizes: [GenerationSizes] {
    (0...configuration.generations).map { strategy.sizes($0, budget: division.original.count) }
  }
}
