import Foundation
import Testing

@testable import Statistics

@Suite("Tails of distributions")
struct StudentTailTests {
  @Test(
    "Student's tail is that of tables and, for one and two degrees of freedom, of closed forms",
    arguments: [0.1, 1, 2.5, 12, 400])
  func student(t: Double) {
    #expect(abs(upperTail(t, degreesOfFreedom: 1) - (0.5 - atan(t) / Double.pi)) < 1e-12)
    let two = 0.5 * (1 - t / (t * t + 2).squareRoot())
    #expect(abs(upperTail(t, degreesOfFreedom: 2) - two) < 1e-12)
    #expect(
      abs(upperTail(-t, degreesOfFreedom: 2) + upperTail(t, degreesOfFreedom: 2) - 1) < 1e-12)
  }

  @Test("The quantiles are those of tables")
  func quantiles() {
    #expect(abs(upperQuantile(0.025, degreesOfFreedom: nil) - 1.959964) < 1e-6)
    #expect(abs(upperQuantile(0.025, degreesOfFreedom: 10) - 2.228139) < 1e-6)
    #expect(abs(upperQuantile(0.005, degreesOfFreedom: 3) - 5.840909) < 1e-6)
  }

  @Test("Holm multiplies the smallest by all, the next by one less, and never falls")
  func holm() {
    let corrected = holmCorrected([0.04, 0.01, 0.03, .nan])
    #expect(corrected == [0.09, 0.04, 0.09, 1])
    #expect(holmCorrected([]) == [])
  }
}
