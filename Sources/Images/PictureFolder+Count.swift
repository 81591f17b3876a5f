public import Storage
public import SystemPackage

extension PictureFolder {
  /// Returns how many files of a folder would be looked at; none is opened.
  ///
  /// - Throws: ``Storage/StorageError`` if the folder cannot be listed.
  public static func fileCount(_ folder: FilePath) throws(StorageError) -> Int {
    try FolderScan(folder).files.count
  }
}
