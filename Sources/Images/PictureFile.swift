import Samples
import Storage
import Synchronization
import SystemPackage

/// A file that is believed to hold a picture, as far as it has been read.
struct PictureFile: Sendable {
  /// What two files with the same bytes share, and others practically never.
  struct Fingerprint: Hashable, Sendable {
    let count: Int
    let hash: Int
  }

  /// The path below the folder.
  let path: [UInt8]

  /// What the file says about its picture.
  private(set) var header: PictureHeader?

  /// The identity of the bytes; `nil` as long as they are not decoded.
  private(set) var fingerprint: Fingerprint?

  /// The place of the picture among all decoded ones, once its pixels were taken.
  private(set) var place: Int?

  private var pixels: [UInt8] = []

  init(path: [UInt8]) { self.path = path }

  /// Whether the whole file has been read and holds a picture.
  var isDecoded: Bool { fingerprint != nil }

  /// Makes the file undecoded again.
  mutating func forgetPixels() {
    fingerprint = nil
    place = nil
    pixels = []
  }

  /// The pixels, if the file holds any: it then holds their place instead.
  mutating func takePixels(place: Int) -> [UInt8]? {
    guard !pixels.isEmpty else { return nil }
    defer { pixels = [] }
    self.place = place
    return pixels
  }

  /// The file with its header.
  func readingHeader(
    in folder: FilePath, limits: DecodingLimits
  ) throws(DecodingError) -> PictureFile {
    var file = self
    file.header = try PictureHeader(of: bytes(in: folder, limits), limits: limits)
    return file
  }

  /// The file with its picture at a size, or, without a size, only the knowledge that it has one.
  func decoding(
    in folder: FilePath, options: PictureFolder.Options, shape: PictureShape?
  ) throws(DecodingError) -> PictureFile {
    let bytes = try bytes(in: folder, options.limits)
    let header = try PictureHeader(of: bytes, limits: options.limits)
    // Two of the largest pictures at once would need 1.5 GiB: the large ones wait for each other.
    guard header.storedWidth * header.storedHeight > Self.largePixels else {
      return try decoding(bytes, options: options, shape: shape)
    }
    return try Self.large.withLock { _ throws(DecodingError) in
      try decoding(bytes, options: options, shape: shape)
    }
  }

  /// From how many pixels on pictures are decoded one at a time.
  private static let largePixels = 1 << 24

  private static let large = Mutex(())

  private func decoding(
    _ bytes: [UInt8], options: PictureFolder.Options, shape: PictureShape?
  ) throws(DecodingError) -> PictureFile {
    let (picture, header) = try PictureDecoder.decodeWithHeader(bytes, limits: options.limits)
    var file = self
    file.header = header
    var hasher = Hasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    file.fingerprint = Fingerprint(count: bytes.count, hash: hasher.finalize())
    if let shape { file.pixels = picture.fitted(to: shape, options.fit).pixels }
    return file
  }

  private func bytes(
    in folder: FilePath, _ limits: DecodingLimits
  ) throws(DecodingError) -> [UInt8] {
    do {
      return try FileStore.read(
        FolderScan.path(path, in: folder), limit: limits.maximumFileBytes)
    } catch {
      throw DecodingError(error)
    }
  }
}

extension DecodingError {
  /// A file or folder that the system would not give.
  init(_ error: StorageError) {
    switch error.cause {
    case .system(.permissionDenied), .system(.notPermitted):
      self.init(.permissionDenied, "permission denied")
    case .system(let errno): self.init(.unreadable, "\(errno)")
    case .notARegularFile: self.init(.notAFile, "a pipe, socket or device")
    case .tooLarge(let bytes, let limit):
      self.init(.tooLarge, "\(bytes) bytes; the limit is \(limit) bytes")
    case .locked, .malformed, .diskFull: self.init(.unreadable, error.description)
    }
  }
}

extension Picture {
  /// The picture at a working size: cropped or squeezed to its proportions, resized with the
  /// bicubic filter, in its channels.
  func fitted(to target: PictureShape, _ fit: PictureFolder.Fit) -> Picture {
    var picture = self
    if shape.width != target.width || shape.height != target.height {
      // A working size that is not the picture's own is a square.
      if fit == .crop { picture = picture.croppedToSquare() }
      // Grey costs a third: change to it first, from it last.
      if target.channels == 1 { picture = picture.converted(toChannels: 1) }
      picture = Resize.picture(picture, width: target.width, height: target.height)
    }
    return picture.converted(toChannels: target.channels)
  }
}
