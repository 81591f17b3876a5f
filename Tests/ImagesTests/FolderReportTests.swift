import Samples
import Testing

@testable import Images

@Suite("Folder report")
struct FolderReportTests {
  private func report(_ skipped: [SkippedFile]) -> FolderReport {
    FolderReport(
      found: skipped.count, used: 0, skipped: skipped, leftOut: 0, classes: [], sizes: [],
      modes: [], duplicates: [], shape: nil)
  }

  @Test("Skipped files as CSV keep the bytes of their paths and are quoted where they must be")
  func csv() {
    // A combining accent behind the quote makes them one Swift character.
    let report = report([
      SkippedFile(path: Array("plain.png".utf8), reason: .empty, detail: "the file is empty"),
      SkippedFile(
        path: Array("a,\"\u{301}b\r\n.png".utf8), reason: .notImage, detail: "not an image"),
      SkippedFile(path: [0xFF, 0xFE, 0x2E], reason: .tooLarge, detail: "9 × 9, more"),
    ])
    let expected =
      Array("path,reason,detail\nplain.png,empty,the file is empty\n".utf8)
      + Array("\"a,\"\"\u{301}b\r\n.png\",not-image,not an image\n".utf8)
      + [0xFF, 0xFE, 0x2E] + Array(",too-large,\"9 × 9, more\"\n".utf8)
    #expect(report.skippedCSV() == expected)
  }

  @Test("Reasons are counted, the most frequent first, ties by name")
  func reasons() {
    let reasons: [SkipReason] = [.truncated, .empty, .corrupt, .truncated, .corrupt]
    let report = report(reasons.map { SkippedFile(path: [0x61], reason: $0, detail: "") })
    #expect(report.reasons.map(\.reason) == [.corrupt, .truncated, .empty])
    #expect(report.reasons.map(\.count) == [2, 2, 1])
  }
}
