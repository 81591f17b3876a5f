import Foundation
import Recursion
import Storage
import Testing

@testable import Diagnosis

@Suite("Verdicts under the eight definitions")
struct DiagnosisTests {
  private func fired(_ run: SyntheticRun) throws -> [CollapseDefinition: Int] {
    let diagnosis = try Diagnosis(of: [run.diagnosed])
    var fired: [CollapseDefinition: Int] = [:]
    for verdict in diagnosis.groups[0].verdicts where verdict.kind == .fired {
      fired[verdict.definition] = verdict.firstGeneration
    }
    return fired
  }

  /// A change that sets in at a generation.
  private func step(_ metric: String, by amount: Double, at start: Int) -> SyntheticRun {
    SyntheticRun(change: { name, generation in
      name == metric && generation >= start ? amount : 0
    })
  }

  @Test(
    "Each definition fires when its own quantity changes, at that generation, and no other does",
    arguments: [
      ("bits_per_dim", 3.0, CollapseDefinition.catastrophicRisk),
      ("bits_per_dim_change", 0.1, .anyIncreaseOfRisk),
      ("total_variance", -300, .collapsingVariance),
      ("mean_log_eigenvalue", -1, .collapsingVariance),
      ("participation_ratio", -9, .collapsingVariance),
      ("vendi_rbf", -30, .collapsingVariance),
      ("modes_lost", 0.2, .lostModes), ("mode_entanglement", 0.2, .lostModes),
      ("tail_log_ratio", -2, .lostTails), ("recall_tail", -0.75, .lostTails),
      ("tail_mass_ratio", -0.95, .lostTails),
      ("hallucinated_share", 0.1, .hallucination), ("precision", -0.2, .hallucination),
    ])
  func oneByOne(metric: String, amount: Double, definition: CollapseDefinition) throws {
    #expect(try fired(step(metric, by: amount, at: 6)) == [definition: 6])
  }

  @Test("A change that stays on this side of the threshold is no collapse of variance or tails")
  func belowThreshold() throws {
    #expect(try fired(step("total_variance", by: -120, at: 3)) == [:])
    #expect(try fired(step("recall_tail", by: -0.2, at: 3)) == [:])
  }

  @Test("Of healthy runs at most one in twenty gives any alarm, whatever the number of tests")
  func falseAlarms() throws {
    let runs = 300
    var alarms = 0
    for seed in 1...runs {
      alarms += try fired(SyntheticRun(seed: seed)).isEmpty ? 0 : 1
    }
    // Four standard errors above 5 %.
    #expect(Double(alarms) / Double(runs) < 0.05 + 4 * (0.05 * 0.95 / Double(runs)).squareRoot())
  }

  @Test("Tests on the control are counted, and the spread of refits counts against the run")
  func control() throws {
    var run = step("bits_per_dim_change", by: 0.1, at: 4)
    run.control = true
    let diagnosis = try Diagnosis(of: [run.diagnosed])
    let alarms = try #require(diagnosis.groups[0].falseAlarms)
    // Six definitions at twelve generations, and the slope of the whole.
    #expect(alarms.tests == 6 * 12 + 1)
    #expect(alarms.fired == 0)
    #expect(diagnosis.verdict(.anyIncreaseOfRisk).firstGeneration == 4)
    let finding = try #require(diagnosis.verdict(.anyIncreaseOfRisk).findings.last)
    #expect(try #require(finding.standardError) > 0.005)
  }

  @Test("Two seeds are too few for a verdict that one dozen gives, and each alone says so")
  func seeds() throws {
    func runs(_ count: Int) -> [DiagnosedRun] {
      (1...count).map { seed in
        var run = step("bits_per_dim_change", by: 0.05, at: 5)
        run.seed = seed
        return run.diagnosed
      }
    }
    let few = try Diagnosis(of: runs(2)).verdict(.anyIncreaseOfRisk)
    #expect(few.kind == .tooFewSeeds)
    #expect(few.runsAlone == 2)
    let many = try Diagnosis(of: runs(12)).verdict(.anyIncreaseOfRisk)
    #expect(many.kind == .fired)
    #expect(many.firstGeneration == 5)
    #expect(many.runsAlone == 12)
  }

