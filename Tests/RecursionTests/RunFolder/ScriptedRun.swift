import Foundation
import Metrics
import Recursion
import Storage
import SystemPackage

/// Runs a test with the path of a folder that does not exist yet and removes it afterwards.
func withRunPath<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
  // In memory where there is any to put files in: thousands of runs wear a disk for nothing.
  let memory = FilePath("/dev/shm")
  let parent =
    (FileStore.isFolder(memory) ? memory : FilePath(FileManager.default.temporaryDirectory.path))
    .appending("genloss-run-\(UUID().uuidString)")
  try FileStore.createFolder(parent)
  defer { try? FileStore.remove(parent) }
  return try body(parent.appending("run"))
}

/// A run without a loop: it does with its folder what a run does, the same every time.
struct ScriptedRun {
  var generations = 2
  var samples = 100
  var threads = 1

  var configuration: [(key: String, value: JSONValue)] {
    [
      ("strategy", "replace"), ("samples", .integer(samples)), ("share", 0.5),
      ("generations", .integer(generations)), ("threads", .integer(threads)),
    ]
  }

  func open(_ path: FilePath) throws -> RunFolder {
    try RunFolder(path, configuration: configuration, details: [("version", "1.0")])
  }

  static func measurements(_ generation: Int) -> [MetricValue] {
    [
      MetricValue(
        metric: "frechet_distance", space: "conv", value: 0.1 + Double(generation),
        standardError: 0.01, null: 0.05...0.2, n: 100, m: 200),
      MetricValue(
        metric: "recall", space: "pixels", value: nil, note: "too few, \"n\" < 6"),
    ]
  }

  /// Starts or goes on, to the end.
  func finish(_ path: FilePath) throws {
    let folder = try open(path)
    if folder.isComplete, folder.completedGenerations.count == generations + 1 { return }
    if try folder.file("skipped.csv") == nil {
      try folder.write("skipped.csv", Array("path,reason,detail\n".utf8))
    }
    while folder.completedGenerations.count <= generations {
      let generation = folder.completedGenerations.count
      try folder.writeGeneration(
        GenerationMetrics(
          generation: generation, measurements: Self.measurements(generation),
          extra: ["rows": [.integer(generation), 100]]),
        files: [
          ("samples.npy", (0..<300).map { UInt8(truncatingIfNeeded: $0 * (generation + 3)) }),
          ("grid.png", [UInt8(generation), 2, 3]),
        ])
    }
    try folder.writePictures([
      ("timeline.png", [UInt8(generations)]), ("timeline.svg", Array("<svg/>".utf8)),
    ])
    try folder.markComplete()
  }
}

/// Every file below a folder but the lock, by its path there.
func tree(_ folder: FilePath, _ prefix: String = "") throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in try FileStore.names(in: folder) where name.string != "run.lock" {
    let path = folder.appending(name)
    if FileStore.isFolder(path) {
      files.merge(try tree(path, "\(prefix)\(name.string)/")) { first, _ in first }
    } else {
      files[prefix + name.string] = try FileStore.read(path)
    }
  }
  return files
}
