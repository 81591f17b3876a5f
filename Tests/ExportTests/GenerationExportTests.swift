import Foundation
import Images
import Samples
import Storage
import SystemPackage
import Testing

@testable import Export

@Suite("Generations written for others")
struct GenerationExportTests {
  private static let shape = PictureShape(width: 8, height: 8, channels: 3)

  /// Pictures whose levels are all different, of two classes in turn.
  private static func samples(_ count: Int, labelled: Bool) -> SampleSet {
    let set = SampleSet(
      count: count, dimension: shape.count, shape: shape,
      storage: .bytes((0..<count * shape.count).map { UInt8(truncatingIfNeeded: $0 &* 37) }))
    return labelled
      ? set.labelled((0..<count).map { Int32($0 % 2) }, classNames: ["cats", "dogs"]) : set
  }

  private func inFolder(_ body: (FilePath) throws -> Void) throws {
    let folder = FilePath(NSTemporaryDirectory()).appending("genloss-\(UUID().uuidString)")
    try FileStore.createFolder(folder)
    defer { try? FileStore.remove(folder) }
    try body(folder)
  }

  @Test("A folder holds every picture without loss, a thousand to a sub-folder, and their classes")
  func folder() throws {
    try inFolder { folder in
      let samples = Self.samples(1001, labelled: true)
      let path = folder.appending("out")
      try GenerationExport(samples).write(as: .folder, to: path)
      let read = try PictureFolder.load(path, options: PictureFolder.Options())
      #expect(read.samples.count == 1001)
      #expect(try FileStore.names(in: path.appending("00001")).map(\.string) == ["img00001000.png"])
      #expect(read.samples.storage == samples.storage)
      let dataset = try JSONValue(parsing: FileStore.read(path.appending("dataset.json")))
      let last = dataset["labels"]?.array?.last?.array
      #expect(last?.first?.string == "00001/img00001000.png")
      #expect(last?.last?.integer == 0)
      let lines = try FileStore.read(path.appending("metadata.jsonl"))
        .split(separator: UInt8(ascii: "\n"))
      #expect(lines.count == 1001)
      #expect(
        String(decoding: lines[1], as: UTF8.self)
          == #"{"file_name":"00000/img00000001.png","label":1,"class":"dogs"}"#)
      #expect(try FileStore.names(in: folder).map(\.string) == ["out"])
    }
  }

  @Test("Without classes labels are null, and lines name the files alone")
  func unlabelled() throws {
    try inFolder { folder in
      let path = folder.appending("out")
      try GenerationExport(Self.samples(2, labelled: false)).write(as: .folder, to: path)
      let dataset = try JSONValue(parsing: FileStore.read(path.appending("dataset.json")))
      #expect(dataset["labels"]?.isNull == true)
      let lines = try FileStore.read(path.appending("metadata.jsonl"))
      #expect(
        String(decoding: lines, as: UTF8.self)
          == #"{"file_name":"00000/img00000000.png"}"# + "\n"
          + #"{"file_name":"00000/img00000001.png"}"# + "\n")
    }
  }

  @Test("A zip archive holds the bytes of the folder's files, and is the same every time")
  func zip() throws {
    try inFolder { folder in
      let export = GenerationExport(Self.samples(3, labelled: true))
      try export.write(as: .folder, to: folder.appending("out"))
      for name in ["a.zip", "b.zip"] { try export.write(as: .zip, to: folder.appending(name)) }
      let archive = try FileStore.read(folder.appending("a.zip"))
      #expect(try FileStore.read(folder.appending("b.zip")) == archive)
      #expect(archive.starts(with: [0x50, 0x4B, 3, 4]))
      // Entries are stored, so each file is there byte for byte, behind its name.
      for name in ["00000/img00000002.png", "dataset.json", "metadata.jsonl"] {
        let file = try FileStore.read(folder.appending("out").pushing(FilePath(name)))
        #expect(Data(archive).range(of: Data(name.utf8)) != nil)
        #expect(Data(archive).range(of: Data(file)) != nil, "\(name)")
      }
    }
  }

  @Test("An array is what NumPy reads, with its labels in a table beside it")
  func array() throws {
    try inFolder { folder in
      let samples = Self.samples(3, labelled: true)
      let path = folder.appending("g.npy")
      try GenerationExport(samples).write(as: .npy, to: path)
      #expect(try NumpyFile.read(path).storage == samples.storage)
      let table = try FileStore.read(folder.appending("g-labels.csv"))
      #expect(
        String(decoding: table, as: UTF8.self)
          == "sample,label,class\n0,0,cats\n1,1,dogs\n2,0,cats\n")
      // A table that somebody else put there is not written over.
      let other = folder.appending("h-labels.csv")
      try FileStore.write(Array("mine".utf8), to: other)
      #expect(throws: ExportError.occupied(other)) {
        try GenerationExport(samples).write(as: .npy, to: folder.appending("h.npy"))
      }
      #expect(try FileStore.read(other) == Array("mine".utf8))
      #expect(!FileStore.exists(folder.appending("h.npy")))
    }
  }

  @Test("What is there already, vectors, and fractional levels are refused, and nothing is written")
  func refusals() throws {
    try inFolder { folder in
      let export = GenerationExport(Self.samples(2, labelled: false))
      #expect(throws: ExportError.occupied(folder)) { try export.write(as: .folder, to: folder) }
      let vectors = SampleSet(count: 2, dimension: 2, storage: .floats([1, 2, 3, 4]))
      #expect(throws: ExportError.notPictures(.zip)) {
        try GenerationExport(vectors).write(as: .zip, to: folder.appending("a.zip"))
      }
      let levels = (0..<2 * Self.shape.count).map { Float($0 % 251) + 0.4 }
      let fractional = GenerationExport(
        SampleSet(
          count: 2, dimension: Self.shape.count, shape: Self.shape, storage: .floats(levels)))
      #expect(throws: ExportError.fractionalLevels(.folder)) {
        try fractional.write(as: .folder, to: folder.appending("out"))
      }
      #expect(try FileStore.names(in: folder).isEmpty)
      try fractional.write(as: .folder, to: folder.appending("out"), roundsLevels: true)
      let read = try PictureFolder.load(folder.appending("out"), options: PictureFolder.Options())
      #expect(read.samples.storage == .bytes(levels.map { UInt8($0.rounded()) }))
    }
  }
}
