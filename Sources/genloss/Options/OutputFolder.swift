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
    func absolute(_ path: FilePath) -> FilePath {
      let here = FilePath(FileManager.default.currentDirectoryPath)
      return here.pushing(path).lexicallyNormalized()
    }
    // The folder of pictures itself is refused as somebody's, without a word about data.
    guard absolute(folder) != absolute(data), absolute(folder).starts(with: absolute(data)) else {
      return
    }
    throw RecursionError.invalidSetting(
      name: option, value: folder.printable,
      reason: "it lies inside \(data.printable), and the next run would read its pictures as data. "
        + "Choose a folder elsewhere.")
  }
}
