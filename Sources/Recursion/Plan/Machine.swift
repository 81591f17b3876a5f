import Foundation
import LinearAlgebra

/// What of the machine this process may use: the least of what the hardware has and what the control
/// group grants.
public enum Machine {
  /// The processors: those of the affinity mask, or fewer where the control group grants less time.
  public static let processors = max(
    1, min(Parallelism.processorCount, grantedProcessors ?? Parallelism.processorCount))

  /// The memory, in bytes.
  public static let memory: Int = {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let granted = ["memory.max", "memory/memory.limit_in_bytes"].compactMap { name in
      limits(name)?.first.flatMap { Int($0) }
    }
    return ([physical] + granted.filter { $0 > 0 }).min() ?? physical
  }()

  /// The processors that the control group's time amounts to, rounded up; `nil` without a limit.
  private static var grantedProcessors: Int? {
    let current = limits("cpu.max")
    guard
      let quota = (current?.first ?? limits("cpu/cpu.cfs_quota_us")?.first).flatMap(Double.init),
      let period = (current?.last ?? limits("cpu/cpu.cfs_period_us")?.first).flatMap(Double.init),
      quota > 0, period > 0
    else { return nil }
    return Int((quota / period).rounded(.up))
  }

  /// The words of a file of limits, at the root of what the process sees of control groups:
  /// its own group inside a container; `nil` where there is none, as in a group of the host.
  private static func limits(_ name: String) -> [String]? {
    let text = try? String(contentsOfFile: "/sys/fs/cgroup/\(name)", encoding: .utf8)
    return text?.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
