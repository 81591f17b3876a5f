import Foundation
import Storage
import Synchronization
import SystemPackage
import Testing

@testable import Sprites

@Suite("Replacing a folder of sprites")
struct SpriteReplacementTests {
  /// A data set of one picture in each of some classes, written by one thread.
  private struct DrawnSet {
    let classes: [String]
    let content: String

    func write(to folder: FilePath) throws {
      for name in classes {
        try FileStore.createFolder(folder.appending(name))
        try FileStore.write(content, to: folder.appending(name).appending("000000.png"))
      }
      try FileStore.write(content, to: folder.appending(SpriteFolder.tableName))
    }

    var files: [String: [UInt8]] {
      let pictures = classes.map { ("\($0)/000000.png", Array(content.utf8)) }
      return Dictionary(
        uniqueKeysWithValues: pictures + [(SpriteFolder.tableName, Array(content.utf8))])
    }
  }

  /// Some classes are in the old set alone, in both, and in the new set alone.
  private static let old = DrawnSet(classes: Array(SpriteLaw.classNames[0..<3]), content: "old")
  private static let new = DrawnSet(classes: Array(SpriteLaw.classNames[1..<4]), content: "new")

  private static func replace(_ folder: FilePath, mayReplace: Bool) throws {
    try SpriteFolder.replace(in: folder, mayReplace: mayReplace) { try new.write(to: $0) }
  }

  /// How a folder looks before the new set is put into it.
  enum Before: CaseIterable {
    case absent, empty, occupied

    func prepare(_ folder: FilePath) throws {
      switch self {
      case .absent: break
      case .empty: try FileStore.createFolder(folder)
      case .occupied:
        try SpriteReplacementTests.old.write(to: folder)
        try FileStore.write("mine", to: folder.appending("notes.txt"))
      }
    }

    /// The files beside the sets.
    var others: [String: [UInt8]] { self == .occupied ? ["notes.txt": Array("mine".utf8)] : [:] }

    /// All files while the old set is there.
    var files: [String: [UInt8]] {
      self == .occupied ? SpriteReplacementTests.old.files.merging(others) { $1 } : [:]
    }
  }

  /// The calls to the system that an undisturbed replacement makes.
  private static func calls(_ before: Before) throws -> [SystemCall.Name] {
    let calls = Mutex<[SystemCall.Name]>([])
    try withFolder { folder in
      try before.prepare(folder)
      try SystemCall.FaultPlan { name in
        calls.withLock { $0.append(name) }
        return nil
      }.run { try replace(folder, mayReplace: before == .occupied) }
    }
    return calls.withLock { $0 }
  }

  /// Replaces with a fault at some calls, by their number.
  private static func replace(
    _ folder: FilePath, _ before: Before, failing isFaulty: @escaping @Sendable (Int) -> Bool
  ) throws {
    let made = Atomic<Int>(0)
    try SystemCall.FaultPlan { name in
      let number = made.add(1, ordering: .relaxed).oldValue
      return isFaulty(number) ? .error(.ioError) : name == .flush ? .omitted : nil
    }.run { try replace(folder, mayReplace: before == .occupied) }
  }

  @Test("It puts the new set in the place of the old one, and leaves other files alone")
  func replaced() throws {
    for before in Before.allCases {
      try withFolder { folder in
        try before.prepare(folder)
        try Self.replace(folder, mayReplace: before == .occupied)
        #expect(try files(in: folder) == Self.new.files.merging(before.others) { $1 })
      }
    }
  }

