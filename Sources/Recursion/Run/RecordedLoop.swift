import ExternalGenerators
import Generators
import LinearAlgebra
import Metrics
import Samples
import Storage
import SystemPackage
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

  /// The run's twins, where its error is to be divided by cause.
  var budget: ErrorBudget?

  /// The last generation asked for.
  let last: Int

  /// The samples with shared latents that pictures show; 0 for vectors and for the control.
  let displayCount: Int

  /// What is known of the generations so far.
  struct Record {
    var pools: SamplePools
    var model: (any GenerativeModel)?

    /// The model of generation 0, where filters ask for it.
    var firstModel: (any GenerativeModel)?
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

    /// What the samples of each generation descend from; empty for the control.
    var lineages: [Lineage] = []

    /// The generations that were found on the disk.
    var resumed = 0
  }

  /// Continues after the last whole generation in the folder, up to the last one asked for.
  func perform(progress: (RunEvent) throws -> Void) throws -> Record {
    var record = try restore()
    guard record.resumed <= last, !isStopped(record.measurements) else { return record }
    if record.resumed > 0, !isControl { try progress(.resuming(after: record.resumed - 1)) }
    let models = ModelMeasurements(
      engine: engine, heldOut: prepared.division.heldOut, original: prepared.division.original,
      truth: prepared.truth)
    if record.resumed > 0 {
      record.reference = try models.realDensity(
        record.firstModel ?? model(ofGeneration: 0))
    }
    var engine = try engine(after: record.measurements)
    var theory = prediction(of: engine)
    var step = try engine.step(
      record.resumed, pools: record.pools, previous: record.model, first: record.firstModel)
    for generation in record.resumed...last {
      add(step.carried, step.ancestry, step.homes, of: generation, to: &record.pools)
      if let ancestry = step.ancestry { record.lineages.append(ancestry.summary(generation)) }
      if generation == 0 {
        if engine.needsFirstModel { record.firstModel = step.model }
        record.reference = try models.realDensity(step.model)
      }
      let (current, past, loop, predicted) = (step, record, engine, theory)
      // The next generation needs nothing of what is measured and drawn of this one, so that one
      // thread serves each, whatever of either cannot be shared.
      let (recorded, next) = Parallelism.both {
        Result { try keep(current, generation, after: past, models: models, theory: predicted) }
      } _: {
        // With a brake the next generation waits for what this one's numbers say.
        generation < last && brake == nil
          ? Result {
            try loop.step(
              generation + 1, pools: past.pools, previous: current.model, first: past.firstModel)
          }
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
      if isBraked(after: generation, in: record.measurements) {
        engine = try self.engine(after: record.measurements)
        theory = prediction(of: engine)
      }
      step =
        try next?.get()
        ?? engine.step(
          generation + 1, pools: record.pools, previous: record.model, first: record.firstModel)
    }
    return record
  }

  /// What theory predicts for a loop, which is judged in the leading space.
  private func prediction(of engine: Engine) -> TheoryPrediction? {
    evaluator.realSpread(in: leadingSpace).flatMap {
      TheoryPrediction(prepared, engine: engine, spread: $0)
    }
  }

  /// What was measured and drawn of a generation that is in the folder.
  private struct Kept: Sendable {
    let evaluation: Evaluation
    let measurements: [MetricValue]
    let display: SampleSet?
  }

  /// Measures a generation, draws its pictures and writes its folder.
  private func keep(
    _ step: GenerationStep, _ generation: Int, after record: Record, models: ModelMeasurements,
    theory: TheoryPrediction?
  ) throws -> Kept {
    let space = leadingSpace
    let samples = measured(step.carried)
    let evaluation = try evaluator.evaluate(
      samples, previous: record.features, explains: illustrator != nil && samples.shape != nil)
    let parts =
      budget?.measurements(generation, of: evaluation.measurements, in: space.rawValue)
      ?? ErrorBudget.unknown(
        evaluation.measurements, in: space.rawValue,
        isFloatTwin: prepared.truth != nil && engine.carry == .float)
    var measurements =
      try evaluation.measurements
      + models.measure(
        step, generation: generation, reference: record.reference,
        recalled: evaluation.spaces.first { $0.space == space }?.recalled ?? [], in: space)
      + (theory?.measurements(generation) ?? []) + parts
    if let braking = try braking(after: record.measurements, measurements) {
      measurements.append(braking)
    }
    let display =
      displayCount > 0 ? try engine.display(displayCount, model: step.model) : nil
    var files: [NamedFile] = [
      (
        name: "model.safetensors",
        bytes: Safetensors(
          tensors: step.model.tensors, metadata: ["generator": engine.generator.name]
        ).bytes()
      )
    ]
    if let display {
      files.append((name: "display.npy", bytes: NumpyFile.bytes(of: display)))
    }
    if let ancestry = step.ancestry {
      files.append((name: RunFolder.ancestryName, bytes: bytes(of: ancestry, step.carried.labels)))
    }
    let view = GenerationView(
      title: title, generation: generation, measurements: measurements,
      metrics: prepared.metrics.ids, display: display,
      spaces: evaluation.spaces, explanation: explanation(evaluation, of: samples))
    files += try illustrator?.pictures(of: view) ?? []
    try folder.writeGeneration(
      GenerationMetrics(
        generation: generation, measurements: measurements,
        extra: step.ancestry.map { ["lineage": $0.summary(generation).json] } ?? [:]),
      contents: [(name: RunFolder.samplesName, content: NumpyFile.content(of: step.carried))]
        + files.map { ($0.name, FileContent($0.bytes)) })
    return Kept(evaluation: evaluation, measurements: measurements, display: display)
  }

  /// The pictures that carry a generation's distance in the leading space.
  private func explanation(
    _ evaluation: Evaluation, of samples: SampleSet
  ) -> GenerationExplanation? {
    let division = prepared.division
    let (rows, paths) = (division.heldOutRows, prepared.data.paths)
    return evaluation.spaces.first { $0.space == leadingSpace }?.attribution.map {
      GenerationExplanation(
        space: leadingSpace, attribution: $0, heldOut: division.heldOut, generated: samples,
        heldOutName: { row in
          guard let rows else { return "\(row)" }
          return paths.map { FilePath.printable($0[rows[row]]) } ?? "\(rows[row])"
        })
    }
  }

  /// The samples of a generation that are measured: as many in every one, the first that were drawn.
  private func measured(_ samples: SampleSet) -> SampleSet {
    samples.count == engine.sampleCount
      ? samples : samples.selecting(Array(0..<engine.sampleCount))
  }

  /// The ancestry of a generation's samples and, where they have any, their labels.
  private func bytes(of ancestry: Ancestry, _ labels: [Int32]?) -> [UInt8] {
    var tensors = ancestry.tensors
    if let labels {
      tensors.append(
        Tensor(name: RunFolder.labelsName, shape: [labels.count], values: .int32(labels)))
    }
    return Safetensors(tensors: tensors).bytes()
  }

  /// Adds a generation that is in the folder, with its labels and what it descends from.
  private func restore(
    _ samples: SampleSet, _ metrics: GenerationMetrics, to record: inout Record
  ) throws {
    let generation = metrics.generation
    guard engine.followsAncestry else {
      return add(samples, nil, nil, of: generation, to: &record.pools)
    }
    let file = try Safetensors(
      parsing: try folder.file(RunFolder.ancestryName, ofGeneration: generation))
    var labelled = samples
    if let labels = RunFolder.labels(in: file) {
      labelled = samples.labelled(
        labels, classNames: prepared.division.original.classNames)
    }
    let ancestry = Ancestry(restoring: file.tensors)
    var homes: [Int]?
    if engine.strategy.recipe.population.models > 1, let ancestry {
      homes = try (model(ofGeneration: generation) as? JointModel)?
        .homes(of: ancestry.components)
    }
    add(labelled, ancestry, homes, of: generation, to: &record.pools)
    if let lineage = Lineage(metrics.extra["lineage"], generation: generation) {
      record.lineages.append(lineage)
    }
  }

  private func add(
    _ samples: SampleSet, _ ancestry: Ancestry?, _ homes: [Int]?, of generation: Int,
    to pools: inout SamplePools
  ) {
    pools.append(samples, ancestry: ancestry, homes: homes)
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
    SpaceName.leading(among: evaluator.spaceNames) ?? .vector
  }

  /// Reads what is on the disk.
  ///
  /// Features are computed again from the samples: they are a pure function of them, so the charts
  /// of a resumed run are those of an undisturbed one.
  private func restore() throws -> Record {
    var record = Record(pools: prepared.pools)
    record.resumed = folder.completedGenerations.count
    for generation in 0..<record.resumed {
      let samples = try folder.samples(RunFolder.samplesName, ofGeneration: generation)
      let metrics = try folder.metrics(ofGeneration: generation)
      try restore(samples, metrics, to: &record)
      record.measurements.append(metrics.measurements)
      if displayCount > 0 {
        record.display.append(try folder.samples("display.npy", ofGeneration: generation))
      }
      add(try evaluator.evaluate(measured(samples), previous: record.features), to: &record)
    }
    if record.resumed > 0 {
      record.model = try model(ofGeneration: record.resumed - 1)
      if engine.needsFirstModel { record.firstModel = try model(ofGeneration: 0) }
    }
    return record
  }

  /// The model of a generation that is in the folder.
  private func model(ofGeneration generation: Int) throws -> any GenerativeModel {
    let tensors = try Safetensors(
      parsing: try folder.file("model.safetensors", ofGeneration: generation)
    ).tensors
    let restore = { (tensors: [Tensor]) in
      try engine.generator.restore(
        tensors, dimension: prepared.data.dimension, shape: engine.coordinates.shape)
    }
    return engine.joinsModels
      ? try JointModel.restored(order: engine.order, from: tensors, by: restore)
      : try restore(tensors)
  }
}

extension RecordedLoop {
  /// What titles say of this loop.
  var title: RunTitle {
    RunTitle(
      data: prepared.data.name, strategy: engine.strategy.label + labelling,
      // A command is too long for a title.
      generator: engine.generator is ExternalGenerator ? "exec" : engine.generator.name,
      sampleCount: engine.sampleCount, seed: engine.seed, mixture: mixture)
  }

  /// What becomes of classes, in words.
  private var labelling: String {
    guard let labels = engine.labels else { return "" }
    return ", conditional" + (labels.noise > 0 ? ", label noise \(labels.noise.plainText)" : "")
  }

  /// What generation 1 is trained on, in words.
  private var mixture: String {
    // A loop without generation 1 mixes nothing; nobody asked whether it could.
    guard prepared.configuration.generations > 0 else {
      return "\(engine.sampleCount) samples a generation"
    }
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
      braking: Braking.first(in: record.measurements),
      classNames: prepared.division.original.classNames)
  }

  private func nearest(to samples: SampleSet?) throws -> SampleSet? {
    try samples.map {
      prepared.division.original.selecting(try evaluator.nearestReal(to: $0, in: leadingSpace))
    }
  }
}