  @Test("An effect that differs between seeds by more than its size is not one of the setting")
  func spread() throws {
    let runs = (1...6).map { seed in
      var run = step("bits_per_dim_change", by: seed % 2 == 0 ? 0.1 : -0.09, at: 1)
      run.seed = seed
      return run.diagnosed
    }
    let verdict = try Diagnosis(of: runs).verdict(.anyIncreaseOfRisk)
    #expect(verdict.kind == .notFired)
    #expect(verdict.runsAlone == 3)
  }

  @Test("The scaling law is undecided with one size, and the sentence says which sizes there are")
  func oneSize() throws {
    let verdict = try Diagnosis(of: [SyntheticRun().diagnosed]).verdict(.changedScalingLaw)
    #expect(verdict.kind == .undecided)
    #expect(
      verdict.note
        == "it takes runs of 3 or more sample sizes (--samples); all of these have n = 500")
  }

  @Test(
    "A risk that stops falling with n is a changed scaling law, and one that keeps falling is not")
  func scaling() throws {
    func runs(flattens: Bool) -> [DiagnosedRun] {
      [100, 200, 400, 800, 1600].map { n in
        SyntheticRun(samples: n, generations: 6) { metric, generation in
          guard metric == "bits_per_dim" else { return 0 }
          let size = Double(n)
          // From generation 3 on as if there never were more than 150 samples.
          let used = flattens && generation >= 3 ? size * 150 / (size + 150) : size
          return 300 / used
        }.diagnosed
      }
    }
    let changed = try Diagnosis(of: runs(flattens: true)).verdict(.changedScalingLaw)
    #expect(changed.kind == .fired)
    #expect(changed.firstGeneration == 3)
    let same = try Diagnosis(of: runs(flattens: false)).verdict(.changedScalingLaw)
    #expect(same.kind == .notFired)
  }

  @Test("Runs of different settings are refused with the options that differ, and one run twice is")
  func refused() throws {
    var other = SyntheticRun(seed: 2)
    other.strategy = "accumulate"
    #expect {
      try Diagnosis(of: [SyntheticRun().diagnosed, other.diagnosed])
    } throws: { error in
      "\(error)".contains("strategy is \"replace\" in the one and \"accumulate\" in the other")
    }
    #expect(
      throws: DiagnosisError.sameSeed(
        SyntheticRun().record.path, SyntheticRun().record.path, seed: "1")
    ) {
      try Diagnosis(of: [SyntheticRun().diagnosed, SyntheticRun().diagnosed])
    }
  }

  @Test("A run of generation 0 alone is undecided under every definition, with reasons")
  func firstGenerationAlone() throws {
    let diagnosis = try Diagnosis(of: [SyntheticRun(generations: 0).diagnosed])
    for verdict in diagnosis.groups[0].verdicts {
      #expect(verdict.kind == .undecided)
      #expect(!verdict.note.isEmpty)
    }
    #expect(diagnosis.text.contains("undecided"))
  }

  @Test("The JSON is strict, has its version and one verdict for each definition")
  func json() throws {
    let run = step("total_variance", by: -300, at: 6)
    let bytes = try Diagnosis(of: [run.diagnosed]).json.bytes(.pretty)
    let value = try JSONValue(parsing: bytes)
    #expect(value["schema_version"]?.integer == 1)
    let definitions = try #require(value["groups"]?.array?.first?["definitions"]?.array)
    #expect(definitions.count == 8)
    #expect(definitions[4]["verdict"]?.string == "fired")
    #expect(definitions[4]["generation"]?.integer == 6)
    #expect(definitions[3]["verdict"]?.string == "undecided")
  }
}
