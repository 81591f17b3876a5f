import Foundation
import LinearAlgebra
import Storage
import SystemPackage
import Testing

@testable import Recursion

@Suite("Limits of control groups")
struct ControlGroupTests {
  /// The control groups of a process as files in a folder.
  private static func group<Result>(
    _ groups: String, _ files: [String: String], _ body: (ControlGroup) throws -> Result
  ) throws -> Result {
    let root = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("genloss-groups-\(UUID().uuidString)")
    defer { try? FileStore.remove(root) }
    let all = files.map { ("sys/fs/cgroup/\($0.key)", $0.value) } + [("proc/self/cgroup", groups)]
    for (name, content) in all {
      let path = root.pushing(FilePath(name))
      try FileStore.createFolder(path.removingLastComponent())
      try FileStore.write(content, to: path)
    }
    return try body(ControlGroup(root: root))
  }

  @Test(
    "The least memory limit between the process's own group and the root counts",
    arguments: [
      // Version 2: the limit is the own group's, one above it, or the root's, as in a container.
      ("0::/a.slice/b", ["a.slice/b/memory.max": "4096\n", "a.slice/memory.max": "max\n"], 4096),
      ("0::/a.slice/b", ["a.slice/b/memory.max": "max\n", "a.slice/memory.max": "512\n"], 512),
      ("0::/a/b/c", ["a/memory.max": "300\n", "a/b/memory.max": "200\n"], 200),
      ("0::/", ["memory.max": "77\n"], 77),
      // The groups of others do not count.
      ("0::/a", ["a/memory.max": "max\n", "b/memory.max": "5\n"], nil),
      // A path outside of the namespace, and one that is not there.
      ("0::/../../x", ["memory.max": "99\n", "x/memory.max": "1\n"], 99),
      ("0::/docker/0123", ["memory.max": "64\n"], 64),
      // Version 1 beside other controllers, and where it has no limit.
      (
        "12:cpu,cpuacct:/u\n4:memory:/a/b\n1:name=systemd:/a\n",
        [
          "memory/a/b/memory.limit_in_bytes": "2048\n",
          "memory/memory.limit_in_bytes": "9223372036854771712\n",
        ], 2048
      ),
      ("4:memory:/docker/0123", ["memory/memory.limit_in_bytes": "1024\n"], 1024),
      // Both versions at once.
      (
        "4:memory:/a\n0::/c\n",
        ["memory/a/memory.limit_in_bytes": "700\n", "unified/c/memory.max": "600\n"], 600
      ),
      // A colon and a space in a name.
      ("0::/a:b c", ["a:b c/memory.max": "31\n"], 31),
      // Nothing, and nonsense.
      ("", [:], nil),
      ("nonsense\n\n0::\n::\n", ["memory.max": "-5 x\n"], nil),
    ] as [(String, [String: String], Int?)])
  func memory(groups: String, files: [String: String], expected: Int?) throws {
    try Self.group(groups, files) { group in
      #expect(group.memory == expected)
    }
  }

  @Test("A limit of more than the machine has grants no more than the machine has")
  func physical() throws {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    try Self.group("0::/a", ["a/memory.max": "9223372036854771712\n"]) { group in
      #expect(Machine.memory(in: group) == physical)
    }
    try Self.group("0::/a", ["a/memory.max": "1000000\n"]) { group in
      #expect(Machine.memory(in: group) == 1_000_000)
    }
  }

  @Test(
    "The least time of processors counts, in whole processors and at least one",
    arguments: [
      ("0::/a", ["a/cpu.max": "max 100000\n", "cpu.max": "50000 100000\n"], 0.5),
      ("0::/a", ["a/cpu.max": "20000 100000\n", "cpu.max": "50000 100000\n"], 0.2),
      ("0::/a", ["a/cpu.max": "max 100000\n"], nil),
      (
        "3:cpu,cpuacct:/a",
        ["cpu/a/cpu.cfs_quota_us": "150000\n", "cpu/a/cpu.cfs_period_us": "100000\n"], 1.5
      ),
      (
        "3:cpu,cpuacct:/",
        ["cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"], nil
      ),
    ] as [(String, [String: String], Double?)])
  func processors(groups: String, files: [String: String], expected: Double?) throws {
    try Self.group(groups, files) { group in
      #expect(group.processors == expected)
      let granted = expected.map { max(1, Int($0.rounded(.up))) } ?? Parallelism.processorCount
      #expect(Machine.processors(in: group) == min(granted, Parallelism.processorCount))
    }
  }
}
