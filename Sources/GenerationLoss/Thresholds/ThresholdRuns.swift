import Comparison
import Images
import Metrics
public import Recursion
public import Studies
public import Thresholds

/// The runs behind a threshold: for a value of an axis one a seed, each a cell of a study's folder, so
/// that what is there already is kept and any number of processes may work on it.
public struct ThresholdRuns {
  /// What is run: the loop with the first seed, without what the axis changes.
  public let configuration: RunConfiguration

  /// What is changed.
  public let axis: SweptAxis

  /// The seeds.
  public let seeds: [UInt64]

  /// Where the runs are.
  public let folder: StudyFolder

  private let jobs: Int
  private let threads: Int
  private let speed: Double
  private let resolve: (RunPlan, Set<String>) -> StudyCell

  /// The cells so far.
  private var cells: [PlannedCell] = []

  /// The data of the last seed that was asked for: only laws and random choices depend on it.
  private var opened: (seed: UInt64, data: RealData)?

  /// A setting to run.
  public struct Setting: Hashable, Sendable {
    /// The value of the axis.
    public let x: Double

    /// The samples drawn in each generation, where the axis leaves them free; `nil` for those of the
    /// configuration.
    public let samples: Int?

    /// Creates a setting.
    public init(x: Double, samples: Int? = nil) {
      self.x = x
      self.samples = samples
    }
  }

  /// Runs that failed, so that there is no answer.
  public struct Failure: Error {
    /// How many did.
    public let count: Int
  }

  /// Prepares runs; none is begun.
  ///
  /// - Parameters:
  ///   - strategy: The strategy that the user asked for; `nil` for the usual one of the axis.
  ///   - jobs: The runs at a time.
  ///   - threads: The threads of each.
  ///   - resolve: The cell of a run with all options resolved, called by some of them.
  /// - Throws: ``ThresholdError`` for a strategy whose setting is not there to be changed.
  public init(
    _ configuration: RunConfiguration, strategy: String?, over axis: SweptAxis, seedCount: Int,
    in folder: StudyFolder, jobs: Int, threads: Int,
    resolve: @escaping (RunPlan, Set<String>) -> StudyCell
  ) throws {
    var configuration = configuration
    configuration.strategy = strategy ?? axis.usualStrategy
    try Self.requireSwept(configuration, axis)
    self.configuration = configuration
    self.axis = axis
    seeds = (0..<UInt64(seedCount)).map { configuration.seed &+ $0 }
    self.folder = folder
    self.jobs = jobs
    self.threads = threads
    self.resolve = resolve
    speed = ProcessorProbe.speed()
  }

  private static func requireSwept(
    _ configuration: RunConfiguration, _ axis: SweptAxis
  ) throws {
    if axis == .samples, configuration.samples != nil {
      throw ThresholdError.fixed("--samples", axis: axis)
    }
    guard let key = axis.key else { return }
    let text = configuration.strategy
    if axis == .realShare, configuration.realShare != nil {
      throw ThresholdError.fixed("--real-share", axis: axis)
    }
    // Refuses a name that there is not, too.
    let strategy = try configuration.resolvedStrategy()
    let those = StrategyCatalogue.entries.filter { $0.keys.contains { $0.name == key } }
    guard text.first != "{", those.contains(where: { $0.name == strategy.name }) else {
      throw ThresholdError.unsweptStrategy(strategy.name, axis: axis, those: those.map(\.name))
    }
    guard !text.contains(":\(key)="), !text.contains(",\(key)=") else {
      throw ThresholdError.fixed("--strategy \(text)", axis: axis)
    }
  }

  /// The configuration of a run.
  public func configuration(_ setting: Setting, seed: UInt64) -> RunConfiguration {
    var configuration = configuration
    configuration.seed = seed
    configuration.pictures.seed = seed
    configuration.samples = setting.samples ?? configuration.samples
    if let key = axis.key {
      let separator = configuration.strategy.contains(":") ? "," : ":"
      configuration.strategy += "\(separator)\(key)=\(setting.x.plainText)"
    } else {
      configuration.samples = Int(setting.x)
    }
    return configuration
  }

  /// The run of a setting, to be planned or looked at.
  ///
  /// - Throws: what opening the data throws.
  public mutating func run(_ setting: Setting, seed: UInt64) throws -> Run {
    Run(
      configuration: configuration(setting, seed: seed), data: try data(seed: seed),
      illustrator: nil, brakeRule: nil, command: [], version: Release.version)
  }

