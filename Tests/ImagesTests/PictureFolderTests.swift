import Foundation
import LinearAlgebra
import Samples
import Storage
import SystemPackage
import Testing

@testable import Images

@Suite("Folder of pictures")
struct PictureFolderTests {
  private func strings(_ paths: [[UInt8]]) -> [String] {
    paths.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Classes are the first folders; everything found is used or skipped with a reason")
  func classes() throws {
    let folder = try TemporaryFolder()
    try folder.picture("dogs/deep/er/1.png", level: 1)
    try folder.picture("cats/2.jpg", level: 2)
    try folder.picture("cats/1", level: 3)
    try folder.write(Array("<html>".utf8), "cats/3.png")
    try folder.write([], "empty")
    let loaded = try PictureFolder.load(folder.path)
    #expect(strings(loaded.paths) == ["cats/1", "cats/2.jpg", "dogs/deep/er/1.png"])
    #expect(loaded.samples.classNames == ["cats", "dogs"])
    #expect(loaded.samples.labels == [0, 0, 1])
    #expect(loaded.samples.shape == PictureShape(width: 16, height: 16, channels: 3))
    #expect(loaded.samples.values(2..<3).allSatisfy { $0 == 1 })
    let report = loaded.report
    #expect(report.found == 5 && report.used == 3 && report.leftOut == 0)
    #expect(
      report.skipped == [
        SkippedFile(
          path: Array("cats/3.png".utf8), reason: .notImage,
          detail: "not an image (looks like HTML)"),
        SkippedFile(path: Array("empty".utf8), reason: .empty, detail: "the file is empty"),
      ])
    #expect(report.classes.map(\.name) == ["cats", "dogs"])
    #expect(report.classes.map(\.count) == [2, 1])
    #expect(try PictureFolder.inspect(folder.path) == report)
  }

  @Test("A picture beside the folders means that there are no classes")
  func flat() throws {
    let folder = try TemporaryFolder()
    try folder.picture("a/1.png")
    try folder.picture("2.png")
    let loaded = try PictureFolder.load(folder.path)
    #expect(loaded.samples.labels == nil && loaded.samples.classNames.isEmpty)
    #expect(loaded.report.used == 2 && loaded.report.classes.isEmpty)
  }

  @Test("Pictures of one size up to 64 keep it, square or not")
  func nativeSize() throws {
    let folder = try TemporaryFolder()
    try folder.picture("1.png", width: 64, height: 12, channels: 1)
    try folder.picture("2.png", width: 64, height: 12, channels: 1)
    let shape = try PictureFolder.load(folder.path).samples.shape
    #expect(shape == PictureShape(width: 64, height: 12, channels: 1))
  }

  @Test("Other pictures become squares of the median shorter side, at most 64")
  func medianSize() throws {
    let folder = try TemporaryFolder()
    try folder.picture("1.png", width: 20, height: 30)
    try folder.picture("2.png", width: 100, height: 41)
    try folder.picture("3.png", width: 200, height: 300)
    try folder.picture("4.png", width: 41, height: 43)
    #expect(try PictureFolder.load(folder.path).samples.shape?.width == 41)
    try folder.picture("5.png", width: 500, height: 500)
    try folder.picture("6.png", width: 500, height: 500)
    try folder.picture("7.png", width: 500, height: 500)
    let shape = try PictureFolder.load(folder.path).samples.shape
    #expect(shape == PictureShape(width: 64, height: 64, channels: 3))
  }

  @Test("What fails to decode has no say in the working size")
  func failuresDoNotCount() throws {
    let folder = try TemporaryFolder()
    for index in 1...3 {
      try folder.picture("\(index).png", width: 20, height: 10, channels: 1)
    }
    // Whole headers, cut pixels: in colour, and of another size.
    let cut = try PNG.encode(TestPictures.colour(40))
    try folder.write(Array(cut.prefix(cut.count / 2)), "4.png")
    let loaded = try PictureFolder.load(folder.path)
    #expect(loaded.samples.shape == PictureShape(width: 20, height: 10, channels: 1))
    #expect(loaded.samples.values.allSatisfy { $0 == 100 })
    #expect(loaded.report.reasons.map(\.reason) == [.truncated])
    #expect(try PictureFolder.inspect(folder.path) == loaded.report)
  }

  @Test("Channels: automatic, RGB and grey")
  func channels() throws {
    let folder = try TemporaryFolder()
    try folder.picture("1.png", channels: 1)
    func channels(_ choice: PictureFolder.ChannelChoice) throws -> Int? {
      let options = PictureFolder.Options(channels: choice)
      return try PictureFolder.load(folder.path, options: options).samples.shape?.channels
    }
    #expect(try channels(.auto) == 1)
    #expect(try channels(.rgb) == 3)
    try folder.picture("2.png", channels: 3)
    #expect(try channels(.auto) == 3)
    #expect(try channels(.gray) == 1)
  }

