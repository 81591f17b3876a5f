import Foundation
import Storage
import SystemPackage
import Testing

/// The built command, run as a user runs it.
struct CommandLineTool {
  /// What a run of the command left.
  struct Outcome {
    /// The exit code; 128 and the signal's number if it was killed by one.
    let status: Int32
    let output: String
    let messages: String

    /// The output as strict JSON.
    var json: JSONValue {
      get throws { try JSONValue(parsing: Array(output.utf8)) }
    }
  }

  /// The binary, which the package manager puts beside the tests.
  static var path: String {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return tests.appendingPathComponent("genloss").path
  }

  /// The folder that it works in.
  let folder: FilePath

  /// Runs the command.
  @discardableResult
  func callAsFunction(_ arguments: String...) throws -> Outcome {
    try run(arguments)
  }

  /// Runs the command.
  @discardableResult
  func run(_ arguments: [String]) throws -> Outcome {
    try Self.run(Self.path, arguments, in: folder)
  }

  /// Runs the command, and kills it if it has not ended after some seconds.
  func run(_ arguments: [String], killedAfter seconds: Double) throws -> Outcome {
    try start(arguments) { process in
      Thread.sleep(forTimeInterval: seconds)
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
  }

  /// Runs the command and does something while it works.
  func start(_ arguments: [String], during body: (Process) -> Void) throws -> Outcome {
    try Self.run(Self.path, arguments, in: folder, during: body)
  }

  /// Runs a line of the shell in which `$GENLOSS` is the command.
  func shell(_ line: String) throws -> Outcome {
    try Self.run("/bin/sh", ["-c", line], in: folder)
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> FilePath { folder.appending(name) }

  private static func run(
    _ executable: String, _ arguments: [String], in folder: FilePath,
    during body: (Process) -> Void = { _ in }
  ) throws -> Outcome {
    // Files, not pipes: nobody need read while the command writes.
    let names = ["out", "err"].map { "\(folder).\(UUID().uuidString).\($0)" }
    defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
    let handles = try names.map { name in
      try FileStore.write("", to: FilePath(name))
      return try FileHandle(forWritingTo: URL(fileURLWithPath: name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.string)
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["GENLOSS": path, "SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try process.run()
    body(process)
    process.waitUntilExit()
    let texts = try names.map {
      String(decoding: try FileStore.read(FilePath($0)), as: UTF8.self)
    }
    let wasKilled = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (wasKilled ? 128 : 0), output: texts[0],
      messages: texts[1])
  }
}

/// Runs a test with the command in a folder of its own and removes it afterwards.
func withTool<Result>(_ body: (CommandLineTool) throws -> Result) throws -> Result {
  let parent = FilePath(FileManager.default.temporaryDirectory.path)
    .appending("genloss-command-\(UUID().uuidString)")
  let folder = parent.appending("here")
  try FileStore.createFolder(folder)
  defer { try? FileStore.remove(parent) }
  return try body(CommandLineTool(folder: folder))
}

/// Forty small drawn pictures and their table, drawn once.
private let icons = Result {
  try withTool { genloss in
    let drawn = try genloss("sprites", "icons", "--count", "40", "--size", "16")
    try #require(drawn.status == 0, "\(drawn.messages)")
    return try contents(of: genloss.path("icons"))
  }
}

/// The same with forty small drawn pictures in `icons`.
func withIcons<Result>(_ body: (CommandLineTool) throws -> Result) throws -> Result {
  try withTool { genloss in
    for (name, bytes) in try icons.get() {
      let url = URL(fileURLWithPath: genloss.path("icons").string).appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
    return try body(genloss)
  }
}

/// The bytes of all files below a folder by their relative paths, without `run.lock`.
func contents(of folder: FilePath, prefix: String = "") throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in try FileStore.names(in: folder) where name.string != "run.lock" {
    let path = folder.appending(name)
    if FileStore.isFolder(path) {
      let below = try contents(of: path, prefix: "\(prefix)\(name.string)/")
      files.merge(below) { first, _ in first }
    } else {
      files[prefix + name.string] = try FileStore.read(path)
    }
  }
  return files
}
