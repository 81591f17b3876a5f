import Foundation
import Metrics
import Storage
import SystemPackage
import Testing

@testable import Recursion

@Suite("Run folder")
struct RunFolderTests {
  @Test("A finished run holds the files of the contract, and the index knows each of them")
  func layout() throws {
    try withRunPath { path in
      try ScriptedRun().finish(path)
      let files = try tree(path)
      let generations = ["000", "001", "002"].flatMap { name in
        ["grid.png", "metrics.json", "samples.npy"].map { "generations/\(name)/\($0)" }
      }
      let others = [
        "metrics.csv", "pictures/timeline.png", "pictures/timeline.svg", "run.json", "skipped.csv",
      ]
      #expect(
        Set(files.keys) == Set(generations + others + ["COMPLETE", "index.json"]))
      let index = try JSONValue(parsing: files["index.json"] ?? [])
      let listed = index["files"]?.members ?? []
      #expect(listed.map(\.key) == (generations + others).sorted())
      for member in listed {
        let bytes = files[member.key] ?? []
        #expect(member.value["sha256"]?.string == SHA256.hexDigest(of: bytes))
        #expect(member.value["size"]?.integer == bytes.count)
      }
      #expect(
        files["COMPLETE"]
          == Array("\(SHA256.hexDigest(of: files["index.json"] ?? []))  index.json\n".utf8))
    }
  }

  @Test(
    "run.json holds the options in their order and the details; only more generations rewrite it")
  func runDescription() throws {
    try withRunPath { path in
      try ScriptedRun().finish(path)
      let text = """
        {
          "schema_version": 1,
          "configuration": {
            "strategy": "replace",
            "samples": 100,
            "share": 0.5,
            "generations": 2,
            "threads": 1
          },
          "version": "1.0"
        }

        """
      #expect(
        String(decoding: try FileStore.read(path.appending("run.json")), as: UTF8.self) == text)
      do {
        let again = try ScriptedRun(threads: 2).open(path)
        #expect(again.run["configuration"]?["threads"] == 1)
      }
      #expect(
        String(decoding: try FileStore.read(path.appending("run.json")), as: UTF8.self) == text)
      let longer = try ScriptedRun(generations: 3).open(path)
      #expect(longer.run["configuration"]?["generations"] == 3)
      #expect(
        String(decoding: try FileStore.read(path.appending("run.json")), as: UTF8.self)
          == text.replacing("\"generations\": 2", with: "\"generations\": 3"))
    }
  }

  @Test("metrics.csv has a line for every measurement of every generation")
  func metricsTable() throws {
    try withRunPath { path in
      try ScriptedRun(generations: 1).finish(path)
      let text = try FileStore.read(path.appending("metrics.csv"))
      #expect(
        String(decoding: text, as: UTF8.self) == """
          generation,space,metric,value,low,high,null_low,null_high,n,m,note
          0,conv,frechet_distance,0.1,0.0804,0.11960000000000001,0.05,0.2,100,200,
          0,pixels,recall,,,,,,,,"too few, ""n"" < 6"
          1,conv,frechet_distance,1.1,1.0804,1.1196000000000002,0.05,0.2,100,200,
          1,pixels,recall,,,,,,,,"too few, ""n"" < 6"

          """)
    }
  }

  @Test("A whole generation is read back as it was written")
  func readingBack() throws {
    try withRunPath { path in
      try ScriptedRun().finish(path)
      let folder = try ScriptedRun().open(path)
      #expect(folder.completedGenerations == 0..<3)
      #expect(folder.isComplete)
      #expect(try folder.file("grid.png", ofGeneration: 1) == [1, 2, 3])
      let metrics = try folder.metrics(ofGeneration: 2)
      #expect(metrics.measurements == ScriptedRun.measurements(2))
      #expect(metrics.extra["rows"] == [2, 100])
      #expect(try folder.file("skipped.csv") == Array("path,reason,detail\n".utf8))
      #expect(try folder.file("nulls.json") == nil)
      #expect(throws: RunFolderError.self) { try folder.file("lost.png", ofGeneration: 1) }
    }
  }

  @Test("More generations go on from the last one and give the bytes of one long run")
  func moreGenerations() throws {
    try withRunPath { path in
      let whole = path.removingLastComponent().appending("whole")
      try ScriptedRun(generations: 4).finish(whole)
      try ScriptedRun(generations: 1).finish(path)
      try ScriptedRun(generations: 4).finish(path)
      #expect(try tree(path) == tree(whole))
      #expect(throws: RunFolderError.fewerGenerations(folder: path, held: 4, requested: 3)) {
        try ScriptedRun(generations: 3).open(path)
      }
    }
  }

  @Test("Fewer generations than were asked for at first are refused, even before they are there")
  func fewerGenerations() throws {
    try withRunPath { path in
      _ = try ScriptedRun(generations: 5).open(path)
      #expect(throws: RunFolderError.fewerGenerations(folder: path, held: 5, requested: 4)) {
        try ScriptedRun(generations: 4).open(path)
      }
    }
  }

  @Test("Other options are refused with their names, and nothing is touched")
  func otherOptions() throws {
    try withRunPath { path in
      try ScriptedRun().finish(path)
      let before = try tree(path)
      var configuration = ScriptedRun(samples: 50).configuration
      configuration[0] = ("generator", "gmm")
      let error = #expect(throws: RunFolderError.self) {
        try RunFolder(path, configuration: configuration)
      }
      #expect(
        error
          == .configurationDiffers(
            folder: path,
            [
              ConfigurationDifference(key: "generator", stored: nil, requested: "gmm"),
              ConfigurationDifference(key: "samples", stored: 100, requested: 50),
              ConfigurationDifference(key: "strategy", stored: "replace", requested: nil),
            ]))
      #expect(
        error?.description == """
          \(path.string) holds a run with other options: \
          generator is nothing there and "gmm" here; samples is 100 there and 50 here; \
          strategy is "replace" there and nothing here. \
          Ask for the same, or choose another folder with --out.
          """)
      #expect(try tree(path) == before)
    }
  }

  @Test("A folder with other things is left alone; an empty one is taken")
  func otherFolders() throws {
    try withRunPath { path in
      try FileStore.createFolder(path)
      _ = try ScriptedRun().open(path)
      let other = path.removingLastComponent().appending("other")
      try FileStore.createFolder(other)
      try FileStore.write("mine", to: other.appending("notes.txt"))
      #expect(throws: RunFolderError.notARunFolder(other)) { try ScriptedRun().open(other) }
      #expect(try FileStore.names(in: other) == ["notes.txt"])
      let file = path.removingLastComponent().appending("file")
      try FileStore.write("x", to: file)
      #expect(throws: RunFolderError.storage(StorageError(.create, file, .system(.fileExists)))) {
        try ScriptedRun().open(file)
      }
    }
  }

  @Test("Files of a later version are refused in words")
  func newerSchema() throws {
    try withRunPath { path in
      for name in ["run.json", "index.json"] {
        try FileStore.remove(path)
        try ScriptedRun().finish(path)
        let file = path.appending(name)
        let text = String(decoding: try FileStore.read(file), as: UTF8.self)
        try FileStore.remove(path.appending(name == "run.json" ? "index.json" : "COMPLETE"))
        if name == "run.json" { try FileStore.remove(path.appending("generations")) }
        try FileStore.write(
          text.replacingOccurrences(of: "\"schema_version\": 1", with: "\"schema_version\": 2"),
          to: file)
        let error = #expect(throws: RunFolderError.self) { try ScriptedRun().open(path) }
        #expect(error == .newerSchema(file: file, version: 2, known: 1))
      }
      #expect(
        RunFolderError.newerSchema(file: "r/run.json", version: 2, known: 1).description == """
          r/run.json has schema version 2; this program knows versions up to 1. \
          Use the version of genloss that wrote it, or a later one.
          """)
    }
  }

  @Test("Generations have folders of three digits or more")
  func generationNames() {
    #expect(RunFolder.relativePath(ofGeneration: 7) == "generations/007")
    #expect(RunFolder.relativePath(ofGeneration: 1234) == "generations/1234")
    for generation in [0, 10, 999, 1000] {
      let name = RunFolder.relativePath(ofGeneration: generation).dropFirst("generations/".count)
      #expect(RunFolder.generation(named: String(name)) == generation)
    }
    for name in ["7", "0007", "+07", "-01", "abc", "", ".tmp-007-12", "99999999999999999999"] {
      #expect(RunFolder.generation(named: name) == nil)
    }
  }

  @Test(
    "A file that changes is replaced, in the index too, and takes back that the run is complete")
  func replacing() throws {
    try withRunPath { path in
      try ScriptedRun().finish(path)
      let folder = try ScriptedRun().open(path)
      try folder.writePicture("timeline.png", [2])
      #expect(folder.isComplete, "the same bytes change nothing")
      try folder.writePicture("timeline.png", [9, 9])
      #expect(!folder.isComplete)
      #expect(!FileStore.exists(path.appending("COMPLETE")))
      try folder.markComplete()
      #expect(folder.isComplete)
      #expect(try FileStore.read(path.appending("pictures/timeline.png")) == [9, 9])
    }
    try withRunPath { path in
      try ScriptedRun().finish(path)
      _ = try ScriptedRun().open(path)
    }
  }
}
