import Foundation
import Metrics
import Recursion
import Storage
import SystemPackage

/// A run folder in memory of which one file is replaced.
enum RunFolderFiles {
  /// Where files cost no disk.
  static let memory = "/dev/shm"

  private static let path = FilePath("\(memory)/fuzz-run-\(getpid())")

  private static let names = [
    "run.json", "index.json", "metrics.csv", "COMPLETE", "generations/000/metrics.json",
  ]

  private static let configuration: [(key: String, value: JSONValue)] = [
    ("strategy", "replace"), ("generations", 0),
  ]

  private static func openFolder() throws -> RunFolder {
    // Nobody cuts the power of a fuzzer.
    try SystemCall.FaultPlan { $0 == .flush ? .omitted : nil }.run {
      try RunFolder(path, configuration: configuration)
    }
  }

  /// The files of a finished run.
  static let whole: [[UInt8]] = {
    do {
      do {
        let folder = try openFolder()
        let value = MetricValue(metric: "recall", space: "conv", value: 0.5, standardError: 0.1)
        try folder.writeGeneration(
          GenerationMetrics(generation: 0, measurements: [value]), files: [("grid.png", [1])])
        try folder.markComplete()
      }
      return try names.map { try FileStore.read(path.appending($0)) }
    } catch {
      fatalError("the run folder cannot be made: \(error)")
    }
  }()

  /// Opens the folder with one of its files replaced: the first byte says which.
  static func open(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let place = Int(first) % names.count
    let original = whole[place]
    let replacement = Array(bytes.dropFirst())
    put(replacement, path.appending(names[place]))
    if (try? openFolder()) != nil, place != 1 {
      // Only the index's own words could make other bytes right.
      precondition(replacement == original, "\(names[place]) was used silently")
    }
    for (name, bytes) in zip(names, whole) { put(bytes, path.appending(name)) }
  }

  /// Puts bytes into a file, without the care that outputs need.
  static func put(_ bytes: [UInt8], _ file: FilePath) {
    do {
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
      try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    } catch {
      fatalError("\(file) cannot be written: \(error)")
    }
  }
}
