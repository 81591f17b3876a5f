import Storage
import SystemPackage
import Testing

@Suite("Names on the terminal")
struct HostileNamesTests {
  /// Names that would move a cursor, ring a bell, turn text round or forge a line.
  private static let names: [[UInt8]] =
    [
      "esc\u{1B}[31mred", "bell\u{7}", "bidi\u{202E}gnp", "isolate\u{2066}x", "c1\u{9B}31m",
      "title\u{1B}]0;x\u{7}", "line\nskipped forged: corrupt", "back\u{8}\u{8}space", "\r", "-n",
      "line\u{2028}separator",
    ].map { Array($0.utf8) } + [[0x9B, 0x33, 0x31, 0x6D], [0xFF]]

  /// The scalars that do more than show a letter; bytes that are not UTF-8 count too.
  private func commands(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: scalar != "\n"
      default: scalar == "\u{FFFD}"
      }
    }
  }

  @Test("Whatever files, classes, data and run folders are called, nothing but letters is shown")
  func everyOutput() throws {
    try withIcons { genloss in
      for name in Self.names {
        let file = FilePath(bytes: Array("icons/bad".utf8) + name)
        try FileStore.write("<html>", to: genloss.folder.appending(file.components))
        let folder = FilePath(bytes: Array("data/class".utf8) + name)
        try FileStore.createFolder(genloss.folder.appending(folder.components))
        for number in 0..<2 {
          try FileStore.write(
            try FileStore.read(genloss.path("icons/\(try firstPicture(genloss, number))")),
            to: genloss.folder.appending(folder.components).appending("\(number).png"))
        }
      }
      let hostile = "$(printf 'x\\033[31m\\007\\342\\200\\256\\302\\233y')"
      var shown = 0
      for line in [
        "inspect icons", "inspect data", "inspect icons --json",
        "run icons --dry-run --strict", "run data --dry-run", "run data --dry-run --json",
        "inspect \"\(hostile)\"", "run \"\(hostile)\"", "run icons --strategy \"\(hostile)\"",
        "run icons --generator \"\(hostile)\"", "run icons --config \"\(hostile)\"",
        "\"\(hostile)\"", "run icons --\"\(hostile)\"", "run icons --seed \"\(hostile)\"",
        "run gaussian:\"\(hostile)\"=2", "run icons --carry \"\(hostile)\"",
        "run icons -n -o \"\(hostile)\"", "run icons -n -o \"\(hostile)\" --json",
        "run icons -o icons", "sprites \"\(hostile)\"/a/b --count 1 --rare \"\(hostile)\"",
      ] {
        let outcome = try genloss.shell("\"$GENLOSS\" \(line)")
        #expect(outcome.status < 128, "\(line): \(outcome.messages)")
        for text in [outcome.output, outcome.messages] {
          #expect(commands(in: text) == [], "\(line): \(text.debugDescription)")
        }
        shown += outcome.output.utf8.count + outcome.messages.utf8.count
      }
      #expect(shown > 1000)
      let named = try genloss.shell("\"$GENLOSS\" inspect icons").output
      for word in ["\\x1b[31mred", "\\x07", "\\xe2\\x80\\xae", "\\xc2\\x9b31m", "\\x0a", "\\xff"] {
        #expect(named.contains(word), "\(word)")
      }
    }
  }

  private func firstPicture(_ genloss: CommandLineTool, _ number: Int) throws -> String {
    let pictures = try contents(of: genloss.path("icons")).keys.filter { $0.hasSuffix(".png") }
    return pictures.sorted()[number]
  }
}
