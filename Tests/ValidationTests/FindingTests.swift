import Testing

@testable import Validation

@Suite("Verdicts")
struct FindingTests {
  @Test("A mean is judged by its distance in standard errors")
  func exact() {
    let average = Average([0.9, 1.1, 1.0, 1.2])
    #expect(abs(average.mean - 1.05) < 1e-15)
    let finding = Finding.exact("x", 1, average)
    #expect(abs((finding.z ?? 0) - 0.05 / average.standardError) < 1e-12)
    #expect(finding.agrees)
    #expect(!Finding.exact("x", 2, average).agrees)
  }

  @Test("A first-order prediction is granted the bound of what it leaves out, and no more")
  func firstOrder() {
    let average = Average([0.9, 1.1, 1.0, 1.2])
    #expect(Finding.firstOrder("x", 1.1, within: 0.1, average).z == 0)
    let beyond = Finding.firstOrder("x", 2, within: 0.1, average)
    #expect(abs((beyond.z ?? 0) + 0.85 / average.standardError) < 1e-12)
    #expect(!beyond.agrees)
  }

  @Test("A bound is broken from below alone")
  func bound() {
    let average = Average([0.9, 1.1, 1.0, 1.2])
    #expect(Finding.atLeast("x", 0, average).z == 0)
    let broken = Finding.atLeast("x", 2, average)
    #expect(abs((broken.z ?? 0) + 0.95 / average.standardError) < 1e-12)
    #expect(!broken.agrees)
  }

  @Test("An identity is judged by its worst residual, and what is no number is the worst")
  func identity() {
    #expect(Finding.identity("x", residuals: [1e-12, -2e-12], bound: 1e-10).agrees)
    #expect(!Finding.identity("x", residuals: [1e-12, -2e-9], bound: 1e-10).agrees)
    #expect(!Finding.identity("x", residuals: [.nan], bound: 1e-10).agrees)
    #expect(Finding.identity("x", residuals: [-3], bound: 5).measured == 3)
  }

  @Test("A mean that is no number agrees with nothing")
  func notANumber() {
    #expect(!Finding.exact("x", 1, Average([.nan, 1])).agrees)
  }
}
