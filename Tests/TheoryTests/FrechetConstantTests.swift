import Testing
import Theory

@Suite("The constant of the Fréchet distance")
struct FrechetConstantTests {
  @Test("Equal eigenvalues give l·d(d + 5)/4", arguments: [1, 2, 64])
  func isotropic(d: Int) {
    let constant = frechetConstant(spectrum: Array(repeating: 0.5, count: d))
    #expect(abs(constant / (0.5 * Double(d * (d + 5)) / 4) - 1) < 1e-12)
  }

  @Test("Eigenvalues that vanish add nothing")
  func singular() {
    #expect(frechetConstant(spectrum: [2, 0, 1, -1e-17]) == frechetConstant(spectrum: [2, 1]))
    #expect(frechetConstant(spectrum: [2, 1]) == 1.5 * 3 + 2.0 / 3)
    #expect(frechetConstant(spectrum: []) == 0)
  }

  @Test("The constant of any law is the Gaussian one when the products vary as a Gaussian's do")
  func generalLaw() {
    let spectrum = [3, 1, 0.25, 0]
    let variances = spectrum.enumerated().flatMap { i, a in
      spectrum.enumerated().map { j, b in (i == j ? 2 : 1) * a * b }
    }
    let general = frechetConstant(spectrum: spectrum, productVariances: variances)
    #expect(abs(general - frechetConstant(spectrum: spectrum)) < 1e-12)
  }

  @Test("The floor between two sets of 1000 in 64 dimensions is 2.2 (H1)")
  func floor() {
    let spectrum = Array(repeating: 1.0, count: 64)
    let floor = frechetFloor(spectrum: spectrum, real: 1000, generated: 1000)
    #expect(abs(floor - (2 * 64 / 1000.0 + 64 * 65 / 2000.0)) < 1e-9)
    #expect(
      abs(frechetFloor(spectrum: spectrum, real: nil, generated: 1000) - floor / 2) < 1e-9)
  }

  @Test("The predicted distance includes the floor and is 0 for a law without variance")
  func predictionHasAFloor() {
    let sizes = [GenerationSizes(real: 1000, synthetic: 0)]
    let spectrum = [1.0, 0.5]
    let exact = expectedFrechetDistance(
      spectrum: spectrum, .replace, sizes, real: nil, generated: nil)[0]
    let measured = expectedFrechetDistance(
      spectrum: spectrum, .replace, sizes, real: 200, generated: 300)[0]
    #expect(
      abs(measured - exact - frechetFloor(spectrum: spectrum, real: 200, generated: 300)) < 1e-12)
    #expect(
      expectedFrechetDistance(spectrum: [0, 0], .replace, sizes, real: 9, generated: 9) == [0])
  }
}
