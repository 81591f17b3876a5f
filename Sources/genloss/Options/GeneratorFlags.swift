import ArgumentParser
import Generators

/// The settings of generators and of sampling.
struct GeneratorFlags: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "patches (pictures), gmm, gaussian, bootstrap, kde or exec:CMD (default: patches; gmm for .npy).",
      discussion: """
        exec:CMD runs a command of yours, by the shell, as CMD fit TRAIN MODEL SEED, CMD draw MODEL N \
        SEED OUT and, if it can, CMD score MODEL DATA OUT (else it ends with status 2 or 64). TRAIN, \
        DATA and OUT are .npy matrices (n, D) of float32, pictures as levels 0 ... 255, or folders of \
        PNG files (OUT is there, and empty). MODEL is a file or folder that fit makes. SEED is below \
        2^31; whether it decides the samples is up to CMD. GENLOSS_SHAPE is HEIGHTxWIDTHxCHANNELS. \
        Weighted training sets add a word, a .npy vector of weights, to fit. A score is the log-density \
        of each row in nats. Calls may run at the same time; drawn rows are taken in random order.
        """))
  var generator: String?

  @Option(
    name: .long, help: "Mixture components K (default: samples / 8, 8 ... 400).",
    transform: WrittenNumber.whole)
  var components: Int?

  @Option(
    name: .long, help: "Factors per component of patches (default: 6).",
    transform: WrittenNumber.whole)
  var rank: Int?

  @Option(
    name: .long, help: "Principal components kept (default: 400; 64 for gmm).",
    transform: WrittenNumber.whole)
  var dimensions: Int?

  @Option(
    name: .long, help: "Exponent of the residual spectrum, 0 ... 1 (default: 0.5).",
    transform: WrittenNumber.real)
  var residualExponent: Double?

  @Option(
    name: .long, help: "Thumbnail size: auto (32), 8, 16, 32 or 64; above it detail patches.")
  var patch: PatchChoice = .auto

  @Option(
    name: .long, help: "Detail patch in pixels: 4, 8 or 16 (default: 8).",
    transform: WrittenNumber.whole)
  var detailBlock: Int?

  @Option(
    name: .long, help: "EM steps (default: 3; at most 100 for gmm).",
    transform: WrittenNumber.whole)
  var steps: Int?

  @Option(name: .long, help: "Covariance of gaussian: mle (divide by n) or unbiased (n - 1).")
  var estimator: CovarianceEstimator = .mle

  @Option(
    name: .long,
    help: "Noise of kde, its standard deviation in the samples' units; auto is Scott's rule.",
    transform: BandwidthChoice.init)
  var bandwidth = BandwidthChoice.auto

  @Option(name: .long, help: "What exec:CMD reads and writes: npy or png (default: npy).")
  var execFormat: ExchangeFormat?

  @Option(name: .long, help: "Fit from scratch (cold) or from the last generation (warm).")
  var start: Start = .cold

  @Option(
    name: .long,
    help: "Sampling bias lambda: the factor on the sampling covariance (default: 1).",
    transform: WrittenNumber.real)
  var bias = 1.0

  @Option(
    name: .long, help: "The same factor for detail patches (default: 1).",
    transform: WrittenNumber.real)
  var detailBias = 1.0

  @Option(name: .long, help: "What the bias contracts: component or global.")
  var biasScope = Sampling.BiasScope.component

  func validate() throws {
    for (name, value, range) in [
      ("components", components, 1...100_000), ("rank", rank, 0...10_000),
      ("dimensions", dimensions, 1...100_000), ("steps", steps, 0...100_000),
    ] {
      if let value, !range.contains(value) {
        throw ValidationError(
          "--\(name) must lie between \(range.lowerBound) and \(range.upperBound), not \(value).")
      }
    }
    if let detailBlock, ![4, 8, 16].contains(detailBlock) {
      throw ValidationError("--detail-block must be 4, 8 or 16, not \(detailBlock).")
    }
    if let exponent = residualExponent, !(exponent >= 0 && exponent <= 1) {
      throw ValidationError("--residual-exponent must lie between 0 and 1, not \(exponent).")
    }
  }

  /// The settings as the catalogue of generators takes them.
  var options: GeneratorOptions {
    var options = GeneratorOptions()
    options.components = components
    options.rank = rank
    options.dimensions = dimensions
    options.residualExponent = residualExponent
    options.patch = patch.size
    options.detailBlock = detailBlock
    options.steps = steps
    options.estimator = estimator
    options.bandwidth = bandwidth.deviation
    options.execFormat = execFormat
    options.start = start
    return options
  }

  /// The settings of sampling.
  var sampling: Sampling {
    Sampling(bias: bias, detailBias: detailBias, biasScope: biasScope)
  }
}

/// The bandwidth of a kernel density.
enum BandwidthChoice: CustomStringConvertible {
  case auto
  case fixed(Double)

  init(_ text: String) throws {
    self = text == "auto" ? .auto : .fixed(try WrittenNumber.real(text))
  }

  /// The standard deviation of the noise; `nil` leaves it to the generator.
  var deviation: Double? {
    if case .fixed(let deviation) = self { deviation } else { nil }
  }

  var description: String { deviation.map { "\($0)" } ?? "auto" }
}

/// The size of the thumbnail.
enum PatchChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case eight = "8"
  case sixteen = "16"
  case thirtyTwo = "32"
  case sixtyFour = "64"

  /// The size in pixels; `nil` leaves it to the generator.
  var size: Int? { Int(rawValue) }
}
