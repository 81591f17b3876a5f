import Foundation
import Randomness
import Samples
import Storage
import SystemPackage
import Testing

@testable import Images

/// A corpus of 386 good and bad files with a manifest of what each is; it lies beside the checkout.
private let corpus = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "shared/corpus")

private let isPresent = FileManager.default.fileExists(
  atPath: corpus.appending(path: "manifest.csv").path)

@Suite(
  "The corpus of good and bad files",
  .enabled(if: isPresent, "needs ../shared/corpus beside the checkout"))
struct CorpusTests {
  /// One row of the manifest.
  private struct Row {
    let values: [String: String]
    func callAsFunction(_ name: String) -> String { values[name] ?? "" }
    var bytes: [UInt8] {
      get throws { try FileStore.read(FilePath(corpus.appending(path: self("file")).path)) }
    }
  }

  private func rows() throws -> [Row] {
    let text = try FileStore.read(FilePath(corpus.appending(path: "manifest.csv").path))
    let lines = parseCSV(text)
    return lines.dropFirst().map { line in
      Row(values: Dictionary(uniqueKeysWithValues: zip(lines[0], line)))
    }
  }

  @Test("Valid pictures are right, everything else is refused with a reason")
  func manifest() throws {
    var table: [String: Int] = [:]
    for row in try rows() {
      let start = ContinuousClock.now
      let expected = row("expected")
      let isCore = row("tier") == "core"
      let outcome: String
      do throws(DecodingError) {
        let picture = try PictureDecoder.decode(try! row.bytes)
        outcome = "decoded"
        if isCore && expected.hasPrefix("valid") {
          check(picture, row)
        } else if !["either", "slow"].contains(expected) {
          Issue.record("\(row("file")) (\(expected)) was decoded")
        }
      } catch {
        outcome = error.reason.rawValue
        #expect(!error.detail.isEmpty)
        if isCore, expected.hasPrefix("valid") { Issue.record("\(row("file")): \(error)") }
      }
      table["\(row("tier")) \(expected) -> \(outcome)", default: 0] += 1
      let time = ContinuousClock.now - start
      #expect(time < .seconds(20), "\(row("file")) took \(time)")
    }
    for (key, count) in table.sorted(by: { $0.key < $1.key }) { print(key, count) }
  }

  private func check(_ picture: Picture, _ row: Row) {
    let name = row("file")
    let isTurned = (Int(row("exif_orientation")) ?? 1) >= 5
    let size = [picture.shape.width, picture.shape.height]
    #expect(
      size.map(String.init) == (isTurned
        ? [row("height"), row("width")] : [row("width"), row("height")]), "\(name)")
    print(name, picture.shape)
  }
}

func parseCSV(_ bytes: [UInt8]) -> [[String]] {
  var lines: [[String]] = [[]]
  var field: [UInt8] = []
  var isQuoted = false
  for byte in bytes where byte != 0x0D {
    if byte == UInt8(ascii: "\"") {
      isQuoted.toggle()
    } else if !isQuoted, byte == UInt8(ascii: ",") || byte == 0x0A {
      lines[lines.count - 1].append(String(decoding: field, as: UTF8.self))
      field = []
      if byte == 0x0A { lines.append([]) }
    } else {
      field.append(byte)
    }
  }
  return lines.filter { !$0.isEmpty }
}
