import Foundation
import Images
import Samples
import Storage
import SystemPackage
import Testing

@testable import Sprites

@Suite("Folder of sprites")
struct SpriteFolderTests {
  @Test("Writing a folder twice gives the same bytes")
  func repeatable() throws {
    try withFolders { first, second in
      let law = try SpriteLaw(size: 24, seed: 1)
      try SpriteFolder.write(to: first, count: 20, law: law)
      try SpriteFolder.write(to: second, count: 20, law: law)
      let files = try contents(of: first)
      #expect(files.count == 21)
      #expect(try contents(of: second) == files)
      // Over an older folder as well.
      try SpriteFolder.write(to: second, count: 20, law: law)
      #expect(try contents(of: second) == files)
    }
  }

  @Test("A file holds the sample whose number it carries, in the folder of its class")
  func filesAreSamples() throws {
    try withFolders { folder, _ in
      let law = try SpriteLaw(size: 32, seed: 4)
      var seen: [Int] = []
      try SpriteFolder.write(to: folder, count: 20, law: law) { seen.append($0) }
      #expect(seen.last == 20)
      for index in [0, 9, 19] {
        let (path, bytes) = try SpriteFolder.file(index, of: law)
        let name = law.attributes(of: index).className
        #expect(path == "\(name)/\(index < 10 ? "00000" : "0000")\(index).png")
        #expect(try FileStore.read(folder.pushing(FilePath(path))) == bytes)
        let picture = try PictureDecoder.decode(bytes)
        #expect(picture.shape == law.shape)
        #expect(.bytes(picture.pixels) == law.samples(index..<index + 1).storage)
      }
    }
  }

  @Test(
    "The table holds the truth of every picture, a row each, in the same columns whatever is drawn")
  func table() throws {
    try withFolders { folder, _ in
      let law = try SpriteLaw(size: 16, seed: 2)
      try SpriteFolder.write(to: folder, count: 30, law: law)
      let text = String(
        decoding: try FileStore.read(folder.appending(SpriteFolder.tableName)), as: UTF8.self)
      let rows = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(rows.count == 31)
      #expect(rows[0].prefix(4) == ["file", "class", "index", "background"])
      #expect(Set(rows[0]).count == rows[0].count)
      for (index, row) in rows.dropFirst().enumerated() {
        #expect(row.count == rows[0].count)
        let truth = law.attributes(of: index)
        #expect(row[1] == truth.className)
        #expect(row[2] == String(index))
        #expect(FileStore.exists(folder.pushing(FilePath(row[0]))))
        for (column, value) in zip(rows[0], row).dropFirst(3) {
          #expect(value == truth[column]?.description ?? "")
        }
      }
    }
  }

  @Test("1200 pictures of 64 pixels need less than 4 MB")
  func compact() throws {
    let law = try SpriteLaw(size: 64, seed: 1)
    let count = 120
    let bytes = try (0..<count).map { try SpriteFolder.file($0, of: law).bytes.count }
    #expect(bytes.reduce(0, +) / count < 2900)
  }

  @Test("A folder that cannot be made is an error")
  func refused() throws {
    let law = try SpriteLaw(size: 16)
    #expect(throws: StorageError.self) {
      try SpriteFolder.write(to: "/dev/null/sprites", count: 1, law: law)
    }
  }

  /// Runs `body` with the paths of two folders that do not exist yet, and removes them.
  private func withFolders(_ body: (FilePath, FilePath) throws -> Void) throws {
    let parent = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("sprites-\(UUID().uuidString)")
    defer { try? FileStore.remove(parent) }
    try body(parent.appending("first"), parent.appending("second"))
  }

  /// The bytes of all files in the sub-folders and the folder itself, by path.
  private func contents(of folder: FilePath) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileStore.names(in: folder) {
      let path = folder.appending(name)
      if FileStore.isFolder(path) {
        for file in try FileStore.names(in: path) {
          files["\(name)/\(file)"] = try FileStore.read(path.appending(file))
        }
      } else {
        files[name.string] = try FileStore.read(path)
      }
    }
    return files
  }
}
