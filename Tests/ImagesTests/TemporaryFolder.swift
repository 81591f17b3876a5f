import Foundation
import Images
import Samples
import Storage
import SystemPackage

/// A folder of its own for a test, removed at the end.
final class TemporaryFolder {
  let path: FilePath

  init() throws {
    path = FilePath(
      FileManager.default.temporaryDirectory.appending(path: "images-\(UUID().uuidString)").path)
    try FileStore.createFolder(path)
  }

  deinit { try? FileStore.remove(path) }

  /// The place of a name below the folder, by its bytes.
  func callAsFunction(_ name: [UInt8]) -> FilePath {
    FilePath(bytes: path.bytes + [UInt8(ascii: "/")] + name)
  }

  func callAsFunction(_ name: String) -> FilePath { self(Array(name.utf8)) }

  /// Writes a file, and the folders that lead to it.
  func write(_ bytes: [UInt8], _ name: [UInt8]) throws {
    let place = self(name)
    try FileStore.createFolder(place.removingLastComponent())
    let descriptor = try FileDescriptor.open(
      place, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
  }

  func write(_ bytes: [UInt8], _ name: String) throws { try write(bytes, Array(name.utf8)) }

  /// Writes a PNG of one level.
  func picture(
    _ name: String, level: UInt8 = 100, width: Int = 16, height: Int = 16, channels: Int = 3
  ) throws {
    let shape = PictureShape(width: width, height: height, channels: channels)
    let pixels = [UInt8](repeating: level, count: shape.count)
    try write(PNG.encode(Picture(shape: shape, pixels: pixels)), name)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: self(name).string, withDestinationPath: target)
  }
}
