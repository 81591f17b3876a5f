import Testing

@testable import Pictures

@Suite("Class shares")
struct ClassSharesTests {
  @Test(
    "Each class has its panel, and beyond 24 the smallest share one", arguments: [1, 5, 24, 40])
  func panels(count: Int) throws {
    let classes = (0..<count).map { "class \($0)" }
    let real = (0..<count).map { 1 / Double($0 + 2) }
    let page = ClassShares.page(
      classes: classes, shares: [real, real.map { $0 / 2 }, real.map { _ in nil }], real: real,
      title: "Class shares", subtitle: "replace")
    try expectCleanLayout(page)
    let texts = try texts(page)
    #expect(texts.contains("class 0"))
    #expect(texts.contains("17 other classes") == (count == 40))
    #expect(texts.contains("class 23") == (count == 24))
  }

  @Test("The largest classes have panels of their own, in their order")
  func largest() {
    let (alone, together) = ClassShares.panels(real: (0..<30).map { Double($0 % 10) })
    #expect(alone.count == 23 && alone == alone.sorted())
    #expect(Set(alone + together) == Set(0..<30))
    #expect(Set(together) == [0, 1, 10, 11, 20, 21, 22])
  }

  @Test("Without classes or generations there is still a picture")
  func empty() throws {
    let none = ClassShares.page(classes: [], shares: [], real: [], title: "t", subtitle: "")
    #expect(try none.rendered().png.count > 100)
    let early = ClassShares.page(classes: ["a"], shares: [], real: [1], title: "t", subtitle: "")
    try expectCleanLayout(early)
  }
}
