import Foundation
import Storage
import SystemPackage
import Testing

@Suite("genloss inspect")
struct InspectTests {
  /// Icons with two files that are no pictures.
  private func withSpoiltIcons(_ body: (CommandLineTool) throws -> Void) throws {
    try withIcons { genloss in
      try FileStore.write("<html></html>", to: genloss.path("icons/page.png"))
      try FileStore.write("", to: genloss.path("icons/nothing.jpg"))
      try body(genloss)
    }
  }

  @Test("It counts what is there and names each file that it would skip, with the reason")
  func words() throws {
    try withSpoiltIcons { genloss in
      let outcome = try genloss("inspect", "icons")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("42 files found, 40 usable, 2 skipped"))
      #expect(outcome.output.contains("working size: 16 x 16 RGB"))
      #expect(outcome.output.contains("skipped nothing.jpg: empty"))
      #expect(outcome.output.contains("skipped page.png: not-image"))
      #expect(outcome.output.contains("HTML"))
    }
  }

  @Test("Its JSON adds up and has every skipped file")
  func json() throws {
    try withSpoiltIcons { genloss in
      let json = try genloss("inspect", "icons", "--json").json
      #expect(json["schema_version"]?.integer == 1)
      #expect(json["found"]?.integer == 42)
      #expect(json["used"]?.integer == 40)
      let skipped = try #require(json["skipped"]?.array)
      #expect(skipped.compactMap { $0["path"]?.string } == ["nothing.jpg", "page.png"])
      let classes = try #require(json["classes"]?.array).compactMap { $0["count"]?.integer }
      #expect(classes.reduce(0, +) == 40)
    }
  }

  @Test("--strict ends with 3 where something would be skipped, and with 0 where nothing would")
  func strict() throws {
    try withSpoiltIcons { genloss in
      let statuses = try ["icons", "icons/faces"].map { folder in
        try genloss("inspect", folder, "--strict").status
      }
      #expect(statuses == [3, 0])
    }
  }

  @Test("Pictures that a run would refuse as too small are said to be so")
  func tooSmall() throws {
    try withTool { genloss in
      // 4 x 4 grey pixels.
      let code =
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAAAAACMmsGiAAAAFUlEQVR4nGNgAAENIGAIAAKGCiAA"
        + "ABX0A8GFSOzeAAAAAElFTkSuQmCC"
      let picture = Array(try #require(Data(base64Encoded: code)))
      try FileStore.createFolder(genloss.path("tiny"))
      for name in ["a", "b", "c", "d"] {
        try FileStore.write(picture, to: genloss.path("tiny/\(name).png"))
      }
      let outcome = try genloss("inspect", "tiny")
      #expect(
        outcome.output.contains("working size: 4 x 4 grey\ntoo small: a run needs at least 8 x 8"))
      #expect(try genloss("run", "tiny").status == 65)
    }
  }

  @Test("It shows matrices and laws, and says what is missing")
  func others() throws {
    try withTool { genloss in
      let law = try genloss("inspect", "gaussian:d=3")
      #expect(law.output == "gaussian-d3: endless samples of 3 numbers\n")
      #expect(try genloss("inspect", "gaussian:d=3", "--json").json["samples"]?.isNull == true)
      let missing = try genloss("inspect", "nothing")
      #expect(missing.status == 66)
      #expect(missing.messages == "genloss: nothing does not exist. Check the path.\n")
      try FileStore.createFolder(genloss.path("empty"))
      let empty = try genloss("inspect", "empty")
      #expect(empty.output == "empty: 0 files found, 0 usable\n")
    }
  }
}
