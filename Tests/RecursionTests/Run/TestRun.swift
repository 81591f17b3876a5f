import Foundation
import Generators
import Recursion
import Samples
import Storage
import SystemPackage

/// A small run on pictures, with a stand-in for the pictures of the command line.
struct TestRun {
  var configuration = TestRun.small
  var data = TestData.real(TestData.pictures(40))
  var illustrator: (any Illustrator)? = Scribe()

  /// Three generations of 20 samples, four components.
  static var small: RunConfiguration {
    var configuration = RunConfiguration()
    configuration.data = "shapes"
    configuration.generations = 2
    configuration.samples = 20
    configuration.generatorOptions.components = 4
    configuration.seed = 5
    return configuration
  }

  /// Performs the run.
  @discardableResult
  func perform(
    in path: FilePath, progress: (RunEvent) -> Void = { _ in }
  ) throws -> RunSummary {
    try run.perform(in: path, progress: progress)
  }

  /// The run itself.
  var run: Run {
    Run(
      configuration: configuration, data: data, illustrator: illustrator,
      command: ["genloss", "run"], version: "1.0")
  }
}

/// Writes everything that it is shown as text, so that every number a picture could show is compared.
struct Scribe: Illustrator {
  /// What fails, as a full disk would.
  enum Failure: Error, Equatable {
    case generation(Int)
    case run
  }

  var failure: Failure?

  func pictures(of view: GenerationView) throws -> [NamedFile] {
    if failure == .generation(view.generation) { throw Failure.generation(view.generation) }
    return [
      (
        "grid.txt",
        Array("\(view.title) \(view.measurements) \(String(describing: view.display))".utf8)
      ),
      ("spaces.txt", Array("\(view.spaces)".utf8)),
    ]
  }

  func pictures(of view: RunView) throws -> [NamedFile] {
    if failure == .run { throw Failure.run }
    return [("run.txt", Array("\(view)".utf8))]
  }
}

/// The bytes of all files below a folder by their relative paths, without `run.lock`, which names the
/// process.
func contents(of folder: FilePath, prefix: String = "") throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in try FileStore.names(in: folder) where name.string != "run.lock" {
    let path = folder.appending(name)
    let relative = prefix + name.string
    if FileStore.isFolder(path) {
      files.merge(try contents(of: path, prefix: relative + "/")) { first, _ in first }
    } else {
      files[relative] = try FileStore.read(path)
    }
  }
  return files
}

/// The names of the files that differ or are on one side only.
func differences(
  _ first: [String: [UInt8]], _ second: [String: [UInt8]], except: Set<String> = []
) -> [String] {
  Set(first.keys).union(second.keys)
    .filter {
      first[$0] != second[$0]
        && !except.contains($0.split(separator: "/").last.map(String.init) ?? "")
    }
    .sorted()
}

/// The words in CSV and JSON files that no number may be.
func wordsThatAreNoNumbers(in files: [String: [UInt8]]) -> [String] {
  files.filter { $0.key.hasSuffix(".csv") || $0.key.hasSuffix(".json") }.flatMap { file, bytes in
    String(decoding: bytes, as: UTF8.self).lowercased()
      .split { !$0.isLetter }
      .filter { ["nan", "inf", "infinity"].contains($0) }
      .map { "\(file): \($0)" }
  }
}
