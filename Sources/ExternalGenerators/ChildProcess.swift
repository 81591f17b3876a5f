import CChildProcess
import Storage
import SystemPackage

/// A command of the user's, run to its end by the shell.
///
/// It cannot outlive this process: whatever ends that, SIGKILL included, ends the command and what it
/// started (see `CChildProcess`).
struct ChildProcess {
  /// How a command ended.
  enum End: Equatable {
    case exit(status: Int)
    case signal(number: Int)
    /// It could not be started.
    case failure(Errno)
  }

  /// The command as the shell reads it, to which the words are added.
  let command: String

  /// Settings that the shell exports first, such as `SHAPE=8x8x3`: plain words.
  var exports: [String] = []

  /// Runs the command with these words behind it and waits; what it prints is appended to `log`.
  func run(_ words: [[UInt8]], log: FilePath) -> End {
    let settings = exports.map { "export \($0); " }.joined()
    let script = Array("\(settings)\(command) \"$@\"".utf8)
    let all = ["/bin/sh", "-c"].map { Array($0.utf8) } + [script, Array("genloss".utf8)] + words
    let joined = all.flatMap { word in word.map { CChar(bitPattern: $0) } + [0 as CChar] }
    let result = unsafe log.withPlatformString {
      unsafe cchild_run(joined, joined.count, $0)
    }
    return switch result {
    case ..<0: .failure(Errno(rawValue: -result))
    case 256...: .signal(number: Int(result) - 256)
    default: .exit(status: Int(result))
    }
  }
}
