import Storage
import Testing

@testable import Comparison

@Suite("Phase plane")
struct PhasePlaneTests {
  private func set(_ strategies: [(text: String, samples: Int)]) throws -> DataSetComparison {
    let runs = strategies.map { strategy in
      MadeUpRun(
        strategy: strategy.text, samples: strategy.samples,
        distance: { _ in Double(strategy.samples) }
      ).compared
    }
    return try Comparison(runs, settings: ComparisonSettings()).dataSets[0]
  }

  @Test("Two numbers that were varied make a plane, with what theory says of each place")
  func plane() throws {
    let places = [0.1, 0.5].flatMap { share in
      [50, 100, 200].map { (text: "fresh-data:share=\(share)", samples: $0) }
    }
    let plane = try #require(PhasePlane(try set(places + [("replace", 50)])))
    #expect(plane.strategy == "fresh-data")
    #expect(plane.xKey == "samples" && plane.x == [50, 100, 200])
    #expect(plane.yKey == "share" && plane.y == [0.1, 0.5])
    #expect(plane.values == [[50, 100, 200], [50, 100, 200]])
    // n_e / N is p (2 - p) at last: 0.75 for one half, and less for a tenth.
    let half = try #require(plane.effectiveShares[1][1])
    let tenth = try #require(plane.effectiveShares[0][1])
    #expect(abs(half - 0.75) < 0.02)
    #expect(tenth < half)
  }

  @Test("One number, or places that a third tells apart, make none")
  func none() throws {
    #expect(
      PhasePlane(try set([50, 100, 200, 400].map { (text: "replace", samples: $0) })) == nil)
    let three = [0.5, 1].flatMap { strength in
      [8, 16].flatMap { clusters in
        [50, 100].map {
          (text: "corrected:strength=\(strength),clusters=\(clusters)", samples: $0)
        }
      }
    }
    #expect(PhasePlane(try set(three)) == nil)
  }

  @Test("Places that an option of words tells apart make none, and that is said")
  func words() throws {
    let runs = ["png8", "float"].flatMap { carry in
      [0.1, 0.5].flatMap { share in
        [50, 100].map { samples in
          MadeUpRun(
            strategy: "fresh-data:share=\(share)", samples: samples,
            options: [("carry", .string(carry))]
          ).compared
        }
      }
    }
    let comparison = try Comparison(runs, settings: ComparisonSettings())
    #expect(PhasePlane(comparison.dataSets[0]) == nil)
    #expect(
      comparison.notes.contains(
        "icons: fresh-data has several runs at one place of samples and share, told apart by carry; there "
          + "is no map of them."))
  }
}
