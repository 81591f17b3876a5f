import Foundation
import Storage
import SystemPackage
import Testing

@Suite("genloss sprites")
struct SpritesCommandTests {
  /// The pictures that are stored with the sources.
  private static let fixtures: FilePath = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return FilePath(root.appendingPathComponent("fixtures/sprites").path)
  }()

  @Test("It draws the stored pictures again, byte for byte")
  func fixtures() throws {
    try withTool { genloss in
      #expect(
        try genloss("sprites", "again", "--count", "40", "--size", "64", "--seed", "1").status == 0)
      let drawn = try contents(of: genloss.path("again"))
      let pictures = drawn.filter { $0.key.hasSuffix(".png") }
      #expect(pictures.count == 40)
      for (name, bytes) in pictures {
        #expect(try FileStore.read(Self.fixtures.pushing(FilePath(name))) == bytes, "\(name)")
      }
      let table = try #require(drawn["attributes.csv"]).split(separator: UInt8(ascii: "\n"))
      let stored = try FileStore.read(Self.fixtures.appending("attributes.csv"))
        .split(separator: UInt8(ascii: "\n"))
      #expect(table.elementsEqual(stored.prefix(41)))
    }
  }

  @Test("It fills an empty folder, refuses one that is not, and replaces its own with --force")
  func folders() throws {
    try withTool { genloss in
      try FileStore.createFolder(genloss.path("icons"))
      #expect(try genloss("sprites", "icons", "--count", "6", "--size", "16").status == 0)
      let again = try genloss("sprites", "icons", "--count", "3", "--size", "16")
      #expect(again.status == 73)
      #expect(again.messages.contains("--force"))
      #expect(
        try genloss("sprites", "icons", "--count", "3", "--size", "16", "--force").status == 0)
      let files = try contents(of: genloss.path("icons")).keys
      #expect(files.count { $0.hasSuffix(".png") } == 3)
      try FileStore.createFolder(genloss.path("mine"))
      try FileStore.write("precious", to: genloss.path("mine/thesis.txt"))
      for arguments in [["mine"], ["mine", "--force"]] {
        let refused = try genloss.shell(
          "\"$GENLOSS\" sprites \(arguments.joined(separator: " ")) --count 3")
        #expect(refused.status == 73)
      }
      #expect(Array(try contents(of: genloss.path("mine")).keys) == ["thesis.txt"])
    }
  }

  @Test("Classes of which no picture was drawn have no folder")
  func noEmptyFolders() throws {
    try withTool { genloss in
      let json = try genloss("sprites", "icons", "--count", "3", "--size", "16", "--json").json
      let classes = try #require(json["classes"]?.members)
      #expect(classes.allSatisfy { ($0.value.integer ?? 0) > 0 })
      let names = try FileStore.names(in: genloss.path("icons")).map(\.string)
      #expect(names == (classes.map(\.key) + ["attributes.csv"]).sorted())
    }
  }

  @Test("It counts its classes, as JSON too")
  func counts() throws {
    try withTool { genloss in
      let json = try genloss(
        "sprites", "icons", "--count", "30", "--size", "16", "--seed", "18446744073709551615",
        "--json"
      ).json
      #expect(json["count"]?.integer == 30)
      #expect(json["seed"]?.string == "18446744073709551615")
      let classes = try #require(json["classes"]?.members).compactMap(\.value.integer)
      #expect(classes.reduce(0, +) == 30)
      let words = try genloss("sprites", "more", "--count", "2", "--size", "16")
      #expect(words.output.hasPrefix("2 pictures of 16 x 16 in more: "))
      #expect(try genloss("sprites", "quiet", "--count", "2", "--quiet").output.isEmpty)
    }
  }
}
