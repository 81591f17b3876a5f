import Generators
import LinearAlgebra
import Metrics
import Samples
import Storage
import Theory

/// A loop whose generations are kept in a run folder, measured and drawn as they come.
struct RecordedLoop {
  let prepared: PreparedRun
  let engine: Engine
  let evaluator: Evaluator
  let folder: RunFolder
  let illustrator: (any Illustrator)?
  let isControl: Bool

  /// What is done when the loop is warned of, and the rule that warns; `nil` for nothing.
  var brake: (action: Brake, rule: any BrakeRule)?

  /// The last generation asked for.
  let last: Int

  /// The samples with shared latents that pictures show; 0 for vectors and for the control.
  let displayCount: Int

  /// What is known of the generations so far.
  struct Record {
    var pools: SamplePools
    var model: (any GenerativeModel)?
    var measurements: [[MetricValue]] = []
    var display: [SampleSet] = []
    var statistics: [GenerationStatistics] = []
    var spectra: [[Double]] = []

    /// Generation 0's density of real samples; `nil` before it and where its model has none.
    var reference: RealDensity?

    /// The features of the last generation, which the next is compared with.
    var features: GenerationFeatures?

    /// The spectrum of held-out real data in the leading space.
    var realSpectrum: [Double] = []

    /// The generations that were found on the disk.
    var resumed = 0
  }

  /// Continues after the last whole generation in the folder, up to the last one asked for.
  func perform(progress: (RunEvent) throws -> Void) throws -> Record {
    var record = try restore()
    if record.resumed > 0, record.resumed <= last, !isControl {
      try progress(.resuming(after: record.resumed - 1))
    }
    guard record.resumed <= last else { return record }
    let models = ModelMeasurements(
      engine: engine, heldOut: prepared.division.heldOut, original: prepared.division.original)
    if record.resumed > 0 {
      record.reference = models.realDensity(try model(ofGeneration: 0))
    }
    guard !isStopped(record.measurements) else { return record }
    var engine = try engine(after: record.measurements)
    var step = try engine.step(record.resumed, pools: record.pools, previous: record.model)
    for generation in record.resumed...last {
      add(step.carried, of: generation, to: &record.pools)
      if generation == 0 { record.reference = models.realDensity(step.model) }
      let (current, pools, features) = (step, record.pools, record.features)
      let (reference, earlier, loop) = (record.reference, record.measurements, engine)
      // The next generation needs nothing of what is measured and drawn of this one, so that one
      // thread serves each, whatever of either cannot be shared.
      let (recorded, next) = Parallelism.both {
        Result {
          try keep(
            current, generation, after: earlier, previous: features, reference: reference,
            models: models)
        }
      } _: {
        // With a brake the next generation waits for what this one's numbers say.
        generation < last && brake == nil
          ? Result { try loop.step(generation + 1, pools: pools, previous: current.model) }
          : nil
      }
      let kept = try recorded.get()
      record.model = step.model
      record.measurements.append(kept.measurements)
      if let display = kept.display { record.display.append(display) }
      add(kept.evaluation, to: &record)
      try progress(
        .finished(
          generation: generation, of: last, isControl: isControl,
          measurements: kept.measurements))
      guard generation < last, !isStopped(record.measurements) else { break }
      engine = try self.engine(after: record.measurements)
      step =
        try next?.get()
        ?? engine.step(generation + 1, pools: record.pools, previous: record.model)
    }
    return record
  }

  /// What was measured and drawn of a generation that is in the folder.
  private struct Kept: Sendable {
    let evaluation: Evaluation
    let measurements: [MetricValue]
    let display: SampleSet?
  }

  /// Measures a generation, draws its pictures and writes its folder.
  private func keep(
    _ step: GenerationStep, _ generation: Int, after earlier: [[MetricValue]],
    previous: GenerationFeatures?, reference: RealDensity?, models: ModelMeasurements
  ) throws -> Kept {
    let evaluation = try evaluator.evaluate(measured(step.carried), previous: previous)
    let leading = evaluation.spaces.first { $0.space == leadingSpace }
    var measurements =
      evaluation.measurements
      + models.measure(
        step, generation: generation, reference: reference, recalled: leading?.recalled ?? [],
        in: leadingSpace)
    if let braking = try braking(after: earlier, measurements) { measurements.append(braking) }
    let display =
      displayCount > 0 ? try engine.display(displayCount, model: step.model) : nil
    var files: [NamedFile] = [
      (
        name: "model.safetensors",
        bytes: Safetensors(
          tensors: step.model.tensors, metadata: ["generator": engine.generator.name]
        ).bytes()
      ),
      (name: "samples.npy", bytes: NumpyFile.bytes(of: step.carried)),
    ]
    if let display {
      files.append((name: "display.npy", bytes: NumpyFile.bytes(of: display)))
    }
    let view = GenerationView(
      title: title, generation: generation, measurements: measurements, display: display,
      spaces: evaluation.spaces)
    files += try illustrator?.pictures(of: view) ?? []
    try folder.writeGeneration(
      GenerationMetrics(generation: generation, measurements: measurements), files: files)
    return Kept(evaluation: evaluation, measurements: measurements, display: display)
  }

