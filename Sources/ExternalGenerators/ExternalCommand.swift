import Generators
import LinearAlgebra
import Randomness
import Samples
import Storage
import SystemPackage

/// The calls of a user's command, each with files of its own, so that several may run at a time.
struct ExternalCommand: Sendable {
  /// The command as the shell reads it.
  let command: String

  /// How samples are exchanged.
  let exchange: SampleExchange

  /// Where scratch folders are made; `nil` for the system's folder of temporary files.
  let workplace: FilePath?

  /// The statuses by which a command says that it does not score: those of a usage error, in BSD's
  /// sysexits and in Python's argparse.
  private static let usageErrors = [2, 64]

  /// `CMD fit TRAIN MODEL SEED [WEIGHTS]`.
  func fit(_ training: TrainingSet) throws -> ModelFiles {
    let scratch = try ScratchFolder(in: workplace)
    let (train, model) = (scratch.appending(trainName), scratch.appending("model"))
    try exchange.write(training.rows, to: train)
    var words = [train.bytes, model.bytes, Self.seed(training.latents)]
    if let weights = training.weights {
      let path = scratch.appending("weights.npy")
      try FileStore.create(path, NumpyFile.bytes(ofVector: weights))
      words.append(path.bytes)
    }
    try run("fit", words, in: scratch)
    do {
      return try ModelFiles(at: model)
    } catch ExternalGeneratorError.unusableModel(let reason) {
      throw ExternalGeneratorError.wrongOutput(call: call("fit"), reason: reason)
    }
  }

  /// `CMD draw MODEL N SEED OUT`: samples of shape `(N, D)`.
  func draw(_ count: Int, from model: ModelFiles, latents: Latents) throws -> Matrix {
    let scratch = try ScratchFolder(in: workplace)
    let (path, out) = (scratch.appending("model"), scratch.appending(outputName))
    try model.write(to: path)
    try exchange.prepare(out)
    try run(
      "draw", [path.bytes, Array("\(count)".utf8), Self.seed(latents), out.bytes], in: scratch)
    return try checked("draw") { try exchange.read(out, count: count) }
  }

  /// `CMD score MODEL DATA OUT`: a log-density for each row; `nil` if the command does not score.
  func score(_ rows: Matrix, under model: ModelFiles) throws -> [Double]? {
    let scratch = try ScratchFolder(in: workplace)
    let (path, data) = (scratch.appending("model"), scratch.appending(dataName))
    let out = scratch.appending("scores.npy")
    try model.write(to: path)
    try exchange.write(RowSource(rows), to: data)
    let end = end(of: "score", [path.bytes, data.bytes, out.bytes], in: scratch)
    if case .exit(let status) = end, Self.usageErrors.contains(status) { return nil }
    try require(end, "score", in: scratch)
    return try checked("score") {
      try SampleExchange.vector(at: out, count: rows.rowCount)
    }
  }
}

extension ExternalCommand {
  private var outputName: String { exchange.format == .npy ? "out.npy" : "out" }

  private var trainName: String { exchange.format == .npy ? "train.npy" : "train" }

  private var dataName: String { exchange.format == .npy ? "data.npy" : "data" }

  /// The seed of a call: 31 bits, which every library takes, from the address of its random numbers.
  private static func seed(_ latents: Latents) -> [UInt8] {
    var stream = RandomStream(
      seed: latents.seed, purpose: Purpose("exec/\(latents.purpose)"),
      generation: latents.generation)
    return Array("\(stream.next() >> 33)".utf8)
  }

  /// How a call is named in messages.
  private func call(_ verb: String) -> String {
    "The command `\(FilePath.printable(Array(command.utf8))) \(verb)`"
  }

  private func run(_ verb: String, _ words: [[UInt8]], in scratch: ScratchFolder) throws {
    try require(end(of: verb, words, in: scratch), verb, in: scratch)
  }

  private func end(
    of verb: String, _ words: [[UInt8]], in scratch: ScratchFolder
  ) -> ChildProcess.End {
    let exports = exchange.shape.map {
      ["GENLOSS_SHAPE=\($0.height)x\($0.width)x\($0.channels)"]
    }
    return ChildProcess(command: command, exports: exports ?? [])
      .run([Array(verb.utf8)] + words, log: scratch.appending(Self.logName))
  }

  private static let logName = "log"

  private func require(
    _ end: ChildProcess.End, _ verb: String, in scratch: ScratchFolder
  ) throws(ExternalGeneratorError) {
    let words: String
    switch end {
    case .exit(status: 0): return
    // The shell tells of a signal by 128 and its number.
    case .exit(let status) where 129...192 ~= status:
      words = "ended with status \(status), as after signal \(status - 128)"
    case .exit(let status): words = "ended with status \(status)"
    case .signal(let number): words = "was ended by signal \(number)"
    case .failure(let errno): words = "could not be started (\(errno))"
    }
    throw .failed(
      call: call(verb), end: words, lastLines: LogTail.lines(of: scratch.appending(Self.logName)))
  }

  /// Reads what a call wrote; a fault in it is told with the name of the call.
  private func checked<Output>(_ verb: String, _ body: () throws -> Output) throws -> Output {
    do {
      return try body()
    } catch let fault as SampleExchange.Fault {
      throw ExternalGeneratorError.wrongOutput(call: call(verb), reason: fault.reason)
    }
  }
}
