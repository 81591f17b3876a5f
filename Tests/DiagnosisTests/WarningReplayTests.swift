import Foundation
import Metrics
import Testing

@testable import Diagnosis

@Suite("The early-warning rule replayed on finished loops")
struct WarningReplayTests {
  /// A loop of which the variance alone was measured.
  private func loop(_ variances: [Double]) -> [[MetricValue]] {
    variances.map { [MetricValue(metric: "total_variance", space: "vector", value: $0)] }
  }

  @Test("A crossing that follows the line is warned of when it is a horizon away, and held")
  func fulfilled() {
    // Half is reached at ln 2 / 0.05 = 13.9 generations.
    let replay = WarningReplay([loop((0...20).map { exp(-0.05 * Double($0)) })])
    #expect(replay.crossings == 1)
    #expect(replay.leads == [5])
    #expect((replay.warnings, replay.unfulfilled) == (1, 0))
    // Asked at generations 3 to 13.
    #expect((replay.intervals, replay.held) == (11, 11))
  }

  @Test("A fall that ends after the warning leaves it unfulfilled, and one at the end undecided")
  func unfulfilled() {
    let falling = (0...9).map { exp(-0.05 * Double($0)) }
    let settled = falling + [Double](repeating: falling[9], count: 6)
    let replay = WarningReplay([loop(settled), loop(falling)])
    #expect(replay.crossings == 0)
    #expect((replay.warnings, replay.unfulfilled) == (1, 1))
    #expect(replay.medianLead == nil)
  }

  @Test("What falls before a forecast can be made is not counted, nor what does not fall")
  func unforeseen() {
    let replay = WarningReplay([
      loop([1, 0.7, 0.4, 0.3, 0.2]), loop([1, 1.1, 0.9, 1, 1.05, 0.95]),
    ])
    #expect(replay == WarningReplay([]))
  }
}
