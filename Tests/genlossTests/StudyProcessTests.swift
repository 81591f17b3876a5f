import Foundation
import Storage
import Synchronization
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("genloss study: processes")
struct StudyProcessTests {
  private static let study = """
    data: ["gaussian:d=2"]
    strategies: [replace, accumulate, refit]
    seeds: 3
    generator: gaussian
    samples: 60
    generations: 4
    control: false

    """

  private static func words(_ more: String...) -> [String] {
    ["study", "s.yaml", "--out", "out", "--jobs", "2"] + more
  }

  @Test("Two shards and a whole at once on one folder: no cell is run twice, none is lost")
  func shards() throws {
    try withTool { genloss in
      try FileStore.write(Self.study, to: genloss.path("s.yaml"))
      let outcomes = Mutex<[CommandLineTool.Outcome]>([])
      DispatchQueue.concurrentPerform(iterations: 3) { index in
        let shard = ["1/2", "2/2", "1/1"][index]
        let outcome = try? genloss.run(Self.words("--shard", shard, "--json"))
        if let outcome { outcomes.withLock { $0.append(outcome) } }
      }
      let all = outcomes.withLock { $0 }
      #expect(all.map(\.status) == [0, 0, 0], "\(all.map(\.messages))")
      let finished = try all.flatMap { try $0.json["finished"]?.array ?? [] }.compactMap(\.string)
      #expect(finished.count == 9)
      #expect(Set(finished).count == 9)
      for name in finished {
        let cost = try JSONValue(
          parsing: FileStore.read(genloss.path("out/state/\(name).cost.json")))
        #expect(cost["processes"]?.integer == 1, "\(name)")
      }
    }
  }

  @Test("Killed at any moment and started again, a study has the bytes of one left alone")
  func killed() throws {
    try withTool { genloss in
      try FileStore.write(Self.study, to: genloss.path("s.yaml"))
      let start = Date()
      #expect(try genloss.run(Self.words("-q")).status == 0)
      let duration = -start.timeIntervalSinceNow
      let expected = try contents(of: genloss.path("out/cells"))
      let table = try FileStore.read(genloss.path("out/study.csv"))
      #expect(expected.keys.contains { $0.hasSuffix("/generations/004/metrics.json") })
      try FileStore.remove(genloss.path("out"))
      var killed = 0
      // The time that the first study took says little where others use the machine: one that
      // comes to its end before its kill makes the next moments earlier, and begins anew.
      var share = 0.4
      for life in 1...8 {
        // Multiples of the golden ratio lie evenly between 0 and 1, in no order.
        let moment = (Double(life) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
        let outcome = try genloss.run(Self.words("-q"), killedAfter: moment * share * duration)
        if outcome.status != 0 {
          killed += 1
        } else {
          share /= 2
          try FileStore.remove(genloss.path("out"))
        }
      }
      #expect(killed > 3)
      let last = try genloss.run(Self.words("-q"))
      #expect(last.status == 0, "\(last.messages)")
      let files = try contents(of: genloss.path("out/cells"))
      let different = Set(files.keys).union(expected.keys).filter { files[$0] != expected[$0] }
      #expect(different == [])
      #expect(try FileStore.read(genloss.path("out/study.csv")) == table)
    }
  }

  @Test(
    "A signal ends the study and its cells within seconds, with its own status",
    arguments: [(SIGTERM, "SIGTERM", Int32(143)), (SIGINT, "SIGINT", 130)])
  func stopped(signal: Int32, name: String, status: Int32) throws {
    try withTool { genloss in
      try FileStore.write(
        Self.study.replacing("generations: 4", with: "generations: 200")
          .replacing("samples: 60", with: "samples: 1000"),
        to: genloss.path("s.yaml"))
      var seconds = 0.0
      var cells: [Int32] = []
      let outcome = try genloss.start(Self.words()) { process in
        let end = Date(timeIntervalSinceNow: 60)
        while cells.count < 2, Date() < end {
          Thread.sleep(forTimeInterval: 0.1)
          cells = Self.processes(of: genloss)
        }
        let start = Date()
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        seconds = -start.timeIntervalSinceNow
      }
      #expect(outcome.status == status)
      #expect(
        outcome.messages.contains("genloss: stopping (\(name)): finished generations are kept"))
      #expect(cells.count == 2)
      #expect(seconds < 60, "\(seconds)")
      #expect(Self.processes(of: genloss) == [])
      // What was begun has cost something, too.
      let costs = try genloss.names("state").filter { $0.hasSuffix(".cost.json") }
      #expect(costs.count == 2)
      for name in costs {
        let cost = try JSONValue(parsing: FileStore.read(genloss.path("out/state/\(name)")))
        #expect(cost["processor_seconds"]?.number ?? 0 > 0)
      }
    }
  }

  /// The processes that were told to write into the folder of the study.
  private static func processes(of genloss: CommandLineTool) -> [Int32] {
    // The brackets keep the shell, which is told the pattern, from finding itself.
    let found = try? genloss.shell(
      """
      for process in /proc/[0-9]*; do
        grep -qa -- '--[o]ut=\(genloss.path("out"))/' $process/cmdline 2>/dev/null &&
          echo ${process#/proc/}
      done
      true
      """)
    return (found?.output ?? "").split(separator: "\n").compactMap { Int32($0) }
  }
}
