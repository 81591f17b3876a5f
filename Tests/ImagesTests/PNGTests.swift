import Samples
import Testing

@testable import Images

@Suite("PNG")
struct PNGTests {
  @Test("Decoding undoes encoding, fast or thorough", arguments: [true, false])
  func roundTrip(fast: Bool) throws {
    for picture in [TestPictures.noise.picture(37), TestPictures.colour(41)] {
      let file = try PNG.encode(picture, fast: fast)
      #expect(try PictureDecoder.decode(file) == picture)
      #expect(try PNG.encode(picture, fast: fast) == file)
    }
  }

  @Test("Thorough is smaller than fast")
  func compression() throws {
    let picture = TestPictures.ramp.picture(128)
    #expect(try PNG.encode(picture, fast: false).count < PNG.encode(picture).count)
  }

  @Test("Samples of 16 bits keep their high byte")
  func sixteenBits() throws {
    let file = PNGFile(
      width: 2, height: 1, depth: 16, kind: 0, rows: [[0x12, 0xFF, 0x80, 0x00]])
    let (picture, header) = try PictureDecoder.decodeWithHeader(file.bytes)
    #expect(picture.pixels == [0x12, 0x80])
    #expect(header.mode == "I;16")
    let colour = PNGFile(
      width: 1, height: 1, depth: 16, kind: 2, rows: [[0xFF, 0, 1, 0xFF, 2, 0x80]])
    #expect(try PictureDecoder.decode(colour.bytes).pixels == [0xFF, 1, 2])
  }

  @Test("Alpha is dropped; grey with alpha stays grey")
  func alpha() throws {
    let colour = PNGFile(
      width: 2, height: 1, kind: 6, rows: [[1, 2, 3, 0, 4, 5, 6, 128]])
    let (picture, header) = try PictureDecoder.decodeWithHeader(colour.bytes)
    #expect(picture.pixels == [1, 2, 3, 4, 5, 6])
    #expect(header.mode == "RGBA")
    let grey = PNGFile(width: 2, height: 1, kind: 4, rows: [[9, 0, 8, 255]])
    let (greyPicture, greyHeader) = try PictureDecoder.decodeWithHeader(grey.bytes)
    #expect(greyPicture.pixels == [9, 8])
    #expect(greyPicture.shape.channels == 1)
    #expect(greyHeader.mode == "LA")
  }

  @Test("A palette gives its colours, without its transparency; beyond its end is black")
  func palette() throws {
    var file = PNGFile(width: 3, height: 1, depth: 2, kind: 3, rows: [[0b0001_1000]])
    file.chunks = [("PLTE", [10, 20, 30, 40, 50, 60]), ("tRNS", [0, 128])]
    let (picture, header) = try PictureDecoder.decodeWithHeader(file.bytes)
    #expect(picture.pixels == [10, 20, 30, 40, 50, 60, 0, 0, 0])
    #expect(header.mode == "P")
  }

  @Test("Grey of 1, 2 and 4 bits spans black to white")
  func fewBits() throws {
    for (depth, row, levels) in [
      (1, 0b0100_0000, [0, 255]), (2, 0b0110_0000, [85, 170]), (4, 0x3C, [51, 204]),
    ] as [(Int, UInt8, [UInt8])] {
      let file = PNGFile(width: 2, height: 1, depth: depth, kind: 0, rows: [[row]])
      #expect(try PictureDecoder.decode(file.bytes).pixels == levels)
    }
  }

