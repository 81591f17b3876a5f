import Foundation
import Storage
public import SystemPackage

extension RunFolder {
  /// The folder of generations of the run that a folder is, or that folder itself; `nil` for any other.
  ///
  /// Both hold charts and grids beside samples, and so neither is a set of samples.
  public static func generations(at path: FilePath) -> FilePath? {
    if isRun(path) { return path.appending(generationsName) }
    let here = FilePath(FileManager.default.currentDirectoryPath)
    let absolute = here.pushing(path).lexicallyNormalized()
    guard absolute.lastComponent?.string == generationsName,
      isRun(absolute.removingLastComponent())
    else { return nil }
    return path
  }

  /// Whether a folder has the `run.json` of a run, by its contents and not by its name alone.
  public static func holdsRun(_ path: FilePath) -> Bool {
    guard let bytes = try? FileStore.read(path.appending(runName), limit: 1 << 24),
      let run = try? JSONValue(parsing: bytes)
    else { return false }
    return run["schema_version"]?.integer != nil && run["configuration"]?.members != nil
  }

  private static func isRun(_ path: FilePath) -> Bool {
    FileStore.exists(path.appending(runName)) && FileStore.isFolder(path.appending(generationsName))
  }
}
