import Generators
import Samples
import Testing

@testable import Recursion

@Suite("Filters on samples")
struct SampleJudgeTests {
  private let law = GaussianLaw(dimension: 1, seed: 9)

  private func judge(original: SampleSet) -> SampleJudge {
    SampleJudge(
      coordinates: .identity(original.shape), sampling: Sampling(), seed: 5, original: original)
  }

  private func apply(
    _ filter: SampleFilter, to samples: SampleSet, original: SampleSet? = nil
  ) throws -> SampleSet {
    try judge(original: original ?? law.samples(0..<50))
      .apply(filter, to: samples, generation: 3, part: 0, place: 0).samples
  }

  @Test("A detector removes its share, the same samples whenever it is asked")
  func detector() throws {
    let samples = law.samples(0..<10_000)
    let left = try apply(.remove(rate: 0.3), to: samples)
    #expect(abs(Double(left.count) / 10_000 - 0.7) < 4 * 0.0046)
    #expect(try apply(.remove(rate: 0.3), to: samples) == left)
    #expect(try apply(.remove(rate: 0), to: samples) == samples)
    #expect(try apply(.remove(rate: 1), to: samples).count == 0)
  }

  @Test("Filters one after the other have random numbers of their own")
  func ownNumbers() throws {
    let samples = law.samples(0..<1000)
    let kept = try (0..<3).map { place in
      try Set(
        judge(original: samples)
          .apply(.remove(rate: 0.5), to: samples, generation: 3, part: 0, place: place).kept)
    }
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
      // Of independent halves a quarter is in both.
      let both = Double(kept[first].intersection(kept[second]).count)
      #expect(abs(both / 1000 - 0.25) < 4 * 0.0137)
    }
  }

  @Test("A correction of strength g with one cluster takes 1 / (1 + g) of every deviation (D5)")
  func correction() throws {
    let original = law.samples(0..<50)
    let centre = Double(original.values.reduce(0, +)) / 50
    let samples = law.samples(100..<120)
    let moved = try apply(.correct(strength: 3, clusters: 1), to: samples, original: original)
    for (before, after) in zip(samples.values, moved.values) {
      #expect(abs(Double(after) - centre - (Double(before) - centre) / 4) < 1e-5)
    }
  }

  @Test("Bright pictures are those of high levels; corrected pictures stay bytes")
  func pictures() throws {
    let pictures = TestData.pictures(20)
    let bright = try apply(
      .curate(Curation(.brightness, .top(share: 0.25))), to: pictures, original: pictures)
    func mean(_ samples: SampleSet) -> Float {
      samples.values.reduce(0, +) / Float(samples.values.count)
    }
    #expect(bright.count == 5)
    #expect(mean(bright) > mean(pictures) + 20)
    let moved = try apply(.correct(strength: 1, clusters: 4), to: pictures, original: pictures)
    guard case .bytes = moved.storage else {
      Issue.record("\(moved.storage)")
      return
    }
    #expect(moved.labels == pictures.labels)
  }

  @Test("A class is kept by its mean; one that is not there is named with what was meant")
  func classes() throws {
    let samples = SampleSet(
      count: 6, dimension: 1, storage: .floats([0, 1, 2, 10, 11, 12]),
      labels: [0, 0, 0, 1, 1, 1], classNames: ["low", "high"])
    let high = try apply(
      .curate(Curation(.nearness(className: "high"), .top(share: 0.5))), to: samples,
      original: samples)
    #expect(high.values == [10, 11, 12])
    let error = #expect(throws: RecursionError.self) {
      try apply(
        .curate(Curation(.nearness(className: "hihg"), .top(share: 0.5))), to: samples,
        original: samples)
    }
    #expect("\(try #require(error))".contains("Did you mean \"high\"?"))
  }

  @Test("A verifier by likelihood needs a model with a density, and says so")
  func noDensity() throws {
    let error = #expect(throws: RecursionError.self) {
      try apply(.curate(Curation(.likelihood, .top(share: 0.5))), to: law.samples(0..<4))
    }
    #expect("\(try #require(error))".contains("no density to judge samples by"))
  }
}
