import Testing

@testable import Pictures

@Suite("The chart of the error budget")
struct ErrorBudgetChartTests {
  private func page(
    _ values: [[Double?]], totals: [Double?]? = nil, error: Double? = 0.5
  ) -> Page {
    let names = ["evaluation floor", "statistical", "carry", "functional"]
    return ErrorBudgetChart.page(
      parts: zip(names, values).map {
        ErrorBudgetChart.Part(label: $0, values: $1, lastError: error)
      },
      totals: totals
        ?? values[0].indices.map { generation in
          values.reduce(0) { $0 + ($1[generation] ?? 0) }
        }, title: "Error budget", subtitle: "icons, replace", valueLabel: "Fréchet distance")
  }

  @Test("Every part is named beside its piece of the last bar, with its value and error")
  func labels() throws {
    let page = page([[2, 2, 2], [3, 8, 14], [1, 2, 4], [20, 22, 23]])
    try expectCleanLayout(page)
    let texts = try texts(page).joined(separator: " ")
    for name in ["evaluation floor", "statistical", "carry", "functional", "measured"] {
      #expect(texts.contains(name))
    }
    #expect(texts.contains("14.0 ± 0.500"))
    #expect(isWellFormed(try #require(try page.rendered().svg)))
  }

  @Test("Negative parts hang below zero, and what is not known is left out")
  func negative() throws {
    try expectCleanLayout(page([[2, 2], [3, 4], [-1, -2], [20, -3]]))
    try expectCleanLayout(page([[2, 2], [nil, nil], [nil, 1], [nil, nil]], error: nil))
    try expectCleanLayout(page([[0], [0], [0], [0]]))
    try expectCleanLayout(page([[], [], [], []]))
  }
}
