import Recursion

extension RunConfiguration {
  /// The choices of a command line that says how loops run.
  init(
    of data: String, loop: LoopOptions, generator: GeneratorFlags, pictures: PictureOptions,
    division: DivisionOptions, measurement: MeasurementOptions
  ) {
    self.init()
    self.data = data
    strategy = loop.strategy ?? strategy
    generations = loop.generations
    self.generator = generator.generator
    generatorOptions = generator.options
    sampling = generator.sampling
    samples = loop.samples
    seed = loop.seed
    realShare = loop.realShare
    reuseReal = loop.reuseReal
    carry = loop.carry
    space = loop.space
    holdout = division.holdout
    featureShare = division.featureShare
    split = division.split
    control = loop.control ?? control
    conditional = loop.conditional
    labels = loop.labels
    truth = loop.truth
    errorBudget = loop.errorBudget
    brake = loop.brake
    metrics = MeasurementOptions.words(measurement.metrics)
    features = MeasurementOptions.words(measurement.features)
    self.pictures = pictures.folderOptions(seed: loop.seed)
  }
}
