import Testing

@testable import Comparison

@Suite("Runs that cannot be compared")
struct ComparisonErrorTests {
  @Test("The message says what to do")
  func words() {
    #expect(
      ComparisonError.nothing(left: 2, damaged: []).description
        == "there is no finished run to compare; 2 are not finished. Run the study to its end.")
    #expect(
      ComparisonError.noGeneration(9, last: 4).description
        == "not all runs have a generation 9. The last that all have is 4.")
  }
}
