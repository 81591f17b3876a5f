import Foundation
import Testing

@testable import Pictures

@Suite("Spectrum")
struct SpectrumChartTests {
  @Test(
    "First, last and reference are named, and no name is cut or covered", arguments: [1, 2, 11, 61])
  func names(count: Int) throws {
    let series = (0..<count).map { generation in
      (
        label: "gen \(generation)",
        eigenvalues: (1...64).map { exp(-0.01 * Double($0 * (1 + generation))) }
      )
    }
    let page = SpectrumChart.page(
      series: series, reference: (label: "real", eigenvalues: [3, 2, 1]),
      title: "Covariance spectrum", subtitle: "")
    try expectCleanLayout(page)
    let texts = try texts(page)
    for name in ["gen 0", "gen \(count - 1)", "real"] { #expect(texts.contains(name)) }
  }

  @Test("Zero, negative, missing and rounding eigenvalues give a picture")
  func degenerate() throws {
    for values in [[], [0.0, 0], [5, 1e-17, -1e-18], [.nan], [1e-300], [2, 2, 2]] {
      let page = SpectrumChart.page(
        series: [(label: "gen 0", eigenvalues: values)], reference: nil, title: "", subtitle: "")
      try expectCleanLayout(page)
      #expect(isWellFormed(try #require(page.rendered().svg)))
    }
  }
}
