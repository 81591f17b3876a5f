import Metrics
import Testing

@Suite("Living components")
struct LivingComponentsTests {
  @Test("A component lives above a tenth of the equal share")
  func threshold() {
    #expect(livingComponents(weights: [0.25, 0.25, 0.25, 0.25]) == 4)
    #expect(livingComponents(weights: [0.949, 0.026, 0.025, 0]) == 2)
    #expect(livingComponents(weights: [1]) == 1)
    #expect(livingComponents(weights: []) == 0)
  }
}
