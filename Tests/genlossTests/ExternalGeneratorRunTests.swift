import Foundation
import Storage
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#endif

/// Whether the tests of a model in Python can run.
private let hasNumpy: Bool = {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", "import numpy"]
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}()

@Suite("genloss run with a command of the user's")
struct ExternalGeneratorRunTests {
  private static let python = FilePath(#filePath).removingLastComponent()
    .appending("Commands/gaussian.py")

  /// A memoriser in the shell: the model is the training set, a draw is the model.
  private static let copier = """
    case $1 in fit) cp "$2" "$3";; draw) cp "$2" "$5";; *) exit 64;; esac
    """

  /// Runs a test with a script `model.sh` in the folder.
  private func withScript(_ script: String, _ body: (CommandLineTool) throws -> Void) throws {
    try withTool { genloss in
      try FileStore.write(script, to: genloss.path("model.sh"))
      try body(genloss)
    }
  }

  /// The values of a metric by generation.
  private func values(_ metric: String, in folder: FilePath) throws -> [Double] {
    let bytes = try FileStore.read(folder.appending("metrics.csv"))
    let lines: [Substring] = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return lines.compactMap { line -> Double? in
      let cells: [Substring] = line.split(separator: ",", omittingEmptySubsequences: false)
      return cells.count > 3 && cells[2] == metric ? Double(cells[3]) : nil
    }
  }

  @Test(
    "A Gaussian in Python, with numpy, runs, scores, resumes to the same bytes, and loses variance",
    .enabled(if: hasNumpy, "needs python3 with numpy"))
  func python() throws {
    try withTool { genloss in
      let words = [
        "run", "gaussian:d=3", "--generator", "exec:python3 '\(Self.python.string)'", "--samples",
        "60", "--seed", "3", "-q",
      ]
      let whole = try genloss.run(words + ["--generations", "4", "-o", "whole"])
      #expect(whole.status == 0, "\(whole.messages)")
      #expect(try genloss.run(words + ["--generations", "2", "-o", "out"]).status == 0)
      #expect(try genloss.run(words + ["--generations", "4", "-o", "out"]).status == 0)
      let (a, b) = (try contents(of: genloss.path("whole")), try contents(of: genloss.path("out")))
      #expect(a["metrics.csv"] == b["metrics.csv"])
      #expect(a["generations/004/model.safetensors"] == b["generations/004/model.safetensors"])
      #expect(a.keys.filter { $0.hasPrefix(".tmp") || $0.contains("/.tmp") }.isEmpty)
      // The entropy of a standard normal number is 2.05 bits.
      let bits = try values("bits_per_dim", in: genloss.path("whole"))
      #expect(bits.count == 5 && abs(bits[0] - 2.05) < 0.3)
      // The control, refitted to the same real samples, is the built-in Gaussian up to its draws.
      let drawn = try values("total_variance", in: genloss.path("whole/control"))
      #expect(drawn.count == 5 && drawn.allSatisfy { abs($0 - 3) < 1.5 })
    }
  }

  @Test("The same command in Python on pictures draws and measures them", .enabled(if: hasNumpy))
  func pictures() throws {
    try withIcons { genloss in
      let outcome = try genloss.run([
        "run", "icons", "--generator", "exec:python3 '\(Self.python.string)'", "--samples", "20",
        "--generations", "1", "--no-control", "-q", "-o", "out",
      ])
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(FileStore.exists(genloss.path("out/pictures/filmstrip.png")))
    }
  }

  @Test("A shell script is a generator, too, and its bytes are those of one long run when resumed")
  func shell() throws {
    try withScript(Self.copier) { genloss in
      let words = [
        "run", "gaussian:d=2", "--generator", "exec:sh model.sh", "--samples", "30", "-q",
      ]
      #expect(try genloss.run(words + ["--generations", "3", "-o", "whole"]).status == 0)
      #expect(try genloss.run(words + ["--generations", "1", "-o", "out"]).status == 0)
      #expect(try genloss.run(words + ["--generations", "3", "-o", "out"]).status == 0)
      let (a, b) = (try contents(of: genloss.path("whole")), try contents(of: genloss.path("out")))
      #expect(a["metrics.csv"] == b["metrics.csv"])
      #expect(a["generations/003/samples.npy"] == b["generations/003/samples.npy"])
      let repeated = try genloss.run(
        ["run", "--config", "whole/run.json", "-o", "again", "-q"])
      #expect(repeated.status == 0, "\(repeated.messages)")
      #expect(try contents(of: genloss.path("again"))["metrics.csv"] == a["metrics.csv"])
    }
  }

  @Test("Pictures go through a shell script as PNG files")
  func shellPictures() throws {
    let script = """
      case $1 in fit) cp -r "$2" "$3";; draw) i=0; while [ $i -lt $3 ]; do
        cp "$2/00000$((i % 10)).png" "$5/$i.png"; i=$((i+1)); done;; *) exit 64;; esac
      """
    try withIcons { genloss in
      try FileStore.write(script, to: genloss.path("model.sh"))
      let outcome = try genloss.run([
        "run", "icons", "--generator", "exec:sh model.sh", "--exec-format", "png", "--samples",
        "20",
        "--generations", "2", "--no-control", "-q", "-o", "out",
      ])
      #expect(outcome.status == 0, "\(outcome.messages)")
      // Ten originals survive the first generation: the same ten for ever.
      let distinct = try values("distinct_nearest", in: genloss.path("out"))
      #expect(distinct.allSatisfy { $0 <= 10 })
    }
  }

  @Test("A generation whose command fails ends the run with status 1; mended, it goes on")
  func resumable() throws {
    try withScript(
      "test -e broken && test $1 = fit && { echo no luck >&2; exit 7; }\n\(Self.copier)"
    ) {
      genloss in
      let words = [
        "run", "gaussian:d=2", "--generator", "exec:sh model.sh", "--samples", "30", "--no-control",
        "-q", "-o", "out", "--generations",
      ]
      #expect(try genloss.run(words + ["1"]).status == 0)
      try FileStore.write("", to: genloss.path("broken"))
      let failed = try genloss.run(words + ["3"])
      #expect(failed.status == 1)
      #expect(
        failed.messages.contains(
          "The command `sh model.sh fit` ended with status 7. Its last lines:\n  no luck\n"))
      #expect(FileStore.exists(genloss.path("out/generations/001")))
      #expect(!FileStore.exists(genloss.path("out/generations/002")))
      try FileStore.remove(genloss.path("broken"))
      #expect(try genloss.run(words + ["3"]).status == 0)
      #expect(FileStore.exists(genloss.path("out/COMPLETE")))
    }
  }

