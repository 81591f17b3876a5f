/// The formats that are decoded, told by the first bytes of a file and never by its name.
public enum PictureFormat: String, Sendable {
  case png = "PNG"
  case jpeg = "JPEG"

  static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  static let jpegSignature: [UInt8] = [0xFF, 0xD8, 0xFF]

  /// Tells the format of a file from its first bytes.
  ///
  /// - Throws: ``DecodingError`` that says what the bytes look like instead.
  public init(of bytes: [UInt8]) throws(DecodingError) {
    if bytes.starts(with: Self.pngSignature) {
      self = .png
    } else if bytes.starts(with: Self.jpegSignature) {
      self = .jpeg
    } else {
      throw Self.refusal(of: bytes)
    }
  }

  private static func refusal(of bytes: [UInt8]) -> DecodingError {
    guard !bytes.isEmpty else { return DecodingError(.empty, "the file is empty") }
    if bytes.starts(with: pngSignature.prefix(4)) {
      return DecodingError(
        .corrupt, "a PNG whose signature is damaged, as by a transfer in text mode")
    }
    if let name = otherFormat(bytes) {
      return DecodingError(
        .unsupportedFormat, "\(name) is not supported: convert it to PNG or JPEG")
    }
    return DecodingError(.notImage, "not an image (\(appearance(of: bytes)))")
  }

  /// The picture formats that are known by name but not decoded.
  private static func otherFormat(_ bytes: [UInt8]) -> String? {
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if has("BM"), bytes.count > 25, bytes[14...].prefix(4).dropFirst() == [0, 0, 0] {
      return "BMP"
    }
    if has("GIF8") { return "GIF" }
    if has("II*\0") || has("MM\0*") || has("II+\0") || has("MM\0+") { return "TIFF" }
    if has("RIFF"), has("WEBP", at: 8) { return "WebP" }
    if has("ftyp", at: 4) {
      if has("avif", at: 8) || has("avis", at: 8) { return "AVIF" }
      if has("hei", at: 8) || has("hev", at: 8) || has("mif1", at: 8) { return "HEIC" }
      return nil
    }
    if has("\0\0\0\u{0C}jP  ") { return "JPEG 2000" }
    if bytes.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) { return "JPEG 2000" }
    if bytes.starts(with: [0xFF, 0x0A]) || has("\0\0\0\u{0C}JXL ") { return "JPEG XL" }
    if bytes.starts(with: [0x8A] + Array("MNG".utf8)) { return "MNG" }
    if bytes.starts(with: [0x8B] + Array("JNG".utf8)) { return "JNG" }
    if has("8BPS") { return "Photoshop" }
    if has("qoif") { return "QOI" }
    if bytes.starts(with: [0, 0, 1, 0]) || bytes.starts(with: [0, 0, 2, 0]) { return "ICO" }
    if has("P"), bytes.count > 2, (0x31...0x37).contains(bytes[1]),
      [0x09, 0x0A, 0x0D, 0x20].contains(bytes[2])
    {
      return "PNM"
    }
    return nil
  }

  /// What the bytes of no picture look like.
  private static func appearance(of bytes: [UInt8]) -> String {
    let marks = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let head = bytes.dropFirst(marks).prefix(512)
      .drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
      .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    func has(_ text: String) -> Bool { head.starts(with: text.utf8) }
    func holds(_ text: String) -> Bool { head.contains(Array(text.utf8)) }
    if has("<!doctype html") || has("<html") || has("<head") { return "looks like HTML" }
    if holds("<svg") { return "looks like SVG" }
    if has("<?xml") || has("<error") { return "looks like XML" }
    if has("version https://git-lfs") { return "a Git LFS pointer: run git lfs pull" }
    if has("%pdf") { return "looks like PDF" }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "looks like a ZIP archive" }
    if bytes.starts(with: [0x1F, 0x8B]) { return "looks like gzip" }
    if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) { return "looks like a .npy matrix" }
    if has("{") || has("[") { return "looks like JSON" }
    if bytes.prefix(512).allSatisfy({ $0 == 0 }) { return "its bytes are zero" }
    let isText = bytes.prefix(512).allSatisfy {
      $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0)
    }
    return isText && String(validating: bytes, as: UTF8.self) != nil
      ? "looks like text" : "bytes of no known kind"
  }
}
