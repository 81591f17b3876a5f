import Foundation
import Storage
import SystemPackage

/// Runs a test with a new, empty folder and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
  let folder = FilePath(FileManager.default.temporaryDirectory.path)
    .appending("genloss-library-\(UUID().uuidString)")
  try FileStore.createFolder(folder)
  defer { try? FileStore.remove(folder) }
  return try body(folder)
}
