import Foundation
import LinearAlgebra
import Randomness
import Testing

@testable import Metrics

@Suite("Modes of real samples")
struct RealModesTests {
  /// Samples of `count` equal modes on a circle, with some left out.
  private func ring(
    _ range: Range<Int>, modes count: Int = 10, without lost: Set<Int> = [], radius: Double = 20,
    turned: Double = 0
  ) -> Matrix {
    var rows: [[Double]] = []
    for sample in range {
      var stream = RandomStream(seed: 5, purpose: "test/ring", sample: sample)
      var mode = stream.integer(below: count)
      while lost.contains(mode) { mode = stream.integer(below: count) }
      let angle = 2 * Double.pi * (Double(mode) + turned) / Double(count)
      let noise = stream.normals(2)
      rows.append([radius * cos(angle) + noise[0], radius * sin(angle) + noise[1]])
    }
    return Matrix(rows: rows)
  }

  private func modes() throws -> RealModes {
    try RealModes(
      features: RowSource(ring(0..<200)), train: RowSource(ring(1000..<1400)), labels: nil,
      heldOut: RowSource(ring(2000..<2200)), generatedCount: 400)
  }

  private func value(_ metric: ModeMetric, _ modes: RealModes, _ samples: Matrix) throws -> Double {
    try #require(modes.outcome(of: metric, in: samples).outcome.estimate?.value)
  }

  @Test("Samples of the same law lose no bin, and those without some modes lose their bins")
  func lost() throws {
    let modes = try modes()
    #expect(try value(.modesLost, modes, ring(5000..<5400)) == 0)
    let share = try value(.modesLost, modes, ring(5000..<5400, without: [2, 3, 7]))
    // Bins need not be modes: some modes have two, some two modes share one.
    #expect(share > 0.15 && share < 0.5)
    #expect(try value(.modesJudged, modes, ring(5000..<5400)) >= 15)
  }

  @Test("Samples between modes are entangled, and more so than real ones")
  func entanglement() throws {
    let labels = (1000..<1400).map { sample in
      var stream = RandomStream(seed: 5, purpose: "test/ring", sample: sample)
      return Int32(stream.integer(below: 10))
    }
    let modes = try RealModes(
      features: RowSource(ring(0..<200, radius: 6)), train: RowSource(ring(1000..<1400, radius: 6)),
      labels: labels, heldOut: RowSource(ring(2000..<2200, radius: 6)), generatedCount: 400)
    let (outcome, band) = modes.outcome(
      of: .modeEntanglement, in: ring(5000..<5400, radius: 6))
    let real = try #require(outcome.estimate)
    let null = try #require(band)
    let half = (null.upperBound - null.lowerBound) / 2
    #expect(abs(real.value - (null.lowerBound + null.upperBound) / 2) < 2.1 * half)
    let between = try value(.modeEntanglement, modes, ring(5000..<5400, radius: 6, turned: 0.5))
    #expect(between > null.upperBound + 2 * half)
  }

  @Test("A discriminant doubts a sample between two classes by half, and one at a mean hardly")
  func discriminant() throws {
    var rows: [[Double]] = []
    var labels: [Int] = []
    for sample in 0..<400 {
      var stream = RandomStream(seed: 6, purpose: "test/two", sample: sample)
      let noise = stream.normals(3)
      rows.append([noise[0] + (sample % 2 == 0 ? -2 : 2), noise[1], noise[2]])
      labels.append(sample % 2)
    }
    let discriminant = try #require(
      try LinearDiscriminant(features: Matrix(rows: rows), labels: labels))
    let doubts = discriminant.doubts(of: Matrix(rows: [[0, 0, 0], [2, 0, 0], [-2, 1, 0]]))
    #expect(abs(doubts[0] - 0.5) < 0.1)
    // Means four deviations apart: the odds at a mean are e^8.
    #expect(doubts[1] < 0.002)
    #expect(doubts[2] < 0.002)
  }

  @Test("Too few samples for two bins give a reason in place of numbers")
  func tooFew() throws {
    let modes = try RealModes(
      features: RowSource(ring(0..<8)), train: RowSource(ring(100..<110)), labels: nil,
      heldOut: RowSource(ring(200..<204)),
      generatedCount: 10)
    for metric in ModeMetric.allCases {
      let (outcome, band) = modes.outcome(of: metric, in: ring(300..<310))
      #expect(outcome.estimate == nil)
      #expect(!outcome.note.isEmpty)
      #expect(band == nil)
    }
  }
}