  @Test("A data set is refused unless it may be replaced, and a folder of anything else always")
  func refused() throws {
    try withFolder { folder in
      try Before.occupied.prepare(folder)
      #expect(throws: SpriteFolder.Occupied(path: folder, isDataSet: true)) {
        try Self.replace(folder, mayReplace: false)
      }
      #expect(try files(in: folder) == Before.occupied.files)
      try FileStore.remove(folder.appending(SpriteFolder.tableName))
      let left = try files(in: folder)
      for mayReplace in [false, true] {
        #expect(throws: SpriteFolder.Occupied(path: folder, isDataSet: false)) {
          try Self.replace(folder, mayReplace: mayReplace)
        }
      }
      #expect(try files(in: folder) == left)
    }
  }

  @Test(
    "Whichever call fails, one of the sets is whole, and the same again succeeds",
    arguments: Before.allCases)
  func failures(before: Before) throws {
    let whole = Self.new.files.merging(before.others) { $1 }
    for (number, call) in try Self.calls(before).enumerated() {
      try withFolder { folder in
        try before.prepare(folder)
        do {
          try Self.replace(folder, before) { $0 == number }
          #expect(call == .close || call == .list, "call \(number), \(call): nobody noticed")
        } catch {
          let left = try files(in: folder)
          #expect(left == before.files || left == whole, "call \(number), \(call)")
          #expect(before == .occupied || left.isEmpty, "call \(number), \(call)")
          if before == .absent { #expect(!FileStore.exists(folder), "call \(number), \(call)") }
          try Self.replace(folder, mayReplace: before == .occupied)
        }
        #expect(try files(in: folder) == whole, "call \(number), \(call)")
      }
    }
  }

  @Test(
    "Killed between any two calls, and again while it puts things in order, the same again succeeds",
    arguments: Before.allCases)
  func kills(before: Before) throws {
    let whole = Self.new.files.merging(before.others) { $1 }
    let count = try Self.calls(before).count
    for last in 0..<count {
      for second in [nil, 0, 2, 5, 9, 14] {
        try withFolder { folder in
          try before.prepare(folder)
          // After its death a process makes no call, not even to clean up.
          _ = try? Self.replace(folder, before) { $0 >= last }
          if let second { _ = try? Self.replace(folder, before) { $0 >= second } }
          // What counts as a set is one of the two, whole.
          if SpriteFolder.isDataSet(folder) {
            let left = try files(in: folder)
            #expect(left == before.files || left == whole, "killed before call \(last)")
          }
          do {
            try Self.replace(folder, mayReplace: before == .occupied)
          } catch let error as SpriteFolder.Occupied {
            // It had come to its end but for its temporaries.
            #expect(error.isDataSet && before != .occupied, "killed before call \(last)")
          }
          #expect(try files(in: folder) == whole, "killed before call \(last), \(second ?? -1)")
          #expect(
            try FileStore.names(in: folder).allSatisfy { !$0.string.hasPrefix(".") },
            "killed before call \(last)")
        }
      }
    }
  }

  @Test("A replacement that was cut off is undone before the folder is refused")
  func undone() throws {
    let count = try Self.calls(.occupied).count
    for last in 0..<count {
      try withFolder { folder in
        try Before.occupied.prepare(folder)
        _ = try? Self.replace(folder, .occupied) { $0 >= last }
        #expect(throws: SpriteFolder.Occupied(path: folder, isDataSet: true)) {
          try Self.replace(folder, mayReplace: false)
        }
        let left = try files(in: folder)
        let whole = Self.new.files.merging(Before.occupied.others) { $1 }
        #expect(left == Before.occupied.files || left == whole, "killed before call \(last)")
      }
    }
  }
}

/// Runs `body` with the path of a folder that does not exist, and removes it; in memory where
/// there is any to put files in.
private func withFolder<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
  let memory = FilePath("/dev/shm")
  let parent = (FileStore.isFolder(memory) ? memory : "/tmp").appending("sprites-\(UUID())")
  try FileStore.createFolder(parent)
  defer { try? FileStore.remove(parent) }
  return try body(parent.appending("icons"))
}

/// The bytes of all files in a folder and its sub-folders, by path, without temporaries.
private func files(in folder: FilePath) throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  guard FileStore.isFolder(folder) else { return files }
  for name in try FileStore.names(in: folder) {
    let path = folder.appending(name)
    if !FileStore.isFolder(path) {
      files[name.string] = try FileStore.read(path)
    } else if !name.string.hasPrefix(FileStore.temporaryPrefix) {
      for file in try FileStore.names(in: path) {
        files["\(name)/\(file)"] = try FileStore.read(path.appending(file))
      }
    }
  }
  return files
}
