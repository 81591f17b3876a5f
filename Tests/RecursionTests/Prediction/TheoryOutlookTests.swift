import Foundation
import Testing
import Theory

@testable import Recursion

@Suite("Theory before any run")
struct TheoryOutlookTests {
  private func configuration(_ strategy: String, samples: Int = 50) -> RunConfiguration {
    var configuration = RunConfiguration()
    configuration.strategy = strategy
    configuration.generator = "gaussian"
    configuration.samples = samples
    configuration.generations = 10
    return configuration
  }

  private func outlook() throws -> TheoryOutlook {
    let data = RealData(
      name: "g", supply: .endless(GaussianLaw(dimension: 3, seed: 1)), fingerprint: "g")
    let run = Run(
      configuration: configuration("replace"), data: data, illustrator: nil, command: [],
      version: "")
    return try #require(try TheoryOutlook(run))
  }

  @Test("It is A1 under replace, whatever the strategy and the size that it was made for")
  func variance() throws {
    let outlook = try outlook()
    func share(_ strategy: String, samples: Int) throws -> Double {
      func value(_ generation: Int) throws -> Double {
        try #require(
          try outlook.prediction(
            of: "total_variance", at: generation,
            under: configuration(strategy, samples: samples))
        ).value.value
      }
      return try value(10) / value(0)
    }
    for n in [50, 200] {
      let expected = pow(1 - 1 / Double(n), 10)
      #expect(abs(try share("replace", samples: n) - expected) < 1e-9)
    }
    #expect(try share("fresh-data:share=1", samples: 50) == 1)
    #expect(
      try share("fresh-data:share=0.1", samples: 50) < share("fresh-data:share=0.5", samples: 50))
  }

  @Test("It is silent where there is no closed form")
  func silence() throws {
    let outlook = try outlook()
    #expect(
      try outlook.prediction(of: "recall", at: 3, under: configuration("replace")) == nil)
    #expect(
      try outlook.prediction(of: "total_variance", at: 3, under: configuration("curated")) == nil)
  }
}
