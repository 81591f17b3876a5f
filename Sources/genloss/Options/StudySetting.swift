import Foundation
import Storage
import Studies
import SystemPackage

/// Where a study is, and what of the machine its cells share.
struct StudySetting {
  /// The file of the study, from the root.
  let file: FilePath

  /// The folder of the study, from the root.
  let folder: StudyFolder

  /// The cells at a time.
  let jobs: Int

  /// The threads of a cell.
  let threads: Int

  /// The folder that paths in the file are relative to.
  private let base: FilePath

  /// Divides threads among cells.
  init(file: FilePath, folder: FilePath, threads: Int, jobs: Int) throws(StorageError) {
    let here = FilePath(FileManager.default.currentDirectoryPath)
    self.file = here.pushing(file).lexicallyNormalized()
    self.folder = StudyFolder(here.pushing(folder).lexicallyNormalized())
    base = self.file.removingLastComponent()
    self.jobs = jobs
    self.threads = max(1, threads / jobs)
  }

  /// Makes the folder of the file that of this process.
  func enter() throws(StorageError) {
    guard FileManager.default.changeCurrentDirectoryPath(base.string) else {
      throw StorageError(.read, base, .system(.permissionDenied))
    }
  }
}
