import Testing

@testable import Pictures

@Suite("Distance grid")
struct DistanceGridTests {
  private static let names = [
    "Fréchet distance", "Kernel distance (KID)", "Energy distance", "Recall",
    "distinct_nearest_real_pictures_of_the_training_part",
  ]

  private static func page(metrics: [String], spaces: [String], histograms: Int) -> Page {
    DistanceGrid.page(
      spaces: spaces, metrics: metrics,
      cells: spaces.indices.map { row in
        metrics.indices.map { column in
          column == 1 && row == 1
            ? nil
            : DistanceCell(
              value: "62.1", error: column == 2 ? nil : "1.25",
              z: column == 0 ? nil : Double(column * 10))
        }
      },
      histograms: (0..<histograms).map { index in
        (
          space: "conv", direction: "direction \(index + 1)", real: [1, 4, 2], generated: [2, 2],
          range: -2.5...3.5
        )
      }, title: "run, generation 5", subtitle: "N = 700")
  }

  @Test("No text is cut or covered, for few and many metrics and spaces")
  func layouts() throws {
    for repeats in [0, 1, 2, 5] {
      let metrics = Array(repeatElement(Self.names, count: repeats).joined())
      for spaces in [[], ["conv"], ["conv", "pixels", "a_file_of_features_with_a_long_name.npy"]] {
        for histograms in [0, 1, 8] {
          try expectCleanLayout(
            Self.page(metrics: metrics, spaces: spaces, histograms: histograms))
        }
      }
    }
  }

  @Test("A cell prints its value, its error and its z with its sign")
  func cell() throws {
    let page = DistanceGrid.page(
      spaces: ["conv"], metrics: ["Recall"],
      cells: [[DistanceCell(value: "0.36", error: "0.02", z: -31)]], histograms: [], title: "",
      subtitle: "")
    let texts = try texts(page)
    #expect(texts.contains("0.36"))
    #expect(texts.contains("± 0.02"))
    #expect(texts.contains("z = −31"))
  }

  @Test("Histograms without counts, bins or width give a picture")
  func degenerate() throws {
    let page = DistanceGrid.page(
      spaces: ["conv"], metrics: ["FD"],
      cells: [[DistanceCell(value: "1", error: nil, z: .nan)]],
      histograms: [
        (space: "a", direction: "1", real: [], generated: [0, 0], range: 2...2),
        (space: "a", direction: "2", real: [1], generated: [.nan, -1], range: -1e9...1e9),
      ], title: "", subtitle: "")
    try expectCleanLayout(page)
  }
}