  /// The samples of a generation that are measured: as many in every one, the first that were drawn.
  private func measured(_ samples: SampleSet) -> SampleSet {
    samples.count == engine.sampleCount
      ? samples : samples.selecting(Array(0..<engine.sampleCount))
  }

  private func add(_ samples: SampleSet, of generation: Int, to pools: inout SamplePools) {
    pools.append(samples)
    pools.keepOnlyPools(of: generation + 1, strategy: engine.strategy)
  }

  private func add(_ evaluation: Evaluation, to record: inout Record) {
    record.features = evaluation.features
    record.statistics.append(evaluation.features.statistics)
    let leading = evaluation.spaces.first { $0.space == leadingSpace }
    record.spectra.append(leading?.spectrum ?? [])
    record.realSpectrum = leading?.realSpectrum ?? []
  }

  /// The space whose numbers lead titles and charts.
  private var leadingSpace: SpaceName {
    evaluator.spaceNames.contains(.conv) ? .conv : .vector
  }

  /// Reads what is on the disk.
  ///
  /// Features are computed again from the samples: they are a pure function of them, so the charts
  /// of a resumed run are those of an undisturbed one.
  private func restore() throws -> Record {
    var record = Record(pools: prepared.pools)
    record.resumed = folder.completedGenerations.count
    for generation in 0..<record.resumed {
      let samples = try NumpyFile.parse(try folder.file("samples.npy", ofGeneration: generation))
      add(samples, of: generation, to: &record.pools)
      record.measurements.append(try folder.metrics(ofGeneration: generation).measurements)
      if displayCount > 0 {
        record.display.append(
          try NumpyFile.parse(try folder.file("display.npy", ofGeneration: generation)))
      }
      add(try evaluator.evaluate(measured(samples), previous: record.features), to: &record)
    }
    if record.resumed > 0 {
      record.model = try model(ofGeneration: record.resumed - 1)
    }
    return record
  }

  /// The model of a generation that is in the folder.
  private func model(ofGeneration generation: Int) throws -> any GenerativeModel {
    try GeneratorCatalogue.restore(
      engine.generator.name,
      from: try Safetensors(
        parsing: try folder.file("model.safetensors", ofGeneration: generation)
      ).tensors)
  }
}

extension RecordedLoop {
  /// What titles say of this loop.
  var title: RunTitle {
    RunTitle(
      data: prepared.data.name, strategy: engine.strategy.label, generator: engine.generator.name,
      sampleCount: engine.sampleCount, seed: engine.seed, mixture: mixture)
  }

  /// What generation 1 is trained on, in words.
  private var mixture: String {
    let sizes = engine.strategy.sizes(1, budget: engine.sampleCount)
    return engine.strategy.realShare != nil
      ? "\(sizes.real) real + \(sizes.synthetic) synthetic samples a generation"
      : "\(engine.sampleCount) samples a generation"
  }

  /// The whole loop as pictures need it.
  func view(of record: Record, control: [[MetricValue]]) throws -> RunView {
    let all = [evaluator.realStatistics] + record.statistics
    var distances = [[Double?]](
      repeating: Array(repeating: 0, count: all.count), count: all.count)
    for row in all.indices {
      for column in all.indices where column > row {
        let distance = try all[row].frechetDistance(to: all[column], in: leadingSpace)
        distances[row][column] = distance
        distances[column][row] = distance
      }
    }
    return RunView(
      title: title, generations: record.measurements, control: control, display: record.display,
      nearestToFirst: try nearest(to: record.display.first),
      nearestToLast: try nearest(to: record.display.last),
      spectra: [record.realSpectrum] + record.spectra, distances: distances,
      // Theory follows the strategy as it was asked for.
      theory: Braking.first(in: record.measurements) == nil
        ? prepared.theory(spectrum: record.realSpectrum) : nil,
      braking: Braking.first(in: record.measurements),
      classNames: prepared.division.original.classNames)
  }

  private func nearest(to samples: SampleSet?) throws -> SampleSet? {
    try samples.map {
      prepared.division.original.selecting(try evaluator.nearestReal(to: $0, in: leadingSpace))
    }
  }
}
