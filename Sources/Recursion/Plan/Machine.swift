import Foundation
import LinearAlgebra

/// What of the machine this process may use: the least of what the hardware has and what its control
/// groups grant.
public enum Machine {
  /// The processors: those of the affinity mask, or fewer where a control group grants less time.
  public static let processors = processors(in: ControlGroup())

  /// The memory, in bytes.
  public static let memory = memory(in: ControlGroup())

  static func processors(in group: ControlGroup) -> Int {
    let granted = group.processors.flatMap { Int(exactly: $0.rounded(.up)) }
    return max(1, min(Parallelism.processorCount, granted ?? Parallelism.processorCount))
  }

  static func memory(in group: ControlGroup) -> Int {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    return min(physical, group.memory ?? physical)
  }
}
