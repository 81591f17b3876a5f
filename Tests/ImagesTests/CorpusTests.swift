import Foundation
import Randomness
import Samples
import Storage
import SystemPackage
import Testing

@testable import Images

private let corpus = FilePath(
  URL(filePath: #filePath).appending(path: "../../../../shared/corpus").standardized.path)

private let isPresent = FileStore.exists(corpus.appending("manifest.csv"))

/// A file of the corpus and what its manifest says about it.
private struct CorpusFile {
  let columns: [String: String]

  subscript(_ column: String) -> String { columns[column] ?? "" }

  var name: String { self["file"] }
  var isPNG: Bool { self["format"] == "png" }
  var isCore: Bool { self["tier"] == "core" }

  func bytes() throws -> [UInt8] {
    try FileStore.read(FilePath(corpus.string + "/" + name))
  }

  static func all() throws -> [CorpusFile] {
    var lines: [[String]] = [[]]
    var field: [UInt8] = []
    var isQuoted = false
    for byte in try FileStore.read(corpus.appending("manifest.csv")) where byte != 0x0D {
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
    return lines.dropFirst().filter { !$0.isEmpty }.map { line in
      CorpusFile(columns: Dictionary(uniqueKeysWithValues: zip(lines[0], line)))
    }
  }
}

@Suite(
  "A corpus of good and bad files",
  .enabled(if: isPresent, "needs ../shared/corpus beside the checkout"))
struct CorpusTests {
  @Test("Good pictures are right, everything else is refused by name within 20 seconds")
  func manifest() throws {
    let files = try CorpusFile.all()
    #expect(files.count == 386)
    for file in files {
      let bytes = try file.bytes()
      let start = ContinuousClock.now
      do throws(DecodingError) {
        let picture = try PictureDecoder.decode(bytes)
        switch file["expected"] {
        case "valid", "valid-policy": check(picture, file)
        case "either", "slow": break
        case let expected: Issue.record("\(file.name) is \(expected), but was decoded")
        }
      } catch {
        #expect(!error.detail.isEmpty, "\(file.name)")
        if file.isCore, file["expected"].hasPrefix("valid") {
          Issue.record("\(file.name) is good, but was refused: \(error)")
        }
      }
      #expect(ContinuousClock.now - start < .seconds(20), "\(file.name)")
    }
  }

  private func check(_ picture: Picture, _ file: CorpusFile) {
    let rgb = picture.converted(toChannels: 3)
    let size = [String(rgb.shape.width), String(rgb.shape.height)]
    let isTurned = (Int(file["exif_orientation"]) ?? 1) >= 5
    let expected = [file["width"], file["height"]]
    #expect(size == (isTurned ? expected.reversed() : expected), "\(file.name)")
    let digest = SHA256.hexDigest(of: rgb.pixels)
    if file["expected"] == "valid-policy" {
      // Samples of 16 bits: the high byte.
      #expect(digest == file["ref_rgb8_sha256"], "\(file.name)")
    } else if !file["rgb8_sha256_exif_applied"].isEmpty {
      #expect(digest == file["rgb8_sha256_exif_applied"], "\(file.name)")
    } else if file.isPNG {
      #expect(digest == file["rgb8_sha256"], "\(file.name)")
    } else if digest != file["rgb8_sha256"], digest != file["ref_rgb8_sha256"] {
      // Another build of libjpeg-turbo: the means over a 4 × 4 grid within 6 levels.
      let grid = Resize.picture(rgb, width: 4, height: 4, filter: .box).pixels
      let digits = Array(file["grid4x4_rgb_hex"])
      for (index, level) in grid.enumerated() {
        let wanted = Int(String(digits[2 * index..<2 * index + 2]), radix: 16) ?? 999
        #expect(abs(Int(level) - wanted) <= 6, "\(file.name)")
      }
    }
  }

  @Test("The whole corpus as one folder: every file is used or skipped by name")
  func folder() throws {
    let report = try PictureFolder.inspect(corpus)
    let files = try CorpusFile.all()
    // The corpus holds two more files: its manifest and its README.
    #expect(report.found == files.count + 2)
    #expect(report.used + report.skipped.count == report.found)
    let skipped = Set(report.skipped.map { String(decoding: $0.path, as: UTF8.self) })
    for file in files where !["valid", "valid-policy", "either", "slow"].contains(file["expected"])
    {
      #expect(skipped.contains(file.name))
    }
    for file in files where file.isCore && file["expected"].hasPrefix("valid") {
      #expect(!skipped.contains(file.name))
    }
  }

  @Test("Mutated files are decoded or refused, never worse")
  func mutations() throws {
    let files = try CorpusFile.all().filter { $0.isCore && (Int($0["bytes"]) ?? 0) < 9000 }
    let round = Int(ProcessInfo.processInfo.environment["MUTATIONS"] ?? "") ?? 10
    for (number, file) in files.enumerated() {
      let original = try file.bytes()
      for mutation in 0..<round {
        var stream = RandomStream(
          seed: 1, purpose: "mutation", generation: mutation, sample: number)
        let mutated = Self.mutated(original, &stream)
        let limits = DecodingLimits(
          maximumPixels: 4_000_000, allowTruncated: mutation.isMultiple(of: 2))
        if let picture = try? PictureDecoder.decode(mutated, limits: limits) {
          #expect(picture.pixels.count == picture.shape.count)
        }
      }
    }
  }

  /// A file with a few bytes changed, put in, cut out or repeated.
  ///
  /// The checksums of a PNG's chunks are made right again for every other one, so that the decoder
  /// comes to see what lies behind them.
  private static func mutated(_ original: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
    var bytes = original
    for _ in 0...stream.integer(below: 4) where !bytes.isEmpty {
      let place = stream.integer(below: bytes.count)
      let length = min(1 + stream.integer(below: 8), bytes.count - place)
      switch stream.integer(below: 6) {
      case 0: bytes[place] ^= 1 << UInt8(stream.integer(below: 8))
      case 1: bytes[place] = UInt8(stream.integer(below: 256))
      case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, 0xFE][stream.integer(below: 6)]
      case 3: bytes.removeSubrange(place..<place + length)
      case 4: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      default: bytes.removeLast(length)
      }
    }
    if stream.integer(below: 2) == 0, bytes.starts(with: PictureFormat.pngSignature) {
      var offset = 8
      while let length = BigEndian(bytes: bytes).uint32(offset), offset + 12 + length <= bytes.count
      {
        let end = offset + 8 + length
        bytes.replaceSubrange(
          end..<end + 4, with: PNGFile.number(Int(crc32(Array(bytes[offset + 4..<end])))))
        offset = end + 4
      }
    }
    return bytes
  }
}
