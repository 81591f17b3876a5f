import Foundation
import GenerationLoss
import Recursion
import Testing

@Suite("The tables of the README")
struct ReadmeTests {
  private static let readme: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try? String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }()

  @Test("Every strategy has its row, with its keys, their defaults and its paper, in their order")
  func strategies() {
    let rows = Catalogue.strategies.map { entry in
      let keys = entry.keys.map { "`\($0.name)=\($0.defaultText)`" }.joined(separator: " ")
      return "| `\(entry.name)` | \(keys) | \(entry.summary) | \(entry.source) |"
    }
    let names = Catalogue.strategies.map { "| `\($0.name)` |" }
    let found = Self.readme.filter { line in names.contains { line.hasPrefix($0) } }
    #expect(found == rows)
  }
}
