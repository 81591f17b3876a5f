import Foundation
import Storage
import SystemPackage

/// The control groups that this process is in, and what they grant it.
///
/// A limit binds all groups below, so the least one on the way from the process's own group to the
/// root counts. Inside a container the way may be short: the root that is seen there is the
/// container's own group, and what `/proc/self/cgroup` names may not exist below it.
struct ControlGroup {
  /// The folder that stands for `/`.
  private let root: FilePath

  /// The groups of the process as `/proc/self/cgroup` names them: by controller, `""` for version 2.
  private let paths: [String: FilePath]

  /// Reads which groups the process is in.
  ///
  /// - Parameter root: The folder that stands for `/`.
  init(root: FilePath = "/") {
    self.root = root
    let text = Self.text(of: root.appending("proc/self/cgroup")) ?? ""
    var paths: [String: FilePath] = [:]
    for line in text.utf8.split(separator: 0x0A) {
      // `hierarchy:controllers:path`; the path may hold colons.
      let parts = line.split(separator: 0x3A, maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let path = FilePath(bytes: parts[2])
      for controller in parts[1].split(separator: 0x2C, omittingEmptySubsequences: false) {
        paths[String(decoding: controller, as: UTF8.self)] = path
      }
    }
    self.paths = paths
  }

  /// The memory, in bytes; `nil` without a limit.
  var memory: Int? {
    let limits =
      groups(ofController: "").map { words("memory.max", of: $0) }
      + groups(ofController: "memory").map { words("memory.limit_in_bytes", of: $0) }
    return limits.compactMap { $0.first.flatMap { Int($0) } }.filter { $0 > 0 }.min()
  }

  /// The time of processors for each second on the clock; `nil` without a limit.
  var processors: Double? {
    let limits =
      groups(ofController: "").map { words("cpu.max", of: $0) }
      + groups(ofController: "cpu").map {
        words("cpu.cfs_quota_us", of: $0) + words("cpu.cfs_period_us", of: $0)
      }
    return limits.compactMap { words -> Double? in
      guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]),
        quota > 0, period > 0
      else { return nil }
      return quota / period
    }.min()
  }

  /// The folders of the process's own group and of those above it, the root included.
  private func groups(ofController controller: String) -> [FilePath] {
    let top = root.appending("sys/fs/cgroup")
    // Where both versions are in use, the second has a place beside the first's controllers.
    let tops = controller.isEmpty ? [top, top.appending("unified")] : [top.appending(controller)]
    return tops.flatMap { top in
      var groups = [top]
      for component in paths[controller]?.components ?? FilePath().components {
        // A group outside of what this process sees.
        guard component.kind == .regular, let above = groups.last else { return [top] }
        groups.append(above.appending(component))
      }
      return groups
    }
  }

  private func words(_ name: String, of group: FilePath) -> [Substring] {
    Self.text(of: group.appending(name))?.split(whereSeparator: \.isWhitespace) ?? []
  }

  /// What the system writes into a file whose size it does not tell.
  private static func text(of file: FilePath) -> String? {
    try? String(contentsOfFile: file.string, encoding: .utf8)
  }
}
