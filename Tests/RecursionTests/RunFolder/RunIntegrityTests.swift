import Foundation
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

  @Test("A folder that is no run is refused before anything in it is changed, even a lock made")
  func noRun() throws {
    try withRunPath { path in
      let control = path.appending("control")
      try FileStore.createFolder(control)
      try FileStore.write("mine", to: path.appending("thesis.txt"))
      try FileStore.write("{}", to: control.appending("index.json"))
      try FileStore.write("mine", to: control.appending("mydata.txt"))
      let files = try tree(path)
      #expect(throws: RunFolderError.notARunFolder(path)) { try RunFolder.repair(path) }
      // Another program's index makes no run either.
      #expect(throws: RunFolderError.notARunFolder(control)) { try RunFolder.repair(control) }
      #expect(try tree(path) == files)
      #expect(!FileStore.exists(path.appending("run.lock")))
      #expect(!FileStore.exists(control.appending("run.lock")))
    }
  }

  @Test(
    "Without a whole index or run.json nothing is removed: the folder is kept under another name",
    arguments: ["index.json", "run.json"])
  func setAside(name: String) throws {
    try withFinished { path, files in
      for number in 1...2 {
        try FileStore.write("mine", to: path.appending("notes.txt"))
        try FileStore.createFolder(path.appending("mine"))
        try FileStore.write("mine", to: path.appending("mine/thesis.txt"))
        try FileStore.write("{}", to: path.appending(name))
        let before = try tree(path)
        let faults = try RunFolder.repair(path)
        let kept = path.removingLastComponent().appending("run.damaged-\(number)")
        guard case .setAside(let file, _, let folder) = faults.first, faults.count == 1 else {
          Issue.record("\(faults)")
          return
        }
        #expect(file == path.appending(name) && folder == kept)
        #expect(faults[0].fault.contains("The folder is kept as \(kept)"))
        #expect(try tree(kept) == before)
        #expect(!FileStore.exists(path))
        try run.finish(path)
        #expect(try tree(path) == files)
      }
    }
  }

  @Test("Nothing is removed behind a link", arguments: ["control", "generations", "pictures"])
  func links(name: String) throws {
    try withFinished { path, _ in
      let place = path.appending(name)
      let elsewhere = path.removingLastComponent().appending("elsewhere")
      if name == "control" {
        try run.finish(elsewhere)
        try FileStore.write("{}", to: elsewhere.appending("index.json"))
        try FileStore.write("mine", to: elsewhere.appending("notes.txt"))
      } else {
        try FileStore.rename(place, to: elsewhere)
        let file = name == "pictures" ? "timeline.svg" : "001/grid.png"
        try FileStore.write("mine", to: elsewhere.appending(file))
      }
      try FileManager.default.createSymbolicLink(
        atPath: place.string, withDestinationPath: elsewhere.string)
      let files = try tree(elsewhere)
      if name == "control" {
        #expect(try RunFolder.repair(path) == [])
      } else {
        #expect(throws: RunFolderError.foreign(place)) { try RunFolder.repair(path) }
      }
      #expect(try tree(elsewhere) == files)
      #expect(FileStore.isFolder(place))
    }
  }

  @Test("Files of somebody else's among those to be removed are named, and all is left as it is")
  func foreign() throws {
    try withFinished { path, _ in
      try FileStore.write("", to: path.appending("generations/001/grid.png"))
      let mine = path.appending("generations/002/notes.txt")
      try FileStore.write("mine", to: mine)
      let files = try tree(path)
      let error = #expect(throws: RunFolderError.foreign(mine)) { try RunFolder.repair(path) }
      #expect(error?.description.contains("notes.txt was not written by this run") == true)
      #expect(try tree(path) == files)
      try FileStore.remove(mine)
      let unknown = path.appending("generations/007")
      try FileStore.createFolder(unknown)
      #expect(throws: RunFolderError.foreign(unknown)) { try RunFolder.repair(path) }
    }
  }

  @Test(
    "A loop that the configuration implies and that is gone is named",
    arguments: ["control", "twin-float", "twin"])
  func lostLoop(name: String) throws {
    try withRunPath { path in
      func finish(_ path: FilePath, _ more: [(key: String, value: JSONValue)]) throws {
        let folder = try RunFolder(path, configuration: run.configuration + more)
        try folder.write("truth.safetensors", [1, 2, 3])
        try folder.markComplete()
      }
      let options: [(key: String, value: JSONValue)] = [
        ("control", true), ("error-budget", true), ("carry", "png8"),
      ]
      try finish(path, options)
      for loop in ["control", "twin-float", "twin"] { try finish(path.appending(loop), []) }
      try RunFolder.requireIntact(path)
      let loop = path.appending(name)
      try FileStore.remove(loop)
      let damage = RunFolderError.damaged(file: loop, problem: .missing, lastWhole: nil)
      #expect(throws: damage) { try RunFolder.requireIntact(path) }
      #expect(try RunFolder.repair(path) == [damage])
      #expect(!RunFolder.hasCompletion(path))
    }
  }
}