  @Test("A picture is cropped or squeezed, then resized like Pillow's")
  func fit() throws {
    let folder = try TemporaryFolder()
    let picture = Picture(
      shape: PictureShape(width: 32, height: 16, channels: 3),
      pixels: Array(TestPictures.colour(32).pixels.prefix(32 * 16 * 3)))
    try folder.write(PNG.encode(picture), "1.png")
    func pixels(_ fit: PictureFolder.Fit, _ channels: PictureFolder.ChannelChoice) throws
      -> SampleSet.Storage
    {
      let options = PictureFolder.Options(size: 12, channels: channels, fit: fit)
      return try PictureFolder.load(folder.path, options: options).samples.storage
    }
    let cropped = Resize.picture(picture.croppedToSquare(), width: 12, height: 12)
    #expect(try pixels(.crop, .auto) == .bytes(cropped.pixels))
    #expect(
      try pixels(.stretch, .rgb) == .bytes(Resize.picture(picture, width: 12, height: 12).pixels))
    let grey = Resize.picture(picture.converted(toChannels: 1), width: 12, height: 12)
    #expect(try pixels(.stretch, .gray) == .bytes(grey.pixels))
  }

  @Test("The limit takes a seeded choice in the order of the paths, and bad files do not count")
  func limit() throws {
    let folder = try TemporaryFolder()
    for index in 0..<40 {
      let name = "\(10 + index).png"
      if index.isMultiple(of: 4) {
        try folder.write([1, 2, 3], name)
      } else {
        try folder.picture(name, level: UInt8(index))
      }
    }
    func load(_ limit: Int, seed: UInt64) throws -> LoadedPictures {
      try PictureFolder.load(
        folder.path, options: PictureFolder.Options(limit: limit, seed: seed))
    }
    let chosen = try load(12, seed: 1)
    #expect(chosen.samples.count == 12 && chosen.report.used == 12)
    #expect(strings(chosen.paths) == strings(chosen.paths).sorted())
    #expect(
      chosen.report.found == 40
        && chosen.report.used + chosen.report.skipped.count + chosen.report.leftOut == 40)
    #expect(try load(12, seed: 1).paths == chosen.paths)
    #expect(try load(12, seed: 2).paths != chosen.paths)
    #expect(try load(1000, seed: 1).samples.count == 30)
    let inspected = try PictureFolder.inspect(
      folder.path, options: PictureFolder.Options(limit: 12, seed: 1))
    #expect(inspected == chosen.report)
  }

  @Test("Files with the same bytes are flagged")
  func duplicates() throws {
    let folder = try TemporaryFolder()
    try folder.picture("b.png", level: 5)
    try folder.picture("c.png", level: 6)
    try folder.picture("d.png", level: 5)
    try FileManager.default.linkItem(atPath: folder("c.png").string, toPath: folder("a").string)
    let duplicates = try PictureFolder.load(folder.path).report.duplicates
    #expect(duplicates.map(strings) == [["a", "c.png"], ["b.png", "d.png"]])
  }

  @Test("Sizes and modes are counted as the upright pictures have them")
  func counts() throws {
    let folder = try TemporaryFolder()
    try folder.picture("1", width: 9, height: 30, channels: 1)
    try folder.picture("2", width: 30, height: 9)
    try folder.picture("3", width: 30, height: 9)
    let report = try PictureFolder.inspect(folder.path)
    #expect(report.sizes.map { [$0.width, $0.height, $0.count] } == [[30, 9, 2], [9, 30, 1]])
    #expect(report.modes.map(\.mode) == ["RGB", "L"])
    #expect(report.modes.map(\.count) == [2, 1])
    #expect(report.shape == PictureShape(width: 9, height: 9, channels: 3))
  }

  @Test("A folder without a usable picture says what it holds")
  func nothingUsable() throws {
    let folder = try TemporaryFolder()
    let name = folder.path.string
    #expect {
      try PictureFolder.load(folder.path)
    } throws: {
      "\($0)"
        == "No usable picture in \(name): the folder holds no file. Put PNG or JPEG files into it."
    }
    try folder.write([], "a")
    try folder.write([], "b")
    try folder.write(Array("text".utf8), "c")
    #expect {
      try PictureFolder.load(folder.path)
    } throws: {
      "\($0)" == """
        No usable picture in \(name): found 3 files, skipped 2 empty, 1 not-image. \
        Put PNG or JPEG files into it; `genloss inspect` names each skipped file.
        """
    }
    #expect(try PictureFolder.inspect(folder.path).found == 3)
  }

  @Test("A working size below 8 × 8 is refused")
  func tooSmall() throws {
    let folder = try TemporaryFolder()
    try folder.picture("1.png", width: 20, height: 7)
    #expect(throws: PictureFolderError.tooSmall(width: 20, height: 7)) {
      try PictureFolder.load(folder.path)
    }
    #expect(throws: PictureFolderError.tooSmall(width: 7, height: 7)) {
      try PictureFolder.load(folder.path, options: PictureFolder.Options(size: 7))
    }
    let options = PictureFolder.Options(size: 8)
    #expect(try PictureFolder.load(folder.path, options: options).samples.count == 1)
  }

  @Test("A huge sparse file is skipped by its size")
  func sparse() throws {
    let folder = try TemporaryFolder()
    try folder.picture("1.png")
    try folder.write([], "2.png")
    let handle = try #require(FileHandle(forWritingAtPath: folder("2.png").string))
    try handle.truncate(atOffset: 4 << 30)
    try handle.close()
    let report = try PictureFolder.inspect(folder.path)
    #expect(report.skipped.map(\.reason) == [.tooLarge])
  }

  @Test("The thread count changes nothing")
  func threads() throws {
    let folder = try TemporaryFolder()
    for index in 0..<50 {
      try folder.picture("\(index % 3)/\(index)", level: UInt8(index), width: 8 + index)
    }
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    Parallelism.threads = 1
    let one = try PictureFolder.load(folder.path)
    Parallelism.threads = 4
    let four = try PictureFolder.load(folder.path)
    #expect(one.samples == four.samples && one.paths == four.paths && one.report == four.report)
  }
}
