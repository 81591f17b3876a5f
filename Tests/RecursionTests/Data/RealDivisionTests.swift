import Metrics
import Samples
import Testing

@testable import Recursion

@Suite("The parts of the real data")
struct RealDivisionTests {
  /// Sixty vectors whose single number is their index.
  private var numbered: RealData {
    let samples = SampleSet(
      count: 300, dimension: 1, storage: .floats((0..<300).map(Float.init)))
    return TestData.real(samples, name: "numbers")
  }

  private func configuration(
    _ change: (inout RunConfiguration) -> Void = { _ in }
  ) -> RunConfiguration {
    var configuration = RunConfiguration()
    change(&configuration)
    return configuration
  }

  @Test("No sample serves two purposes: training, fresh, held out and feature parts are disjoint")
  func disjoint() throws {
    let division = try RealDivision(numbered, configuration: configuration { $0.samples = 100 })
    guard case .finite(let rest, _, _) = division.fresh else {
      Issue.record("a matrix is not endless")
      return
    }
    let parts = [division.original, rest, division.heldOut, division.features].map {
      Set($0.values)
    }
    #expect(parts.map(\.count) == [100, 110, 60, 30])
    #expect(parts.reduce(Set()) { $0.union($1) }.count == 300)
  }

  @Test("The training part is used whole up to 1000 samples, in an order that the seed decides")
  func defaultCount() throws {
    let first = try RealDivision(numbered, configuration: configuration())
    #expect(first.original.count == 210)
    #expect(first.original.values != first.original.values.sorted())
    let other = try RealDivision(numbered, configuration: configuration { $0.seed = 2 })
    #expect(other.original.values != first.original.values)
    let law = RealData(
      name: "law", supply: .endless(GaussianLaw(dimension: 1, seed: 1)), fingerprint: "law")
    #expect(try RealDivision(law, configuration: configuration()).original.count == 1000)
  }

  @Test("More samples than the training part holds are refused with its size")
  func tooMany() {
    #expect {
      _ = try RealDivision(numbered, configuration: configuration { $0.samples = 211 })
    } throws: { error in
      "\(error)".contains("the training part holds 210 of 300 samples")
    }
  }

  @Test("The parts of an endless law never meet")
  func endless() throws {
    let law = GaussianLaw(dimension: 2, seed: 1)
    let data = RealData(name: "law", supply: .endless(law), fingerprint: "law")
    let division = try RealDivision(data, configuration: configuration { $0.samples = 50 })
    let nulls = try #require(division.nullSamples)
    let parts = [
      division.original, division.heldOut, division.features,
      division.fresh.samples(0..<50, generation: 1), nulls(0..<50),
    ]
    #expect(division.fresh.available == nil)
    let values = parts.flatMap(\.values)
    #expect(Set(values).count == values.count)
  }
}
