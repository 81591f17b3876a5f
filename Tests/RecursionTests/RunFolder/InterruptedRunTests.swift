import Recursion
import Storage
import Synchronization
import SystemPackage
import Testing

@Suite("Interrupted runs")
struct InterruptedRunTests {
  private let run = ScriptedRun(generations: 1)

  /// Runs `body`, letting `fault` decide about each call to the system by its number.
  ///
  /// Flushes that do not fail are left out: no test cuts the power, and they take most of the time.
  private func withFaults(
    _ fault: @escaping @Sendable (Int, SystemCall.Name) -> SystemCall.Fault?,
    _ body: () throws -> Void
  ) rethrows -> Int {
    let count = Mutex(0)
    try SystemCall.FaultPlan { name in
      let number = count.withLock { count in
        defer { count += 1 }
        return count
      }
      return fault(number, name) ?? (name == .flush ? .omitted : nil)
    }.run(body)
    return count.withLock { $0 }
  }

  /// The files of a run that nothing disturbed, and the number of system calls it made.
  private func undisturbed() throws -> (files: [String: [UInt8]], calls: Int) {
    try withRunPath { path in
      let calls = try withFaults({ _, _ in nil }) { try run.finish(path) }
      return (try tree(path), calls)
    }
  }

  @Test("A run killed before any of its system calls is resumed to the same bytes")
  func killedAnywhere() throws {
    let expected = try undisturbed()
    #expect(expected.calls > 100)
    for last in 0..<expected.calls {
      try withRunPath { path in
        // After its death a process makes no call, not even to clean up.
        #expect(throws: (any Error).self) {
          _ = try withFaults({ number, _ in number >= last ? .error(.ioError) : nil }) {
            try run.finish(path)
            // The last calls close files, whose failure changes nothing.
            throw StorageError(.write, path, .system(.ioError))
          }
        }
        try run.finish(path)
        #expect(try tree(path) == expected.files, "killed before call \(last)")
      }
    }
  }

  @Test("A run killed twice is resumed to the same bytes")
  func killedTwice() throws {
    let expected = try undisturbed()
    for first in stride(from: 20, to: expected.calls, by: 37) {
      for second in stride(from: 0, to: expected.calls - first, by: 41) {
        try withRunPath { path in
          for last in [first, second] {
            _ = try? withFaults({ number, _ in number >= last ? .error(.ioError) : nil }) {
              try run.finish(path)
            }
          }
          try run.finish(path)
          #expect(try tree(path) == expected.files, "killed before calls \(first), \(second)")
        }
      }
    }
  }

  @Test(
    "Whichever single call fails, the error names a path, and the run goes on to the same bytes")
  func singleFailures() throws {
    let expected = try undisturbed()
    for failing in 0..<expected.calls {
      try withRunPath { path in
        do {
          _ = try withFaults({ number, _ in number == failing ? .error(.noSpace) : nil }) {
            try run.finish(path)
          }
        } catch let error as RunFolderError {
          guard case .storage(let cause) = error else {
            Issue.record("call \(failing): \(error)")
            return
          }
          #expect(cause.description.contains(path.removingLastComponent().string))
        }
        try run.finish(path)
        #expect(try tree(path) == expected.files, "call \(failing)")
      }
    }
  }

  @Test("Interrupted calls and short writes change nothing")
  func interruptions() throws {
    let expected = try undisturbed().files
    try withRunPath { path in
      _ = try withFaults({ number, name in
        name == .write && number % 3 == 0
          ? .short : number % 2 == 0 ? .error(.interrupted) : nil
      }) {
        try run.finish(path)
      }
      #expect(try tree(path) == expected)
    }
  }

  @Test("What an interrupted process left is swept: temporary files and folders")
  func sweeping() throws {
    try withRunPath { path in
      try run.finish(path)
      let expected = try tree(path)
      try FileStore.createFolder(path.appending("generations/.tmp-002-99"))
      for name in [".tmp-99-0", "generations/.tmp-002-99/grid.png", "pictures/.tmp-99-1"] {
        try FileStore.write("half", to: path.appending(name))
      }
      try run.finish(path)
      #expect(try tree(path) == expected)
    }
  }

  @Test("A generation that the index does not know is computed again")
  func unknownGeneration() throws {
    try withRunPath { path in
      let whole = path.removingLastComponent().appending("whole")
      try ScriptedRun(generations: 2).finish(whole)
      let folder = try ScriptedRun(generations: 2).open(path)
      try FileStore.createFolder(path.appending("generations/000"))
      try FileStore.write("half", to: path.appending("generations/000/samples.npy"))
      #expect(folder.completedGenerations.isEmpty)
    }
    try withRunPath { path in
      let expected = try undisturbed().files
      _ = try run.open(path)
      try FileStore.createFolder(path.appending("generations/000"))
      try FileStore.write("half", to: path.appending("generations/000/samples.npy"))
      try FileStore.write("half", to: path.appending("generations/000/other"))
      try run.finish(path)
      #expect(try tree(path) == expected)
    }
  }

  @Test("Files and last generations that somebody removed are made again")
  func removedFiles() throws {
    let expected = try undisturbed().files
    for names in [
      ["pictures/timeline.svg"], ["metrics.csv"], ["COMPLETE"], ["generations/001"],
      ["generations"], ["skipped.csv", "pictures"],
    ] {
      try withRunPath { path in
        try run.finish(path)
        for name in names { try FileStore.remove(path.appending(name)) }
        #expect(try !run.open(path).isComplete)
        try run.finish(path)
        #expect(try tree(path) == expected, "\(names) removed")
      }
    }
  }
}
