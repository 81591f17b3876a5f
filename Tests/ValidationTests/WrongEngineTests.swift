import Testing

@testable import Validation

/// Engines made wrong on purpose: a check that passes them all would prove nothing.
@Suite("Wrong engines are caught")
struct WrongEngineTests {
  /// The checks of an engine on which something is done on purpose, in a tenth of the chains.
  private func check(_ id: String, tampering: Effect?) throws -> LoopValidation.Result {
    let laboratory = Laboratory(seed: 5, share: 0.06, tampering: tampering)
    let results = try LoopValidation(only: [id], laboratory: laboratory).perform()
    return try #require(results.first)
  }

  @Test(
    "The engine as it is passes the checks that catch the others", arguments: ["A1", "F3", "G1"])
  func rightEngine(id: String) throws {
    let result = try check(id, tampering: nil)
    #expect(result.agrees, "\(result.findings)")
  }

  @Test(
    "A wrong divisor, a ridge, overlapping patches and random numbers used again fail A1",
    arguments: [.unbiased, .ridge(0.02), .overlap(2), .sharedLatents] as [Effect])
  func wrongVariance(effect: Effect) throws {
    let result = try check("A1", tampering: effect)
    let z = try #require(result.findings.first?.z)
    #expect(abs(z) > 4, "\(result.findings)")
    #expect(!result.agrees)
  }

  @Test("Latents that are used again blow the variance up instead of losing it")
  func sharedLatents() throws {
    // Theory of the right engine: 0.668; of this one: about 307, carried by a few runs.
    let result = try check("A1", tampering: .sharedLatents)
    #expect(try #require(result.findings.first).measured > 10)
  }

  @Test("Truncation in place of rounding fails F3 by its mean")
  func truncation() throws {
    let result = try check("F3", tampering: .shift(-0.5))
    let mean = try #require(result.findings.last)
    #expect(try #require(mean.z) < -4)
    // Half a level is lost at each of the 19 draws.
    #expect(abs(mean.measured - (128 - 9.5)) < 4 * mean.standardError)
  }

  @Test("Components that are seeded anew fail G1 by the variance they bring back")
  func reseeded() throws {
    let finding = try #require(try check("G1", tampering: .reseeded).findings.first)
    #expect(try #require(finding.z) > 4, "\(finding)")
  }

  @Test("A wrong divisor and a ridge break the identity of the conservation law")
  func identity() throws {
    for effect in [Effect.unbiased, .ridge(1e-6)] {
      let finding = try #require(try check("0.1", tampering: effect).findings.first)
      #expect(finding.kind == .identity)
      #expect(!finding.agrees)
    }
  }
}
