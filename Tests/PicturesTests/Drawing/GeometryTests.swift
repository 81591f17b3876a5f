import Testing

@testable import Pictures

@Suite("Geometry")
struct GeometryTests {
  @Test("A rectangle is crossed by the lines that enter it")
  func crosses() {
    let box = Rectangle(x: 10, y: 10, width: 10, height: 10)
    #expect(box.crosses(Point(0, 15), Point(30, 15)))
    #expect(box.crosses(Point(12, 12), Point(13, 13)))
    #expect(!box.crosses(Point(0, 0), Point(30, 5)))
    #expect(!box.crosses(Point(0, 15), Point(8, 15)))
    #expect(!box.crosses(Point(0, 22), Point(9, 0)))
  }
}
