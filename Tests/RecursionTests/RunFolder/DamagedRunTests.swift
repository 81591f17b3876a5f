import Recursion
import Storage
import SystemPackage
import Testing

@Suite("Damaged run folders")
struct DamagedRunTests {
  private let run = ScriptedRun(generations: 1)

  /// The last generation before the damage of a file.
  private func lastWhole(_ name: String) -> Int? {
    switch name {
    case "run.json", "index.json": nil
    case _ where name.hasPrefix("generations/000"): nil
    case _ where name.hasPrefix("generations/001"): 0
    default: 1
    }
  }

  @Test("Every file, cut or changed anywhere, is named with the last whole generation")
  func everyFile() throws {
    try withRunPath { path in
      try run.finish(path)
      for (name, bytes) in try tree(path) {
        let file = path.appending(name)
        var damaged = (0..<20).map { Array(bytes[..<(bytes.count * $0 / 20)]) }
        damaged.append(bytes + [0x20])
        for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 20)) {
          var changed = bytes
          changed[position] ^= 1 << UInt8(position % 8)
          damaged.append(changed)
        }
        for contents in damaged where contents != bytes {
          try FileStore.write(contents, to: file)
          let error = #expect(throws: RunFolderError.self) { try run.open(path) }
          switch error {
          case .damaged(let damagedFile, _, let whole):
            #expect(damagedFile == file)
            #expect(whole == lastWhole(name), "\(name)")
          case .newerSchema(let newerFile, _, _):
            #expect(newerFile == file)
          default: Issue.record("\(name): \(String(describing: error))")
          }
        }
        try FileStore.write(bytes, to: file)
      }
      #expect(try run.open(path).isComplete)
    }
  }

  @Test("Missing generations, index and run.json are named")
  func missing() throws {
    try withRunPath { path in
      try run.finish(path)
      for (name, problem) in [
        ("generations/000", RunFolderError.Problem.missing),
        ("generations/001/grid.png", .missing), ("index.json", .missing), ("run.json", .missing),
      ] {
        let file = path.appending(name)
        let aside = path.removingLastComponent().appending("aside")
        try FileStore.rename(file, to: aside)
        let error = #expect(throws: RunFolderError.self) { try run.open(path) }
        guard case .damaged(let damagedFile, problem, _) = error else {
          Issue.record("\(name): \(String(describing: error))")
          return
        }
        #expect(FilePath(damagedFile.string).starts(with: file))
        try FileStore.rename(aside, to: file)
      }
      #expect(try run.open(path).isComplete)
    }
  }

  @Test("A generation that cannot be next and is not in the index is named")
  func unknownLaterGeneration() throws {
    try withRunPath { path in
      try run.finish(path)
      try FileStore.createFolder(path.appending("generations/007"))
      #expect(
        throws: RunFolderError.damaged(
          file: path.appending("generations/007"), problem: .unknown, lastWhole: 1)
      ) { try run.open(path) }
    }
  }

  @Test("A file damaged while the run is open is found when it is read")
  func damagedLater() throws {
    try withRunPath { path in
      try run.finish(path)
      let folder = try run.open(path)
      let file = path.appending("generations/001/grid.png")
      try FileStore.write([1, 2, 4], to: file)
      #expect(throws: RunFolderError.damaged(file: file, problem: .changed, lastWhole: 0)) {
        try folder.file("grid.png", ofGeneration: 1)
      }
    }
  }

  @Test("An index cannot make us read outside the folder")
  func hostileIndex() throws {
    try withRunPath { path in
      try run.finish(path)
      for name in ["../secret", "/etc/passwd", "pictures/../../x", "a//b", "", "."] {
        let files: JSONValue = .object([
          .init(name, ["sha256": .string(String(repeating: "0", count: 64)), "size": 1])
        ])
        let index: JSONValue = [
          "schema_version": 1, "files": files,
          "checksum": .string(SHA256.hexDigest(of: files.bytes())),
        ]
        try FileStore.write(index.bytes(.pretty), to: path.appending("index.json"))
        #expect(
          throws: RunFolderError.damaged(
            file: path.appending("index.json"),
            problem: .malformed("It lists a file outside the folder."), lastWhole: nil)
        ) { try run.open(path) }
      }
    }
  }

  @Test(
    "The message says what to do",
    arguments: [
      (
        RunFolderError.damaged(
          file: "r/generations/004/samples.npy", problem: .changed, lastWhole: 3),
        "r/generations/004/samples.npy is damaged: its bytes are not those that index.json knows. "
          + "Generation 3 is the last whole one. Remove generations/004 and those after it, and run "
          + "the same command again to go on from there."
      ),
      (
        .damaged(
          file: "r/control/generations/004/samples.npy", problem: .missing, lastWhole: 3),
        "r/control/generations/004/samples.npy is missing. Generation 3 is the last whole one. "
          + "Remove control/generations/004 and those after it, and run the same command again to "
          + "go on from there."
      ),
      (
        .damaged(file: "r/generations/000", problem: .missing, lastWhole: nil),
        "r/generations/000 is missing. Remove generations/000 and those after it, and run the same "
          + "command again."
      ),
      (
        .damaged(file: "r/pictures/timeline.png", problem: .changed, lastWhole: 9),
        "r/pictures/timeline.png is damaged: its bytes are not those that index.json knows. "
          + "Generation 9 is the last whole one. Remove the file and run the same command again to "
          + "make it anew."
      ),
      (
        .damaged(
          file: "r/index.json", problem: .malformed("Its checksum is wrong."), lastWhole: nil),
        "r/index.json is damaged. Its checksum is wrong. Restore it from a copy, or start again in "
          + "another folder with --out."
      ),
    ])
  func sentences(error: RunFolderError, sentence: String) {
    #expect(error.description == sentence)
  }
}
