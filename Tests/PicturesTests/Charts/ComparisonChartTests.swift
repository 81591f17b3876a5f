import Images
import Testing

@testable import Pictures

@Suite("Charts of a comparison")
struct ComparisonChartTests {
  private let names = ["replace", "accumulate-subsample", "synthetic-augmentation", "a <b> & c"]

  @Test("A forest plot names every row and its verdict, and nothing is cut", arguments: [0.0, 1.0])
  func forest(neutral: Double) throws {
    let rows = names.enumerated().map { index, name in
      ForestRow(
        label: "\(name) less fresh-data:share=0.25, samples 400", value: neutral + Double(index),
        interval: index == 3 ? nil : neutral - 2...neutral + 3, verdict: "too few seeds to say",
        isSure: index == 1)
    }
    let page = ForestPlot.page(
      sections: [
        .init(heading: "icons", rows: rows, neutral: neutral, axis: "frechet_distance"),
        .init(heading: "faces", rows: [rows[0]], neutral: 0, axis: "root mean squares"),
      ], title: "Differences", subtitle: "Holm")
    try expectCleanLayout(page)
    let words = try texts(page)
    #expect(words.count { $0 == "too few seeds to say" } == 5)
    #expect(words.contains("icons") && words.contains("faces"))
    #expect(words.contains("frechet_distance") && words.contains("root mean squares"))
  }

  @Test("A forest plot of one value without an interval is drawn, too")
  func lonely() throws {
    let row = ForestRow(label: "a", value: 0, interval: nil, verdict: "", isSure: false)
    try expectCleanLayout(
      ForestPlot.page(
        sections: [.init(heading: "", rows: [row], neutral: 0, axis: "x")], title: "",
        subtitle: ""))
  }

  @Test("Paths of several strategies have their names at their ends")
  func paths() throws {
    let paths = names.enumerated().map { index, name in
      PrecisionRecallPaths.Path(
        label: name,
        points: (0...5).map {
          (precision: 0.9 + 0.01 * Double(index), recall: 0.9 - 0.02 * Double($0 * index))
        })
    }
    func page(_ nulls: [PrecisionRecallPaths.Null]) -> Page {
      PrecisionRecallPaths.page(paths, nulls: nulls, title: "icons", subtitle: "means")
    }
    let one = page([.init(precision: 0.95...1, recall: 0.93...0.99)])
    try expectCleanLayout(one)
    #expect(try Set(names).isSubset(of: texts(one)))
    #expect(try texts(one).contains("real vs real"))
    // Boxes within each other, as those of more samples are narrower.
    let several = page(
      [(50, 0.05), (100, 0.03), (200, 0.02)].map { size, width in
        .init(precision: 1 - width...1, recall: 0.98 - width...1, size: size)
      })
    try expectCleanLayout(several)
    #expect(try texts(several).count { $0.hasPrefix("real vs real, n ") } == 3)
    try expectCleanLayout(PrecisionRecallPaths.page([], nulls: [], title: "", subtitle: ""))
  }

  @Test("Beyond six, lines differ in their dashes as well as in their colours")
  func styles() {
    let styles = (0..<18).map { SeriesStyle($0).stroke }
    for (index, style) in styles.enumerated() {
      #expect(!styles[..<index].contains { $0.color == style.color && $0.dashes == style.dashes })
    }
  }

  @Test("A contact sheet has a tile for each generation that is there, and labels on all sides")
  func contactSheet() throws {
    let rows = names.enumerated().map { index, name in
      ContactSheet.Row(
        label: name,
        tiles: (0..<4).map { generation in
          index == 2 && generation == 3
            ? [] : Array(repeating: Picture.plain([200, UInt8(40 * index), 90], side: 8), count: 4)
        })
    }
    let page = ContactSheet.page(
      rows: rows, columns: (0..<4).map { "gen \($0)" }, side: 2, title: "icons, seed 1",
      subtitle: "The same latents.")
    try expectCleanLayout(page)
    #expect(try texts(page).filter { $0.hasPrefix("gen ") }.count == 4)
    try expectCleanLayout(
      ContactSheet.page(rows: [], columns: [], side: 3, title: "", subtitle: ""))
  }

  @Test("A phase map frames what theory sets apart, on the outside only")
  func phase() throws {
    let table = PhaseMap.Table(
      columns: ["50", "100", "200"], columnName: "samples", rows: ["0.1", "0.5"],
      rowName: "share", values: [[1, 20, nil], [3, 4, 5]],
      isBeyond: [[true, true, nil], [false, false, false]])
    let page = PhaseMap.page(
      table, title: "icons, fresh-data", subtitle: "Framed.", colourLabel: "frechet_distance")
    try expectCleanLayout(page)
    #expect(try texts(page).contains("share"))
    // Two cells beside each other have six sides on the outside.
    #expect(PhaseMap.edges(of: table.isBeyond).count == 6)
    #expect(PhaseMap.edges(of: [[nil, false]]).isEmpty)
  }
}
