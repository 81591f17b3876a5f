import Samples

/// The size at which the pictures of a folder are used.
enum WorkingShape {
  /// The largest side that is kept where the user asks for no size.
  static let largestNativeSide = 64

  /// The working size of these files; `nil` if there are none.
  ///
  /// The files' headers are looked at only as far as the options leave the size or the channels
  /// open.
  static func shape(of files: [PictureFile], options: PictureFolder.Options) -> PictureShape? {
    guard !files.isEmpty else { return nil }
    let channels =
      switch options.channels {
      case .rgb: 3
      case .gray: 1
      case .auto: files.allSatisfy { $0.header?.channels == 1 } ? 1 : 3
      }
    if let side = options.size {
      return PictureShape(width: side, height: side, channels: channels)
    }
    let headers = files.compactMap(\.header)
    guard let first = headers.first else { return nil }
    let isShared = headers.allSatisfy { $0.width == first.width && $0.height == first.height }
    if isShared, max(first.width, first.height) <= largestNativeSide {
      return PictureShape(width: first.width, height: first.height, channels: channels)
    }
    let sides = headers.map { min($0.width, $0.height) }.sorted()
    let side = min(largestNativeSide, sides[(sides.count - 1) / 2])
    return PictureShape(width: side, height: side, channels: channels)
  }
}
