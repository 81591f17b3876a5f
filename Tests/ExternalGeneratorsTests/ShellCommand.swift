import Foundation
import Generators
import LinearAlgebra
import Randomness
import Samples
import Storage
import SystemPackage

@testable import ExternalGenerators

/// A command written as a shell script: no test of failures needs another language.
struct ShellCommand {
  /// The folder of the script and of whatever it is given.
  let folder: FilePath

  /// A script whose three functions are given; what is not given copies: the training set is the model,
  /// and the model is what is drawn.
  init(
    fit: String = "cp \"$1\" \"$2\"", draw: String = "cp \"$1\" \"$4\"", score: String = "exit 64"
  )
    throws
  {
    folder = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss exec \(UUID().uuidString)")
    try FileStore.createFolder(folder)
    let script = """
      here=${0%/*}
      fit() { \(fit)
      }
      draw() { \(draw)
      }
      score() { \(score)
      }
      "$@"
      """
    try FileStore.write(script, to: folder.appending("model.sh"))
    try FileStore.createFolder(workplace)
  }

  /// Where the files of calls are while they run.
  var workplace: FilePath { folder.appending("work") }

  /// The generator that calls the script.
  func generator(_ format: ExchangeFormat = .npy) -> ExternalGenerator {
    ExternalGenerator(
      command: "sh '\(folder.string)/model.sh'", format: format, workplace: workplace)
  }

  /// A file beside the script, `$here/NAME` in it.
  func give(_ name: String, _ bytes: [UInt8]) throws {
    try FileStore.write(bytes, to: folder.appending(name))
  }

  /// What the script wrote beside itself.
  func text(_ name: String) throws -> String {
    String(decoding: try FileStore.read(folder.appending(name)), as: UTF8.self)
  }

  /// Whether a call left nothing behind.
  var isClean: Bool { (try? FileStore.names(in: workplace))?.isEmpty == true }
}

/// Runs a test with a script and removes its folder afterwards.
func with<Result>(_ command: ShellCommand, _ body: (ShellCommand) throws -> Result) throws -> Result
{
  defer { try? FileStore.remove(command.folder) }
  return try body(command)
}

/// Rows that a float32 holds exactly.
func wholeRows(_ n: Int, _ d: Int) -> Matrix {
  Matrix(rowCount: n, columnCount: d, elements: (0..<n * d).map { Double($0 * 37 % 251) })
}

extension Latents {
  static let draw = Latents(seed: 4, purpose: "draw", generation: 2)
}

extension Matrix {
  /// The rows in ascending order, for comparing sets of them.
  var sortedRows: [[Double]] {
    (0..<rowCount).map { Array(row($0)) }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
