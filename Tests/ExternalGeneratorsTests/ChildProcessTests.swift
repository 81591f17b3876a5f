import Foundation
import Storage
import Synchronization
import SystemPackage
import Testing

@testable import ExternalGenerators

#if canImport(Glibc)
import Glibc
#endif

@Suite("Child process")
struct ChildProcessTests {
  /// Runs a line of the shell in a folder of its own.
  private func run(
    _ line: String, _ words: [String] = [], exports: [String] = []
  ) throws -> (end: ChildProcess.End, log: String) {
    let folder = try ScratchFolder(in: nil)
    let log = folder.appending("log")
    let end = ChildProcess(command: line, exports: exports).run(
      words.map { Array($0.utf8) }, log: log)
    return (end, (try? FileStore.read(log)).map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  @Test("Status and signal come back, and both outputs are logged")
  func ends() throws {
    #expect(try run("true").end == .exit(status: 0))
    #expect(try run("sh -c 'exit 255'").end == .exit(status: 255))
    #expect(try run("exec sh -c 'kill -TERM $$'").end == .signal(number: 15))
    let outcome = try run("sh -c 'echo out; echo err >&2'")
    #expect(outcome.log == "out\nerr\n")
    let nowhere = ChildProcess(command: "true").run([], log: "/no/such/folder/log")
    #expect(nowhere == .failure(.noSuchFileOrDirectory))
  }

  @Test("Words arrive as they are, whatever they hold, and exports are in the environment")
  func words() throws {
    let words = ["a b", "", "$HOME `date` \"'\\", "*\n?", "-n", "é\u{301}"]
    let outcome = try run("printf '<%s>'", words)
    #expect(outcome.log == words.map { "<\($0)>" }.joined())
    #expect(try run("sh -c 'echo $SIZE'", exports: ["SIZE=3x4"]).log == "3x4\n")
  }

  @Test("It reads nothing, holds no file of ours, and every signal has its default action")
  func surroundings() throws {
    #expect(try run("sh -c 'read line || echo end'").log == "end\n")
    let open = try run("ls /proc/self/fd").log.split(separator: "\n").map(String.init)
    // The folder that `ls` lists is one of them.
    #expect(open == ["0", "1", "2", "3"])
    let signals = try run("grep -E 'Sig(Blk|Ign):' /proc/self/status").log
    let sets = signals.split(separator: "\n").compactMap {
      $0.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
    }
    // The C library keeps signals 32 and 33 for itself.
    #expect(sets.count == 2 && sets.allSatisfy { $0 & 0x7FFF_FFFF == 0 }, "\(signals)")
  }

  @Test("What a command starts and leaves behind ends with it")
  func leftBehind() throws {
    let outcome = try run("sh -c 'sleep 300 & echo $!'")
    let child = try #require(Int32(outcome.log.dropLast()))
    #expect(outcome.end == .exit(status: 0))
    #expect(hasEnded(child))
  }

  @Test("Many at a time, from several threads")
  func many() throws {
    let ends = Mutex<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 24) { index in
      let end = try? run("sh -c 'sleep 0.05; exit \(index)'").end
      if case .exit(let status) = end { ends.withLock { $0.append(status) } }
    }
    #expect(ends.withLock { $0.sorted() } == Array(0..<24))
  }
}

/// Waits half a minute at most for a process to end.
func hasEnded(_ process: Int32) -> Bool {
  for _ in 0..<1500 {
    if kill(process, 0) != 0 { return true }
    // A zombie that nobody has waited for yet has ended, too.
    let status =
      (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    if status.contains(") Z ") { return true }
    usleep(20_000)
  }
  return false
}
