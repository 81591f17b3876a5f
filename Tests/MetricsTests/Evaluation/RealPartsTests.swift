import Samples
import Testing

@testable import Metrics

@Suite("Three disjoint real parts")
struct RealPartsTests {
  private func labelled(_ sizes: [Int]) -> SampleSet {
    let labels = sizes.enumerated().flatMap {
      Array(repeating: Int32($0.offset), count: $0.element)
    }
    return SampleSet(
      count: labels.count, dimension: 1, storage: .floats(labels.indices.map { Float($0) }),
      labels: labels, classNames: sizes.indices.map { "class \($0)" })
  }

  @Test("Every sample is in exactly one part, in ascending order")
  func partition() throws {
    for unit in RealParts.Unit.allCases {
      let parts = try RealParts.split(labelled([90, 61, 40, 30, 20, 9]), by: unit, seed: 3)
      #expect((parts.train + parts.heldOut + parts.features).sorted() == Array(0..<250))
      for part in [parts.train, parts.heldOut, parts.features] { #expect(part == part.sorted()) }
      #expect(parts.note == nil)
    }
  }

  @Test("Each class has its share in each part to within one sample, and so have all together")
  func stratification() throws {
    let sizes = [201, 77, 33, 13, 7, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    let samples = labelled(sizes)
    for seed in 0..<5 {
      let parts = try RealParts.split(samples, seed: UInt64(seed))
      for (part, share) in [(parts.train, 0.7), (parts.heldOut, 0.2), (parts.features, 0.1)] {
        for (label, size) in sizes.enumerated() {
          let count = part.filter { samples.labels?[$0] == Int32(label) }.count
          #expect(abs(Double(count) - share * Double(size)) < 1)
        }
        #expect(abs(Double(part.count) - share * Double(samples.count)) < 1.5)
      }
    }
  }

  @Test("The seed decides who goes where")
  func seeds() throws {
    let samples = labelled([300])
    #expect(
      try RealParts.split(samples, seed: 1) == RealParts.split(samples, seed: 1))
    #expect(
      try RealParts.split(samples, seed: 1).heldOut != RealParts.split(samples, seed: 2).heldOut)
  }

  @Test("Whole folders stay on one side")
  func folders() throws {
    let samples = labelled(Array(repeating: 10, count: 40))
    let parts = try RealParts.split(samples, by: .folders, seed: 1)
    let sides = [parts.train, parts.heldOut, parts.features].map { part in
      Set(part.compactMap { samples.labels?[$0] })
    }
    #expect(sides.map(\.count) == [28, 8, 4])
    #expect(sides[0].isDisjoint(with: sides[1]))
    #expect(sides[0].union(sides[1]).isDisjoint(with: sides[2]))
  }

  @Test("Three folders make three parts, however unequal")
  func threeFolders() throws {
    let parts = try RealParts.split(labelled([200, 30, 30]), by: .folders, seed: 4)
    #expect([parts.train, parts.heldOut, parts.features].allSatisfy { !$0.isEmpty })
  }

  @Test("With too little data the spaces are fitted to the other two parts, and the note says so")
  func littleData() throws {
    let parts = try RealParts.split(labelled([60, 40]), seed: 1)
    #expect(parts.heldOut.count == 20)
    #expect(parts.train.count == 80)
    #expect(parts.features == Array(0..<100))
    #expect(
      parts.note == """
        The feature part would hold 10 of 100 samples, fewer than 20: the feature spaces are fitted \
        to the training and held-out parts.
        """)
  }

  @Test("Four samples are two to train on and two to hold out")
  func fourSamples() throws {
    let parts = try RealParts.split(labelled([4]), seed: 1)
    #expect(parts.train.count == 2)
    #expect(parts.heldOut.count == 2)
  }

  @Test("What cannot be split is refused with what is needed")
  func refusals() throws {
    #expect(throws: RealPartsError.tooFewSamples(found: 3)) {
      try RealParts.split(labelled([3]), seed: 1)
    }
    #expect(throws: RealPartsError.tooFewFolders(found: 1)) {
      try RealParts.split(labelled([300]), by: .folders, seed: 1)
    }
    #expect(throws: RealPartsError.shareOutOfRange("--holdout", 0)) {
      try RealParts.split(labelled([300]), holdout: 0, seed: 1)
    }
    #expect(throws: RealPartsError.nothingToTrainOn(0.9, 0.1)) {
      try RealParts.split(labelled([300]), holdout: 0.9, seed: 1)
    }
    #expect(throws: RealPartsError.self) {
      try RealParts.split(labelled([1, 1, 1]), by: .folders, seed: 1)
    }
    #expect(
      RealPartsError.tooFewFolders(found: 1).description == """
        --split folders needs at least 3 class folders; found 1. Add folders or use --split pictures.
        """)
  }

  @Test("Vectors without classes have no folders")
  func noFolders() {
    let samples = SampleSet(
      count: 100, dimension: 1, storage: .floats(Array(repeating: 0, count: 100)))
    #expect(throws: RealPartsError.tooFewFolders(found: 0)) {
      try RealParts.split(samples, by: .folders, seed: 1)
    }
  }
}
