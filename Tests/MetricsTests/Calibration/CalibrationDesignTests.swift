import Testing

@testable import Metrics

@Suite("The samples of a calibration")
struct CalibrationDesignTests {
  /// 200 samples of ten modes, of which the later ones lie farther out.
  private func design(strength: Double = 0.1, seed: UInt64 = 1) -> CalibrationDesign {
    CalibrationDesign(
      modes: (0..<200).map { $0 % 10 }, isolation: (0..<200).map(Double.init),
      strength: strength, seed: seed)
  }

  @Test(
    "No sample is on both sides, and all generated sets are of one size", arguments: [0.05, 0.6])
  func sides(strength: Double) throws {
    let design = design(strength: strength)
    #expect(design.realCount == 100)
    for number in 0..<20 {
      let repetition = design.repetition(number)
      #expect(Set(repetition.real).count == 100)
      #expect(Set(repetition.honest).count == design.generatedCount)
      for set in [repetition.honest] + repetition.damaged.values {
        #expect(set.count == design.generatedCount)
        #expect(Set(set).isDisjoint(with: repetition.real))
      }
    }
  }

  @Test("Modes are missing whole, tails are the samples farthest out, copies are copies")
  func damages() throws {
    let design = design(strength: 0.2)
    for number in 0..<10 {
      let repetition = design.repetition(number)
      let modes = Set(try #require(repetition.damaged[.modes]).map { $0 % 10 })
      #expect((7...9).contains(modes.count))
      #expect(try #require(repetition.damaged[.tails]).allSatisfy { $0 < 160 })
      let copies = try #require(repetition.damaged[.duplicates])
      let wanted = Int((0.2 * Double(design.generatedCount)).rounded())
      #expect(Set(copies).count == design.generatedCount - wanted)
    }
  }

  @Test("A repetition is its number's and its seed's")
  func seeds() {
    #expect(design().repetition(3).honest == design().repetition(3).honest)
    #expect(design().repetition(3).honest != design().repetition(4).honest)
    #expect(design().repetition(3).honest != design(seed: 2).repetition(3).honest)
  }

  @Test("One mode that holds all cannot be missing")
  func oneMode() {
    let design = CalibrationDesign(
      modes: Array(repeating: 0, count: 60), isolation: Array(repeating: 1, count: 60),
      strength: 0.1, seed: 1)
    #expect(design.repetition(0).damaged[.modes] == nil)
  }
}
