import Foundation
import Testing

@testable import Diagnosis

@Suite("Poisson tail")
struct PoissonTailTests {
  @Test("A Poisson tail is exact where little and where nearly all lies below")
  func poisson() {
    #expect(poissonTail(atLeast: 0, mean: 3) == 1)
    #expect(abs(poissonTail(atLeast: 2, mean: 1) - (1 - 2 * exp(-1.0))) < 1e-14)
    let small = 1e-3
    let two = small * small / 2 * (1 - 2 * small / 3)
    #expect(abs(poissonTail(atLeast: 2, mean: small) / two - 1) < 1e-5)
  }
}
