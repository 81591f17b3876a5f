import Foundation
import Storage
import SystemPackage
import Testing

private let flockCommand = "/usr/bin/flock"

@Suite("Locks")
struct FileLockTests {
  @Test("Only one holds a lock; the other learns who; it is free when the holder is gone")
  func oneHolder() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("run.lock")
      for _ in 0..<3 {
        let lock = try FileLock(path)
        let error = #expect(throws: StorageError.self) { try FileLock(lock.path) }
        guard case .locked(let holder) = error?.cause else {
          Issue.record("not a lock error: \(String(describing: error))")
          return
        }
        #expect(holder.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on "))
        #expect(holder.contains(/\ since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
      }
      #expect(try String(decoding: FileStore.read(path), as: UTF8.self).hasSuffix("Z\n"))
    }
  }

  @Test(
    "Another process holds a lock until it is killed",
    .enabled(if: FileManager.default.isExecutableFile(atPath: flockCommand), "needs flock"))
  func otherProcess() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("run.lock")
      let holder = Process()
      holder.executableURL = URL(fileURLWithPath: flockCommand)
      holder.arguments = ["--no-fork", path.string, "sh", "-c", "echo held; exec sleep 60"]
      let output = Pipe()
      holder.standardOutput = output
      try holder.run()
      #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
      #expect(throws: StorageError(.lock, path, .locked(holder: "another process"))) {
        try FileLock(path)
      }
      kill(holder.processIdentifier, SIGKILL)
      holder.waitUntilExit()
      _ = try FileLock(path)
    }
  }

  @Test("A folder or a pipe cannot be locked")
  func notAFile() throws {
    try withTemporaryFolder { folder in
      #expect(throws: StorageError.self) { try FileLock(folder) }
      let pipe = folder.appending("pipe")
      let made = unsafe pipe.withPlatformString { unsafe mkfifo($0, 0o600) }
      #expect(made == 0)
      #expect(throws: StorageError(.lock, pipe, .notARegularFile)) { try FileLock(pipe) }
    }
  }
}
