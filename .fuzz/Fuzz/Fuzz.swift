import ArgumentParser
import CFuzz
import Foundation
import Images
import Samples
import Storage
import SystemPackage

@testable import Recursion

/// The parsers of bytes that others wrote; each run of the fuzzer feeds one of them.
enum Target: String, CaseIterable {
  case png, jpeg, npy, safetensors, yaml, json, metrics, index, folder

  /// The one that the environment names.
  static let chosen =
    Target(
      rawValue: ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? "") ?? .png

  /// Parses bytes; whatever they are, nothing worse than an error may happen.
  func parse(_ bytes: [UInt8]) {
    switch self {
    case .png, .jpeg:
      for allowTruncated in [false, true] {
        let limits = DecodingLimits(maximumPixels: 1 << 18, allowTruncated: allowTruncated)
        guard let picture = try? PictureDecoder.decode(bytes, limits: limits) else { continue }
        precondition(picture.pixels.count == picture.shape.count)
      }
    case .npy:
      guard let samples = try? NumpyFile.parse(bytes) else { return }
      precondition(samples.values.allSatisfy(\.isFinite))
      precondition((try? NumpyFile.parse(NumpyFile.bytes(of: samples)))?.count == samples.count)
    case .safetensors:
      guard let file = try? Safetensors(parsing: bytes) else { return }
      precondition((try? Safetensors(parsing: file.bytes()))?.bytes() == file.bytes())
    case .yaml: Self.parseOptions(bytes)
    case .json:
      guard let value = try? JSONValue(parsing: bytes) else { return }
      for bytes in [value.bytes(), value.bytes(.pretty)] {
        precondition((try? JSONValue(parsing: bytes))?.bytes() == value.bytes())
      }
    case .metrics:
      guard let metrics = try? GenerationMetrics(parsing: bytes) else { return }
      precondition((try? GenerationMetrics(parsing: metrics.bytes())) != nil)
      precondition(metrics.lines.isEmpty == metrics.measurements.isEmpty)
    case .index:
      guard let index = try? RunFolderIndex(parsing: bytes) else { return }
      precondition(index.bytes() == bytes && index.generationCount >= 0)
    case .folder: RunFolderFiles.open(bytes)
    }
  }

  private static func parseOptions(_ bytes: [UInt8]) {
    let file = FilePath("\(RunFolderFiles.memory)/fuzz-\(getpid()).yaml")
    RunFolderFiles.put(bytes, file)
    _ = try? ConfigurationFile(named: ["data", "--config", file.string], for: Command.self)?
      .arguments(withoutPositional: true)
  }
}

/// A command with an option of each kind.
private struct Command: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "command")

  @Argument var data: String
  @Option var seed: UInt64 = 1
  @Option var strategy = "replace"
  @Flag var strict = false
  @Option var config: String?
}

/// Called by libFuzzer with one input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  Target.chosen.parse(unsafe Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

/// Writes the seeds where the environment says, before the fuzzer reads them.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  if let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] {
    for (number, seed) in Seeds.of(Target.chosen).enumerated() {
      RunFolderFiles.put(seed, FilePath(folder).appending("seed-\(number)"))
    }
  }
  return 0
}