  @Test("The seven passes of an interlaced file come to their places")
  func interlaced() throws {
    let (width, height) = (11, 13)
    let picture = Picture(
      shape: PictureShape(width: width, height: height, channels: 1),
      pixels: (0..<width * height).map { UInt8($0) })
    let passes = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ]
    let rows = passes.flatMap { left, top, right, down in
      stride(from: top, to: height, by: down).map { y in
        stride(from: left, to: width, by: right).map { picture.pixels[y * width + $0] }
      }
    }
    let file = PNGFile(width: width, height: height, kind: 0, isInterlaced: true, rows: rows)
    #expect(try PictureDecoder.decode(file.bytes) == picture)
  }

  @Test("The orientation of an eXIf chunk is applied")
  func orientation() throws {
    var file = PNGFile(width: 2, height: 1, kind: 0, rows: [[7, 9]])
    file.chunks = [("eXIf", ExifOrientationTests.tiff(3, littleEndian: true))]
    #expect(try PictureDecoder.decode(file.bytes).pixels == [9, 7])
  }

  @Test("Metadata is passed over, whatever its size and whatever it holds")
  func metadata() throws {
    var file = PNGFile(width: 1, height: 1, kind: 0, rows: [[7]])
    file.chunks = [
      ("zTXt", [0x61, 0, 0, 0xFF, 0xFF]), ("iCCP", [1, 2, 3]), ("gAMA", [0, 0, 0, 1]),
      ("tEXt", [UInt8](repeating: 0x61, count: 9_000_000)), ("tRNS", [1]),
    ]
    #expect(try PictureDecoder.decode(file.bytes).pixels == [7])
  }

  @Test("A size beyond the limit is refused before memory is taken")
  func bomb() throws {
    var file = PNGFile(width: 60_000, height: 60_000, kind: 0, rows: [[0]])
    #expect(
      throws: DecodingError(
        .tooLarge, "60000 × 60000 pixels; the limit is 89478485 pixels")
    ) { try PictureDecoder.decode(file.bytes) }
    file.width = 0xFFFF_FFFF
    file.height = 0xFFFF_FFFF
    #expect(throws: DecodingError.self) { try PictureDecoder.decode(file.bytes) }
    // Within the limit, but the bytes cannot hold it.
    file.width = 9000
    file.height = 9000
    #expect(
      throws: DecodingError(.truncated, "\(file.bytes.count) bytes cannot hold 9000 × 9000 pixels")
    ) {
      try PictureDecoder.decode(file.bytes)
    }
    var limits = DecodingLimits()
    limits.maximumPixels = 3
    let small = try PNG.encode(TestPictures.noise.picture(2))
    #expect(throws: DecodingError(.tooLarge, "2 × 2 pixels; the limit is 3 pixels")) {
      try PictureDecoder.decode(small, limits: limits)
    }
  }

  @Test("A file cut at any length is refused as truncated")
  func truncation() throws {
    let file = try PNG.encode(TestPictures.colour(16))
    for length in 8..<file.count {
      #expect {
        try PictureDecoder.decode(Array(file.prefix(length)))
      } throws: { ($0 as? DecodingError)?.reason == .truncated }
    }
  }

  @Test("A file cut short gives what there is of it if that is asked for")
  func allowedTruncation() throws {
    let picture = TestPictures.noise.picture(64)
    let file = try PNG.encode(picture)
    let half = try PictureDecoder.decode(
      Array(file.prefix(file.count / 2)), limits: DecodingLimits(allowTruncated: true))
    #expect(half.pixels.prefix(1024) == picture.pixels.prefix(1024))
    #expect(half.pixels.suffix(1024).allSatisfy { $0 == 0 })
  }

  @Test("A flipped bit is refused or leaves the picture as it was")
  func bitFlips() throws {
    let picture = TestPictures.colour(12)
    let file = try PNG.encode(picture)
    for position in 0..<8 * file.count {
      var damaged = file
      damaged[position / 8] ^= 1 << (position % 8)
      if let decoded = try? PictureDecoder.decode(damaged) { #expect(decoded == picture) }
    }
  }

  @Test("A wrong checksum of the pixels is refused")
  func checksum() {
    var file = PNGFile(width: 2, height: 1, kind: 0, rows: [[7, 9]]).bytes
    // The Adler-32 ends the zlib stream; the chunk's own checksum is made right again.
    let end = file.count - 12 - 4
    file[end - 1] ^= 1
    let start = file.count - 12 - 12 - (2 + 5 + 3 + 4)
    let data = Array(file[(start + 8)..<end])
    file.replaceSubrange(start..<(file.count - 12), with: PNGFile.chunk("IDAT", data))
    #expect {
      try PictureDecoder.decode(file)
    } throws: { ($0 as? DecodingError)?.reason == .corrupt }
  }
}
