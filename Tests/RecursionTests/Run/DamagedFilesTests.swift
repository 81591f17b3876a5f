import Randomness
import Recursion
import Storage
import SystemPackage
import Testing

@Suite("A run whose files were damaged")
struct DamagedFilesTests {
  /// Two generations and their control on a law, in milliseconds.
  private static func run(stoppedAt failure: Scribe.Failure? = nil) -> TestRun {
    var configuration = RunConfiguration()
    configuration.data = "law"
    configuration.generator = "gaussian"
    configuration.samples = 8
    configuration.generations = 1
    let law = GaussianLaw(dimension: 1, seed: 1)
    return TestRun(
      configuration: configuration,
      data: RealData(name: "law", supply: .endless(law), fingerprint: "law"),
      illustrator: Scribe(failure: failure))
  }

  /// Puts other bytes into a file, as a bad disk does: neither by a new name nor through a flush.
  private static func overwrite(_ file: FilePath, _ bytes: [UInt8]) throws {
    let descriptor = try FileDescriptor.open(file, .writeOnly, options: [.truncate])
    try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
  }

  /// The last generation before the damage of a file.
  private static func lastWhole(_ name: String, finished: Bool) -> Int? {
    let own = name.split(separator: "/").drop { $0 == "control" }.joined(separator: "/")
    return switch own {
    case "run.json", "index.json": nil
    case _ where own.hasPrefix("generations/000"): nil
    case _ where own.hasPrefix("generations/001"): 0
    default: finished ? 1 : 0
    }
  }

  /// Performs the run and expects that the file is named and the last whole generation offered.
  private static func expectDamage(_ name: String, in path: FilePath, finished: Bool) {
    let error = #expect(throws: RunFolderError.self) { try run().perform(in: path) }
    let whole = lastWhole(name, finished: finished)
    switch error {
    case .damaged(let file, _, let found):
      #expect(file == path.appending(name))
      #expect(found == whole, "\(name)")
      if let whole {
        #expect(error?.description.contains("Generation \(whole) is the last whole one.") == true)
      }
    case .newerSchema(let file, _, _): #expect(file == path.appending(name))
    default: Issue.record("\(name): \(String(describing: error))")
    }
  }

  @Test(
    "Each file cut at twenty places, and a hundred flipped bits: always found and named",
    arguments: [true, false])
  func damage(finished: Bool) throws {
    try withRunPath { path in
      if finished {
        try Self.run().perform(in: path)
      } else {
        #expect(throws: Scribe.Failure.generation(1)) {
          try Self.run(stoppedAt: .generation(1)).perform(in: path)
        }
      }
      let files = try contents(of: path).sorted { $0.key < $1.key }
      #expect(files.contains { $0.key == "control/COMPLETE" } == finished)
      for (name, bytes) in files {
        for cut in 0..<20 {
          try Self.overwrite(path.appending(name), Array(bytes[..<(bytes.count * cut / 20)]))
          Self.expectDamage(name, in: path, finished: finished)
        }
        try Self.overwrite(path.appending(name), bytes)
      }
      var stream = RandomStream(seed: 1, purpose: "damage")
      for _ in 0..<100 {
        // A file is chosen first: the large ones would take all.
        let (name, bytes) = files[stream.integer(below: files.count)]
        var changed = bytes
        changed[stream.integer(below: bytes.count)] ^= 1 << UInt8(stream.integer(below: 8))
        try Self.overwrite(path.appending(name), changed)
        Self.expectDamage(name, in: path, finished: finished)
        try Self.overwrite(path.appending(name), bytes)
      }
      #expect(try contents(of: path).sorted { $0.key < $1.key }.map(\.value) == files.map(\.value))
      try Self.run().perform(in: path)
    }
  }
}
