import Foundation
import Testing

@testable import Randomness

@Suite("Elementary functions of many numbers")
struct ElementaryFunctionsTests {
  private static let arguments = stride(from: -699.5, through: 699.5, by: 0.37).map { $0 }

  @Test("Exponentials agree with the C library to two units in the last place")
  func exponential() {
    var values = Self.arguments
    ElementaryFunctions.applyExponential(to: &values)
    for (x, value) in zip(Self.arguments, values) {
      #expect(abs(value - exp(x)) <= 2 * exp(x).ulp)
    }
  }

  @Test("Beyond the range exponentials stay finite and positive")
  func extremes() {
    var values = [-1e300, 1e300, -.infinity, .infinity, 0]
    ElementaryFunctions.applyExponential(to: &values)
    #expect(values.allSatisfy { $0.isFinite && $0 > 0 })
    #expect(values[4] == 1)
  }

  @Test("The logit undoes the logistic function")
  func logit() {
    let arguments = stride(from: -12.0, through: 12, by: 0.173).map { $0 }
    var values = arguments
    ElementaryFunctions.applySigmoid(to: &values)
    for (x, p) in zip(arguments, values) { #expect(abs(p - 1 / (1 + exp(-x))) <= 4 * p.ulp) }
    ElementaryFunctions.applyLogit(to: &values)
    // A probability near 1 has lost digits of its distance from 1.
    for (x, y) in zip(arguments, values) { #expect(abs(x - y) <= 1e-15 * (1 + exp(abs(x)))) }
  }

  @Test("A number has the same bits wherever it stands", arguments: [1, 2, 3, 5, 9])
  func position(shift: Int) {
    var all = Self.arguments
    var rest = Array(Self.arguments.dropFirst(shift))
    ElementaryFunctions.applyExponential(to: &all)
    ElementaryFunctions.applyExponential(to: &rest)
    #expect(Array(all.dropFirst(shift)) == rest)
  }
}
