import Foundation
import Metrics
import Storage
import SystemPackage

/// A folder in which runs keep what they have in common, so that it is computed once.
///
///     control-KEY/     the control loop, a run folder of its own
///     nulls-KEY.json   null bands, after their SHA-256
///     *.lock           held while a process computes one of them; the others wait
///
/// KEY is a hash of all that decides the content, so that nothing in it is ever out of date; a file that is
/// not as it was written is removed and made again. The folder may be deleted at any time while no run
/// works with it.
struct SharedWork: Sendable {
  /// The folder.
  let path: FilePath

  /// The time between two attempts at a lock that another process holds.
  private static let pause = 0.2

  /// The hexadecimal digits of a key.
  private static let digits = 32

  /// The hash of what decides a content.
  static func key(_ members: [(key: String, value: JSONValue)]) -> String {
    let value = JSONValue.object(members.map { JSONValue.Member($0.key, $0.value) })
    return String(SHA256.hexDigest(of: value.bytes()).prefix(digits))
  }

  /// Keeps others from a content until the value goes away; waits for whoever holds it.
  ///
  /// - Parameter waiting: Called before each attempt but the first; it may throw to give up.
  func lock(_ name: String, waiting: () throws -> Void) throws -> FileLock {
    try FileStore.createFolder(path)
    while true {
      do throws(StorageError) {
        return try FileLock(path.appending("\(name).lock"))
      } catch {
        guard case .locked = error.cause else { throw error }
        try waiting()
        Thread.sleep(forTimeInterval: Self.pause)
      }
    }
  }
}

extension SharedWork {
  /// What null bands depend on, beside what they prove themselves by their fingerprint.
  private static let nullKeys: Set<String> = [
    "data-fingerprint", "samples", "seed", "holdout", "feature-share", "split", "truth", "metrics",
    "features",
  ]

  /// The name of the file of the null bands of a run with these options.
  static func nullsName(_ entries: [(key: String, value: JSONValue)]) -> String {
    // A model in the data's place is another with every option of its fit.
    let isTwin = entries.contains { $0.key == "truth" && $0.value.string == Truth.model.rawValue }
    let free: Set<String> = ["data", "generations"]
    return "nulls-"
      + key(entries.filter { isTwin ? !free.contains($0.key) : nullKeys.contains($0.key) })
  }

  /// Returns the bytes that were stored under a name; `nil` if there are none.
  ///
  /// - Parameter damaged: Told of a file that is not as it was written, and is removed.
  /// - Throws: `StorageError`, or what `damaged` throws.
  func content(_ name: String, damaged: (FilePath) throws -> Void) throws -> [UInt8]? {
    let file = path.appending("\(name).json")
    guard FileStore.exists(file) else { return nil }
    let bytes = (try? FileStore.read(file, limit: 1 << 30)) ?? []
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    if lines.count == 2, lines[0].elementsEqual(SHA256.hexDigest(of: Array(lines[1])).utf8) {
      return Array(lines[1])
    }
    try damaged(file)
    try FileStore.remove(file)
    return nil
  }

  /// Stores bytes under a name.
  func store(_ content: [UInt8], as name: String) throws(StorageError) {
    try FileStore.write(
      Array("\(SHA256.hexDigest(of: content))\n".utf8) + content,
      to: path.appending("\(name).json"))
  }
}
