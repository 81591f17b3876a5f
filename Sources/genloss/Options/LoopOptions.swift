import ArgumentParser
import Images
import Recursion

/// What a generation is trained on, how much is drawn, and what it goes through.
struct LoopOptions: ParsableArguments {
  @Option(
    name: .long,
    help: """
      NAME or NAME:key=value,… of `genloss list strategies`, such as window:generations=5 (default: replace).
      """)
  var strategy: String?

  @Option(
    name: .long,
    help: "The last generation; generation 0 is the fit to real data (default: 10).",
    transform: WrittenNumber.whole)
  var generations = 10

  @Option(
    name: .long,
    help: "Samples drawn each generation and trained on in generation 0 (default: at most 1000).",
    transform: WrittenNumber.whole)
  var samples: Int?

  @Option(
    name: .long, help: "The seed of every random number (default: 1).",
    transform: WrittenNumber.seed)
  var seed: UInt64 = 1

  @Option(
    name: .long, help: "Real share p of training sets of fixed size (default: 0.5).",
    transform: WrittenNumber.real)
  var realShare: Double?

  @Flag(name: .long, help: "Let fresh real samples be drawn again when a folder runs out.")
  var reuseReal = false

  @Option(
    name: .long,
    help: "Between generations: float, png8 or jpeg:Q (default: png8; float for vectors).",
    transform: Carry.written)
  var carry: Carry?

  @Flag(
    inversion: .prefixedNo,
    help: "Run the control loop refit beside the strategy (default: --control).")
  var control: Bool?

  @Flag(name: .long, help: "A model for each class; labels travel with samples.")
  var conditional = false

  @Option(name: .long, help: "Samples of each class: drawn by chance or stratified.")
  var classCounts = ClassLabels.Counts.drawn

  @Option(
    name: .long, help: "Share of labels that are flipped, with --conditional (default: 0).",
    transform: WrittenNumber.real)
  var labelNoise = 0.0

  @Option(name: .long, help: "Flip the labels of each generation, or once, of the real set.")
  var labelNoiseWhen = ClassLabels.Moment.each

  @Option(
    name: .long,
    help: """
      What is real: data, or model (the realisable twin: generation 0's model in the data's place; \
      fresh samples never end, and kl_real_model is exact).
      """)
  var truth = Truth.data

  @Flag(
    name: .long,
    help: """
      Run the twin beside the data (folders twin-float and twin) and divide the Fréchet distance into \
      floor, statistical, carry and functional error.
      """)
  var errorBudget = false

  @Option(
    name: .long,
    help: "When the loop is warned of collapse: stop the run, or raise the real share (real).")
  var brake: Brake?

  @Option(name: .long, help: "Pixel coordinates: logit or linear.")
  var space = PixelCoordinates.Space.logit

  /// How labels travel.
  var labels: ClassLabels {
    var labels = ClassLabels()
    labels.counts = classCounts
    labels.noise = labelNoise
    labels.moment = labelNoiseWhen
    return labels
  }
}
