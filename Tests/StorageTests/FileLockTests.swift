import Foundation
import Storage
import Synchronization
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
      #expect(try FileStore.read(path).isEmpty)
    }
  }

  @Test("Between taking a lock and saying so a holder is not mistaken for the one before")
  func successor() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("run.lock")
      // Of a process that was killed, and of one that cannot have been: it never had the file open.
      for process in [Int32.max, 1] {
        try FileStore.write("\(try Self.words(of: process))\n", to: path)
        let refused = Mutex<[StorageError?]>([])
        let lock = try SystemCall.FaultPlan { name in
          // The lock is taken, the file as it was.
          guard name == .truncate else { return nil }
          refused.withLock { $0.append(Self.refusal(path)) }
          return nil
        }.run { try FileLock(path) }
        let unknown = StorageError(.lock, path, .locked(holder: "another process"))
        #expect(refused.withLock { $0 } == [unknown])
        #expect(Self.refusal(lock.path)?.description.contains("in use by process") == true)
      }
    }
  }

  /// What somebody learns who asks for a lock; `nil` if it is free.
  private static func refusal(_ path: FilePath) -> StorageError? {
    do {
      _ = try FileLock(path)
      return nil
    } catch {
      return error
    }
  }

  /// The words of a process on this host.
  private static func words(of process: Int32) throws -> String {
    let name = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
    let host = name.trimmingCharacters(in: .newlines)
    return "process \(process) on \(host) since 2020-01-01T00:00:00Z"
  }

  @Test(
    "Words are shown if they are whole and of a live process that has the file open",
    .enabled(if: FileManager.default.isExecutableFile(atPath: flockCommand), "needs flock"))
  func certainWords() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("run.lock")
      let holder = Process()
      holder.executableURL = URL(fileURLWithPath: flockCommand)
      holder.arguments = ["--no-fork", path.string, "sh", "-c", "echo held; exec sleep 60"]
      let output = Pipe()
      holder.standardOutput = output
      try holder.run()
      defer {
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
      }
      #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
      let right = try Self.words(of: holder.processIdentifier)
      for (content, shown) in [
        ("\(right)\n", right), (right, nil), ("", nil), ("\n", nil),
        ("\(try Self.words(of: 1))\n", nil), ("\(try Self.words(of: -1))\n", nil),
        ("process \(holder.processIdentifier) on another.host since 2020-01-01T00:00:00Z\n", nil),
        ("process \(String(repeating: "9", count: 600))", nil),
      ] {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path.string))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(content.utf8))
        try file.close()
        #expect(
          Self.refusal(path)
            == StorageError(.lock, path, .locked(holder: shown ?? "another process")), "\(content)")
      }
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

  @Test("A link is not followed, and what it leads to keeps its bytes")
  func link() throws {
    try withTemporaryFolder { folder in
      let (path, precious) = (folder.appending("run.lock"), folder.appending("precious"))
      try FileStore.write("words", to: precious)
      for target in [precious, folder.appending("nothing")] {
        try FileManager.default.createSymbolicLink(
          atPath: path.string, withDestinationPath: target.string)
        #expect(throws: StorageError(.lock, path, .notARegularFile)) { try FileLock(path) }
        try FileStore.remove(path)
      }
      #expect(try FileStore.read(precious) == Array("words".utf8))
      #expect(!FileStore.exists(folder.appending("nothing")))
    }
  }

  @Test("A file that is replaced while it is locked is not the lock")
  func replaced() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("run.lock")
      let moved = folder.appending("moved")
      try FileStore.write("words", to: path)
      let plan = SystemCall.FaultPlan { name in
        guard name == .lock else { return nil }
        // Somebody moves the file away between its opening and its lock, and has one there.
        try? FileManager.default.moveItem(atPath: path.string, toPath: moved.string)
        try? FileStore.write("another", to: path)
        return nil
      }
      #expect(throws: StorageError(.lock, path, .locked(holder: "another process"))) {
        try plan.run { try FileLock(path) }
      }
      for file in [path, moved] {
        #expect(try FileStore.read(file) == Array((file == path ? "another" : "words").utf8))
      }
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
