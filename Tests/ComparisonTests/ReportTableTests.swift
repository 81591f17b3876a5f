import Storage
import Testing

@testable import Comparison

@Suite("Tables of a comparison")
struct ReportTableTests {
  private let table = ReportTable(
    title: "a_b", columns: ["name", "n_e"], rows: [["x & y", "1"], ["50 %", "100"]], words: [0])

  @Test("In the terminal words begin at the left and numbers end at the right")
  func plain() {
    #expect(table.text(.plain) == "a_b\nname   n_e\nx & y    1\n50 %   100\n")
  }

  @Test("An empty line or a rule parts what belongs together from the rest")
  func breaks() {
    let table = ReportTable(
      title: "t", columns: ["a"], rows: [["1"], ["2"], ["3"]], words: [], breaks: [2])
    #expect(table.text(.plain) == "t\na\n1\n2\n\n3\n")
    #expect(table.text(.latex).contains("2 \\\\\n\\hline\n3 \\\\\n"))
    #expect(table.text(.markdown).hasSuffix("| 2 |\n|  |\n| 3 |\n"))
  }

  @Test("Markdown and LaTeX mask what would be markup")
  func markup() {
    #expect(
      table.text(.markdown)
        == "**a\\_b**\n\n| name | n_e |\n| --- | ---: |\n| x & y | 1 |\n| 50 % | 100 |\n")
    let latex = table.text(.latex)
    #expect(latex.contains("name & n\\_e \\\\\n"))
    #expect(latex.contains("x \\& y & 1 \\\\\n50 \\% & 100 \\\\\n"))
    #expect(latex.contains("\\begin{tabular}{lr}"))
  }

  @Test("Numbers of things are whole where they are")
  func counts() {
    #expect([60, 0, 12_345_678, 87.54].map(ReportNumber.count) == ["60", "0", "12345678", "87.5"])
    #expect(ReportNumber.count(.infinity) == "-")
  }

  @Test("The JSON has no number that is none, and the CSV a row a strategy")
  func programs() throws {
    let runs = ["replace", "refit"].map { MadeUpRun(strategy: $0).compared }
    let comparison = try Comparison(runs, settings: ComparisonSettings())
    let text = String(decoding: comparison.json.bytes(), as: UTF8.self)
    #expect(!text.contains("nan") && !text.contains("inf"))
    let rows = try CSV.rows(of: comparison.csv)
    #expect(rows.count == 3)
    #expect(rows[0].count == rows[1].count)
  }
}
