import Foundation
import GenerationLoss
import Recursion
import Storage
import Synchronization
import SystemPackage
import Testing

@testable import genloss

@Suite("A whole run on a disk that fails")
struct FaultyDiskTests {
  /// Pictures that cost nothing.
  private struct Blots: Illustrator {
    func pictures(of view: GenerationView) -> [NamedFile] {
      [("grid.png", [UInt8(view.generation)])]
    }
    func pictures(of run: RunView) -> [NamedFile] {
      [("timeline.png", [7]), ("timeline.svg", [8])]
    }
  }

  /// Two generations and their control on a law: all that a run does with its folder, in
  /// milliseconds.
  private static func perform(in path: FilePath) throws {
    var configuration = RunConfiguration()
    configuration.data = "gaussian:d=1"
    configuration.generator = "gaussian"
    configuration.samples = 8
    configuration.generations = 1
    let data = try DataSource.open(configuration.data, pictures: configuration.pictures, seed: 1)
    _ = try Run(
      configuration: configuration, data: data, illustrator: Blots(), command: ["genloss"],
      version: "1"
    ).perform(in: path) { _ in }
  }

  /// Performs the run, letting `fault` decide about each call to the system by its number.
  ///
  /// Flushes that do not fail are left out: no test cuts the power, and they take most of the time.
  ///
  /// - Returns: The calls made.
  @discardableResult
  private static func perform(
    in path: FilePath,
    _ fault: @escaping @Sendable (Int, SystemCall.Name) -> SystemCall.Fault? = { _, _ in nil }
  ) throws -> [SystemCall.Name] {
    let calls = Mutex<[SystemCall.Name]>([])
    try SystemCall.FaultPlan { name in
      let number = calls.withLock { calls in
        calls.append(name)
        return calls.count - 1
      }
      return fault(number, name) ?? (name == .flush ? .omitted : nil)
    }.run { try perform(in: path) }
    return calls.withLock { $0 }
  }

  private static func withPath<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
    // In memory where there is any to put files in: thousands of runs wear a disk for nothing.
    let memory = FilePath("/dev/shm")
    let parent = (FileStore.isFolder(memory) ? memory : "/tmp").appending("genloss-\(UUID())")
    try FileStore.createFolder(parent)
    defer { try? FileStore.remove(parent) }
    return try body(parent.appending("run"))
  }

  /// The calls and files of a run that nothing disturbs.
  private static let undisturbed = Result { () throws -> Undisturbed in
    try withPath { path in
      Undisturbed(calls: try perform(in: path) { _, _ in nil }, files: try contents(of: path))
    }
  }

  private struct Undisturbed {
    let calls: [SystemCall.Name]
    let files: [String: [UInt8]]
  }

  @Test(
    "Whichever call fails, the run ends with 73 or 74, a path and a reason, and goes on later",
    arguments: [Errno.ioError, .noSpace])
  func failures(errno: Errno) throws {
    let undisturbed = try Self.undisturbed.get()
    let (calls, files) = (undisturbed.calls, undisturbed.files)
    #expect(Set(calls).isSuperset(of: [.open, .read, .write, .flush, .rename, .truncate, .lock]))
    for (number, call) in calls.enumerated() {
      try Self.withPath { path in
        do {
          try Self.perform(in: path) { made, _ in made == number ? .error(errno) : nil }
          // Whether a file that was only read can be closed changes nothing.
          #expect(call == .close, "call \(number), \(call), failed and nobody noticed")
        } catch {
          let statuses: [genloss.ExitStatus] =
            errno == .noSpace ? [.inputOutput] : [.inputOutput, .cannotCreate]
          #expect(
            statuses.contains(genloss.ExitStatus(for: error)), "call \(number), \(call): \(error)")
          let sentence = "\(error)"
          #expect(sentence.contains(path.removingLastComponent().string), "\(sentence)")
          #expect(
            sentence.contains(errno == .noSpace ? "disk is full" : "\(errno)"), "\(sentence)")
        }
        try Self.perform(in: path)
        #expect(try contents(of: path) == files, "call \(number), \(call)")
      }
    }
  }

  @Test(
    "Every call interrupted before it is made, and every byte moved alone: nobody notices",
    arguments: [SystemCall.Fault.error(.interrupted), .short])
  func interruptions(fault: SystemCall.Fault) throws {
    let files = try Self.undisturbed.get().files
    try Self.withPath { path in
      let wasInterrupted = Mutex(false)
      try Self.perform(in: path) { _, name in
        guard fault != .short else { return fault }
        // A call is made again, and asked about again, but for one that closes a file.
        guard name != .close else { return nil }
        return wasInterrupted.withLock { was in
          was.toggle()
          return was ? fault : nil
        }
      }
      #expect(try contents(of: path) == files)
    }
  }

  @Test("Killed between any two calls, the run goes on to the same bytes")
  func kills() throws {
    let undisturbed = try Self.undisturbed.get()
    let (calls, files) = (undisturbed.calls, undisturbed.files)
    for last in calls.indices {
      try Self.withPath { path in
        // After its death a process makes no call, not even to clean up.
        _ = try? Self.perform(in: path) { made, _ in made >= last ? .error(.ioError) : nil }
        try Self.perform(in: path)
        #expect(try contents(of: path) == files, "killed before call \(last), \(calls[last])")
      }
    }
  }
}
