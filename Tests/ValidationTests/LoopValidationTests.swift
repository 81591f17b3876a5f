import LinearAlgebra
import Testing

@testable import Validation

@Suite("Validation of the loop")
struct LoopValidationTests {
  @Test("Every prediction holds in the quick validation")
  func quick() throws {
    let results = try LoopValidation(effort: .quick, seed: 1).perform()
    for result in results {
      #expect(!result.findings.isEmpty)
      for finding in result.findings { #expect(finding.agrees, "\(result.id): \(finding)") }
    }
  }

  @Test("Every prediction has a number of its own and words")
  func catalogue() {
    let checks = CheckCatalogue.checks
    #expect(Set(checks.map(\.id)).count == checks.count)
    #expect(checks.allSatisfy { !$0.statement.isEmpty && !$0.formula.isEmpty })
  }

  @Test("A number that there is not is an error that knows those that there are")
  func unknown() {
    #expect(throws: UnknownCheck(id: "A99", known: CheckCatalogue.checks.map(\.id))) {
      try LoopValidation(only: ["A1", "A99"], effort: .quick, seed: 1)
    }
  }

  @Test("A check finds the same alone and among others, whatever its place")
  func independence() throws {
    func measure(_ ids: [String]) throws -> [String: [Finding]] {
      let laboratory = Laboratory(seed: 2, share: 0.01)
      let results = try LoopValidation(only: ids, laboratory: laboratory).perform()
      return Dictionary(uniqueKeysWithValues: results.map { ($0.id, $0.findings) })
    }
    let together = try measure(["A1", "A2", "C1"])
    for id in ["A1", "A2", "C1"] { #expect(try measure([id])[id] == together[id]) }
  }

  @Test("Another seed finds other numbers")
  func seeds() throws {
    let findings = try [1, 2].map { seed in
      try LoopValidation(
        only: ["A1"], laboratory: Laboratory(seed: seed, share: 0.01)
      ).perform()[0].findings
    }
    #expect(findings[0] != findings[1])
  }
}
