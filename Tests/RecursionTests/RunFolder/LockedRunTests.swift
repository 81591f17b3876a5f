import Foundation
import Recursion
import Storage
import SystemPackage
import Testing

private let flockCommand = "/usr/bin/flock"

@Suite("Two processes and one run folder")
struct LockedRunTests {
  @Test("A run that is open elsewhere is refused, with its holder, and free when it is closed")
  func secondOpening() throws {
    try withRunPath { path in
      let run = ScriptedRun()
      do {
        let folder = try run.open(path)
        let error = #expect(throws: RunFolderError.self) { try run.open(folder.path) }
        guard case .locked(path, let holder) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(holder.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on "))
      }
      try run.finish(path)
    }
  }

  @Test(
    "A run held by another process is refused, and free without more ado when that is killed",
    .enabled(if: FileManager.default.isExecutableFile(atPath: flockCommand), "needs flock"))
  func otherProcess() throws {
    try withRunPath { path in
      let run = ScriptedRun()
      try run.finish(path)
      let before = try tree(path)
      let holder = Process()
      holder.executableURL = URL(fileURLWithPath: flockCommand)
      holder.arguments = [
        "--no-fork", path.appending("run.lock").string, "sh", "-c", "echo held; exec sleep 60",
      ]
      let output = Pipe()
      holder.standardOutput = output
      try holder.run()
      #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
      let error = #expect(throws: RunFolderError.self) { try run.open(path) }
      guard case .locked(path, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      kill(holder.processIdentifier, SIGKILL)
      holder.waitUntilExit()
      #expect(try run.open(path).isComplete)
      #expect(try tree(path) == before)
    }
  }

  @Test("Of fifty openings at once exactly one wins")
  func manyOpenings() async throws {
    let path = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss-run-\(UUID().uuidString)")
    defer { try? FileStore.remove(path) }
    let folders = await withTaskGroup(of: RunFolder?.self) { group in
      for _ in 0..<50 { group.addTask { try? ScriptedRun().open(path) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(folders.count { $0 != nil } == 1)
    #expect(folders.compactMap(\.self).first?.completedGenerations == 0..<0)
  }
}
