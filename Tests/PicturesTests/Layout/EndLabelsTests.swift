import Testing

@testable import Pictures

@Suite("Names at the ends of lines")
struct EndLabelsTests {
  @Test("Labels that have room stay where they want to be")
  func roomy() {
    let tops = EndLabels.spread([10, 50, 90], heights: [20, 20, 20], from: 0, to: 120)
    #expect(tops == [10, 50, 90])
  }

  @Test("Labels that want the same place share it evenly, in order and without overlap")
  func crowded() {
    let tops = EndLabels.spread([50, 50, 50], heights: [20, 20, 20], from: 0, to: 120)
    #expect(tops == [30, 50, 70])
  }

  @Test("Labels stay between the borders")
  func borders() {
    let tops = EndLabels.spread([-50, 115, 118], heights: [20, 20, 20], from: 0, to: 120)
    #expect(tops == [0, 80, 100])
  }
}
