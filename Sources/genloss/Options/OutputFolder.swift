import Foundation
import Recursion
import Storage
import SystemPackage

/// A folder that a command writes pictures to.
enum OutputFolder {
  /// Refuses a folder inside a folder of pictures, which would be read as data the next time.
  ///
  /// - Parameter option: The option that names it.
  static func require(_ folder: FilePath, outside data: FilePath, option: String) throws {
    guard FileStore.isFolder(data) else { return }
    // The folder of pictures itself is refused as somebody's, without a word about data.
    guard absolute(folder) != absolute(data), absolute(folder).starts(with: absolute(data)) else {
      return
    }
    throw RecursionError.invalidSetting(
      name: option, value: folder.printable,
      reason: "it lies inside \(data.printable), and the next run would read its pictures as data. "
        + "Choose a folder elsewhere.")
  }

  /// Refuses a folder of pictures itself as well.
  static func require(_ folder: FilePath, besides data: FilePath, option: String) throws {
    try require(folder, outside: data, option: option)
    guard FileStore.isFolder(data), absolute(data) == absolute(folder) else { return }
    throw refusal(of: folder, option, "it is \(data.printable), whose")
  }

  /// Refuses a folder that holds one of pictures as well, where what is written may come to lie among them.
  static func require(_ folder: FilePath, apartFrom data: FilePath, option: String) throws {
    try require(folder, besides: data, option: option)
    guard FileStore.isFolder(data), absolute(data).starts(with: absolute(folder)) else { return }
    throw refusal(of: folder, option, "it holds \(data.printable), whose")
  }

  /// Refuses a file that the command reads as well.
  static func require(file: FilePath, besides data: [String], option: String) throws {
    for path in data.map({ FilePath($0) })
    where [path, path.appending("samples.npy")].contains(where: { absolute($0) == absolute(file) })
    {
      throw RecursionError.invalidSetting(
        name: option, value: file.printable,
        reason: "it is data that is read here, and would be lost. Choose another file.")
    }
  }

  private static func refusal(
    of folder: FilePath, _ option: String, _ reason: String
  ) -> RecursionError {
    .invalidSetting(
      name: option, value: folder.printable,
      reason: reason + " pictures are data. Choose a folder elsewhere.")
  }

  private static func absolute(_ path: FilePath) -> FilePath {
    FilePath(FileManager.default.currentDirectoryPath).pushing(path).lexicallyNormalized()
  }
}
