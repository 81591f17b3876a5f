import Foundation
import Glibc
import Storage
import SystemPackage
import Testing

@testable import Images

@Suite("Looking through a folder")
struct FolderScanTests {
  private func names(_ scan: FolderScan) -> [String] {
    scan.files.map { String(decoding: $0, as: UTF8.self) }
  }

  private func skipped(_ scan: FolderScan) -> [String: SkipReason] {
    Dictionary(
      uniqueKeysWithValues: scan.skipped.map {
        (String(decoding: $0.path, as: UTF8.self), $0.reason)
      })
  }

  @Test("Files of all depths come in the order of the bytes of their paths")
  func order() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "a/z", "a-b/x", "Z", "a/b/c/d", "\u{E4}", "a.png"] {
      try folder.write([], name)
    }
    let scan = try FolderScan(folder.path)
    #expect(names(scan) == ["Z", "a-b/x", "a.png", "a/b/c/d", "a/z", "b", "\u{E4}"])
    #expect(scan.skipped.isEmpty)
  }

  @Test("Names that begin with a dot are passed over")
  func dots() throws {
    let folder = try TemporaryFolder()
    for name in [".hidden", ".git/object", "a/.DS_Store", "a/b"] { try folder.write([], name) }
    #expect(try names(FolderScan(folder.path)) == ["a/b"])
  }

  @Test("The table of a drawn data set is passed over, but no other file or folder of its name")
  func attributeTable() throws {
    let drawn = try TemporaryFolder()
    for name in ["attributes.csv", "a/attributes.csv", "a/b"] { try drawn.write([], name) }
    #expect(try names(FolderScan(drawn.path)) == ["a/attributes.csv", "a/b"])
    let other = try TemporaryFolder()
    try other.write([], "attributes.csv/b")
    #expect(try names(FolderScan(other.path)) == ["attributes.csv/b"])
  }

  @Test("Names that are not UTF-8 survive")
  func otherEncodings() throws {
    let folder = try TemporaryFolder()
    let name: [UInt8] = [0x61, 0xFF, 0xC3, 0x2E]
    try folder.write([1, 2], name)
    let scan = try FolderScan(folder.path)
    #expect(scan.files == [name])
    #expect(try FileStore.read(FolderScan.path(scan.files[0], in: folder.path)) == [1, 2])
  }

  @Test("Names that are equal but for their normal form are two files")
  func normalForms() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], Array("\u{E9}".utf8))
    try folder.write([2], Array("e\u{301}".utf8))
    #expect(try FolderScan(folder.path).files.count == 2)
  }

  @Test("Links are followed inside the folder, never out of it or twice, and loops end")
  func links() throws {
    let folder = try TemporaryFolder()
    let elsewhere = try TemporaryFolder()
    try elsewhere.write([], "outside")
    try folder.write([], "real/file")
    try folder.write([], ".store/kept")
    try folder.link("by-file", to: "real/file")
    try folder.link("by-folder", to: "real")
    try folder.link("kept", to: ".store/kept")
    try folder.link("kept-again", to: folder(".store/kept").string)
    try folder.link("real/loop", to: "..")
    try folder.link("self", to: "self")
    try folder.link("nothing", to: "no such file")
    try folder.link("out", to: elsewhere("outside").string)
    try folder.link("out-folder", to: elsewhere.path.string)
    try folder.link("zero", to: "/dev/zero")
    try folder.link("input", to: "/dev/stdin")
    let scan = try FolderScan(folder.path)
    #expect(names(scan) == ["kept", "real/file"])
    var reasons = skipped(scan)
    // What standard input is depends on who runs the test; it is never read.
    #expect([.linkOutside, .brokenLink].contains(reasons.removeValue(forKey: "input")))
    #expect(
      reasons == [
        "by-file": .linkRepeated, "by-folder": .linkRepeated, "kept-again": .linkRepeated,
        "real/loop": .linkRepeated, "self": .brokenLink, "nothing": .brokenLink,
        "out": .linkOutside, "out-folder": .linkOutside, "zero": .linkOutside,
      ])
  }

  @Test("Where links out of the folder lead is told without the links on the way")
  func destinations() throws {
    let folder = try TemporaryFolder()
    let elsewhere = try TemporaryFolder()
    try elsewhere.write([], "place/file")
    try elsewhere.link("alias", to: "place/file")
    try elsewhere.link("by", to: "place")
    try folder.write([], "own/file")
    try folder.link("within", to: elsewhere.path.string)
    let destinations = [
      "direct": "place/file", "again": "place/file", "chain": "alias", "folder": "place",
      "slash": "place/", "dots": "place/..", "dot": "place/.", "by-link": "by/file",
      "twice": "by/../by/file",
    ]
    for (name, destination) in destinations {
      try folder.link(name, to: elsewhere(destination).string)
      try folder.link("own/\(name)", to: "../within/\(destination)")
    }
    let scan = try FolderScan(folder.path)
    #expect(names(scan) == ["own/file"])
    let outside = scan.skipped.filter { $0.reason == .linkOutside }
    #expect(outside.count == 2 * destinations.count + 1)
    for file in outside {
      let target = try FileStore.resolved(FolderScan.path(file.path, in: folder.path))
      #expect(file.detail == "a link out of the folder, to \(target.printable)")
    }
  }

  @Test("A sister folder whose name begins alike is outside")
  func sister() throws {
    let parent = try TemporaryFolder()
    try parent.write([], "data-more/file")
    try parent.write([], "data/own")
    try parent.link("data/link", to: "../data-more/file")
    let scan = try FolderScan(parent("data"))
    #expect(names(scan) == ["own"])
    #expect(skipped(scan) == ["link": .linkOutside])
  }

  @Test("The folder itself may be a link")
  func linkedRoot() throws {
    let parent = try TemporaryFolder()
    try parent.write([], "data/own")
    try parent.link("link", to: "data")
    #expect(try names(FolderScan(parent("link"))) == ["own"])
  }

  @Test("Hard links are files of their own")
  func hardLinks() throws {
    let folder = try TemporaryFolder()
    try folder.write([], "a")
    try FileManager.default.linkItem(atPath: folder("a").string, toPath: folder("b").string)
    #expect(try names(FolderScan(folder.path)) == ["a", "b"])
  }

  @Test("A pipe is skipped and never opened")
  func pipe() throws {
    let folder = try TemporaryFolder()
    #expect(unsafe folder("pipe").withPlatformString { unsafe mkfifo($0, 0o600) } == 0)
    try folder.link("link", to: "pipe")
    let scan = try FolderScan(folder.path)
    #expect(scan.files.isEmpty)
    #expect(skipped(scan) == ["pipe": .notAFile, "link": .notAFile])
  }

  @Test("What may not be read is skipped", .enabled(if: geteuid() != 0, "root may read anything"))
  func permissions() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], "closed/file")
    try folder.picture("open.png")
    try folder.write([1], "secret.png")
    func setMode(_ name: String, _ mode: mode_t) {
      unsafe folder(name).withPlatformString { path in _ = unsafe chmod(path, mode) }
    }
    setMode("closed", 0)
    setMode("secret.png", 0)
    defer { setMode("closed", 0o700) }
    let report = try PictureFolder.inspect(folder.path)
    #expect(report.used == 1 && report.found == 3)
    #expect(report.skipped.map(\.reason) == [.permissionDenied, .permissionDenied])
  }

  @Test("A folder that is not there is an error that names it")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StorageError.self) { try FolderScan(folder("nowhere")) }
    try folder.write([], "file")
    #expect(throws: StorageError.self) { try FolderScan(folder("file")) }
  }
}
