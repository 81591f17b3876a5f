import Images
import LinearAlgebra
import Samples
import Storage
public import SystemPackage

/// A folder of drawn icons: one sub-folder a class, PNG files named by sample number, and the truth
/// about all of them in `attributes.csv`.
///
///     faces/000000.png
///     birds/000001.png
///     …
///     attributes.csv
public enum SpriteFolder {
  /// The name of the table of attributes.
  public static let tableName = "attributes.csv"

  /// Writes pictures `0..<count` of a law and their attributes.
  ///
  /// The same law and count write the same bytes. Files of the same names are replaced; others are
  /// left alone. The table is written last, so a folder that has one is whole.
  ///
  /// - Parameters:
  ///   - folder: The folder, created where it does not exist.
  ///   - count: The number of pictures.
  ///   - law: The law of the pictures.
  ///   - progress: Called now and then with the number of pictures written; may throw to end it.
  /// - Throws: `StorageError` if a file cannot be written, or what `progress` throws.
  public static func write(
    to folder: FilePath, count: Int, law: SpriteLaw, progress: (Int) throws -> Void = { _ in }
  ) throws {
    var table = SpriteTable()
    var folders: Set<String> = []
    for block in Parallelism.blocks(of: count, size: 64) {
      let attributes = block.map { law.attributes(of: $0) }
      for name in attributes.map(\.className) where folders.insert(name).inserted {
        try FileStore.createFolder(folder.appending(name))
      }
      // Files are written where they are drawn: each waits for the disk, and waits overlap.
      let written = Parallelism.map(block.count) { offset in
        Result {
          let (path, bytes) = try file(block.lowerBound + offset, of: law)
          try FileStore.write(bytes, to: folder.pushing(FilePath(path)))
          return path
        }
      }
      for (offset, path) in written.enumerated() {
        table.append(attributes[offset], index: block.lowerBound + offset, file: try path.get())
      }
      try progress(block.upperBound)
    }
    try FileStore.write(table.bytes, to: folder.appending(tableName))
  }

  /// The file of one picture: its path below the folder, such as `faces/000017.png`, and its bytes.
  ///
  /// - Throws: `SpriteError` if Cairo cannot draw.
  public static func file(
    _ index: Int, of law: SpriteLaw
  ) throws -> (path: String, bytes: [UInt8]) {
    let icon = law.icon(index)
    let picture = Picture(
      shape: PictureShape(width: law.size, height: law.size, channels: 3),
      pixels: try icon.pixels(size: law.size))
    let digits = String(index)
    let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    return (
      "\(icon.attributes.className)/\(number).png", try PNG.encode(picture, fast: false)
    )
  }
}
