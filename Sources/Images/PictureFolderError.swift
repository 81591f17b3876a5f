import Storage
public import SystemPackage

/// A folder from which no pictures can be used.
public enum PictureFolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing in the folder is a picture that can be decoded.
  case noUsablePicture(folder: FilePath, found: Int, reasons: [FolderReport.ReasonCount])

  /// The pictures would be used at a size that is too small to model.
  case tooSmall(width: Int, height: Int)

  /// The least width and height at which pictures are used.
  public static let leastSide = 8

  /// What happened, and what to do about it.
  public var description: String {
    switch self {
    case .noUsablePicture(let folder, 0, _):
      """
      No usable picture in \(folder.printable): the folder holds no file. \
      Put PNG or JPEG files into it.
      """
    case .noUsablePicture(let folder, let found, let reasons):
      """
      No usable picture in \(folder.printable): found \(found) \(found == 1 ? "file" : "files"), \
      skipped \(reasons.map { "\($0.count) \($0.reason.rawValue)" }.joined(separator: ", ")). \
      Put PNG or JPEG files into it; `genloss inspect` names each skipped file.
      """
    case .tooSmall(let width, let height):
      """
      The pictures would be used at \(width) × \(height) pixels; at least \
      \(Self.leastSide) × \(Self.leastSide) are needed. Pass --size \(Self.leastSide) or more.
      """
    }
  }
}
