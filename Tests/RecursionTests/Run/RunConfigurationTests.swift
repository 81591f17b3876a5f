import Generators
import Recursion
import Testing

@Suite("The settings of a run")
struct RunConfigurationTests {
  @Test("The defaults are valid: replace, ten generations, patches for pictures, gmm for vectors")
  func defaults() throws {
    let configuration = RunConfiguration()
    try configuration.validate()
    #expect(configuration.strategy == "replace")
    #expect(configuration.generations == 10)
    #expect(configuration.generatorName(forPictures: true) == "patches")
    #expect(configuration.generatorName(forPictures: false) == "gmm")
    #expect(try configuration.carry(forPictures: true) == .png8)
    #expect(try configuration.carry(forPictures: false) == .float)
  }

  @Test("A value that makes no sense is refused by the name of its option")
  func refusals() {
    for (name, change): (String, (inout RunConfiguration) -> Void) in [
      ("generations", { $0.generations = -1 }), ("generations", { $0.generations = .max }),
      ("samples", { $0.samples = 0 }), ("samples", { $0.samples = 1 }),
      ("samples", { $0.samples = .max }), ("samples", { $0.samples = -5 }),
      ("real-share", { $0.realShare = -0.1 }), ("real-share", { $0.realShare = .nan }),
      ("holdout", { $0.holdout = 0 }), ("holdout", { $0.holdout = 1 }),
      ("holdout", { $0.holdout = .nan }), ("feature-share", { $0.featureShare = -1 }),
      ("feature-share", { $0.featureShare = 0.8 }), ("feature-share", { $0.featureShare = .nan }),
      ("bias", { $0.sampling.bias = -1 }), ("bias", { $0.sampling.bias = .infinity }),
      ("detail-bias", { $0.sampling.detailBias = .nan }), ("generator", { $0.generator = "gan" }),
    ] {
      var configuration = RunConfiguration()
      change(&configuration)
      #expect {
        try configuration.validate()
      } throws: { error in
        guard case RecursionError.invalidSetting(name, _, _) = error else { return false }
        return "\(error)".hasPrefix("--\(name) ")
      }
    }
  }

  @Test("A slip in the name of a strategy or generator is answered with the name that was meant")
  func suggestions() {
    var configuration = RunConfiguration()
    configuration.strategy = "acumulate"
    #expect(throws: RecursionError.unknownStrategy(name: "acumulate", suggestion: "accumulate")) {
      try configuration.validate()
    }
    configuration = RunConfiguration()
    configuration.generator = "ptches"
    #expect {
      try configuration.validate()
    } throws: {
      "\($0)".contains("Did you mean \"patches\"?")
    }
  }

  @Test("Vectors have no 8-bit carry")
  func carry() {
    var configuration = RunConfiguration()
    configuration.carry = .png8
    #expect(throws: RecursionError.self) { try configuration.carry(forPictures: false) }
  }

  @Test("A setting that the generator does not have is refused, not ignored")
  func unusedSetting() {
    var test = TestRun()
    test.configuration.generator = "bootstrap"
    #expect(throws: GeneratorError.self) { try test.run.plan() }
  }
}
