import Recursion
import Storage
import SystemPackage
import Testing

@Suite("The integrity of finished runs")
struct RunIntegrityTests {
  private let run = ScriptedRun(generations: 2)

  /// Runs a test with a finished run, and the bytes of its files.
  private func withFinished(_ body: (FilePath, [String: [UInt8]]) throws -> Void) throws {
    try withRunPath { path in
      try run.finish(path)
      try body(path, try tree(path))
    }
  }

  @Test("A whole run passes, and is left as it is by a repair")
  func whole() throws {
    try withFinished { path, files in
      try RunFolder.requireIntact(path)
      #expect(try RunFolder.repair(path) == [])
      #expect(try tree(path) == files)
    }
  }

  @Test("Any file that is emptied, cut or gone is named, and repaired it is a run to go on with")
  func cut() throws {
    try withFinished { path, files in
      for (name, bytes) in files {
        for rest in [0, bytes.count / 2, -1] where rest < bytes.count {
          let file = path.appending(name)
          if rest < 0 {
            try FileStore.remove(file)
            if name == "COMPLETE" { #expect(!RunFolder.hasCompletion(path)) }
          } else {
            try FileStore.write(Array(bytes[..<rest]), to: file)
          }
          let error = #expect(throws: RunFolderError.self, "\(name)") {
            try RunFolder.requireIntact(path)
          }
          guard case .damaged(let damaged, _, _) = error else {
            Issue.record("\(name): \(String(describing: error))")
            continue
          }
          #expect(damaged == file)
          let faults = try RunFolder.repair(path)
          #expect(faults.isEmpty == (name == "COMPLETE" && rest < 0), "\(name)")
          #expect(!RunFolder.hasCompletion(path))
          try run.finish(path)
          #expect(try tree(path) == files, "\(name)")
        }
      }
    }
  }

  @Test("A number that was edited in a table is found by its digest")
  func edited() throws {
    try withFinished { path, files in
      for name in ["metrics.csv", "generations/001/metrics.json", "run.json", "skipped.csv"] {
        var bytes = try #require(files[name])
        bytes[bytes.count / 2] ^= 1
        try FileStore.write(bytes, to: path.appending(name))
        #expect(throws: RunFolderError.self, "\(name)") { try RunFolder.requireIntact(path) }
        if name == "metrics.csv" {
          #expect(throws: RunFolderError.self) { try RunFolder.metricsTable(of: path) }
        }
        #expect(try RunFolder.repair(path).count == 1)
        try run.finish(path)
        #expect(try tree(path) == files)
      }
      #expect(try RunFolder.metricsTable(of: path) == files["metrics.csv"])
    }
  }

  @Test(
    "A repair finds changed samples, which the cheap look leaves alone, and keeps what is before")
  func changedSamples() throws {
    try withFinished { path, files in
      let name = "generations/001/samples.npy"
      var bytes = try #require(files[name])
      bytes[200] ^= 1
      try FileStore.write(bytes, to: path.appending(name))
      try RunFolder.requireIntact(path)
      let faults = try RunFolder.repair(path)
      #expect(
        faults == [.damaged(file: path.appending(name), problem: .changed, lastWhole: 0)])
      let left = try tree(path)
      #expect(left.keys.contains("generations/000/samples.npy"))
      #expect(!left.keys.contains { $0.hasPrefix("generations/001/") })
      #expect(!left.keys.contains { $0.hasPrefix("generations/002/") })
      try run.finish(path)
      #expect(try tree(path) == files)
    }
  }

  @Test("A repair touches neither a run in use, nor one of a later version, nor what is no run")
  func refusals() throws {
    try withFinished { path, files in
      let index = path.appending("index.json")
      let text = String(decoding: try #require(files["index.json"]), as: UTF8.self)
      try FileStore.write(
        text.replacing("\"schema_version\": 1", with: "\"schema_version\": 9"), to: index)
      let later = try tree(path)
      #expect(throws: RunFolderError.newerSchema(file: index, version: 9, known: 1)) {
        try RunFolder.repair(path)
      }
      #expect(try tree(path) == later)
      try FileStore.write(text, to: index)
      let open = try run.open(path)
      #expect(throws: RunFolderError.self) { try RunFolder.repair(path) }
      withExtendedLifetime(open) {}
      let other = path.removingLastComponent().appending("other")
      try FileStore.createFolder(other)
      try FileStore.write("mine", to: other.appending("thesis.txt"))
      #expect(throws: RunFolderError.notARunFolder(other)) { try RunFolder.repair(other) }
      #expect(FileStore.exists(other.appending("thesis.txt")))
      #expect(!RunFolder.holdsRunOrNothing(other))
      #expect(RunFolder.holdsRunOrNothing(path))
    }
  }
}
