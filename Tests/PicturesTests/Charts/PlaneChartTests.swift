import Testing

@testable import Pictures

@Suite("Chart of a threshold")
struct PlaneChartTests {
  private var chart: PlaneChart {
    var chart = PlaneChart(xName: "real share", yName: "recall at generation 20")
    chart.dots = [0, 0.25, 0.5, 1].flatMap { x in
      (0..<4).map { PlaneChart.Dot(x: x, y: x + 0.02 * Double($0), isFaint: true) }
    }
    chart.curves = [
      PlaneChart.Curve(label: "mean", points: [(0, 0), (0.5, 0.5), (1, 1)], isTheory: false),
      PlaneChart.Curve(label: "theory", points: [(0, 0.1), (1, 1)], isTheory: true),
    ]
    chart.levels = [PlaneChart.Mark(0.98, label: "at least 0.98")]
    chart.places = [
      PlaneChart.Mark(1, label: "0.98"),
      PlaneChart.Mark(0.97, label: "theory 0.97", isTheory: true),
    ]
    chart.band = 0.9...1
    return chart
  }

  @Test("Lines that stand side by side keep their names apart, and nothing is cut")
  func layout() throws {
    let page = chart.page(title: "icons", subtitle: "about 0.98")
    try expectCleanLayout(page)
    let words = try texts(page)
    for name in ["mean", "theory", "at least 0.98", "0.98", "theory 0.97", "real share"] {
      #expect(words.contains(name), "\(name)")
    }
  }

  @Test("Costs of several orders are drawn on a logarithmic axis, and settings are named")
  func costs() throws {
    var chart = PlaneChart(xName: "cost", yName: "recall")
    chart.isLogarithmic = true
    chart.dots = [(1.0, 0.1), (30, 0.5), (1000, 0.9)].map {
      PlaneChart.Dot(
        x: $0, y: $1, bar: $1 - 0.05...$1 + 0.05, label: "real share 0.25, n \(Int($0))")
    }
    let page = chart.page(title: "icons", subtitle: "")
    try expectCleanLayout(page)
    let words = try texts(page)
    #expect(words.contains("real share 0.25, n 30"))
    #expect(words.contains("10") && words.contains("100"))
  }

  @Test("Without any measurement there is a picture, too")
  func empty() throws {
    let picture = try PlaneChart(xName: "x", yName: "y").render(title: "", subtitle: "")
    #expect(!picture.png.isEmpty)
    #expect(isWellFormed(try #require(picture.svg)))
  }
}
