import Foundation

/// The resident set of this process, in MB.
enum ResidentMemory {
  /// As it is now.
  static var now: Int { megabytes("VmRSS:") }

  /// The largest so far.
  static var peak: Int { megabytes("VmHWM:") }

  private static func megabytes(_ key: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
    let kilobytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
    return (kilobytes ?? 0) / 1000
  }
}
