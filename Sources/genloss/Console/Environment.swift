import Foundation

/// Environment variables that change how output looks.
enum Environment {
  /// The value of a variable; `nil` if it is not set.
  static func value(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }
}
