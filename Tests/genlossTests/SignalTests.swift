import Foundation
import Storage
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite("genloss and signals")
struct SignalTests {
  /// A run of some seconds that is stopped in the middle.
  private static let words = [
    "run", "icons", "--samples", "20", "--components", "4", "--generations", "12", "--no-control",
  ]

  @Test(
    "A signal stops a run with its own status and a sentence; the same command gives the same bytes",
    arguments: [
      (SIGINT, "SIGINT", Int32(130)), (SIGTERM, "SIGTERM", 143), (SIGHUP, "SIGHUP", 129),
    ])
  func stopped(signal: Int32, name: String, status: Int32) throws {
    try withIcons { genloss in
      #expect(try genloss.run(Self.words + ["-o", "whole", "-q"]).status == 0)
      let whole = try contents(of: genloss.path("whole"))
      let stopped = try genloss.interrupted(
        Self.words + ["-o", "out"], by: signal, when: genloss.path("out/generations/001"))
      #expect(stopped.status == status)
      #expect(stopped.output.isEmpty)
      #expect(stopped.messages.contains("genloss: stopping (\(name)): generation"))
      #expect(stopped.messages.contains("kept in out, and the same command goes on after"))
      #expect(!FileStore.exists(genloss.path("out/COMPLETE")))
      #expect(try genloss.run(Self.words + ["-o", "out"]).status == 0)
      let resumed = try contents(of: genloss.path("out"))
      #expect(resumed["metrics.csv"] == whole["metrics.csv"])
      // run.json tells the command, and with it the name of the folder.
      let told: Set<String> = ["run.json", "index.json", "COMPLETE"]
      #expect(
        resumed.filter { !told.contains($0.key) } == whole.filter { !told.contains($0.key) })
    }
  }

  @Test("Before generation 0 is whole nothing is left behind, and the same command starts again")
  func early() throws {
    try withIcons { genloss in
      let out = genloss.path("out")
      // The signal is sent when the folder appears; on a busy machine it may come too late for the
      // next safe point.
      var hasGone = false
      for _ in 0..<10 where !hasGone {
        let start = Date()
        let stopped = try genloss.interrupted(Self.words + ["-o", "out"], by: SIGTERM, when: out)
        #expect(stopped.status == 143)
        #expect(stopped.messages.contains("genloss: stopping (SIGTERM): "))
        hasGone = !FileStore.exists(out)
        // What is not whole stays only where the safe point was not waited for any longer.
        let wasLeft = -start.timeIntervalSinceNow > 1.5
        #expect(hasGone || wasLeft || FileStore.exists(out.appending("generations/000")))
        if !hasGone { try FileStore.remove(out) }
      }
      #expect(hasGone)
      #expect(try genloss.run(Self.words + ["-o", "out"]).status == 0)
    }
  }

  @Test("A stopped sprites leaves no half data set, and the same command draws it whole")
  func sprites() throws {
    try withTool { genloss in
      let stopped = try genloss.interrupted(
        ["sprites", "icons", "--count", "20000", "--size", "16"], by: SIGINT,
        when: genloss.path("icons"))
      #expect(stopped.status == 130)
      #expect(
        stopped.messages.contains(
          "stopping (SIGINT): no data set is whole; the same command starts again."))
      #expect(!FileStore.exists(genloss.path("icons/attributes.csv")))
      #expect(try genloss("sprites", "icons", "--count", "20", "--size", "16").status == 0)
      #expect(try contents(of: genloss.path("icons")).count == 21)
    }
  }

  @Test("A file that may grow no further is an error with a sentence, and leaves nothing behind")
  func fileSizeLimit() throws {
    try withIcons { genloss in
      let outcome = try genloss.shell(
        "ulimit -f 16; \"$GENLOSS\" features icons --space conv --out f.npy")
      #expect(outcome.status == 74, "\(outcome.messages)")
      #expect(outcome.messages.contains("Cannot write f.npy: File too large."))
      #expect(try FileStore.names(in: genloss.folder).map(\.string) == ["icons"])
    }
  }

  @Test("A signal that the caller ignores, as nohup does, stays ignored")
  func ignored() throws {
    try withIcons { genloss in
      // The signal comes in the middle of the run: after a generation, before the end.
      let outcome = try genloss.shell(
        """
        trap '' HUP
        "$GENLOSS" \(Self.words.joined(separator: " ")) -q -o out >/dev/null &
        while [ ! -e out/generations/001 ] && kill -0 $!; do sleep 0.01; done
        kill -HUP $!
        [ ! -e out/COMPLETE ] || echo "the signal came too late"
        wait $!
        """)
      #expect(outcome.output.isEmpty)
      #expect(outcome.status == 0)
      #expect(FileStore.exists(genloss.path("out/COMPLETE")))
    }
  }
}

extension CommandLineTool {
  /// Runs the command and sends it a signal as soon as a path is there.
  fileprivate func interrupted(
    _ arguments: [String], by signal: Int32, when path: FilePath
  ) throws -> Outcome {
    try start(arguments) { process in
      let end = Date(timeIntervalSinceNow: 60)
      while process.isRunning, !FileStore.exists(path), Date() < end {
        Thread.sleep(forTimeInterval: 0.0005)
      }
      kill(process.processIdentifier, signal)
    }
  }
}
