import Foundation
import Storage
import SystemPackage
import Testing

@Suite("Provoked errors")
struct ProvokedErrorTests {
  @Test(
    "Each error says, word for word, what was wrong and what to do, with --dry-run too",
    arguments: Provocation.all)
  func wordForWord(_ provocation: Provocation) throws {
    try withIcons { genloss in
      try provocation.prepare(genloss)
      let before = try contents(of: genloss.folder)
      // Before what is missing at the end of a line, it would be taken for it.
      let isWhole = provocation.line.hasPrefix("run ") && !provocation.line.hasSuffix("--out")
      for more in isWhole ? [" --dry-run", ""] : [""] {
        let outcome = try genloss.shell("\"$GENLOSS\" \(provocation.line)\(more)")
        let last = outcome.messages.split(separator: "\n").last.map(String.init) ?? ""
        #expect(last == "genloss: " + provocation.message)
        #expect(outcome.status == provocation.status)
        #expect(outcome.output.isEmpty)
        #expect(try contents(of: genloss.folder) == before)
      }
    }
  }

  @Test("A folder in use is refused at once, by --dry-run too, with who holds it")
  func locked() throws {
    try withIcons { genloss in
      try FileStore.createFolder(genloss.path("out"))
      let lock = try FileLock(genloss.path("out/run.lock"))
      for more in [[], ["--dry-run"]] {
        let outcome = try withExtendedLifetime(lock) {
          try genloss.run(["run", "icons", "--samples", "20", "-o", "out"] + more)
        }
        #expect(outcome.status == 75)
        #expect(outcome.messages.contains("out is in use by process"))
        #expect(
          outcome.messages.hasSuffix("Wait for it, or choose another folder with --out.\n"))
      }
    }
  }

  @Test("A run that does not fit into memory is refused before anything is read, with the figure")
  func memory() throws {
    try withIcons { genloss in
      for line in [
        "run icons --size 4096 --samples 20", "run sprites:size=256 --samples 10000000",
        "run gaussian:d=4096 --samples 100000000",
      ] {
        let outcome = try genloss.shell("\"$GENLOSS\" \(line)")
        if line.contains("icons"), outcome.status != 64 { continue }  // A machine of 100 GB.
        #expect(outcome.status == 64, "\(line)")
        #expect(
          outcome.messages.contains(
            /this run would take about [0-9]+ GB of memory, and it may take/))
        #expect(outcome.messages.contains("Lower --samples, --size, --limit or --generations."))
      }
    }
  }

  @Test("A folder that may not be written to is refused with the path", .enabled(if: getuid() != 0))
  func readOnly() throws {
    try withIcons { genloss in
      let outcome = try genloss.shell(
        "mkdir locked && chmod 500 locked && \"$GENLOSS\" run icons --samples 20 -o locked/out")
      #expect(outcome.status == 73)
      #expect(
        outcome.messages.contains(
          "No permission to create locked/out. Change its mode or choose another path."))
    }
  }
}
