import Foundation
import Storage
import Synchronization
import SystemPackage
import Testing

@Suite("Files")
struct FileStoreTests {
  @Test("What is written is read back, whatever the name's bytes", arguments: [0, 1, 100_000])
  func roundTrip(size: Int) throws {
    try withTemporaryFolder { folder in
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      for name in [Array("plain".utf8), [0xFF, 0x41], Array(repeating: 0x61, count: 255)] {
        let path = folder.appending(FilePath(bytes: name).components)
        try FileStore.write(Array("old".utf8), to: path)
        try FileStore.write(bytes, to: path)
        #expect(try FileStore.read(path) == bytes)
        #expect(try FileStore.names(in: folder).count == 1)
        try FileStore.remove(path)
      }
    }
  }

  @Test("A pipe, a device, a folder and too large a file are refused, unread and not replaced")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending("pipe")
      let made = unsafe pipe.withPlatformString { unsafe mkfifo($0, 0o600) }
      #expect(made == 0)
      for path in [pipe, "/dev/zero", folder] {
        #expect(throws: StorageError(.read, path, .notARegularFile)) { try FileStore.read(path) }
      }
      #expect(throws: StorageError(.write, pipe, .notARegularFile)) {
        try FileStore.write("text", to: pipe)
      }
      #expect(try FileStore.status(of: pipe).kind == .special)
      let file = folder.appending("file")
      try FileStore.write("12345", to: file)
      #expect(throws: StorageError(.read, file, .tooLarge(bytes: 5, limit: 4))) {
        try FileStore.read(file, limit: 4)
      }
      let missing = folder.appending("missing")
      #expect(throws: StorageError(.read, missing, .system(.noSuchFileOrDirectory))) {
        try FileStore.read(missing)
      }
    }
  }

  @Test("The end of a file is read without the rest of it, and all of a short one")
  func ends() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending("file")
      try FileStore.write("0123456789", to: file)
      for (count, end) in [(4, "6789"), (10, "0123456789"), (99, "0123456789"), (0, "")] {
        #expect(try FileStore.readEnd(of: file, mostBytes: count) == Array(end.utf8))
      }
      #expect(throws: StorageError.self) {
        try FileStore.readEnd(of: folder.appending("missing"), mostBytes: 1)
      }
    }
  }

  @Test("A folder in which something is stays where an empty one is removed")
  func emptyFolders() throws {
    try withTemporaryFolder { folder in
      for isEmpty in [false, true] {
        let path = folder.appending("folder \(isEmpty)")
        try FileStore.createFolder(path)
        if !isEmpty { try FileStore.write("kept", to: path.appending("file")) }
        try FileStore.removeIfEmpty(path)
        #expect(FileStore.exists(path) != isEmpty)
      }
    }
  }

  @Test("Of what writers left behind that is removed which is old enough")
  func oldTemporaries() throws {
    try withTemporaryFolder { folder in
      let (old, new) = (".tmp-1-0", ".tmp-2-0")
      for name in [old, new, "table.csv"] {
        try FileStore.write("half", to: folder.appending(name))
      }
      let longAgo = timespec(tv_sec: time(nil) - 7200, tv_nsec: 0)
      let touched = unsafe folder.appending(old).withPlatformString { path in
        unsafe utimensat(AT_FDCWD, path, [longAgo, longAgo], 0)
      }
      #expect(touched == 0)
      try FileStore.removeTemporaries(in: folder, olderThan: 3600)
      #expect(try FileStore.names(in: folder).map(\.string) == [new, "table.csv"])
      try FileStore.removeTemporaries(in: folder)
      #expect(try FileStore.names(in: folder).map(\.string) == ["table.csv"])
    }
  }

  @Test("A file is written under another name, flushed, renamed, and its folder flushed")
  func orderOfCalls() throws {
    try withTemporaryFolder { folder in
      let calls = Mutex<[SystemCall.Name]>([])
      try SystemCall.FaultPlan { name in
        calls.withLock { $0.append(name) }
        return nil
      }.run {
        try FileStore.write("text", to: folder.appending("file"))
      }
      #expect(
        calls.withLock { $0 } == [
          .open, .write, .setMode, .flush, .close, .rename, .open, .flush, .close,
        ])
    }
  }

  @Test(
    "Whichever call fails, the old or the new bytes are there, and no temporary file",
    arguments: [Errno.ioError, .noSpace, .permissionDenied])
  func failingCalls(errno: Errno) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("file")
      // Closing the folder, which comes last, can do no harm.
      for failing in 0..<8 {
        try FileStore.write("old", to: path)
        let count = Atomic<Int>(0)
        #expect(throws: StorageError.self) {
          try SystemCall.FaultPlan { _ in
            count.add(1, ordering: .relaxed).oldValue == failing ? .error(errno) : nil
          }.run {
            try FileStore.write("new", to: path)
          }
        }
        let text = String(decoding: try FileStore.read(path), as: UTF8.self)
        #expect(text == (failing < 6 ? "old" : "new"))
        #expect(try FileStore.names(in: folder) == ["file"])
      }
    }
  }

  @Test("Interrupted calls and short writes change nothing")
  func interruptions() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("file")
      let bytes = Array("interrupted at every call".utf8)
      for fault in [SystemCall.Fault.error(.interrupted), .short] {
        let count = Atomic<Int>(0)
        try SystemCall.FaultPlan { name in
          let isOdd = count.add(1, ordering: .relaxed).oldValue % 2 == 1
          return name == .write && fault == .short || isOdd ? fault : nil
        }.run {
          try FileStore.write(bytes, to: path)
          #expect(try FileStore.read(path) == bytes)
          try FileStore.remove(path)
        }
        #expect(!FileStore.exists(path))
      }
    }
  }

  @Test("A new file does not replace one, and is gone if its bytes do not fit")
  func newFiles() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending("file")
      try FileStore.create(path, [1, 2, 3])
      #expect(throws: StorageError(.create, path, .system(.fileExists))) {
        try FileStore.create(path, [4])
      }
      #expect(try FileStore.read(path) == [1, 2, 3])
      let other = folder.appending("other")
      #expect(throws: StorageError(.create, other, .diskFull(neededBytes: 4))) {
        try SystemCall.FaultPlan { $0 == .write ? .error(.noSpace) : nil }.run {
          try FileStore.create(other, [1, 2, 3, 4])
        }
      }
      #expect(!FileStore.exists(other))
    }
  }

  @Test("A file has the mode that the user's mask asks for")
  func modes() throws {
    try withTemporaryFolder { folder in
      let (ours, system) = (folder.appending("ours"), folder.appending("system"))
      try FileStore.write("a", to: ours)
      let descriptor = try FileDescriptor.open(
        system, .writeOnly, options: [.create],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      try descriptor.close()
      func mode(_ path: FilePath) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
      }
      #expect(try mode(ours) == mode(system))
    }
  }

  @Test("Folders are made to any depth, listed by the bytes of their names, and removed whole")
  func folders() throws {
    try withTemporaryFolder { folder in
      let deep = folder.appending("a").appending("b").appending("c")
      try FileStore.createFolder(deep)
      try FileStore.createFolder(deep)
      let names: [[UInt8]] = [[0x5A], [0x61], [0xC3, 0xA9], [0xFF]]
      for name in names.reversed() {
        try FileStore.write([], to: deep.appending(FilePath(bytes: name).components))
      }
      let listed = try FileStore.names(in: deep).map { FilePath(root: nil, components: $0).bytes }
      #expect(listed == names)
      // A link to a folder is removed and what it points to stays.
      let link = folder.appending("a").appending("link")
      try FileManager.default.createSymbolicLink(
        atPath: link.string, withDestinationPath: deep.string)
      try FileStore.remove(link)
      #expect(FileStore.isFolder(deep))
      try FileStore.remove(folder.appending("a"))
      try FileStore.remove(folder.appending("a"))
      #expect(try FileStore.names(in: folder).isEmpty)
    }
  }

  @Test("A file where a folder should be is an error")
  func fileInTheWay() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending("file")
      try FileStore.write("x", to: file)
      #expect(throws: StorageError(.create, file, .system(.fileExists))) {
        try FileStore.createFolder(file)
      }
      #expect(throws: StorageError.self) { try FileStore.createFolder(file.appending("below")) }
    }
  }

  @Test("Temporary files and folders are swept, and nothing else")
  func sweeping() throws {
    try withTemporaryFolder { folder in
      try FileStore.createFolder(folder.appending(".tmp-007-12").appending("inner"))
      try FileStore.write("x", to: folder.appending(".tmp-12-0"))
      try FileStore.write("x", to: folder.appending(".tm"))
      try FileStore.removeTemporaries(in: folder)
      #expect(try FileStore.names(in: folder) == [".tm"])
    }
  }
}