  /// The data as the runs of a seed have them.
  ///
  /// - Throws: what opening them throws.
  public mutating func data(seed: UInt64) throws -> RealData {
    var pictures = configuration.pictures
    pictures.seed = seed
    let isLaw = configuration.data.utf8.contains(UInt8(ascii: ":"))
    if let opened, opened.seed == seed || !isLaw && pictures.limit == nil { return opened.data }
    let data = try DataSource.open(configuration.data, pictures: pictures, seed: seed)
    opened = (seed, data)
    return data
  }

  /// The samples in generation 0's training set where nothing asks for fewer: whatever the strategy, the
  /// division of the data decides that.
  ///
  /// - Throws: what opening the data or planning a run throws.
  mutating func mostSamples() throws -> Int {
    var configuration = configuration
    configuration.strategy = "refit"
    configuration.realShare = nil
    let run = Run(
      configuration: configuration, data: try data(seed: configuration.seed), illustrator: nil,
      command: [], version: Release.version)
    return try run.plan().counts.training
  }

  /// The smallest reservoir from which every generation can draw its real samples.
  ///
  /// - Parameter samples: Those in generation 0's training set.
  /// - Throws: what is wrong with the strategy.
  func leastReservoir(samples: Int) throws -> Int {
    let configuration = configuration(
      Setting(x: Double(samples), samples: samples), seed: seeds[0])
    return max(
      2,
      try configuration.resolvedStrategy().reservoirDraw(
        generations: configuration.generations, budget: samples))
  }

  /// What the runs are there for.
  private var question: StudyQuestion {
    .threshold(data: ComparedRun.canonical(configuration.data), axis: axis.rawValue)
  }

  /// Refuses a folder whose runs are there for something else.
  ///
  /// - Parameter cells: Cells of this question.
  /// - Throws: `StudyError.otherQuestion`.
  public func requireFolder(for cells: [PlannedCell]) throws {
    try folder.require(question, of: cells)
  }

  /// Plans the cells of settings, seed after seed.
  ///
  /// - Throws: what a run refuses.
  public mutating func plan(_ settings: [Setting]) throws -> [[PlannedCell]] {
    let existing = folder.namesByHash
    var planned = settings.map { _ in [PlannedCell]() }
    for seed in seeds {
      for (index, setting) in settings.enumerated() {
        let plan = try run(setting, seed: seed).plan()
        planned[index].append(
          PlannedCell(
            resolve(plan, ["samples"]), plan: plan, threads: threads, speed: speed,
            existing: existing))
      }
    }
    return planned
  }

  /// Runs settings and reads what came of them.
  ///
  /// - Returns: For each setting a reading a seed.
  /// - Throws: ``Failure`` if a run failed, ``ThresholdError/noValue(metric:cell:note:)``, what `report`
  ///   throws, and what a run refuses.
  public mutating func readings(
    _ settings: [Setting], of bound: KeptBound, report: (StudyEvent) throws -> Void
  ) throws -> [[ThresholdReport.Reading]] {
    let planned = try plan(settings)
    let new = planned.flatMap { $0 }.filter { cell in !cells.contains { $0.name == cell.name } }
    cells += new
    try folder.prepare()
    try folder.add(cells, for: question, version: Release.version)
    let schedule = StudySchedule(
      planned.flatMap { $0 }, in: folder, jobs: jobs, threads: threads, failsFast: true)
    let outcome = try schedule.perform(report)
    guard outcome.failed.isEmpty else { throw Failure(count: outcome.failed.count) }
    return try zip(settings, planned).map { setting, cells in
      try zip(seeds, cells).map { seed, cell in
        try reading(cell, setting.x, seed: seed, of: bound)
      }
    }
  }

  private func reading(
    _ cell: PlannedCell, _ x: Double, seed: UInt64, of bound: KeptBound
  ) throws -> ThresholdReport.Reading {
    let run = ComparedRun(try RunRecord(reading: folder.runFolder(of: cell.name)))
    let id = bound.metric.id
    let first = run.value(id, 0)
    let last = run.measurement(id, configuration.generations)
    guard let value = last?.value, let kept = bound.kept(value, first: first) else {
      throw ThresholdError.noValue(metric: id, cell: cell.cell.title, note: last?.note ?? "")
    }
    return ThresholdReport.Reading(x: x, seed: seed, value: value, first: first, kept: kept)
  }
}
