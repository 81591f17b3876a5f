import Testing

@testable import Pictures

@Suite("Text in lines")
struct TextBlockTests {
  @Test("Words are kept whole and no line is wider than asked for")
  func words() {
    let block = TextBlock(
      "distinct_nearest real pictures of the held-out part", .tick, width: 110, maximumLines: 9)
    #expect(block.lines.count > 2)
    #expect(block.width <= 110)
    #expect(block.lines.first == "distinct_")
    #expect(
      block.lines.joined().filter { $0 != " " }
        == "distinct_nearestrealpicturesoftheheld-outpart")
  }

  @Test("A word longer than a line is broken, and what does not fit ends in an ellipsis")
  func longWord() {
    let block = TextBlock(
      String(repeating: "W", count: 300), .label, width: 120, maximumLines: 2)
    #expect(block.lines.count == 2)
    #expect(block.width <= 120)
    #expect(block.lines[1].hasSuffix("…"))
  }

  @Test("An empty text has no lines and no height")
  func empty() {
    #expect(TextBlock("", .label, width: 100, maximumLines: 2).lines.isEmpty)
    #expect(TextBlock("   ", .label, width: 100, maximumLines: 2).height == 0)
  }

  @Test("A text that fits is left as it is")
  func fits() {
    #expect(TextBlock.fitted("gen 3", .label, width: 100) == "gen 3")
    #expect(TextBlock.fitted("generation 3", .label, width: 60).hasSuffix("…"))
  }
}
