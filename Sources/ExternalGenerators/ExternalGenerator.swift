public import Generators
import LinearAlgebra
public import Samples
public import SystemPackage

/// A user's own model behind a command: `exec:CMD` on the command line.
///
/// The command is called as
///
///     CMD fit TRAIN MODEL SEED [WEIGHTS]
///     CMD draw MODEL N SEED OUT
///     CMD score MODEL DATA OUT
///
/// by `/bin/sh`, in the working directory of this process. TRAIN, DATA and OUT are `.npy` matrices
/// `(n, D)` of float32 or folders of PNG files; pictures in a matrix are levels from 0 to 255, row after
/// row, the channels of a pixel side by side, and `GENLOSS_SHAPE` is `HEIGHTxWIDTHxCHANNELS`. MODEL is a
/// file or folder that `fit` makes and the others only read; its bytes are kept with the generation.
/// SEED is a whole number below 2³¹: the same run calls with the same seeds, and whether that gives the
/// same samples is up to the command. WEIGHTS, a `.npy` vector of float64, is there only where the
/// training set is weighted, so that a command that takes no weights ends with a usage error. `score`
/// writes a vector `(n)` of log-densities in nats; a command without it ends with status 2 or 64.
/// Calls may run at the same time.
public struct ExternalGenerator: Generator {
  /// The command as the shell reads it.
  public let command: String

  /// How samples are exchanged.
  public let format: ExchangeFormat

  private let workplace: FilePath?

  /// What a name of such a generator starts with.
  public static let prefix = "exec:"

  /// What a user is told about it.
  public static let entry = GeneratorCatalogue.Entry(
    name: "exec:CMD", summary: "a command of your own that fits, draws and may score",
    density: "if the command scores", use: "GANs, diffusion models, anything",
    options: ["exec-format"])

  /// Creates a generator.
  ///
  /// - Parameter workplace: The folder that holds the files of calls while they run; `nil` for the
  ///   system's folder of temporary files.
  public init(command: String, format: ExchangeFormat = .npy, workplace: FilePath? = nil) {
    self.command = command
    self.format = format
    self.workplace = workplace
  }

  /// Creates the generator of this name; `nil` if it is that of another family.
  ///
  /// - Throws: `GeneratorError` if there is no command, or an option that an external generator does not
  ///   have.
  public init?(named name: String, options: GeneratorOptions) throws(GeneratorError) {
    guard name.utf8.starts(with: Self.prefix.utf8) else { return nil }
    let command = String(Substring(name.utf8.dropFirst(Self.prefix.utf8.count)))
    guard command.utf8.contains(where: { $0 > UInt8(ascii: " ") }), !command.utf8.contains(0) else {
      throw .invalidSetting(
        name: "generator", value: name, allowed: "exec: and a command, such as exec:./gan.py")
    }
    try Self.entry.requireUsed(options, by: "exec")
    self.init(command: command, format: options.execFormat ?? .npy)
  }

  /// Refuses what a command knows nothing of: any sampling but its own, and PNG files of vectors.
  ///
  /// - Throws: `GeneratorError`.
  public func require(_ sampling: Sampling, pictures: Bool) throws(GeneratorError) {
    for (name, value, own) in [
      ("bias", "\(sampling.bias)", "1.0"), ("detail-bias", "\(sampling.detailBias)", "1.0"),
      ("bias-scope", sampling.biasScope.rawValue, Sampling.BiasScope.component.rawValue),
      ("temperature", "\(sampling.temperature)", "1.0"),
      ("deviations", sampling.truncation.map { "\($0)" } ?? "all", "all"),
    ] where value != own {
      throw .invalidSetting(
        name: name, value: value,
        allowed: "\(own == "1.0" ? "1" : own) for the generator exec: a command draws what it draws"
      )
    }
    guard format == .npy || pictures else {
      throw .invalidSetting(
        name: "exec-format", value: "png", allowed: "npy: these samples are no pictures")
    }
  }

  /// The same generator with its files in a run folder, which sweeps away what a killed process leaves.
  public func working(in folder: FilePath) -> ExternalGenerator {
    ExternalGenerator(command: command, format: format, workplace: folder)
  }

  /// The name on the command line, the command with it.
  public var name: String { Self.prefix + command }

  /// A command gets the stored numbers and returns such.
  public var copiesSamples: Bool { true }

  /// What the command keeps is its own affair: its model is one component.
  public var keepsSamples: Bool { false }

  /// Calls the command; `previous` is ignored.
  ///
  /// - Throws: ``ExternalGeneratorError``, `GeneratorError` or `StorageError`.
  public func fit(
    _ training: TrainingSet, previous: (any GenerativeModel)? = nil
  ) throws -> any GenerativeModel {
    let training = try training.effective()
    guard training.rows.rowCount > 0 else {
      throw GeneratorError.tooFewSamples(generator: "exec", needed: 1, found: 0)
    }
    try require(Sampling(), pictures: training.shape != nil)
    let command = externalCommand(
      dimension: training.rows.columnCount, shape: training.shape)
    return ExternalModel(command: command, files: try command.fit(training))
  }

  private func externalCommand(dimension: Int, shape: PictureShape?) -> ExternalCommand {
    ExternalCommand(
      command: command,
      exchange: SampleExchange(format: format, dimension: dimension, shape: shape),
      workplace: workplace)
  }

  /// The model that was written as tensors of bytes.
  ///
  /// - Throws: ``ExternalGeneratorError/unusableModel(reason:)``.
  public func restore(
    _ tensors: [Tensor], dimension: Int, shape: PictureShape?
  ) throws -> any GenerativeModel {
    ExternalModel(
      command: externalCommand(dimension: dimension, shape: shape),
      files: try ModelFiles(restoring: tensors))
  }

  /// The generator itself: its capacity is the command's.
  public func resolved(sampleCount n: Int, dimension: Int) -> any Generator { self }

  /// The format.
  public var settings: [(key: String, value: String)] { [("exec-format", format.rawValue)] }
}
