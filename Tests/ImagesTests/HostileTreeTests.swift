import Foundation
import Glibc
import Samples
import Storage
import SystemPackage
import Testing

@testable import Images

@Suite("Folders that mean harm")
struct HostileTreeTests {
  /// Names that break lines, quotes, options, terminals or encodings, as bytes.
  static let names: [[UInt8]] =
    [
      "line\nbreak.png", "carriage\r\nreturn.png", "quo\"te.png", "quo'te.png", "-rf.png", "--help",
      "tab\tand,comma.png", "=1+1.png", "esc\u{1B}[31mred.png", "bell\u{7}.png", "del\u{7F}.png",
      "bidi\u{202E}gnp.png", "isolate\u{2066}.png", "c1\u{9B}31m.png", "zero\u{200B}width.png",
      "line\u{2028}separator.png", "quote\"\u{301}accent.png", "caf\u{E9}.png", "cafe\u{301}.png",
      " space ", "back\\slash", "per%cent%s%n", "$(touch x)", "`touch x`",
      String(repeating: "n", count: 255),
    ].map { Array($0.utf8) } + [
      [0xFF, 0xFE], [0x9B, 0x33, 0x31, 0x6D], [0xC3, 0x28], [0xED, 0xA0, 0x80],
    ]

  /// The fields of the first column of a CSV table, by its bytes.
  private func firstColumn(_ table: [UInt8]) -> [[UInt8]] {
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    var column = 0
    for byte in table {
      switch byte {
      case UInt8(ascii: "\""):
        // The second of two quotes that stand for one.
        if !isQuoted, !field.isEmpty { field.append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        if column == 0 { fields.append(field) }
        field = []
        column = byte == UInt8(ascii: ",") ? column + 1 : 0
      default: field.append(byte)
      }
    }
    return fields
  }

  @Test("Every name is found, used or skipped, and skipped.csv keeps its bytes")
  func hostileNames() throws {
    let folder = try TemporaryFolder()
    for name in Self.names {
      try folder.write([], name)
      try folder.write(Array("<html>".utf8), Array("class".utf8) + name.prefix(200) + [0x2F] + name)
    }
    let report = try PictureFolder.inspect(folder.path)
    let expected =
      Self.names + Self.names.map { Array("class".utf8) + $0.prefix(200) + [0x2F] + $0 }
    #expect(Set(report.skipped.map(\.path)) == Set(expected))
    #expect(report.found == 2 * Self.names.count)
    let table = firstColumn(report.skippedCSV())
    #expect(table.first == Array("path".utf8))
    #expect(
      table.dropFirst().sorted { $0.lexicographicallyPrecedes($1) } == report.skipped.map(\.path))
  }

  @Test("No name shows a terminal anything but letters")
  func printable() {
    for name in Self.names {
      for scalar in FilePath.printable(name).unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
          Issue.record("\(name) shows U+\(String(scalar.value, radix: 16))")
        default: break
        }
      }
    }
  }

  @Test("Twins that differ in their normal form are two pictures and two classes")
  func normalForms() throws {
    let folder = try TemporaryFolder()
    for name in ["caf\u{E9}", "cafe\u{301}"] {
      for number in 0..<2 { try folder.picture("\(name)/\(number).png", level: UInt8(number)) }
    }
    let loaded = try PictureFolder.load(folder.path)
    #expect(loaded.samples.count == 4)
    #expect(loaded.report.classes.map(\.count) == [2, 2])
    #expect(Set(loaded.samples.labels ?? []).count == 2)
  }

  @Test("Pipes, sockets, devices and loops of links are named and never opened")
  func specialFiles() throws {
    let folder = try TemporaryFolder()
    try folder.picture("a/good.png")
    #expect(unsafe folder("pipe.png").withPlatformString { unsafe mkfifo($0, 0o600) } == 0)
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // A path of a socket is short, so its place is given from the folder.
    let name = "/tmp/genloss-\(UUID().uuidString.prefix(8))"
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { path in
      for (index, byte) in name.utf8.enumerated() { unsafe path[index] = byte }
    }
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    try FileManager.default.moveItem(atPath: name, toPath: folder("socket.png").string)
    for (link, target) in [
      ("one.png", "two.png"), ("two.png", "one.png"), ("a/up", ".."), ("a/self", "."),
      ("zero.png", "/dev/zero"), ("full.png", "/dev/full"), ("tty.png", "/dev/tty"),
      ("out.png", "/etc/passwd"), ("climb.png", "../../../../../../etc/passwd"),
    ] {
      try folder.link(link, to: target)
    }
    let report = try PictureFolder.inspect(folder.path)
    #expect(report.used == 1)
    var reasons = Dictionary(
      uniqueKeysWithValues: report.skipped.map {
        (String(decoding: $0.path, as: UTF8.self), $0.reason)
      })
    // There need be no terminal.
    #expect([.linkOutside, .brokenLink].contains(reasons.removeValue(forKey: "tty.png")))
    #expect(
      reasons == [
        "pipe.png": .notAFile, "socket.png": .notAFile, "one.png": .brokenLink,
        "two.png": .brokenLink, "a/up": .linkRepeated, "a/self": .linkRepeated,
        "zero.png": .linkOutside, "full.png": .linkOutside, "out.png": .linkOutside,
        "climb.png": .linkOutside,
      ])
  }

  @Test("A tree deeper than the longest path is read as far as the system can, and named there")
  func deepTree() throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.picture(String(repeating: "d/", count: 500) + "deep.png")
    let name = String(repeating: "e", count: 200)
    var descriptor = try FileDescriptor.open(folder.path, .readOnly)
    for _ in 0..<30 {
      #expect(unsafe mkdirat(descriptor.rawValue, name, 0o700) == 0)
      let next = unsafe openat(descriptor.rawValue, name, O_RDONLY | O_DIRECTORY)
      try descriptor.close()
      descriptor = FileDescriptor(rawValue: next)
    }
    try descriptor.close()
    // What is too deep for a path, a removal by path does not reach either.
    defer {
      let removal = Process()
      removal.executableURL = URL(fileURLWithPath: "/bin/rm")
      removal.arguments = ["-rf", folder(name).string]
      try? removal.run()
      removal.waitUntilExit()
    }
    let report = try PictureFolder.inspect(folder.path)
    #expect(report.used == 2)
    #expect(report.skipped.map(\.reason) == [.unreadable])
    #expect(report.skipped.allSatisfy { $0.path.count < 4096 + 201 })
  }

  @Test("A thousand links to few pictures are named after the picture that is there")
  func manyLinks() throws {
    let folder = try TemporaryFolder()
    for number in 0..<3 { try folder.picture("p/\(number).png", level: UInt8(number)) }
    for number in 0..<1000 { try folder.link("link\(number)", to: "p/\(number % 3).png") }
    try folder.link("folder", to: "p")
    let report = try PictureFolder.inspect(folder.path)
    #expect(report.used == 3 && report.skipped.count == 1001)
    for file in report.skipped where file.path != Array("folder".utf8) {
      let number = Int(String(decoding: file.path.dropFirst(4), as: UTF8.self)) ?? -1
      #expect(file.reason == .linkRepeated)
      #expect(file.detail == "a link to p/\(number % 3).png, which is there already")
    }
    #expect(report.skipped[0].detail == "a link to p, which is there already")
  }
}
