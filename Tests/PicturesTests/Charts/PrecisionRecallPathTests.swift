import Foundation
import Testing

@testable import Pictures

@Suite("Precision-recall path")
struct PrecisionRecallPathTests {
  private static func path(_ count: Int, recall: (Double) -> Double) -> [(
    generation: Int, precision: Double, recall: Double
  )] {
    (0..<count).map { generation in
      (
        generation: generation, precision: 0.78 + 0.02 * sin(Double(generation) * 2),
        recall: recall(Double(generation))
      )
    }
  }

  @Test("No name is cut or covers another, for short and long and circling paths")
  func layouts() throws {
    for count in [0, 1, 2, 11, 61] {
      for recall in [{ 0.83 - 0.012 * $0 }, { _ in 0.5 }, { 0.5 + 0.1 * sin($0) }]
        as [(Double) -> Double]
      {
        let page = PrecisionRecallPath.page(
          points: Self.path(count, recall: recall), control: Self.path(count) { _ in 0.83 },
          null: (precision: 0.93...0.96, recall: 0.93...0.96), title: "Precision and recall",
          subtitle: "replace")
        try expectCleanLayout(page)
      }
    }
  }

  @Test("The first and the last generation are named")
  func ends() throws {
    let page = PrecisionRecallPath.page(
      points: Self.path(11) { 0.83 - 0.047 * $0 }, control: [], null: nil, title: "", subtitle: "")
    let texts = try texts(page)
    #expect(texts.contains("gen 0"))
    #expect(texts.contains("gen 10"))
  }

  @Test("Points that are not finite, at the corners or all the same give a picture")
  func degenerate() throws {
    let nowhere = [(generation: 0, precision: Double.nan, recall: 0.5)]
    let corner = (0..<5).map { (generation: $0, precision: 1.0, recall: 0.0) }
    for points in [nowhere, corner] {
      let page = PrecisionRecallPath.page(
        points: points, control: points, null: (precision: 1...1, recall: 1...1), title: "t",
        subtitle: "")
      try expectCleanLayout(page)
      #expect(try page.rendered().png == page.png())
    }
  }
}
