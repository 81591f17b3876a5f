/// How a generation is written for other programs.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// A folder of PNG files with `dataset.json` and `metadata.jsonl`.
  case folder

  /// The same in one uncompressed zip archive.
  case zip

  /// One array: pictures `(n, height, width, channels)` of uint8, vectors `(n, d)` of float32; labels, if
  /// there are any, in a table beside it.
  case npy
}