  @Test(
    "The command ends with genloss, however that ends",
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGKILL, 137)] as [(Int32, Int32)])
  func ended(signal: Int32, status: Int32) throws {
    // The first shell starts another, as a launcher would.
    let script = """
      case $1 in fit) sh -c 'echo $$ > pid.tmp; mv pid.tmp pid; sleep 300' ; exit;; esac
      """
    try withScript(script) { genloss in
      let outcome = try genloss.start([
        "run", "gaussian:d=2", "--generator", "exec:sh model.sh", "--samples", "30", "-o", "out",
      ]) { process in
        let end = Date(timeIntervalSinceNow: 60)
        while process.isRunning, !FileStore.exists(genloss.path("pid")), Date() < end {
          Thread.sleep(forTimeInterval: 0.01)
        }
        kill(process.processIdentifier, signal)
      }
      #expect(outcome.status == status)
      let text = String(decoding: try FileStore.read(genloss.path("pid")), as: UTF8.self)
      #expect(hasEnded(try #require(Int32(text.dropLast()))))
      // The folder that a killed process leaves is swept at the next start.
      try FileStore.write(Self.copier, to: genloss.path("model.sh"))
      let next = try genloss.run([
        "run", "gaussian:d=2", "--generator", "exec:sh model.sh", "--samples", "30",
        "--generations", "10", "-q", "-o", "out",
      ])
      #expect(next.status == 0, "\(next.messages)")
      #expect(try contents(of: genloss.path("out")).keys.filter { $0.contains(".tmp-") }.isEmpty)
    }
  }

  @Test("Settings that a command cannot have are refused")
  func refusals() throws {
    try withTool { genloss in
      for (words, message) in [
        (["exec:"], "Choose exec: and a command"),
        (["exec:x", "--components", "3"], "The generator exec has no setting components."),
        (["exec:x", "--bias", "0.9"], "a command draws what it draws"),
        (["exec:x", "--exec-format", "png"], "these samples are no pictures"),
        (["exec:x", "--exec-format", "jpg"], "npy"),
        (["gmm", "--exec-format", "png"], "The generator gmm has no setting exec-format."),
      ] {
        let outcome = try genloss.run(["run", "gaussian:d=2", "-o", "out", "--generator"] + words)
        #expect(outcome.status == 64, "\(words): \(outcome.messages)")
        #expect(outcome.messages.contains(message), "\(words): \(outcome.messages)")
        #expect(!FileStore.exists(genloss.path("out")))
      }
    }
  }

  /// Waits half a minute at most for a process to end.
  private func hasEnded(_ process: Int32) -> Bool {
    for _ in 0..<1500 {
      let status =
        (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ") Z "
      if status.contains(") Z ") { return true }
      Thread.sleep(forTimeInterval: 0.02)
    }
    return false
  }
}
