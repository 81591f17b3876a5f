import Foundation
import Storage
import SystemPackage
import Testing

@testable import Studies

@Suite("Process of a cell")
struct CellProcessTests {
  /// Starts a line of the shell that writes into a log, and removes the log afterwards.
  private func withShell<Result>(
    _ line: String, _ body: (CellProcess, FilePath) throws -> Result
  ) throws -> Result {
    let log = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss-cell-\(UUID().uuidString).log")
    defer { try? FileStore.remove(log) }
    let process = try CellProcess(["sh", "-c", line], log: log, program: "/bin/sh")
    return try body(process, log)
  }

  @Test("Status, signal, output and what it took come back")
  func ends() throws {
    try withShell("echo out; echo err >&2; exit 3") { process, log in
      let (end, seconds) = process.finish()
      #expect(end == .exit(status: 3))
      #expect(seconds >= 0 && seconds < 60)
      let text = String(decoding: try FileStore.read(log), as: UTF8.self)
      #expect(text == "out\nerr\n")
    }
    try withShell("kill -SEGV $$") { process, _ in
      #expect(process.finish().end == .signal(number: 11))
    }
  }

  @Test("It goes on beside us until it is waited for, or asked to end")
  func stopped() throws {
    try withShell("sleep 300") { process, _ in
      #expect(!process.hasEnded)
      let start = Date()
      CellProcess.awaitAny(of: [process], milliseconds: 50)
      #expect(!process.hasEnded)
      process.stop()
      #expect(process.finish().end == .signal(number: 15))
      #expect(-start.timeIntervalSinceNow < 60)
    }
  }

  @Test("The first of several that ends is noticed")
  func several() throws {
    try withShell("sleep 300") { slow, _ in
      try withShell("sleep 0.2") { fast, _ in
        CellProcess.awaitAny(of: [slow, fast], milliseconds: 60_000)
        #expect(fast.hasEnded)
        #expect(!slow.hasEnded)
        #expect(fast.finish().end == .exit(status: 0))
      }
      slow.stop()
      _ = slow.finish()
    }
  }

  @Test("Why a run failed is its own last words, or what it said last")
  func words() throws {
    let log = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss-words-\(UUID().uuidString).log")
    defer { try? FileStore.remove(log) }
    try FileStore.write("reading\ngenloss: the disk is full.\nlater\n", to: log)
    #expect(CellLog(log).reason(status: 74) == "the disk is full.")
    let told = "the command ended. Its last lines:\n  File 3\n  out of memory"
    try FileStore.write("genloss: \(told)\nMend the command.\n", to: log)
    #expect(CellLog(log).reason(status: 1) == told)
    try FileStore.write("a\nb\n", to: log)
    #expect(CellLog(log).reason(status: 2) == "it ended with status 2: a / b")
    #expect(CellLog("/no/such/file").reason(status: 2) == "it ended with status 2.")
  }
}
