import Testing

@testable import Images

@Suite("Format by content")
struct PictureFormatTests {
  @Test("The first bytes decide")
  func signatures() throws {
    #expect(try PictureFormat(of: PNG.encode(TestPictures.noise.picture(8))) == .png)
    #expect(try PictureFormat(of: JPEG.encode(TestPictures.noise.picture(8), quality: 90)) == .jpeg)
  }

  @Test(
    "What is no PNG or JPEG is named by what it looks like",
    arguments: [
      ("", SkipReason.empty, "the file is empty"),
      ("<!DOCTYPE html><html>", .notImage, "not an image (looks like HTML)"),
      ("\n <HTML><body>", .notImage, "not an image (looks like HTML)"),
      ("<?xml version=\"1.0\"?><Error>", .notImage, "not an image (looks like XML)"),
      ("<?xml version=\"1.0\"?><svg>", .notImage, "not an image (looks like SVG)"),
      (
        "version https://git-lfs.github.com/spec/v1\n", .notImage,
        "not an image (a Git LFS pointer: run git lfs pull)"
      ),
      ("{\"a\": 1}", .notImage, "not an image (looks like JSON)"),
      ("a few notes", .notImage, "not an image (looks like text)"),
      ("\0\0\0\0\0\0", .notImage, "not an image (its bytes are zero)"),
      ("\u{1}\u{2}\u{3}", .notImage, "not an image (bytes of no known kind)"),
      (
        "GIF89a....", .unsupportedFormat,
        "GIF is not supported: convert it to PNG or JPEG"
      ),
      (
        "RIFF\0\0\0\0WEBPVP8 ", .unsupportedFormat,
        "WebP is not supported: convert it to PNG or JPEG"
      ),
      (
        "BM\0\0\0\0\0\0\0\0\0\0\0\0\u{28}\0\0\0\0\0\0\0\0\0\0\0", .unsupportedFormat,
        "BMP is not supported: convert it to PNG or JPEG"
      ),
    ])
  func otherBytes(text: String, reason: SkipReason, detail: String) {
    #expect(throws: DecodingError(reason, detail)) { try PictureFormat(of: Array(text.utf8)) }
  }

  @Test("A PNG whose line ends were changed on the way is recognised")
  func damagedSignature() {
    let damaged: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0, 0]
    #expect(
      throws: DecodingError(
        .corrupt, "a PNG whose signature is damaged, as by a transfer in text mode")
    ) {
      try PictureFormat(of: damaged)
    }
  }
}
